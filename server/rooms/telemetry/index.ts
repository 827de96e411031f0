import { type Ctx, read } from '../../base/context.ts'
import type { Room } from '../../base/room.ts'
import { deviceReach } from '@plumbline/core/device'
import { findDevices, markStale } from '../device/index.ts'
import { alarmCases, escalateUnread } from './alarms.ts'
import { settleHappenings } from './happenings.ts'
import { telemetryRoutes } from './routes.ts'
import { liveFrom, passWatches } from './watching.ts'

/** Time passes without readings: longest runs end, quantities go stale, unread messages go up, what was left undone is done. */
async function tick(ctx: Ctx): Promise<void> {
  await read(ctx, (tx) => passWatches(tx, ctx))
  await settleHappenings(ctx)
  await escalateUnread(ctx)
  const since = new Date(await liveFrom(ctx)).toISOString()
  await tellDevices(ctx, await read(ctx, (tx) => markStale(tx, since)))
}

/** Tells the readers' streams that something of these devices changed that no act tells: freshness, a bad frame, a mark. */
export async function tellDevices(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const devices = await read(ctx, (tx) => findDevices(tx, [...new Set(ids)]))
  await ctx.house.stream.tell(
    devices.map((device) => ({ room: 'device', caseId: device.id, reach: deviceReach(device) })),
  )
}

export const telemetry: Room = { name: 'telemetry', routes: telemetryRoutes, cases: [alarmCases], ticks: [tick] }

export { dropUnsent, markCommands, type Said, takeCommands } from './commands.ts'
export { settleHappenings } from './happenings.ts'
export { makeDays, type Reading, storeReadings } from './readings.ts'
export { type Happened, liveFrom, saveHappened, watchReadings } from './watching.ts'
