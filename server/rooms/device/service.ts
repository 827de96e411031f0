import {
  type Device,
  type DeviceState,
  deviceWorkflow,
  getModel,
  isActuator,
  silentLine,
  type Switch,
} from '@plumbline/core/device'
import type { ActAsk } from '@plumbline/core/workflow'
import { act, sameId, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom, type Done, type HeardAct } from '../../base/room.ts'
import { saveSubjects } from '../../base/subjects.ts'
import { listInspectors } from '../account/index.ts'
import { getProject } from '../project/index.ts'
import * as store from './store.ts'

export const room: CaseRoom<DeviceState, Device> = {
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
  effects: { link: (tx, _ctx, { after }) => requireSprayer(tx, after), hand_over: named },
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

/** Fills in the name of the officer who takes over: one in office. */
async function named(tx: Db, _ctx: Ctx, { after }: Done<Device>): Promise<Device> {
  const officer = (await listInspectors(tx)).find(({ personId }) => personId === after.keeper?.personId)
  if (!officer) throw new Refused('unmet', 'device_keeper_unknown')
  return { ...after, keeper: { personId: officer.personId, name: officer.name } }
}

/** What belongs to a project, as its devices carry it. */
export const fromProject = async (tx: Db, projectId: string) => {
  const project = await getProject(tx, projectId)
  return {
    projectName: project.name,
    district: project.district,
    parties: [...new Set(project.parties.map(({ orgId }) => orgId))],
  }
}

const switching = ['set_mode', 'switch', 'interlock', 'release']

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
    // Only a monitor opens something, only what switches has a way of control, and what is asked needs no password.
    const own = steps.filter(
      ({ action }) =>
        (action !== 'link' || device.kind === 'dust') &&
        (!switching.includes(action) || isActuator(device.kind)) &&
        (action !== 'interlock' || device.mode !== 'automatic') &&
        (action !== 'release' || device.interlock !== null) &&
        (action !== 'set_password' || getModel(device.modelCode).protocol !== 'modbus'),
    )
    const skewMinutes = ctx.law().number('telemetry.clock_skew')
    const officers = own.some(({ action }) => action === 'hand_over') ? await listInspectors(tx) : []
    return {
      ...{ head, record, steps: own, acts: await history(ctx, tx, id), line, beside, skewMinutes },
      officers: [...new Map(officers.map(({ personId, name }) => [personId, { personId, name }])).values()],
    }
  })
}

export async function change(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask)
  return view(ctx, id)
}

/**
 * Carries out `switch` of an actuator that the actor reaches. The order itself is the room's above, in the same
 * transaction, under the lock of the device.
 */
export async function switchActuator(
  ctx: Ctx,
  id: string,
  { requestId, ...input }: Switch & { requestId: string },
  order: (tx: Db, ctx: Ctx, device: Device) => Promise<void>,
): Promise<void> {
  const switched: CaseRoom<DeviceState, Device> = {
    ...room,
    effects: { switch: (tx, now, { after }) => order(tx, now, after) },
  }
  await act(ctx, switched, id, { requestId, action: 'switch', input })
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
