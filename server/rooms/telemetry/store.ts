import type { Alarm, AlarmFilter } from '@plumbline/core/telemetry'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { tables } from './readings.ts'
import type { TelemetryTables } from './tables.ts'

type Row = Selectable<TelemetryTables['telemetry.alarm']>

const toAlarm = (row: Row): Alarm => ({
  id: row.id,
  state: row.state,
  level: row.level,
  deviceId: row.device_id,
  deviceName: row.device_name,
  deviceKind: row.device_kind,
  projectId: row.project_id,
  projectName: row.project_name,
  district: row.district,
  parties: row.parties,
  cause: row.cause,
  quantity: row.quantity,
  quantityName: row.quantity_name,
  unit: row.unit,
  limit: row.bound,
  value: row.value,
  raisedAt: row.raised_at,
  duty: row.duty,
  acknowledgedAt: row.acknowledged_at,
  acknowledgedBy: row.acknowledged_by,
  handlerId: row.handler_id,
  shelf: row.shelf,
  usefulness: row.usefulness,
  measures: row.measures,
  clearedAt: row.cleared_at,
  clearedBecause: row.cleared_because,
})

const json = (value: unknown) => value && JSON.stringify(value)

const toRow = (alarm: Alarm) => ({
  id: alarm.id,
  state: alarm.state!,
  level: alarm.level,
  device_id: alarm.deviceId,
  device_name: alarm.deviceName,
  device_kind: alarm.deviceKind,
  project_id: alarm.projectId,
  project_name: alarm.projectName,
  district: alarm.district,
  parties: alarm.parties,
  cause: alarm.cause,
  quantity: alarm.quantity,
  quantity_name: alarm.quantityName,
  unit: alarm.unit,
  bound: JSON.stringify(alarm.limit),
  value: alarm.value,
  raised_at: alarm.raisedAt,
  duty: alarm.duty,
  acknowledged_at: alarm.acknowledgedAt,
  acknowledged_by: alarm.acknowledgedBy,
  handler_id: alarm.handlerId,
  shelf: json(alarm.shelf) as string | null,
  usefulness: json(alarm.usefulness) as string | null,
  measures: JSON.stringify(alarm.measures),
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

interface Sharing {
  sprayerId: string
  /** The devices that open it, by which causes, and the alarm that is not asked for. */
  monitors: readonly string[]
  causes: readonly string[]
  not: string
}

/** How many other open alarms keep a sprayer running. */
export async function othersOpening(tx: Db, { sprayerId, monitors, causes, not }: Sharing): Promise<number> {
  // Two alarms that share a sprayer queue here, so that each sees whether the other stands.
  await sql`select id from base.case where id = ${sprayerId} for update`.execute(tx)
  const { rows } = await sql<{ count: number }>`select count(*) as count from telemetry.alarm
    where device_id = any(${[...monitors]}::uuid[]) and cause = any(${[...causes]}) and state <> 'cleared' and id <> ${not}
      and not exists (select 1 from telemetry.withheld w where w.alarm_id = alarm.id)`.execute(tx)
  return rows[0]!.count
}

/** The open alarm of a cause at a quantity: there is one at most. */
export async function findOpenId(
  tx: Db,
  deviceId: string,
  cause: string,
  quantity: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from telemetry.alarm
    where device_id = ${deviceId} and cause = ${cause} and quantity = ${quantity} and state <> 'cleared'`.execute(tx)
  return rows[0]?.id
}

/** On which shelf the last alarm of this cause lay when it was over. */
export async function findShelf(tx: Db, deviceId: string, cause: string, quantity: string): Promise<Alarm['shelf']> {
  const { rows } = await sql<{ shelf: Alarm['shelf'] }>`select shelf from telemetry.alarm
    where device_id = ${deviceId} and cause = ${cause} and quantity = ${quantity} order by raised_at desc limit 1`.execute(
    tx,
  )
  return rows[0]?.shelf ?? null
}

export interface AlarmAsk extends Omit<AlarmFilter, 'open' | 'useful' | 'since'> {
  open?: boolean | undefined
  useful?: boolean | undefined
  /** An instant. */
  since?: string | undefined
  after: { at: string; id: string } | null
  limit: number
}

/** Alarms by the moment they were raised, newest first. */
export async function listAlarms(tx: Db, ask: AlarmAsk): Promise<Alarm[]> {
  const { after } = ask
  const parts = [
    ask.open !== undefined && sql`(a.state <> 'cleared') = ${ask.open}`,
    ask.state && sql`a.state = ${ask.state}`,
    ask.level && sql`a.level = ${ask.level}`,
    ask.cause && sql`a.cause = ${ask.cause}`,
    ask.kind && sql`a.device_kind = ${ask.kind}`,
    ask.useful !== undefined && sql`(a.usefulness->>'useful')::boolean = ${ask.useful}`,
    ask.since && sql`a.raised_at >= ${ask.since}::timestamptz`,
    ask.projectId && sql`a.project_id = ${ask.projectId}::uuid`,
    ask.deviceId && sql`a.device_id = ${ask.deviceId}::uuid`,
    after && sql`(a.raised_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
  ].filter((part) => part !== undefined && part !== null && part !== false && part !== '')
  const where = parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``
  const { rows } = await sql<Row>`select a.* from telemetry.alarm a ${where}
    order by a.raised_at desc, a.id desc limit ${ask.limit}`.execute(tx)
  return rows.map(toAlarm)
}

export async function countOpen(tx: Db): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from telemetry.alarm a where a.state <> 'cleared'`.execute(tx)
  return rows[0]!.count
}

/** Open alarms by level, and how many of them lie on the shelf. */
export async function countLevels(tx: Db): Promise<{ warn: number; alarm: number; shelved: number }> {
  const { rows } = await sql<{ warn: number; alarm: number; shelved: number }>`
    select count(*) filter (where level = 'warn') as warn, count(*) filter (where level = 'alarm') as alarm,
      count(*) filter (where state = 'shelved') as shelved from telemetry.alarm where state <> 'cleared'`.execute(tx)
  return rows[0]!
}

interface CauseCount {
  cause: Alarm['cause']
  all: number
  useful: number
  false: number
}

/** Alarms raised since an instant by cause, the most frequent first, and how they were judged. */
export async function countCauses(tx: Db, since: string): Promise<CauseCount[]> {
  const { rows } = await sql<CauseCount>`select cause, count(*) as "all",
      count(*) filter (where (usefulness->>'useful')::boolean) as useful,
      count(*) filter (where not (usefulness->>'useful')::boolean) as "false"
    from telemetry.alarm where raised_at >= ${since} group by cause order by 2 desc, 1`.execute(tx)
  return rows
}
