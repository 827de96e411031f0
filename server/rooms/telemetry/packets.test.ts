import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clone, cloneDatabase } from '../../../house/setup/clone.ts'
import { type Database, inLane, inTx, openDatabase, openPool } from '../../base/db.ts'
import { prepareReadings, storeReadings } from './packets.ts'
import { findSamples, type Reading } from './readings.ts'

let clone: Clone
let database: Database
let pool: pg.Pool

beforeAll(async () => {
  clone = await cloneDatabase()
  database = openDatabase(clone.appUrl, 3)
  pool = openPool(clone.appUrl, 2)
})
afterAll(async () => {
  await pool.end()
  await database.close()
  await clone.drop()
})

const receivedAt = '2026-11-20T06:05:00.000Z'
const at = '2026-11-20T06:00:00.000Z'
const say = (deviceId: string, values: Record<string, number | [number, string | null]>, more: Partial<Reading> = {}) =>
  Object.entries(values).map(([quantity, told]): Reading => {
    const [value, flag] = typeof told === 'number' ? [told, 'N'] : told
    return { deviceId, quantity, span: 'r', at, value, flag, receivedAt, ...more }
  })
/** Stores frames as one batch; answers of each what was new. */
async function store(...groups: Reading[][]) {
  const told = await prepareReadings(database.db, groups)
  const { fresh } = await inLane(pool, ['d:'], (lane) => storeReadings(lane, told))
  return fresh.map((group) => group.map(({ quantity, value }) => `${quantity}=${value}`))
}
const kept = (deviceId: string, keys = ['d:']) =>
  inTx(database.db, keys, async (tx) => {
    const { rows } = await sql<{
      said: string
    }>`select span || ' ' || quantity || '=' || value || coalesce(flag, '-') as said
      from telemetry.reading where device_id = ${deviceId} order by at, span, quantity`.execute(tx)
    return rows.map(({ said }) => said)
  })

test('nothing is stored or seen without the keys', async () => {
  const id = randomUUID()
  const told = await prepareReadings(database.db, [say(id, { LA: 50 })])
  await expect(inLane(pool, ['o:1'], (lane) => storeReadings(lane, told))).rejects.toThrow(/row-level security/)
  await store(say(id, { LA: 50 }))
  expect(await kept(id, ['o:1'])).toEqual([])
  expect(await kept(id)).toEqual(['r LA=50N'])
})

test('a mark of two letters is refused', async () => {
  await expect(store(say(randomUUID(), { LA: [50, 'NN'] }))).rejects.toThrow('a mark is one letter')
})

test('a frame once, marks and all, in whatever order its quantities come', async () => {
  const id = randomUUID()
  const values = { a34004: 1.5, LA: [2, 'D'], a01001: [-3.25, null] } as const
  expect(await store(say(id, values as never))).toEqual([['a34004=1.5', 'LA=2', 'a01001=-3.25']])
  const other = { a01001: 9, a34004: 9, LA: 9 }
  expect(await store(say(id, other), say(id, values as never))).toEqual([[], []])
  expect(await kept(id)).toEqual(['r LA=2D', 'r a01001=-3.25-', 'r a34004=1.5N'])
})

test('a quantity said twice in one frame counts as it was said first', async () => {
  const id = randomUUID()
  expect(await store([...say(id, { LA: 1 }), ...say(id, { LA: 2, a34004: 3 })])).toEqual([['LA=1', 'a34004=3']])
  expect(await kept(id)).toEqual(['r LA=1N', 'r a34004=3N'])
})

test('two frames of one batch about one moment are one row, the first telling counts', async () => {
  const id = randomUUID()
  const later = say(id, { LA: 7, a34002: 8 }, { at: '2026-11-20T06:00:30.000Z' })
  const fresh = await store(say(id, { LA: 1, a34004: 2 }), say(id, { LA: 9, a34002: [3, 'D'] }), later)
  expect(fresh).toEqual([['LA=1', 'a34004=2'], ['a34002=3'], ['LA=7', 'a34002=8']])
  expect(await kept(id)).toEqual(['r LA=1N', 'r a34002=3D', 'r a34004=2N', 'r LA=7N', 'r a34002=8N'])
})

test('what a later frame adds to a known moment is added, and nothing doubled', async () => {
  const id = randomUUID()
  await store(say(id, { LA: 1, a34004: [2, 'D'] }))
  expect(await store(say(id, { LA: 9, a34002: 3 }))).toEqual([['a34002=3']])
  expect(await store(say(id, { a01001: [4, null], a34002: 9 }))).toEqual([['a01001=4']])
  expect(await store(say(id, { LA: 9 }))).toEqual([[]])
  expect(await kept(id)).toEqual(['r LA=1N', 'r a01001=4-', 'r a34002=3N', 'r a34004=2D'])
})

test('spans, moments and devices are apart', async () => {
  const [one, other] = [randomUUID(), randomUUID()]
  const minutes = say(one, { LA: 2 }, { span: 'm' })
  await store(say(one, { LA: 1 }), minutes, say(other, { LA: 3 }))
  expect(await store(minutes)).toEqual([[]])
  expect(await kept(one)).toEqual(['m LA=2N', 'r LA=1N'])
  expect(await kept(other)).toEqual(['r LA=3N'])
})

test('two transactions at once about one moment: every quantity once', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = randomUUID()
    const fresh = await Promise.all([store(say(id, { LA: 1, a34004: 1 })), store(say(id, { LA: 2, a34002: 2 }))])
    const all = fresh.flat(2)
    expect(all.filter((one) => one.startsWith('LA'))).toHaveLength(1)
    expect((await kept(id)).map((one) => one.slice(2, -1)).toSorted()).toEqual(all.toSorted())
  }
})

test('days of Asia/Shanghai have partitions of their own; one beyond its term is dropped, one within the last days never', async () => {
  const id = randomUUID()
  const days = ['2026-01-01T15:59:59.999Z', '2026-01-01T16:00:00.000Z'].map((moment) =>
    say(id, { LA: 1 }, { at: moment }),
  )
  const today = new Date().toISOString()
  await store(...days, say(id, { LA: 1 }, { at: today }))
  const names = async () =>
    (
      await sql<{ name: string }>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'telemetry.packet'::regclass order by 1`.execute(database.db)
    ).rows.map(({ name }) => name)
  expect(await names()).toEqual(expect.arrayContaining(['packet_20260101', 'packet_20260102']))
  await sql`select telemetry.drop_days('2026-01-02')`.execute(database.db)
  expect(await names()).not.toContain('packet_20260101')
  expect(await names()).toContain('packet_20260102')
  await sql`select telemetry.drop_days('2999-01-01')`.execute(database.db)
  expect(await kept(id)).toEqual(['r LA=1N'])
})

test('samples of a quantity come from every layout it lies in', async () => {
  const id = randomUUID()
  await store(say(id, { LA: 1, a34004: 5 }), say(id, { a34004: [6, 'D'] }, { at: '2026-11-20T06:01:00.000Z' }))
  const found = await inTx(database.db, ['d:'], (tx) =>
    findSamples(tx, id, 'a34004', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'),
  )
  expect(found).toEqual([
    { at, value: 5, flag: 'N' },
    { at: '2026-11-20T06:01:00.000Z', value: 6, flag: 'D' },
  ])
})
