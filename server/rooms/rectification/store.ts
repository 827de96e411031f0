import type { Notice, NoticeItem } from '@plumbline/core/rectification'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { RectificationTables } from './tables.ts'

// The only place, with ledger.ts and figures.ts, that sees this room's tables.
const tables = (db: Db) => db.withTables<RectificationTables>()

type ItemRow = Selectable<RectificationTables['rectification.item']>

/** Each field of the record and its column, where the two are not the same word. */
const renamed = {
  project_id: 'projectId',
  project_name: 'projectName',
  permit_no: 'permitNo',
  inspection_id: 'inspectionId',
  alarm_id: 'alarmId',
  found_on: 'foundOn',
  org_id: 'orgId',
  org_name: 'orgName',
  org_role: 'orgRole',
  supervision_id: 'supervisionId',
  supervision_name: 'supervisionName',
  owner_id: 'ownerId',
  owner_name: 'ownerName',
  resume_when: 'resumeWhen',
  drafted_at: 'draftedAt',
  issued_at: 'issuedAt',
  served_at: 'servedAt',
  yellow_at: 'yellowAt',
  red_at: 'redAt',
  yellowed_at: 'yellowedAt',
  locked_at: 'lockedAt',
  closed_at: 'closedAt',
  resume_opinion: 'resumeOpinion',
  paper_id: 'paperId',
  resume_paper_id: 'resumePaperId',
  finding_id: 'findingId',
  item_code: 'itemCode',
  warn_at: 'warnAt',
  warned_at: 'warnedAt',
  accepted_at: 'acceptedAt',
  visit_ordered: 'visitOrdered',
} as const
const columnOf = Object.fromEntries(Object.entries(renamed).map(([column, field]) => [field, column]))

const toRecord = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [(renamed as Record<string, string>)[column] ?? column, value]),
  )
const toRow = (record: object) =>
  Object.fromEntries(Object.entries(record).map(([field, value]) => [columnOf[field] ?? field, value]))

const toItem = ({ notice_id: _, position: __, standing: ___, ...row }: ItemRow) => toRecord(row) as NoticeItem

export async function load(tx: Db, ids: readonly string[]): Promise<Notice[]> {
  if (ids.length === 0) return []
  const [rows, items] = await Promise.all([
    tables(tx)
      .selectFrom('rectification.notice')
      .selectAll()
      .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
      .execute(),
    tables(tx)
      .selectFrom('rectification.item')
      .selectAll()
      .where('notice_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
      .orderBy('position')
      .execute(),
  ])
  const itemsOf = Map.groupBy(items, ({ notice_id }) => notice_id)
  return rows.map((row) => {
    const its = (itemsOf.get(row.id) ?? []).map(toItem)
    return { ...toRecord(row), items: its } as unknown as Notice
  })
}

const itemColumns = sql.raw(
  `position text clause severity requirement days photos point state due warn_at warned_at accepted_at extensions rounds
   visit_ordered visits standing`
    .split(/\s+/)
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
)

/** A step that leaves a notice's items alone passes their very list on: half the work of a sweep that turns thousands yellow. */
export async function save(tx: Db, records: readonly Notice[], before: readonly Notice[] = []): Promise<void> {
  const known = new Map(before.map((notice) => [notice.id, notice]))
  const fresh = records.filter(({ id }) => !known.has(id))
  if (fresh.length > 0)
    await sql`insert into rectification.notice
      select * from jsonb_populate_recordset(null::rectification.notice, ${json(fresh.map(noticeRow))}::jsonb)`.execute(
      tx,
    )
  await saveChanges(
    tx,
    records.flatMap((after) => {
      const was = known.get(after.id)
      return was ? [{ was, after }] : []
    }),
  )
  const touched = records.filter(({ id, state, items }) => state === 'withdrawn' || known.get(id)?.items !== items)
  if (touched.length > 0) await saveItems(tx, touched)
}

const json = JSON.stringify
const noticeRow = ({ items: _, ...notice }: Notice) => toRow(notice)

/** Writes the columns in which any of these notices changed. */
async function saveChanges(tx: Db, changes: readonly { was: Notice; after: Notice }[]): Promise<void> {
  const changed = new Set(
    changes.flatMap(({ was, after }) =>
      Object.keys(after).filter((field) => was[field as keyof Notice] !== after[field as keyof Notice]),
    ),
  )
  changed.delete('items')
  if (changed.size === 0) return
  const columns = [...changed].map((field) => columnOf[field] ?? field)
  const rows = changes.map(({ after }) =>
    toRow(Object.fromEntries(Object.entries(after).filter(([field]) => field === 'id' || changed.has(field)))),
  )
  await sql`update rectification.notice n set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = r.${sql.ref(column)}`))}
    from jsonb_populate_recordset(null::rectification.notice, ${json(rows)}::jsonb) r where n.id = r.id`.execute(tx)
}

async function saveItems(tx: Db, records: readonly Notice[]): Promise<void> {
  const rows = records.flatMap(({ id, state, items }) =>
    items.map((item, position) => ({
      ...toRow(item),
      notice_id: id,
      position,
      standing: state !== 'withdrawn',
    })),
  )
  // Only a draft may lose an item.
  const drafts = records.filter(({ state }) => state === 'draft')
  if (drafts.length > 0)
    await sql`delete from rectification.item i where i.notice_id = any(${drafts.map(({ id }) => id)})
      and i.id <> all(${drafts.flatMap(({ items }) => items.map(({ id }) => id))})`.execute(tx)
  await sql`insert into rectification.item select * from jsonb_populate_recordset(null::rectification.item, ${JSON.stringify(rows)}::jsonb)
    on conflict (notice_id, id) do update set ${itemColumns}`.execute(tx)
}

/** Which of these findings stand in a notice that was not withdrawn, drafts included. */
export async function findOrdered(tx: Db, findingIds: readonly string[]): Promise<string[]> {
  if (findingIds.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('rectification.item')
    .select('finding_id')
    .where('standing', '=', true)
    .where('finding_id', 'in', [...findingIds])
    .execute()
  return rows.map(({ finding_id }) => finding_id!)
}
