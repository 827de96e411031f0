import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clone, cloneDatabase } from '../../house/setup/clone.ts'
import { openDatabase, type Database } from './db.ts'
import { getRowType, knownRowType, startRows } from './rows.ts'

let clone: Clone
let owner: Client
let database: Database

beforeAll(async () => {
  clone = await cloneDatabase()
  owner = new Client({ connectionString: clone.ownerUrl })
  await owner.connect()
  await owner.query(`create schema probe; create type probe.told as (i int, b boolean, c "char", t text, u uuid, y bytea,
    many bytea[], at timestamptz, ats timestamptz[], d double precision[], n double precision)`)
  database = openDatabase(clone.ownerUrl, 1)
})
afterAll(async () => {
  await database.close()
  await owner.end()
  await clone.drop()
})

const id = '0a1B2c3d-4e5f-4789-89aB-cdef01234567'
const fill = async (count: number) => {
  const rows = startRows(await getRowType(database.db, 'probe.told'), 8)
  for (let index = 0; index < count; index += 1) {
    rows.row()
    rows.int(index - 1)
    rows.bool(index % 2 === 0)
    rows.char('r')
    rows.text(index === 1 ? null : `帧 ${index}`)
    rows.uuid(id)
    rows.bytes(Uint8Array.of(0, 255, index))
    rows.manyBytes(index === 2 ? [] : [Uint8Array.of(1), new Uint8Array(0)])
    rows.instant(index === 2 ? null : index === 1 ? -Infinity : Date.parse('1969-12-31T23:59:59.999Z'))
    rows.instants([Date.parse('2099-12-31T00:00:00.001Z'), -Infinity])
    rows.doubles(3, (place) => [0.1, -1e300, index][place]!)
    rows.double(index === 1 ? null : index / 4)
  }
  return rows.done()
}

test('an instant that is no number, and a uuid that is none, are refused', async () => {
  const rows = startRows(await getRowType(database.db, 'probe.told'), 8)
  rows.row()
  expect(() => rows.instant(Number.NaN)).toThrow(RangeError)
  expect(() => rows.uuid('0a1b')).toThrow(RangeError)
})

test('a type that was not asked for is not known', () => {
  expect(() => knownRowType(database.db, 'probe.other')).toThrow('probe.other')
})

test('what is written is what PostgreSQL reads, and more than was expected finds room', async () => {
  const { rows } = await owner.query(
    `select i, b, c, t, u, encode(y, 'hex') as y, array(select encode(m, 'hex') from unnest(many) m) as many,
      at::text as at, ats::text as ats, d, n from unnest($1::probe.told[])`,
    [await fill(300)],
  )
  expect(rows).toHaveLength(300)
  const same = { b: true, c: 'r', u: id.toLowerCase(), at: '1969-12-31 23:59:59.999+00' }
  const ats = '{"2099-12-31 00:00:00.001+00",-infinity}'
  expect(rows[0]).toEqual({ ...same, i: -1, t: '帧 0', y: '00ff00', many: ['01', ''], ats, d: [0.1, -1e300, 0], n: 0 })
  expect(rows[1]).toMatchObject({ i: 0, b: false, t: null, at: '-infinity', n: null })
  expect(rows[2]).toMatchObject({ i: 1, many: [], at: null, n: 0.5 })
  expect(rows[299]).toMatchObject({ i: 298, t: '帧 299' })
})

test('no rows are an empty array', async () => {
  const { rows } = await owner.query('select count(*)::int as n from unnest($1::probe.told[])', [await fill(0)])
  expect(rows).toEqual([{ n: 0 }])
})
