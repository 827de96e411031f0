import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../house/setup/house.ts'
import { type Db, inTx, prepared } from './db.ts'

let house: TestHouse
let db: Db
beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  db = house.house.db
})
afterAll(() => house.close())

const one = (tx: Db, what: string) => sql<{ one: string }>`select ${what} as one`.execute(tx)
const wrong = (tx: Db) => sql`select 1 / 0`.execute(tx)

test('of statements asked together the first failure is told, and nothing behind it counts', async () => {
  const name = sql`insert into base.setting (name, value) values ('probe', '1')`
  const asked = inTx(db, ['d:'], (tx) => Promise.all([one(tx, 'a'), wrong(tx), name.execute(tx)]))
  await expect(asked).rejects.toMatchObject({ code: '22012' })
  expect((await sql`select 1 from base.setting where name = 'probe'`.execute(db)).rows).toEqual([])
})

test('what goes on after its transaction has failed asks nothing of the next', async () => {
  let failed: Db | undefined
  const work = (tx: Db) => {
    failed = tx
    return wrong(tx)
  }
  await expect(inTx(db, ['d:'], work)).rejects.toMatchObject({ code: '22012' })
  await expect(one(failed!, 'late')).rejects.toThrow('the transaction is over')
})

test('a transaction that could not enter tells why', async () => {
  const keys = ['d:\0'] // no text of PostgreSQL holds a zero byte
  await expect(inTx(db, keys, (tx) => one(tx, 'a'))).rejects.toMatchObject({ code: '22021' })
})

test('answers come in the order of the questions, each with its own rows', async () => {
  const asked = ['a', 'b', 'c', 'd']
  const told = await inTx(db, [], (tx) => Promise.all(asked.map((what) => one(tx, what))))
  expect(told.map(({ rows }) => rows[0]!.one)).toEqual(asked)
})

test('a prepared statement is prepared once on a connection, and sees what its own transaction reaches', async () => {
  const keys = prepared<{ keys: string[] }, []>('test.keys', 'select base.keys() as keys')
  const kept = sql<{ n: number }>`select count(*) as n from pg_prepared_statements where name = 'test.keys'`
  for (const held of [['d:99'], ['u:1', 'everybody'], []])
    await inTx(db, held, async (tx) => {
      const [first, second, { rows }] = await Promise.all([keys(tx), keys(tx), kept.execute(tx)])
      expect([first, second]).toEqual([[{ keys: held }], [{ keys: held }]])
      expect(rows[0]!.n).toBe(1)
    })
})
