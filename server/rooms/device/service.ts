import {
  type Device,
  type DeviceState,
  deviceWorkflow,
  findModel,
  getModel,
  isActuator,
  type NewDevice,
  noSettings,
  silentLine,
} from '@plumbline/core/device'
import type { ActAsk } from '@plumbline/core/workflow'
import { randomUUID } from 'node:crypto'
import { act, open, sameId, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom, type HeardAct } from '../../base/room.ts'
import { saveSubjects } from '../../base/subjects.ts'
import { getProject } from '../project/index.ts'
import * as lines from './lines.ts'
import * as store from './store.ts'

const room: CaseRoom<DeviceState, Device> = {
  workflow: deviceWorkflow,
  load: store.load,
  save: async (tx, records) => {
    await store.save(tx, records)
    await saveSubjects(
      tx,
      records.map(({ id, name, district, ...device }) => ({
        id,
        kind: 'device' as const,
        name,
        district,
        reach: deviceWorkflow.head({ id, name, district, ...device }).reach,
      })),
    )
  },
  effects: { link: (tx, _ctx, { after }) => requireSprayer(tx, after) },
}
export const deviceCases = asCaseRoom(room)

/** What is opened must be a sprayer in service on the same project, with that many units. */
async function requireSprayer(tx: Db, device: Device): Promise<void> {
  if (device.linkedTo === null) return
  const sprayer = await store.find(tx, device.linkedTo)
  if (!sprayer || !isActuator(sprayer.kind) || sprayer.projectId !== device.projectId || sprayer.state === 'retired')
    throw new Refused('unmet', 'device_not_sprayer')
  if ((device.linkedUnit ?? 1) > (getModel(sprayer.modelCode).units ?? 0))
    throw new Refused('unmet', 'sprayer_unit_missing')
}

/** What belongs to a project, as its devices carry it. */
const fromProject = async (tx: Db, projectId: string) => {
  const project = await getProject(tx, projectId)
  return {
    projectName: project.name,
    district: project.district,
    parties: [...new Set(project.parties.map(({ orgId }) => orgId))],
  }
}

export async function onboard(
  ctx: Ctx,
  ask: NewDevice & { requestId: string; password: string },
): Promise<{ id: string }> {
  const { requestId, password, ...input } = ask
  const onboarding: CaseRoom<DeviceState, Device> = {
    ...room,
    // The password stands beside the record, never in the act. Saving the record a second time changes nothing.
    effects: {
      onboard: async (tx, _ctx, { after }) => {
        await store.save(tx, [after])
        await store.savePassword(tx, after.id, password)
        await lines.forgetUnknown(tx, after.mn)
      },
    },
  }
  const propose = async (tx: Db): Promise<Device> => {
    const known = (await store.findByMns(tx, [input.mn])).get(input.mn)
    if (known && known.state !== 'retired') throw new Refused('conflict', 'mn_taken')
    return { ...draftOf(input), id: randomUUID(), ...(await fromProject(tx, input.projectId)) }
  }
  const { record } = await open(ctx, onboarding, { requestId, action: 'onboard', input }, propose).catch(takenOr)
  return { id: record.id }
}

/** Two may enter one number at the same moment: the index lets one through. */
function takenOr(error: { constraint?: string }): never {
  if (error.constraint === 'device_mn' || error.constraint === 'case_number') throw new Refused('conflict', 'mn_taken')
  throw error
}

function draftOf(input: NewDevice): Omit<Device, 'id' | 'projectName' | 'district' | 'parties'> {
  const model = findModel(input.modelCode)
  if (!model) throw new Refused('unmet', 'device_model_unknown')
  return {
    state: null,
    modelCode: input.modelCode,
    kind: model.kind,
    mn: input.mn,
    name: input.name,
    projectId: input.projectId,
    unitProfile: input.unitProfile ?? model.unitProfile ?? 'ug',
    crcMode: input.crcMode ?? model.crcMode ?? 'strict',
    ending: input.ending ?? 'crlf',
    linkedTo: null,
    linkedUnit: null,
    mode: isActuator(model.kind) ? 'automatic' : null,
    settings: noSettings,
    point: input.point ?? null,
    liveAt: null,
  }
}

export async function setPassword(ctx: Ctx, id: string, ask: { requestId: string; password: string }): Promise<void> {
  const setting: CaseRoom<DeviceState, Device> = {
    ...room,
    effects: { set_password: (tx) => store.savePassword(tx, id, ask.password) },
  }
  await act(ctx, setting, id, { requestId: ask.requestId, action: 'set_password', input: {} })
}

export function view(ctx: Ctx, id: string) {
  return read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'device')
    const device = await store.find(tx, id)
    if (!device) throw new Refused('missing', 'device')
    const others = (await store.ofProject(tx, device.projectId)).filter(
      (one) => one.id !== id && one.state !== 'retired',
    )
    const beside = others.filter(
      (one) => (device.kind === 'dust' && isActuator(one.kind)) || one.linkedTo === id || one.id === device.linkedTo,
    )
    const line = (await store.findLines(tx, [id])).get(id) ?? silentLine
    const { record, steps } = withSteps(ctx, room, device)
    // Only a monitor opens something, and only what switches has a way of control.
    const own = steps.filter(
      ({ action }) =>
        (action !== 'link' || device.kind === 'dust') && (action !== 'set_mode' || isActuator(device.kind)),
    )
    return { head, record, steps: own, acts: await history(ctx, tx, id), line, beside }
  })
}

export async function change(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask)
  return view(ctx, id)
}

/** The first valid frame. Once for each device, whoever tells it how often. */
export async function goLive(ctx: Ctx, id: string): Promise<void> {
  const [device] = await read(ctx, (tx) => store.load(tx, [id]))
  if (device?.state !== 'pending') return
  await act(ctx, room, id, { requestId: sameId('device.go_live', id), action: 'go_live', input: {} })
}

/** When a project's name, place or parties change, its devices follow: who sees them rests on these. */
export async function followProject(ctx: Ctx, heard: HeardAct): Promise<void> {
  const { devices, facts } = await read(ctx, async (tx) => ({
    devices: await store.ofProject(tx, heard.caseId),
    facts: await fromProject(tx, heard.caseId),
  }))
  for (const device of devices) {
    const { projectName, district, parties } = device
    if (JSON.stringify({ projectName, district, parties }) === JSON.stringify(facts)) continue
    await act(ctx, room, device.id, {
      requestId: sameId('device.follow', device.id, heard.id),
      action: 'follow',
      input: facts,
    })
  }
}
