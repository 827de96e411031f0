import { reaches } from '@plumbline/core/access'
import fc from 'fast-check'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../house/setup/house.ts'
import { inTx } from './db.ts'

let house: TestHouse
let owner: pg.Client

beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await house.close()
})

const id = 'aaaaaaaa-0000-4000-8000-00000000000'
// Keys that begin alike, that differ in a letter's case, and that a careless array would break at.
const key = fc.constantFrom(
  'd:',
  'd:99',
  'd:9904',
  'd:990421',
  'd:990421001',
  'd:990421002',
  'everybody',
  `o:${id}1`,
  `o:${id}2`,
  `p:${id}3:${id}1`,
  `p:${id}3:${id}2`,
  `s:${id}3`,
  `s:${id}4`,
  `u:${id}5`,
  `u:${id.toUpperCase()}5`,
  'd:{',
  'd:"',
  'd:,990421',
  'd:\\',
  'null',
  'NULL',
)
const reach = fc.uniqueArray(key, { minLength: 1, maxLength: 6 })
const keys = fc.uniqueArray(key, { maxLength: 5 })

/** Cases with these reaches, entered behind the wall. */
async function enter(records: readonly string[][]): Promise<string[]> {
  const ids = records.map(() => randomUUID())
  await owner.query('delete from base.case')
  await owner.query(
    `insert into base.case (id, room, title, state, open, reach, words, since, opened_at)
     select r.id, 'probe', '', 'open', true, array(select jsonb_array_elements_text(r.reach)), '{"词"}', now(), now()
     from jsonb_to_recordset($1::jsonb) r(id uuid, reach jsonb)`,
    [JSON.stringify(records.map((reach, at) => ({ id: ids[at], reach })))],
  )
  return ids
}

test('the database shows what core says is reached: in the table, in the ordered list, in the search', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(reach, { minLength: 1, maxLength: 12 }),
      fc.array(keys, { minLength: 1, maxLength: 4 }),
      async (records, actors) => {
        const ids = await enter(records)
        for (const held of actors) {
          const expected = ids.filter((_, at) => reaches({ keys: held }, records[at]!)).sort()
          const seen = await inTx(house.house.db, held, async (tx) => ({
            table: (await sql<{ id: string }>`select id from base.case`.execute(tx)).rows.map((row) => row.id),
            list: (await sql<{ id: string }>`select distinct case_id as id from base.reach`.execute(tx)).rows.map(
              (row) => row.id,
            ),
            search: (
              await sql<{ id: string }>`select base.search(${['词']}, ${['probe']}, 100) as id`.execute(tx)
            ).rows.map((row) => row.id),
          }))
          expect([seen.table.sort(), seen.list.sort(), seen.search.sort()]).toEqual([expected, expected, expected])
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('keys are forgotten with their transaction', async () => {
  await enter([['d:']])
  const count = async () =>
    (await sql<{ n: number }>`select count(*) as n from base.case`.execute(house.house.db)).rows[0]!.n
  expect(
    await inTx(
      house.house.db,
      ['d:'],
      async (tx) => (await sql<{ n: number }>`select count(*) as n from base.case`.execute(tx)).rows[0]!.n,
    ),
  ).toBe(1)
  for (let i = 0; i < 20; i += 1) expect(await count()).toBe(0)
})

test('a writer cannot put a case beyond his own reach', async () => {
  const insert = (reach: string[]) =>
    inTx(house.house.db, ['d:990421001'], (tx) =>
      sql`insert into base.case (id, room, title, state, open, reach, since, opened_at)
        values (${randomUUID()}, 'probe', '', 'open', true, ${reach}, now(), now())`.execute(tx),
    )
  await expect(insert(['d:990421002'])).rejects.toMatchObject({ code: '42501' })
  await expect(insert(['d:990421001'])).resolves.toBeDefined()
})
