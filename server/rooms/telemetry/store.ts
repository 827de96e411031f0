import type { Alarm } from '@plumbline/core/telemetry'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { tables } from './readings.ts'
import type { TelemetryTables } from './tables.ts'

type Row = Selectable<TelemetryTables['telemetry.alarm']>

const toAlarm = (row: Row): Alarm => ({
  id: row.id,
  state: row.state,
  deviceId: row.device_id,
  deviceName: row.device_name,
  projectId: row.project_id,
  projectName: row.project_name,
  district: row.district,
  parties: row.parties,
  cause: row.cause,
  quantity: row.quantity,
  quantityName: row.quantity_name,
  unit: row.unit,
  limitValue: row.limit_value,
  clause: row.clause,
  value: row.value,
  raisedAt: row.raised_at,
  acknowledgedAt: row.acknowledged_at,
  acknowledgedBy: row.acknowledged_by,
  clearedAt: row.cleared_at,
  clearedBecause: row.cleared_because,
})

const toRow = (alarm: Alarm): Row => ({
  id: alarm.id,
  state: alarm.state!,
  device_id: alarm.deviceId,
  device_name: alarm.deviceName,
  project_id: alarm.projectId,
  project_name: alarm.projectName,
  district: alarm.district,
  parties: alarm.parties,
  cause: alarm.cause,
  quantity: alarm.quantity,
  quantity_name: alarm.quantityName,
  unit: alarm.unit,
  limit_value: alarm.limitValue,
  clause: alarm.clause,
  value: alarm.value,
  raised_at: alarm.raisedAt,
  acknowledged_at: alarm.acknowledgedAt,
  acknowledged_by: alarm.acknowledgedBy,
  cleared_at: alarm.clearedAt,
  cleared_because: alarm.clearedBecause,
})

export async function load(tx: Db, ids: readonly string[]): Promise<Alarm[]> {
  if (ids.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('telemetry.alarm as a')
    .selectAll('a')
    .where('a.id', 'in', [...ids])
    .execute()
  return rows.map(toAlarm)
}

export async function save(tx: Db, records: readonly Alarm[]): Promise<void> {
  for (const record of records) {
    const row = toRow(record)
    await tables(tx)
      .insertInto('telemetry.alarm')
      .values(row)
      .onConflict((at) => at.column('id').doUpdateSet(row))
      .execute()
  }
}

/** Open alarms of monitors that open this sprayer, other than the one named. */
export async function othersOpening(
  tx: Db,
  sprayerId: string,
  monitors: readonly string[],
  not: string,
): Promise<number> {
  // Two alarms that share a sprayer queue here, so that each sees whether the other stands.
  await sql`select id from base.case where id = ${sprayerId} for update`.execute(tx)
  if (monitors.length === 0) return 0
  const rows = await tables(tx)
    .selectFrom('telemetry.alarm')
    .select('id')
    .where('device_id', 'in', [...monitors])
    .where('state', '<>', 'cleared')
    .where('id', '<>', not)
    .execute()
  return rows.length
}

export interface AlarmAsk {
  open?: boolean | undefined
  projectId?: string | undefined
  deviceId?: string | undefined
  after: { at: string; id: string } | null
  limit: number
}

/** Alarms by the moment they were raised, newest first. */
export async function listAlarms(tx: Db, ask: AlarmAsk): Promise<Alarm[]> {
  const { rows } = await sql<Row>`select a.* from telemetry.alarm a
    where (${ask.open ?? null}::boolean is null or (a.state <> 'cleared') = ${ask.open ?? null})
      and (${ask.projectId ?? null}::uuid is null or a.project_id = ${ask.projectId ?? null}::uuid)
      and (${ask.deviceId ?? null}::uuid is null or a.device_id = ${ask.deviceId ?? null}::uuid)
      and (${ask.after === null} or (a.raised_at, a.id) < (${ask.after?.at ?? null}::timestamptz, ${ask.after?.id ?? null}::uuid))
    order by a.raised_at desc, a.id desc limit ${ask.limit}`.execute(tx)
  return rows.map(toAlarm)
}

export async function countOpen(tx: Db): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from telemetry.alarm a where a.state <> 'cleared'`.execute(tx)
  return rows[0]!.count
}

/** To whom an alarm was told, and whether each has read it. */
export async function findMessages(tx: Db, alarmId: string) {
  const { rows } = await sql<{
    recipient: string
    level: string
    createdAt: string
    readAt: string | null
    escalated: boolean
  }>`select m.recipient, m.level, m.created_at as "createdAt", (select min(r.read_at) from base.message_read r where r.message_id = m.id) as "readAt", m.escalated
    from base.message m where m.case_id = ${alarmId} order by m.created_at, m.id`.execute(tx)
  return rows
}
