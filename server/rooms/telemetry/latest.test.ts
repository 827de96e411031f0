import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { read, systemContext } from '../../base/context.ts'
import { inLane, openPool } from '../../base/db.ts'
import { enterDevice } from '../../gateways/testing.ts'
import { findEvents, storeEvents } from './events.ts'
import { findQuarantined, noteQuarantined, reopenHours, takeReopened } from './late.ts'
import { addNewest, catchUpLatest, findLatest, prepareLatest, saveLatest } from './latest.ts'
import { prepareReadings, storeReadings } from './packets.ts'
import type { Reading } from './readings.ts'

let house: TestHouse
let cast: Cast
let pool: pg.Pool

beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  cast = await openCast(house)
  pool = openPool(house.house.settings.databaseUrl, 1)
})
afterAll(async () => {
  await pool.end()
  await house.close()
})

let serial = 0
const enter = () =>
  enterDevice(house, cast.chief, {
    mn: `990421A8900093${String((serial += 1)).padStart(10, '0')}`,
    projectId: cast.projectId,
  })
const start = Math.floor(Date.now() / 1000) * 1000 - 60_000
const iso = (second: number) => new Date(start + second * 1000).toISOString()
const say = (
  deviceId: string,
  second: number,
  values: Record<string, [number, string | null]>,
  span: Reading['span'] = 'r',
) =>
  Object.entries(values).map(([quantity, [value, flag]]): Reading => ({
    deviceId,
    quantity,
    span,
    at: iso(second),
    value,
    flag,
    receivedAt: iso(60),
  }))
/** Stores frames, each a batch of its own, and writes the newest of all at the end, unless a crash prevents it. */
async function store(frames: Reading[][], { crash = false } = {}): Promise<void> {
  const { db } = house.house
  await prepareLatest(db)
  const waiting = new Map()
  for (const frame of frames) {
    const told = await prepareReadings(db, [frame])
    addNewest(waiting, (await inLane(pool, ['d:'], (lane) => storeReadings(lane, told))).packets)
  }
  if (!crash) await inLane(pool, ['d:'], (lane) => saveLatest(db, lane, waiting))
}
const latestOf = async (id: string) => {
  const rows = await read(await systemContext(house.house), (tx) => findLatest(tx, [id]))
  const second = (at: string | null) => (at === null ? null : (Date.parse(at) - start) / 1000)
  return Object.fromEntries(
    rows.map(({ quantity, at, value, flag, normalAt }) => [quantity, [second(at), value, flag, second(normalAt)]]),
  )
}

test('of each quantity the newest value, and when it was last normal, in whatever order and layout they came', async () => {
  const id = await enter()
  const [early, late] = [
    say(id, 10, { LA: [1, 'N'], a34004: [2, 'N'] }),
    say(id, 20, { LA: [3, 'D'], a34004: [4, 'N'] }),
  ]
  await store([late, early])
  expect(await latestOf(id)).toEqual({ LA: [20, 3, 'D', 10], a34004: [20, 4, 'N', 20] })
  await store([say(id, 5, { LA: [9, 'N'], a34004: [9, 'D'] })])
  expect(await latestOf(id)).toEqual({ LA: [20, 3, 'D', 10], a34004: [20, 4, 'N', 20] })
  await store([say(id, 30, { LA: [5, 'N'] }), say(id, 31, { a01001: [6, null] }, 'm')])
  expect(await latestOf(id)).toEqual({ LA: [30, 5, 'N', 30], a34004: [20, 4, 'N', 20], a01001: [31, 6, null, null] })
})

test('means of hours and days are no current values', async () => {
  const id = await enter()
  await store([say(id, 10, { LA: [1, 'N'] }, 'h'), say(id, 10, { LA: [1, 'N'] }, 'd')])
  expect(await latestOf(id)).toEqual({})
})

