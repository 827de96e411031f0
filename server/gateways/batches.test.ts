import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openBatches, type Work } from './batches.ts'

class Outage extends Error {}

/** Work that remembers, fails with items named bad, and while `down` with everything. */
function openWork() {
  const state = {
    down: false,
    written: [] as string[],
    batches: [] as number[],
    dropped: [] as (string | undefined)[],
    inside: 0,
    most: 0,
  }
  const work: Work<string> = {
    write: async (_lane, items) => {
      state.inside += 1
      state.most = Math.max(state.most, state.inside)
      await wait(1)
      state.inside -= 1
      if (state.down) throw new Outage('down')
      if (items.some((one) => one.startsWith('bad'))) throw new Error('a bad item')
      state.batches.push(items.length)
      state.written.push(...items)
    },
    isOutage: (error) => error instanceof Outage,
    drop: (item) => void state.dropped.push(item),
  }
  return { state, work }
}

test('an item that cannot be written falls alone; its neighbours keep their order', async () => {
  const { state, work } = openWork()
  const batches = openBatches(work, { lanes: 1 })
  const items = Array.from({ length: 100 }, (_, index) => (index % 40 === 7 ? `bad ${index}` : String(index)))
  for (const one of items) batches.take(one, 'a', 1)
  await batches.drain()
  expect(state.dropped).toEqual(['bad 7', 'bad 47', 'bad 87'])
  expect(state.written).toEqual(items.filter((one) => !one.startsWith('bad')))
  // Halving, not one by one.
  expect(state.batches.length).toBeLessThan(30)
  expect(batches.waiting).toBe(0)
})

test('an outage drops nothing: what waits is tried again until it can be written', async () => {
  const { state, work } = openWork()
  const batches = openBatches(work, { lanes: 2 })
  state.down = true
  for (let index = 0; index < 50; index += 1) batches.take(String(index), String(index), 1)
  await wait(30)
  expect(batches.trouble?.error).toBeInstanceOf(Outage)
  expect(state.written).toEqual([])
  state.down = false
  await batches.drain()
  expect(batches.trouble).toBeNull()
  expect(state.written.toSorted((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 50 }, (_, i) => String(i)),
  )
  expect(state.dropped).toEqual([])
})

test('drained in an outage, what waits is given up and told so', async () => {
  const { state, work } = openWork()
  const batches = openBatches(work, { lanes: 1 })
  state.down = true
  batches.take('one', 'a', 1)
  await batches.drain()
  expect(state.dropped).toEqual(['one'])
})

test('full by number or by bytes, and room is told once', async () => {
  const { work } = openWork()
  const batches = openBatches(work, { lanes: 1, mostWaiting: 3, mostBytes: 1000 })
  batches.take('a', 'a', 10)
  expect(batches.isFull).toBe(false)
  batches.take('b', 'a', 990)
  expect(batches.isFull).toBe(true)
  let told = 0
  batches.whenRoom(() => (told += 1))
  expect(told).toBe(0)
  await batches.drain()
  expect([told, batches.isFull]).toEqual([1, false])
  batches.whenRoom(() => (told += 1))
  expect(told).toBe(2)
})

test('two lanes write at once, one key always in the same', async () => {
  const { state, work } = openWork()
  const batches = openBatches(work, { lanes: 2, largest: 5 })
  for (let index = 0; index < 60; index += 1) for (const key of ['x1', 'x2']) batches.take(`${key} ${index}`, key, 1)
  await batches.drain()
  expect(state.most).toBe(2)
  for (const key of ['x1', 'x2'])
    expect(state.written.filter((one) => one.startsWith(key))).toEqual(
      Array.from({ length: 60 }, (_, i) => `${key} ${i}`),
    )
})

test('numbers that differ in any one place are spread over the lanes', async () => {
  for (const numberOf of [(i: number) => `99042${String(i).padStart(7, '0')}000000000000`, (i: number) => `MQ${i}`]) {
    const { work } = openWork()
    const used = new Map<number, number>()
    const batches = openBatches(
      { ...work, write: async (lane, items) => void used.set(lane, (used.get(lane) ?? 0) + items.length) },
      { lanes: 2 },
    )
    for (let index = 0; index < 1000; index += 1) batches.take('x', numberOf(index), 1)
    await batches.drain()
    expect(Math.min(...used.values())).toBeGreaterThan(400)
    expect(used.size).toBe(2)
  }
})

test('a poked lane writes, with nothing if nothing waits', async () => {
  const { state, work } = openWork()
  const batches = openBatches(work, { lanes: 2 })
  batches.poke(1)
  await batches.drain()
  expect(state.batches).toEqual([0])
})
