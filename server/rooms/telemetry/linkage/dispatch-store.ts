import type { Dispatch } from '@plumbline/core/telemetry'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../../base/db.ts'
import { tables } from '../readings.ts'
import type { TelemetryTables } from '../tables.ts'

type Row = Selectable<TelemetryTables['telemetry.dispatch']>

const toDispatch = (row: Row): Dispatch => ({
  id: row.id,
  state: row.state,
  projectId: row.project_id,
  projectName: row.project_name,
  district: row.district,
  parties: row.parties,
  place: row.place,
  truckId: row.truck_id,
  truckName: row.truck_name,
  plate: row.plate,
  unit: row.unit,
  alarmId: row.alarm_id,
  reason: row.reason,
  called: row.called,
  dueAt: row.due_at,
  arrival: row.arrival,
  ended: row.ended,
})

const toRow = (one: Dispatch) => ({
  id: one.id,
  state: one.state!,
  project_id: one.projectId,
  project_name: one.projectName,
  district: one.district,
  parties: one.parties,
  place: JSON.stringify(one.place),
  truck_id: one.truckId,
  truck_name: one.truckName,
  plate: one.plate,
  unit: one.unit,
  alarm_id: one.alarmId,
  reason: one.reason,
  called: JSON.stringify(one.called),
  called_at: one.called.at,
  due_at: one.dueAt,
  arrival: one.arrival && JSON.stringify(one.arrival),
  ended: one.ended && JSON.stringify(one.ended),
})

export async function load(tx: Db, ids: readonly string[]): Promise<Dispatch[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Row>`select * from telemetry.dispatch where id = any(${[...ids]})`.execute(tx)
  return rows.map(toDispatch)
}

export async function save(tx: Db, records: readonly Dispatch[]): Promise<void> {
  for (const record of records) {
    const row = toRow(record)
    const put = tables(tx).insertInto('telemetry.dispatch').values(row)
    await put.onConflict((at) => at.column('id').doUpdateSet(row)).execute()
  }
}

export interface DispatchAsk {
  open?: boolean | undefined
  projectId?: string | undefined
  alarmId?: string | undefined
  after: { at: string; id: string } | null
  limit: number
}

/** Calls newest first. */
export async function list(tx: Db, { open, projectId, alarmId, after, limit }: DispatchAsk): Promise<Dispatch[]> {
  const { rows } = await sql<Row>`select * from telemetry.dispatch
    where (${open ?? null}::boolean is null or (state in ('called', 'working')) = ${open ?? null}::boolean)
      and (${projectId ?? null}::uuid is null or project_id = ${projectId ?? null}::uuid)
      and (${alarmId ?? null}::uuid is null or alarm_id = ${alarmId ?? null}::uuid)
      and (${after === null} or (called_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by called_at desc, id desc limit ${limit}`.execute(tx)
  return rows.map(toDispatch)
}

/** By truck the call that it is out on. */
export async function findOut(tx: Db, truckIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; truck_id: string }>`select id, truck_id from telemetry.dispatch
    where state in ('called', 'working') and truck_id = any(${[...truckIds]})`.execute(tx)
  return new Map(rows.map(({ id, truck_id }) => [truck_id, id]))
}

/** A position of a truck on the way. */
export interface Told {
  at: string
  lon: number
  lat: number
}

/** Trucks on their way, each with what it has told since it was called, oldest first. */
export async function findOnTheWay(tx: Db): Promise<{ dispatch: Dispatch; told: Told[] }[]> {
  const { rows } = await sql<
    Row & { told: Told[] }
  >`select d.*, coalesce(t.told, '[]') as told from telemetry.dispatch d
    cross join lateral (select jsonb_agg(jsonb_build_object('at', e.at, 'lon', e.body->'lon', 'lat', e.body->'lat') order by e.at) as told
      from telemetry.event e where e.device_id = d.truck_id and e.kind = 'track' and e.at >= d.called_at) t
    where d.state = 'called'`.execute(tx)
  return rows.map(({ told, ...row }) => ({ dispatch: toDispatch(row), told }))
}

/** By truck the place that it told last, since a moment. */
export async function findLastPlaces(tx: Db, truckIds: readonly string[], since: string): Promise<Map<string, Told>> {
  const { rows } = await sql<
    Told & { id: string }
  >`select t.id, e.at, (e.body->>'lon')::float8 as lon, (e.body->>'lat')::float8 as lat
    from unnest(${[...truckIds]}::uuid[]) as t(id) cross join lateral (select at, body from telemetry.event
      where device_id = t.id and kind = 'track' and at >= ${since} order by at desc limit 1) e`.execute(tx)
  return new Map(rows.map(({ id, ...told }) => [id, told]))
}

/** Plain means of the normal momentary values of devices in [from, until), by device and quantity. */
export async function findMeans(
  tx: Db,
  deviceIds: readonly string[],
  quantities: readonly string[],
  [from, until]: readonly [string, string],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ device_id: string; quantity: string; mean: number }>`
    select device_id, quantity, avg(value)::float8 as mean from telemetry.reading
    where device_id = any(${[...deviceIds]}) and quantity = any(${[...quantities]}) and span = 'r' and flag = 'N'
      and at >= ${from} and at < ${until} group by 1, 2`.execute(tx)
  return new Map(rows.map(({ device_id, quantity, mean }) => [`${device_id} ${quantity}`, mean]))
}
