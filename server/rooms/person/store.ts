import { type Person, personWorkflow } from '@plumbline/core/person'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { saveSubjects } from '../../base/subjects.ts'
import { wordsOf } from '../../base/words.ts'
import type { PersonTables } from './tables.ts'

// The only place that sees this room's tables.
const tables = (db: Db) => db.withTables<PersonTables>()

const toPerson = ({ org_id, id_masked, ...same }: Selectable<PersonTables['person.person']>): Person => ({
  ...same,
  orgId: org_id,
  idMasked: id_masked,
})

const people = (db: Db) => tables(db).selectFrom('person.person').selectAll()

export async function load(tx: Db, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return []
  return (
    await people(tx)
      .where('id', 'in', [...ids])
      .execute()
  ).map(toPerson)
}

export async function save(tx: Db, records: readonly Person[]): Promise<void> {
  await saveSubjects(
    tx,
    records.map((person) => ({
      id: person.id,
      kind: 'person',
      name: person.name,
      district: person.region,
      reach: personWorkflow.head(person).reach,
    })),
  )
  for (const { orgId, idMasked, certificates, posts, state, ...same } of records) {
    const row = {
      ...same,
      state: state!,
      org_id: orgId,
      id_masked: idMasked,
      certificates: JSON.stringify(certificates),
      posts: JSON.stringify(posts),
    }
    await tables(tx)
      .insertInto('person.person')
      .values(row)
      .onConflict((at) => at.column('id').doUpdateSet(row))
      .execute()
  }
}

export async function saveIdentity(tx: Db, personId: string, sealed: Buffer, index: string): Promise<void> {
  await tables(tx).insertInto('person.identity').values({ person_id: personId, sealed, id_index: index }).execute()
}

export async function getSealed(tx: Db, personId: string): Promise<Buffer> {
  const row = await tables(tx)
    .selectFrom('person.identity')
    .select('sealed')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return row.sealed
}

/** Those who hold a post on a project. */
export async function findPosted(tx: Db, projectId: string): Promise<Person[]> {
  const wanted = JSON.stringify([{ projectId }])
  return (
    await people(tx)
      .where(sql<boolean>`posts @> ${wanted}::jsonb`)
      .execute()
  ).map(toPerson)
}

export interface ListAsk {
  q?: string | undefined
  org?: string | undefined
  after?: string | undefined
  limit: number
}

/** A page by name; the cursor is the last row's id. */
export async function list(tx: Db, { q, org, after, limit }: ListAsk): Promise<Person[]> {
  const words = q ? wordsOf([q], 'query') : []
  let query = people(tx).orderBy('name').orderBy('id').limit(limit)
  if (words.length > 0)
    query = query.where(sql<boolean>`id in (select f from base.search(${words}, ${['person']}, ${mostFound}) f)`)
  if (org) query = query.where('org_id', '=', org)
  if (after) query = query.where(sql<boolean>`(name, id) > (select name, id from person.person where id = ${after})`)
  return (await query.execute()).map(toPerson)
}

const mostFound = 20_000
