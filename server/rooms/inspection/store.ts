import type { Inspection, InspectionFilter, InspectionRow, Visit } from '@plumbline/core/inspection'
import { inspectionWorkflow } from '@plumbline/core/inspection'
import { addDays, startOf } from '@plumbline/core/kit'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import type { InspectionTables } from './tables.ts'

const tables = (db: Db) => db.withTables<InspectionTables>()

type Row = Selectable<InspectionTables['inspection.inspection']>

const toInspection = (row: Row, orders: string[]): Inspection => {
  const { project_id, project_name, visited_at, content, ...same } = row
  // Records from before alarms had inspections name none.
  return {
    ...same,
    ...content,
    alarmId: content.alarmId ?? null,
    projectId: project_id,
    projectName: project_name,
    visitedAt: visited_at,
    orders,
  }
}

/** Records by id, in any order, with the orders that rest on them. */
export async function load(tx: Db, ids: readonly string[]): Promise<Inspection[]> {
  if (ids.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('inspection.inspection')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  const ordered = await tables(tx)
    .selectFrom('inspection.ordered')
    .selectAll()
    .where('inspection_id', 'in', [...ids])
    .orderBy('notice_id')
    .execute()
  const ordersOf = Map.groupBy(ordered, ({ inspection_id }) => inspection_id)
  return rows.map((row) => toInspection(row, ordersOf.get(row.id)?.map(({ notice_id }) => notice_id) ?? []))
}

function toRow({ orders: _, ...record }: Inspection) {
  const { id, state, number, projectId, projectName, district, kind, subject, visitedAt, officers, ...content } = record
  return {
    id,
    state: state!,
    number,
    project_id: projectId,
    project_name: projectName,
    district,
    kind,
    subject,
    visited_at: visitedAt,
    officers,
    content,
  }
}

export async function save(tx: Db, records: readonly Inspection[]): Promise<void> {
  if (records.length === 0) return
  await sql`insert into inspection.inspection
    select * from jsonb_populate_recordset(null::inspection.inspection, ${JSON.stringify(records.map(toRow))}::jsonb)
    on conflict (id) do update set state = excluded.state, number = excluded.number, project_name = excluded.project_name,
      visited_at = excluded.visited_at, officers = excluded.officers, content = excluded.content`.execute(tx)
}

const rowColumns = sql`i.id, i.number, i.state, i.project_id as "projectId", i.project_name as "projectName", i.kind, i.subject,
  i.visited_at as "visitedAt", array(select o->>'name' from jsonb_array_elements(i.officers) o) as officers,
  jsonb_array_length(i.content->'findings') as findings, i.content#>>'{score,grade}' as grade,
  (i.content#>>'{score,total}')::float8 as total`

const labelled = (row: Omit<InspectionRow, 'stateLabel'>): InspectionRow => ({
  ...row,
  stateLabel: inspectionWorkflow.states[row.state].label,
})

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function whereOf(ask: InspectionFilter) {
  const parts = [
    ask.state && sql`i.state = ${ask.state}`,
    ask.kind && sql`i.kind = ${ask.kind}`,
    ask.subject && sql`i.subject = ${ask.subject}`,
    ask.projectId && sql`i.project_id = ${ask.projectId}`,
    ask.officerId && sql`i.officers @> ${JSON.stringify([{ personId: ask.officerId }])}::jsonb`,
    ask.fromAlarm && sql`i.content->>'alarmId' is not null`,
    ask.from && sql`i.visited_at >= ${startOf(ask.from).toISOString()}`,
    ask.to && sql`i.visited_at < ${startOf(addDays(ask.to, 1)).toISOString()}`,
    ask.text && sql`(i.project_name ilike ${pattern(ask.text)} or i.number ilike ${pattern(ask.text)})`,
  ].filter((part) => part !== undefined && part !== '')
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``
}

/** A page of the list, the latest visit first. The cursor is the last row's moment and id. */
export async function list(
  tx: Db,
  ask: InspectionFilter & { after?: string | undefined; limit: number },
): Promise<{ rows: InspectionRow[]; next: string | null }> {
  const [, at = 'infinity', id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'] =
    /^([\dT:.Z-]+)_([\da-f-]{36})$/.exec(ask.after ?? '') ?? []
  if (ask.after && at === 'infinity') throw new Refused('malformed', 'cursor')
  const { rows } = await sql<Omit<InspectionRow, 'stateLabel'>>`
    select * from (select ${rowColumns} from inspection.inspection i ${whereOf(ask)}) r
    where (r."visitedAt", r.id) < (${at}::timestamptz, ${id}::uuid)
    order by r."visitedAt" desc, r.id desc limit ${ask.limit + 1}`.execute(tx)
  const shown = rows.slice(0, ask.limit).map(labelled)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > ask.limit && last ? `${last.visitedAt}_${last.id}` : null }
}

/** The inspections of a project that the reader reaches, the latest visit first. */
export async function findOfProject(tx: Db, projectId: string): Promise<Inspection[]> {
  const rows = await tables(tx)
    .selectFrom('inspection.inspection')
    .select('id')
    .where('project_id', '=', projectId)
    .execute()
  const found = await load(
    tx,
    rows.map(({ id }) => id),
  )
  return found.toSorted((a, b) => (a.visitedAt < b.visitedAt ? 1 : -1))
}

/** The visits that count as carried out: signed, or signed for by a recorded refusal. */
export async function listVisits(
  tx: Db,
  ask: { projectId?: string | undefined; year?: number | undefined },
): Promise<Visit[]> {
  let query = tables(tx)
    .selectFrom('inspection.inspection')
    .select(['id', 'project_id as projectId', 'kind', 'subject', 'visited_at as visitedAt', 'number'])
    .where('state', '=', 'signed')
  if (ask.projectId) query = query.where('project_id', '=', ask.projectId)
  if (ask.year)
    query = query
      .where('visited_at', '>=', startOf(`${ask.year}-01-01`).toISOString())
      .where('visited_at', '<', startOf(`${ask.year + 1}-01-01`).toISOString())
  return query.orderBy('visited_at').execute()
}

/** Inspections that took place since an instant, void ones left out, and those of them that began with an alarm. */
export async function countFromAlarms(tx: Db, since: string): Promise<{ all: number; fromAlarms: number }> {
  const { rows } = await sql<{ all: number; fromAlarms: number }>`
    select count(*) as "all", count(*) filter (where content->>'alarmId' is not null) as "fromAlarms"
    from inspection.inspection where visited_at >= ${since} and state <> 'void'`.execute(tx)
  return rows[0]!
}

export async function addOrder(tx: Db, inspectionId: string, noticeId: string): Promise<void> {
  await tables(tx)
    .insertInto('inspection.ordered')
    .values({ inspection_id: inspectionId, notice_id: noticeId })
    .onConflict((at) => at.doNothing())
    .execute()
}

/** Everybody who is assigned to a project now. Run with keys that reach every subject: an officer may invite a neighbour. */
export async function findAssignedOfficers(tx: Db): Promise<string[]> {
  const rows = await tx
    .selectFrom('base.assignment')
    .select('person_id')
    .distinct()
    .where('until', 'is', null)
    .execute()
  return rows.map(({ person_id }) => person_id)
}
