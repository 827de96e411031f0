import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { read, systemContext } from '../../base/context.ts'
import { openListening, type Value } from './testing.ts'
import { passWatches } from './watching.ts'

const { house, cast, ears, close } = await openListening()
afterAll(close)

const enter = (modelCode: string) => ears.enter(cast.chief, { modelCode, projectId: cast.projectId })
const watchesOf = async (id: string) => {
  const ctx = await systemContext(house.house)
  const found = await read(ctx, (tx) =>
    sql<{
      cause: string
      quantity: string
    }>`select cause, quantity from telemetry.watch where device_id = ${id} order by 1, 2`.execute(tx),
  )
  return found.rows
}
const events = async (id: string, values: readonly Value[]) =>
  (await ears.store(id, values)).map(({ kind, detail }) => [kind, detail!.cause, detail!.value])

test('values that are late, unmarked, of hours, or of nothing that is watched raise nothing', async () => {
  const dust = await enter('dust-ug')
  expect(await ears.store(dust, [{ quantity: 'a34004', value: 500, flag: 'D' }])).toEqual([])
  expect(await ears.store(dust, [{ quantity: 'a34004', value: 500, ago: 1, flag: null }])).toEqual([])
  expect(await ears.store(dust, [{ quantity: 'a34004', value: 500, ago: 3600, span: 'h' }])).toEqual([])
  expect(await ears.store(dust, [{ quantity: 'a01002', value: 99, ago: 2 }])).toEqual([])
  // Older than a value that was there before: it says nothing of now.
  await ears.store(dust, [
    { quantity: 'a34002', value: 20, ago: 10 },
    { quantity: 'a34004', value: 20, ago: 10 },
  ])
  expect(await ears.store(dust, [{ quantity: 'a34004', value: 500, ago: 20 }])).toEqual([])
  expect(await watchesOf(dust)).toEqual([])
})

test('calm values write nothing, and a watch that is calm again is not kept', async () => {
  const crane = await enter('crane-gbt37366')
  await ears.store(crane, [{ quantity: 'momentPercent', value: 60, ago: 900 }])
  expect(await watchesOf(crane)).toEqual([])
  expect(await events(crane, [{ quantity: 'momentPercent', value: 95, ago: 800 }])).toEqual([
    ['raised', 'crane_moment', 95],
  ])
  expect(await watchesOf(crane)).toEqual([{ cause: 'crane_moment', quantity: 'momentPercent' }])
  const after = Array.from({ length: 66 }, (_, i) => ({ quantity: 'momentPercent', value: 50, ago: 790 - i * 10 }))
  expect(await events(crane, after)).toEqual([['cleared', 'crane_moment', 50]])
  expect(await watchesOf(crane)).toEqual([])
})

test('one value can pass two causes; a warning rises to an alarm', async () => {
  const crane = await enter('crane-gbt37366')
  const found = await events(crane, [
    { quantity: 'momentPercent', value: 92, ago: 30 },
    { quantity: 'momentPercent', value: 111, ago: 20 },
    { quantity: 'dipAngleY', value: -1.2, ago: 20 },
  ])
  expect(found.toSorted((one, other) => (String(one) < String(other) ? -1 : 1))).toEqual([
    ['raised', 'crane_moment', 92],
    ['raised', 'crane_moment_cut', 111],
    ['raised', 'crane_tilt', -1.2],
    ['upgraded', 'crane_moment', 111],
  ])
})

test('a mean is made of what was stored before the first value over the limit', async () => {
  const dust = await enter('dust-ug')
  const at = (value: number, ago: number) => ({ quantity: 'a34002', value, ago })
  await ears.store(dust, [at(100, 290), at(100, 230), at(100, 170), at(100, 110)])
  // (4 × 100 + 349) / 5 = 149.8, then (4 × 100 + 349 + 200) / 6 = 158.17
  expect(await events(dust, [at(349, 50)])).toEqual([])
  expect(await events(dust, [at(200, 0)])).toEqual([['raised', 'pm10_mean', 158.17]])
})

