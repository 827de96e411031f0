import { personKey } from '@plumbline/core/access'
import {
  type ApplyInput,
  type Pour,
  type PourState,
  type PourView,
  pourWorkflow,
  type Watcher,
} from '@plumbline/core/danger-work'
import type { Device } from '@plumbline/core/device'
import { type Alarm, getCause, sayAlarmLimit, sayValue } from '@plumbline/core/telemetry'
import type { ActAsk } from '@plumbline/core/workflow'
import { act, open, sameId, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { notify } from '../../base/notify.ts'
import { asCaseRoom, type CaseRoom, type HeardAct } from '../../base/room.ts'
import { devicesOfProject, findDevices, findLines } from '../device/index.ts'
import { getProject } from '../project/index.ts'
import { findRedAlarms, getAlarm } from '../telemetry/index.ts'
import * as store from './store.ts'

const room: CaseRoom<PourState, Pour> = {
  workflow: pourWorkflow,
  load: store.load,
  save: store.save,
  effects: {
    start: (tx, _, { after }) => requireReady(tx, after),
    resume: (tx, _, { after }) => requireReady(tx, after),
    suspend: (tx, ctx, { after }) => tellSite(tx, ctx, after),
  },
}
export const pourCases = asCaseRoom(room)

const idsOf = ({ watchers }: Pour) => watchers.map(({ id }) => id)

/**
 * What must hold at the moment concrete flows. Refuses unmet pour_project_not_building, pour_device_silent and
 * pour_alarm_open; conflict pour_zone_running. Each names what stands in the way.
 */
async function requireReady(tx: Db, pour: Pour): Promise<void> {
  const { state } = await getProject(tx, pour.projectId)
  if (state !== 'building') throw new Refused('unmet', 'pour_project_not_building')
  const other = await store.findInZone(tx, pour)
  if (other) throw new Refused('conflict', 'pour_zone_running', { items: [other.zone] })
  const watch = await watchOf(tx, pour)
  const silent = watch.filter(({ freshness }) => freshness !== 'live').map(({ name }) => name)
  if (silent.length > 0) throw new Refused('unmet', 'pour_device_silent', { items: silent })
  const alarms = watch.flatMap((device) => device.alarms.map(({ title }) => title))
  if (alarms.length > 0) throw new Refused('unmet', 'pour_alarm_open', { items: alarms })
}

/** How the devices of a pour stand now. One that was given up, or is out of reach, is not live. */
async function watchOf(tx: Db, pour: Pour): Promise<PourView['watch']> {
  const ids = idsOf(pour)
  const used = new Set((await findDevices(tx, ids)).flatMap(({ id, state }) => (state === 'retired' ? [] : [id])))
  const lines = await findLines(tx, ids)
  const alarms = await findRedAlarms(tx, ids)
  return pour.watchers.map((watcher) => ({
    ...watcher,
    freshness: (used.has(watcher.id) && lines.get(watcher.id)?.freshness) || 'never',
    alarms: alarms
      .filter(({ deviceId }) => deviceId === watcher.id)
      .map((alarm) => ({ id: alarm.id, title: `${alarm.deviceName} ${sayValue(alarm)}` })),
  }))
}

/** Those on site are told at once that the pour has stopped: the manager, the safety officer, the engineer. */
async function tellSite(tx: Db, ctx: Ctx, pour: Pour): Promise<void> {
  const { posts } = await getProject(tx, pour.projectId)
  const units = [pour.contractorId, pour.supervisionId]
  const onSite = posts.filter(({ capacity, orgId }) => capacity !== 'owner_rep' && units.includes(orgId))
  const people = new Set(onSite.map(({ personId }) => personId))
  const { length } = pour.suspensions
  await notify(
    tx,
    ctx,
    [...people].toSorted().map((personId) => ({
      recipient: personKey(personId),
      caseId: pour.id,
      kind: 'pour',
      level: `red.${length}`,
      title: `红色 停止浇筑：${pour.projectName} ${pour.zone}`,
      body: `${pour.suspensions[length - 1]!.reason}。立即停止浇筑，撤离作业人员；总监理工程师检查确认前不得恢复。`,
    })),
  )
}

/**
 * Applies for a pour order. Refuses missing project; unmet pour_party_missing, pour_device_unfit (with names),
 * pour_project_not_building, pour_times_reversed; forbidden to who manages no works of the project.
 */
export async function apply(
  ctx: Ctx,
  { requestId, input }: { requestId: string; input: ApplyInput },
): Promise<PourView> {
  const { record } = await open(ctx, room, { requestId, action: 'apply', input }, (tx) =>
    propose(tx, ctx, requestId, input),
  )
  return view(ctx, record.id)
}

async function propose(tx: Db, ctx: Ctx, requestId: string, input: ApplyInput): Promise<Pour> {
  const project = await getProject(tx, input.projectId)
  const partyOf = (role: string) => project.parties.filter((party) => party.role === role).map(({ orgId }) => orgId)
  const contractors = partyOf('contractor')
  const contractorId = contractors.find((orgId) => orgId === ctx.actor.orgId) ?? contractors[0]
  const [supervisionId] = partyOf('supervision')
  if (!contractorId || !supervisionId) throw new Refused('unmet', 'pour_party_missing')
  const { zone, plannedStart, plannedEnd, scheme } = input
  return {
    ...{ id: sameId('pour', requestId), state: null, projectId: project.id, projectName: project.name },
    ...{ projectState: project.state, district: project.district, contractorId, supervisionId },
    parties: [...new Set([contractorId, supervisionId, ...partyOf('owner')])],
    ...{ zone, plannedStart, plannedEnd, scheme, watchers: await watchersOf(tx, input) },
    ...{ applied: null, signed: null, startedAt: null, endedAt: null, suspensions: [] },
  }
}

/** The devices asked for, each of high formwork, of this project and in use. */
async function watchersOf(tx: Db, { projectId, deviceIds }: ApplyInput): Promise<Watcher[]> {
  const wanted = [...new Set(deviceIds)]
  const devices = await findDevices(tx, wanted)
  const unfit = devices.filter((device) => !watches(device, projectId))
  if (unfit.length > 0 || devices.length < wanted.length)
    throw new Refused('unmet', 'pour_device_unfit', { items: unfit.map(({ name }) => name) })
  return devices.map(({ id, name }) => ({ id, name })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** The devices of a project that may watch a pour. Refuses missing project. */
export function listWatchers(ctx: Ctx, projectId: string) {
  return read(ctx, async (tx) => {
    await getProject(tx, projectId)
    const devices = (await devicesOfProject(tx, projectId)).filter((device) => watches(device, projectId))
    const lines = await findLines(
      tx,
      devices.map(({ id }) => id),
    )
    return {
      rows: devices.map(({ id, name }) => ({ id, name, freshness: lines.get(id)?.freshness ?? ('never' as const) })),
    }
  })
}

/** A device of high formwork, of this project and in use. */
const watches = ({ kind, projectId, state }: Device, wanted: string) =>
  kind === 'formwork' && projectId === wanted && state !== 'retired'

export async function change(ctx: Ctx, id: string, ask: ActAsk): Promise<PourView> {
  await act(ctx, room, id, ask).catch((error: { constraint?: string }) => {
    // Two starts in one zone at the same moment, or one of a unit that this one does not see.
    if (error.constraint === 'pour_once') throw new Refused('conflict', 'pour_zone_running')
    throw error
  })
  return view(ctx, id)
}

/** A red alarm of a device stops every pour that it watches, also when the alarm is over by the time it is heard. */
export async function stopOnAlarm(ctx: Ctx, heard: HeardAct): Promise<void> {
  const { alarm, running } = await read(ctx, async (tx) => {
    const found = await getAlarm(tx, heard.caseId)
    return { alarm: found, running: found.level === 'alarm' ? await store.findRunning(tx, found.deviceId) : [] }
  })
  for (const id of running) {
    const input = { reason: sayReason(alarm), alarmId: alarm.id }
    const ask = { requestId: sameId('pour.suspend', id, heard.id), action: 'suspend', input }
    await act(ctx, room, id, ask).catch((error: unknown) => {
      // Somebody was quicker: it has stopped already, or has ended.
      if (!(error instanceof Refused) || error.kind !== 'conflict') throw error
    })
  }
}

const sayReason = (alarm: Alarm) =>
  `${alarm.deviceName} ${getCause(alarm.cause).title}：${sayValue(alarm)}，限值：${sayAlarmLimit(alarm)}`

/** A pour order as its page takes it. Refuses missing. */
export function view(ctx: Ctx, id: string): Promise<PourView> {
  return read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'pour')
    const [pour] = await store.load(tx, [id])
    if (!pour) throw new Refused('missing', 'pour')
    return { head, ...withSteps(ctx, room, pour), acts: await history(ctx, tx, id), watch: await watchOf(tx, pour) }
  })
}

type ListAsk = Omit<store.PourAsk, 'after'> & { after?: string | undefined }

export async function list(
  ctx: Ctx,
  { after, limit, ...same }: ListAsk,
): Promise<{ rows: Pour[]; next: string | null }> {
  const found = await read(ctx, (tx) => store.list(tx, { ...same, after: cursorOf(after), limit: limit + 1 }))
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last ? `${last.plannedStart}_${last.id}` : null }
}

function cursorOf(after: string | undefined): { at: string; id: string } | null {
  if (after === undefined) return null
  const [, at, id] = /^(\d{4}-[\d:.TZ-]{10,25})_([\da-f-]{36})$/.exec(after) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new Refused('malformed', 'cursor')
  return { at, id }
}
