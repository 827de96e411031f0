import type { Org, OrgKind, OrgRef } from '@plumbline/core/org'
import { orgWorkflow } from '@plumbline/core/org'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { saveSubjects } from '../../base/subjects.ts'
import { wordsOf } from '../../base/words.ts'
import type { OrgTables } from './tables.ts'

// The only place that sees this room's tables.
const tables = (db: Db) => db.withTables<OrgTables>()

const toOrg = ({ parent_id, legal_person, ...same }: Selectable<OrgTables['org.org']>): Org => ({
  ...same,
  parentId: parent_id,
  legalPerson: legal_person,
})

const orgs = (db: Db) => tables(db).selectFrom('org.org').selectAll()

export async function load(tx: Db, ids: readonly string[]): Promise<Org[]> {
  if (ids.length === 0) return []
  return (
    await orgs(tx)
      .where('id', 'in', [...ids])
      .execute()
  ).map(toOrg)
}

export async function save(tx: Db, records: readonly Org[]): Promise<void> {
  await saveSubjects(
    tx,
    records.map((org) => ({
      id: org.id,
      kind: 'org',
      name: org.name,
      district: org.region,
      reach: orgWorkflow.head(org).reach,
    })),
  )
  for (const { parentId, legalPerson, state, ...same } of records) {
    const row = { ...same, state: state!, parent_id: parentId, legal_person: legalPerson }
    await tables(tx)
      .insertInto('org.org')
      .values(row)
      .onConflict((at) => at.column('id').doUpdateSet(row))
      .execute()
  }
}

export async function findByUscc(tx: Db, usccs: readonly string[]): Promise<Org[]> {
  if (usccs.length === 0) return []
  return (
    await orgs(tx)
      .where('uscc', 'in', [...usccs])
      .execute()
  ).map(toOrg)
}

export const findChildren = (tx: Db, id: string): Promise<OrgRef[]> =>
  tables(tx).selectFrom('org.org').select(['id', 'name']).where('parent_id', '=', id).orderBy('name').execute()

export interface ListAsk {
  q?: string | undefined
  kind?: OrgKind | undefined
  after?: string | undefined
  limit: number
}

/** A page by name; the cursor is the last row's id. */
export async function list(tx: Db, { q, kind, after, limit }: ListAsk): Promise<Org[]> {
  const words = q ? wordsOf([q], 'query') : []
  let query = orgs(tx).orderBy('name').orderBy('id').limit(limit)
  if (words.length > 0)
    query = query.where(sql<boolean>`id in (select f from base.search(${words}, ${['org']}, ${mostFound}) f)`)
  if (kind) query = query.where(sql<boolean>`${kind} = any(kinds)`)
  if (after) query = query.where(sql<boolean>`(name, id) > (select name, id from org.org where id = ${after})`)
  return (await query.execute()).map(toOrg)
}

const mostFound = 20_000

/** Trees are changed one after the other: two units that join each other at one moment would close a ring. */
export const lockTree = (tx: Db) => sql`select pg_advisory_xact_lock(hashtext('org.tree'))`.execute(tx)

/** A unit and the groups above it. */
export async function findLine(tx: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive up as (
      select id, parent_id from org.org where id = ${id}
      union select o.id, o.parent_id from org.org o join up on o.id = up.parent_id)
    select id from up`.execute(tx)
  return rows.map((row) => row.id)
}

/** Writes what stands below each of these units, all the way down, as its standing: what its head office reaches. */
export async function saveBelow(tx: Db, ids: readonly string[]): Promise<void> {
  await sql`
    update base.subject s set standing = s.standing || jsonb_build_object('below', coalesce((
      with recursive down as (
        select id from org.org where parent_id = s.id
        union select o.id from org.org o join down on o.parent_id = down.id)
      select jsonb_agg(id order by id) from down), '[]'::jsonb))
    where s.id = any(${[...ids]}::uuid[])`.execute(tx)
}
