import { type Ctx, read } from '../../base/context.ts'
import type { Room } from '../../base/room.ts'
import { deviceReach } from '@plumbline/core/device'
import { findDevices, markStale } from '../device/index.ts'
import { alarmCases } from './alarms.ts'
import { doubtCases, keepCredibility } from './credibility/index.ts'
import { settleHappenings } from './happenings.ts'
import { followInspection, retireAlarms } from './following.ts'
import { forgetOld } from './retention.ts'
import { rosterCases } from './roster.ts'
import { dispatchCases, followTrucks } from './linkage/index.ts'
import { telemetryRoutes } from './routes.ts'
import { watchSilence } from './silences.ts'
import { forecastCases, keepStatistics } from './statistics/index.ts'
import { escalateUnread, tellSilences } from './telling.ts'
import { liveFrom, passWatches } from './watching.ts'

/** Time passes without readings: longest runs end, quantities go stale, unread messages go up, what was left undone is done. */
async function tick(ctx: Ctx): Promise<void> {
  await read(ctx, (tx) => passWatches(tx, ctx))
  await listen(ctx)
  await settleHappenings(ctx)
  await followTrucks(ctx)
  await tellSilences(ctx)
  await escalateUnread(ctx)
  const since = new Date(await liveFrom(ctx)).toISOString()
  await tellDevices(ctx, await read(ctx, (tx) => markStale(tx, since)))
}

const listenEvery = 15_000
/** By house: since when it hears (legal time), and when it last asked who has fallen silent. */
const listening = new WeakMap<Ctx['house'], { since: number; asked: number }>()

/** Who was not heard while nobody listened was not silent: the first questions are asked when a whole term has passed. */
async function listen(ctx: Ctx): Promise<void> {
  const now = Date.parse(ctx.now)
  const known = listening.get(ctx.house) ?? { since: now, asked: now }
  listening.set(ctx.house, known)
  const term = ctx.law().number('alarm.silent_after') * 60_000
  if (now - known.since < term || now - known.asked < listenEvery) return
  known.asked = now
  await watchSilence(ctx)
}

/** Tells the readers' streams that something of these devices changed that no act tells: freshness, a bad frame, a mark. */
export async function tellDevices(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const devices = await read(ctx, (tx) => findDevices(tx, [...new Set(ids)]))
  await ctx.house.stream.tell(
    devices.map((device) => ({ room: 'device', caseId: device.id, reach: deviceReach(device) })),
  )
}

export const telemetry: Room = {
  name: 'telemetry',
  routes: telemetryRoutes,
  cases: [alarmCases, rosterCases, forecastCases, doubtCases, dispatchCases],
  hears: { 'inspection.start': followInspection, 'device.retire': retireAlarms },
  ticks: [tick, forgetOld, keepStatistics, keepCredibility],
}

export { getAlarm, noteMeasure } from './alarms.ts'
export { judgeEnded } from './credibility/index.ts'
export { dropUnsent, markCommands, type Said, takeCommands } from './commands.ts'
export { settleHappenings } from './happenings.ts'
export { type DeviceEvent, type EventAsk, findEvents, storeEvents } from './events.ts'
export {
  type DeviceHour,
  findQuarantined,
  noteQuarantined,
  type Quarantined,
  reopenHours,
  takeReopened,
} from './late.ts'
export { addNewest, catchUpLatest, prepareLatest, saveLatest, type Waiting } from './latest.ts'
export { prepareReadings, type Stored, storeReadings, type Told } from './packets.ts'
export { findRedAlarms } from './live.ts'
export { type Reading } from './readings.ts'
export { saveProven } from './outbox.ts'
export { watchSilence } from './silences.ts'
export { tellSilences } from './telling.ts'
export { type Happened, liveFrom, watchReadings } from './watching.ts'
