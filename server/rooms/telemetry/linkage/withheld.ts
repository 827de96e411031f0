import type { Device, Interlock, Withheld } from '@plumbline/core/device'
import { sql } from 'kysely'
import type { Db } from '../../../base/db.ts'

interface Kept {
  device: Device
  because: Withheld
  at: string
}

/** Keeps that an alarm started nothing, so that its page says so whatever is set later. */
export async function saveWithheld(tx: Db, alarmId: string, { device, because, at }: Kept): Promise<void> {
  const interlock = because === 'interlocked' ? JSON.stringify(device.interlock) : null
  await sql`insert into telemetry.withheld (alarm_id, device_id, at, because, interlock)
    values (${alarmId}, ${device.id}, ${at}, ${because}, ${interlock}::jsonb) on conflict do nothing`.execute(tx)
}

interface Shown {
  deviceId: string
  deviceName: string
  because: Withheld
  interlock: Interlock | null
}

export async function findWithheld(tx: Db, alarmId: string): Promise<Shown | undefined> {
  const { rows } = await sql<Shown>`select w.device_id as "deviceId", d.name as "deviceName", w.because, w.interlock
    from telemetry.withheld w join device.device d on d.id = w.device_id where w.alarm_id = ${alarmId}`.execute(tx)
  return rows[0]
}

export const wasWithheld = async (tx: Db, alarmId: string): Promise<boolean> =>
  (await findWithheld(tx, alarmId)) !== undefined
