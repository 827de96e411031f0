import { sql } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import type { Reading } from './readings.ts'

const hour = 3_600_000

/** A device's hour, by its beginning. Hours of Asia/Shanghai begin when those of UTC do. */
export interface DeviceHour {
  deviceId: string
  hour: string
}

/**
 * Marks the hours that were over before these readings came: whatever was made of them is made anew. An hour marked
 * already is marked again, so that one who has just taken it sees these readings or finds the mark.
 */
export async function reopenHours(tx: Db, ctx: Ctx, late: readonly Reading[]): Promise<void> {
  const now = Date.parse(ctx.now)
  const hours = new Map<string, DeviceHour>()
  for (const { deviceId, at } of late) {
    const from = Math.floor(Date.parse(at) / hour) * hour
    if (from + hour > now) continue
    const one = { deviceId, hour: new Date(from).toISOString() }
    hours.set(`${deviceId} ${one.hour}`, one)
  }
  if (hours.size === 0) return
  await sql`insert into telemetry.reopened (device_id, hour, marked_at)
    select r."deviceId", r.hour, ${ctx.now} from jsonb_to_recordset(${JSON.stringify([...hours.values()])}::jsonb) as r("deviceId" uuid, hour timestamptz)
    order by 1, 2 on conflict (device_id, hour) do update set marked_at = excluded.marked_at`.execute(tx)
}

/** Takes marked hours, the longest marked first; they are made anew in the same transaction, in a later statement. */
export async function takeReopened(tx: Db, limit: number): Promise<DeviceHour[]> {
  const { rows } = await sql<DeviceHour>`delete from telemetry.reopened where (device_id, hour) in (
      select device_id, hour from telemetry.reopened order by marked_at, device_id, hour limit ${limit} for update skip locked)
    returning device_id as "deviceId", hour`.execute(tx)
  return rows
}

/** A frame set aside because of its time: `at` is what the device said, on no clock of ours. */
export interface Quarantined {
  deviceId: string
  at: string
  verdict: 'in_future' | 'too_old'
  heardAt: string
}

/** Enters frames set aside; the same frame again changes nothing. */
export async function noteQuarantined(tx: Db, frames: readonly Quarantined[]): Promise<void> {
  if (frames.length === 0) return
  await sql`insert into telemetry.quarantine (device_id, at, verdict, heard_at)
    select "deviceId", at, verdict, "heardAt"
    from jsonb_to_recordset(${JSON.stringify(frames)}::jsonb) as r("deviceId" uuid, at timestamptz, verdict text, "heardAt" timestamptz)
    order by 1, 2 on conflict do nothing`.execute(tx)
}

/** What was set aside of a device, the last heard first. */
export async function findQuarantined(tx: Db, deviceId: string, limit = 100): Promise<Quarantined[]> {
  const { rows } = await sql<Quarantined>`select device_id as "deviceId", at, verdict, heard_at as "heardAt"
    from telemetry.quarantine where device_id = ${deviceId} order by heard_at desc, at desc limit ${limit}`.execute(tx)
  return rows
}

export async function pruneQuarantined(tx: Db, before: string): Promise<void> {
  await sql`delete from telemetry.quarantine where heard_at < ${before}`.execute(tx)
}
