import type { Pour } from '@plumbline/core/danger-work'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { DangerWorkTables } from './tables.ts'

// The only place that sees this room's table.
const tables = (db: Db) => db.withTables<DangerWorkTables>()

type Row = Selectable<DangerWorkTables['danger_work.pour']>

const toPour = (row: Row): Pour => ({
  id: row.id,
  state: row.state,
  projectId: row.project_id,
  projectName: row.project_name,
  projectState: row.project_state,
  district: row.district,
  contractorId: row.contractor_id,
  supervisionId: row.supervision_id,
  parties: row.parties,
  zone: row.zone,
  plannedStart: row.planned_start,
  plannedEnd: row.planned_end,
  scheme: row.scheme,
  watchers: row.watchers,
  applied: row.applied,
  signed: row.signed,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  suspensions: row.suspensions,
})

const json = (value: unknown) => value && JSON.stringify(value)

const toRow = (pour: Pour) => ({
  id: pour.id,
  state: pour.state!,
  project_id: pour.projectId,
  project_name: pour.projectName,
  project_state: pour.projectState,
  district: pour.district,
  contractor_id: pour.contractorId,
  supervision_id: pour.supervisionId,
  parties: pour.parties,
  zone: pour.zone,
  planned_start: pour.plannedStart,
  planned_end: pour.plannedEnd,
  scheme: pour.scheme,
  watchers: JSON.stringify(pour.watchers),
  applied: json(pour.applied) as string | null,
  signed: json(pour.signed) as string | null,
  started_at: pour.startedAt,
  ended_at: pour.endedAt,
  suspensions: JSON.stringify(pour.suspensions),
})

export async function load(tx: Db, ids: readonly string[]): Promise<Pour[]> {
  if (ids.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('danger_work.pour')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(toPour)
}

export async function save(tx: Db, records: readonly Pour[]): Promise<void> {
  for (const record of records) {
    const row = toRow(record)
    await tables(tx)
      .insertInto('danger_work.pour')
      .values(row)
      .onConflict((at) => at.column('id').doUpdateSet(row))
      .execute()
  }
}

/** Pours that run now and are watched by this device. */
export async function findRunning(tx: Db, deviceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from danger_work.pour
    where state = 'running' and watchers @> ${JSON.stringify([{ id: deviceId }])}::jsonb order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Another pour that has begun and not ended in the same zone of a project. */
export async function findInZone(tx: Db, { id, projectId, zone }: Pour): Promise<Pour | undefined> {
  const { rows } = await sql<Row>`select * from danger_work.pour where project_id = ${projectId}
    and lower(regexp_replace(zone, '\\s', '', 'g')) = lower(regexp_replace(${zone}, '\\s', '', 'g'))
    and state in ('running', 'suspended') and id <> ${id} limit 1`.execute(tx)
  return rows.map(toPour)[0]
}

export interface PourAsk {
  open?: boolean | undefined
  projectId?: string | undefined
  deviceId?: string | undefined
  after: { at: string; id: string } | null
  limit: number
}

const ended = ['finished', 'declined', 'withdrawn']

/** Pours by their planned start, the latest first. */
export async function list(tx: Db, { open, projectId, deviceId, after, limit }: PourAsk): Promise<Pour[]> {
  const { rows } = await sql<Row>`select p.* from danger_work.pour p
    where (${open ?? null}::boolean is null or (p.state <> all(${ended}::text[])) = ${open ?? null}::boolean)
      and (${projectId ?? null}::uuid is null or p.project_id = ${projectId ?? null}::uuid)
      and (${deviceId ?? null}::uuid is null or p.watchers @> ${JSON.stringify([{ id: deviceId ?? '' }])}::jsonb)
      and (${after === null} or (p.planned_start, p.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by p.planned_start desc, p.id desc limit ${limit}`.execute(tx)
  return rows.map(toPour)
}