test('what a crash left unwritten is caught up from the rows themselves', async () => {
  const id = await enter()
  await store([say(id, 10, { LA: [1, 'N'], a34004: [2, 'N'] })])
  await store([say(id, 20, { LA: [3, 'D'], a34004: [4, 'N'] }), say(id, 25, { a01001: [5, 'N'] })], { crash: true })
  expect(await latestOf(id)).toEqual({ LA: [10, 1, 'N', 10], a34004: [10, 2, 'N', 10] })
  const ctx = await systemContext(house.house)
  for (let times = 0; times < 2; times += 1) {
    await read(ctx, (tx) => catchUpLatest(ctx, tx))
    expect(await latestOf(id)).toEqual({ LA: [20, 3, 'D', 10], a34004: [20, 4, 'N', 20], a01001: [25, 5, 'N', 25] })
  }
})

test('an event counts once by its device, kind, moment and name', async () => {
  const [one, other] = [await enter(), await enter()]
  const ctx = await systemContext(house.house)
  const exit = (deviceId: string, id: string, second: number) => ({
    deviceId,
    id,
    at: iso(second),
    kind: 'exit' as const,
    body: { plate: null, washed: true, covered: false, legible: true },
  })
  const zone = { deviceId: one, id: 'e1', at: iso(1), kind: 'intrusion' as const, body: { zone: 'A' } }
  const first = [exit(one, 'e1', 1), exit(one, 'e1', 1), zone, exit(other, 'e1', 1)]
  const names = (events: { deviceId: string; kind: string; id: string }[]) =>
    events.map(({ kind, id }) => `${kind} ${id}`)
  expect(names(await read(ctx, (tx) => storeEvents(tx, ctx, first)))).toEqual(['exit e1', 'intrusion e1', 'exit e1'])
  expect(await read(ctx, (tx) => storeEvents(tx, ctx, [...first, exit(one, 'e1', 2)]))).toEqual([exit(one, 'e1', 2)])
  const within = { from: iso(0), until: iso(2) }
  const find = (ask: object) => read(ctx, (tx) => findEvents(tx, { deviceIds: [one], ...within, ...ask }))
  expect(await find({ kinds: ['exit'] })).toEqual([exit(one, 'e1', 1)])
  expect(names(await find({}))).toEqual(['exit e1', 'intrusion e1'])
  expect(await find({ kinds: ['passage'] })).toEqual([])
  expect(names(await find({ until: iso(3), kinds: ['exit'], newestFirst: true, limit: 1 }))).toEqual(['exit e1'])
})

test('late data marks the hours that are over; one who takes them sees them once', async () => {
  const id = await enter()
  const ctx = await systemContext(house.house)
  const hour = 3_600_000
  const over = Math.floor(Date.parse(ctx.now) / hour) * hour - 2 * hour
  const at = (millis: number) => ({ ...say(id, 0, { LA: [1, 'N'] })[0]!, at: new Date(millis).toISOString() })
  await read(ctx, (tx) => reopenHours(tx, ctx, [at(over), at(over + hour - 1), at(over + 2 * hour)]))
  await read(ctx, (tx) => reopenHours(tx, ctx, [at(over + 1)]))
  const take = () => read(ctx, (tx) => takeReopened(tx, 10))
  expect(await take()).toEqual([{ deviceId: id, hour: new Date(over).toISOString() }])
  expect(await take()).toEqual([])
})

test('what was set aside is listed with the reason, once, for those who reach the device', async () => {
  const id = await enter()
  const ctx = await systemContext(house.house)
  const frame = { deviceId: id, at: '2099-01-01T00:00:00.000Z', verdict: 'in_future' as const, heardAt: ctx.now }
  for (let times = 0; times < 2; times += 1) await read(ctx, (tx) => noteQuarantined(tx, [frame]))
  expect(await read(ctx, (tx) => findQuarantined(tx, id))).toEqual([frame])
  const stranger = { ...ctx, actor: { ...ctx.actor, keys: ['o:1'] as never } }
  expect(await read(stranger, (tx) => findQuarantined(tx, id))).toEqual([])
})