test('the ground moves: against the value of a day ago, each point for itself', async () => {
  const pit = await enter('pit-logger')
  const limits = [{ quantity: 'subside', warn: 14, alarm: 20, ratePerDay: 2, source: '基坑监测方案 第3章' }]
  expect((await ears.configure(cast.chief, pit, { limits })).status).toBe(200)
  const day = 86_400
  await ears.store(pit, [
    { quantity: 'subside@S1', value: 5, ago: day + 60 },
    { quantity: 'subside@S2', value: 5, ago: day + 60 },
  ])
  expect(await events(pit, [{ quantity: 'subside@S2', value: 6.2, ago: 0 }])).toEqual([])
  // 2.1 mm in a day and a minute
  expect(await events(pit, [{ quantity: 'subside@S1', value: 7.1, ago: 0 }])).toEqual([
    ['raised', 'ground_rate', 2.0985],
  ])
  expect((await watchesOf(pit)).map(({ cause, quantity }) => `${cause} ${quantity}`)).toEqual([
    'ground_rate subside@S1',
    'ground_rate_lasting subside@S1',
  ])
  expect(await events(pit, [{ quantity: 'waterLevel@W1', value: -1.02 }])).toEqual([['raised', 'water_level', -1.02]])
})

test('a limit that is taken away ends what it raised', async () => {
  const pit = await enter('pit-logger')
  const limits = [{ quantity: 'axialForce', warn: 490, alarm: 700, ratePerDay: null, source: '基坑监测方案 第3章' }]
  await ears.configure(cast.chief, pit, { limits })
  expect(await events(pit, [{ quantity: 'axialForce@Z1', value: 720, ago: 60 }])).toEqual([
    ['raised', 'ground_total', 720],
  ])
  await ears.configure(cast.chief, pit, {})
  const [over] = await ears.store(pit, [{ quantity: 'axialForce@Z1', value: 720 }])
  expect(over).toMatchObject({ kind: 'cleared', detail: { because: 'no_limit' } })
  expect(await watchesOf(pit)).toEqual([])
})

test('the race: two transactions hear the same excess within the same millisecond, and it is raised once', async () => {
  const crane = await enter('crane-gbt37366')
  for (let round = 0; round < 10; round += 1) {
    const ago = 5000 - round * 400
    const both = await Promise.all([
      ears.store(crane, [{ quantity: 'momentPercent', value: 95, ago }]),
      ears.store(crane, [{ quantity: 'momentPercent', value: 96, ago: ago - 1 }]),
    ])
    expect(both.flat().filter(({ kind }) => kind === 'raised')).toHaveLength(round === 0 ? 1 : 0)
  }
  await ears.settle()
  expect((await ears.alarms(cast.inspectorA, crane)).filter(({ cause }) => cause === 'crane_moment')).toHaveLength(1)
})

test('the database itself refuses a second open alarm of a cause and point', async () => {
  const crane = await enter('crane-gbt37366')
  await ears.store(crane, [{ quantity: 'dipAngleX', value: 1.2 }])
  await ears.settle()
  const [alarm] = await ears.alarms(cast.inspectorA, crane)
  const ctx = await systemContext(house.house)
  const copy = read(ctx, async (tx) => {
    const { rows } = await sql<{
      id: string
    }>`insert into base.case (id, room, title, state, open, reach, since, opened_at)
      select gen_random_uuid(), room, title, state, open, reach, since, opened_at from base.case where id = ${alarm!.id} returning id`.execute(
      tx,
    )
    await sql`insert into telemetry.alarm select (jsonb_populate_record(null::telemetry.alarm, to_jsonb(a) || ${JSON.stringify(rows[0])}::jsonb)).*
      from telemetry.alarm a where a.id = ${alarm!.id}`.execute(tx)
  })
  await expect(copy).rejects.toMatchObject({ code: '23505', constraint: 'alarm_open' })
})

test('a run that has lasted its longest ends without a value, once', async () => {
  const dust = await enter('dust-ug')
  await ears.store(dust, [{ quantity: 'a34004', value: 90, ago: 1790 }])
  const pass = async () => {
    const ctx = await systemContext(house.house)
    return read(ctx, (tx) => passWatches(tx, ctx))
  }
  expect((await pass()).filter(({ deviceId }) => deviceId === dust)).toEqual([])
  const ctx = await systemContext(house.house, { now: new Date(Date.now() + 11_000).toISOString() })
  const ended = await read(ctx, (tx) => passWatches(tx, ctx))
  expect(ended.filter(({ deviceId }) => deviceId === dust)).toMatchObject([
    { kind: 'cleared', detail: { because: 'longest_run' } },
  ])
})
