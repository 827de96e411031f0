import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calm, passTime, watch, type Sample, type Watch, type WatchRule } from './watch.ts'

/** The spray rule of standards 4.2, with a rest of five minutes. */
const spray: WatchRule = {
  above: 75,
  holdSeconds: 0,
  clearBelow: 60,
  meanSeconds: 600,
  minimumSeconds: 300,
  maximumSeconds: 1800,
  restSeconds: 300,
  gapSeconds: 300,
}

const minutes = (count: number) => count * 60_000

/** Feeds values a minute apart and lists what happened, as [minute, event]. */
function happenings(values: readonly number[], rule: WatchRule = spray, flag = 'N') {
  let state = calm
  const events: [number, string][] = []
  values.forEach((value, index) => {
    const step = watch(state, { at: minutes(index), value, flag }, rule)
    state = step.state
    if (step.event) events.push([index, step.event])
  })
  return events
}

const rows = (...parts: [value: number, times: number][]) =>
  parts.flatMap(([value, times]) => Array<number>(times).fill(value))

test('75.0 does not raise, 75.1 does, once', () => {
  expect(happenings(rows([75, 60]))).toEqual([])
  expect(happenings([74.9, 75, 75.1, 75.2, 75.3])).toEqual([[2, 'raised']])
})

test('no mark but N counts, and no value that is no number', () => {
  for (const flag of ['D', 'T', 'B', 'F', 'M', 'S', 'C', 'n', ''])
    expect(happenings([999, 999], spray, flag)).toEqual([])
  expect(watch(calm, { at: 0, value: 999, flag: undefined }, spray).event).toBeNull()
  expect(happenings([NaN, Infinity])).toEqual([])
})

test('late and repeated samples neither raise nor clear', () => {
  const raised = watch(calm, { at: minutes(10), value: 80, flag: 'N' }, spray).state
  for (const at of [minutes(10), minutes(9), 0]) {
    expect(watch(raised, { at, value: 0, flag: 'N' }, spray)).toEqual({ state: raised, event: null })
  }
})

test('a value between the two limits keeps it raised until the maximum run', () => {
  expect(happenings(rows([80, 1], [70, 29]))).toEqual([[0, 'raised']])
  expect(happenings(rows([80, 1], [70, 30]))).toEqual([
    [0, 'raised'],
    [30, 'cleared'],
  ])
})

test('cleared when the ten-minute mean is below 60, not before the minimum run', () => {
  // Mean below 60 from the first low value on: the minimum run decides.
  expect(happenings(rows([0, 9], [76, 1], [0, 6]))).toEqual([
    [9, 'raised'],
    [14, 'cleared'],
  ])
  // Ten values of 100, then 50: mean (100(10-k)+50k)/10 is 60 at k = 8, which is not below; 55 at k = 9.
  expect(happenings(rows([100, 10], [50, 9]))).toEqual([
    [0, 'raised'],
    [18, 'cleared'],
  ])
})

test('the maximum run ends without a sample, to the millisecond', () => {
  const { state } = watch(calm, { at: 0, value: 80, flag: 'N' }, spray)
  expect(passTime(state, minutes(30) - 1, spray).event).toBeNull()
  const { state: after, event } = passTime(state, minutes(30), spray)
  expect(event).toBe('cleared')
  expect(passTime(after, minutes(90), spray).event).toBeNull()
  const { maximumSeconds: _, ...endless } = spray
  expect(passTime(state, minutes(9000), endless).event).toBeNull()
})

test('after clearing it rests, then a value still too high raises again', () => {
  expect(happenings(rows([80, 40]))).toEqual([
    [0, 'raised'],
    [30, 'cleared'],
    [35, 'raised'],
  ])
})

test('held values raise only when they lasted, and a gap starts the hold anew', () => {
  const held = { ...spray, holdSeconds: 120 }
  expect(happenings([76, 76, 75, 76, 76, 76], held)).toEqual([[5, 'raised']])
  let state: Watch = watch(calm, { at: 0, value: 80, flag: 'N' }, held).state
  const afterGap = watch(state, { at: minutes(6), value: 80, flag: 'N' }, held)
  expect(afterGap.event).toBeNull()
  state = afterGap.state
  expect(watch(state, { at: minutes(8), value: 80, flag: 'N' }, held).event).toBe('raised')
})

const sampleRows = fc.array(
  fc.record({
    wait: fc.integer({ min: -60, max: 700 }),
    value: fc.double({ min: 0, max: 150, noNaN: true }),
    flag: fc.constantFrom('N', 'N', 'N', 'N', 'D'),
  }),
  { maxLength: 200 },
)

test('over any samples: raise and clear take turns, runs and rests keep their lengths, state stays small', () => {
  fc.assert(
    fc.property(sampleRows, (given) => {
      let at = 0
      let state = calm
      let raisedAt: number | null = null
      let clearedAt = -Infinity
      for (const { wait, value, flag } of given) {
        at += wait * 1000
        const sample: Sample = { at, value, flag }
        const before = JSON.stringify(state)
        const step = watch(state, sample, spray)
        expect(JSON.stringify(state)).toBe(before)
        if (step.event === 'raised') {
          expect(raisedAt).toBeNull()
          expect(value).toBeGreaterThan(spray.above)
          expect(at - clearedAt).toBeGreaterThanOrEqual(spray.restSeconds * 1000)
          raisedAt = at
        } else if (step.event === 'cleared') {
          expect(at - raisedAt!).toBeGreaterThanOrEqual(spray.minimumSeconds * 1000)
          clearedAt = at
          raisedAt = null
        } else if (raisedAt !== null && flag === 'N' && step.state !== state) {
          expect(at - raisedAt).toBeLessThan(spray.maximumSeconds! * 1000)
        }
        state = JSON.parse(JSON.stringify(step.state)) as Watch
        expect(state.recent.length).toBeLessThanOrEqual(61)
      }
    }),
    { numRuns: 300 },
  )
})

test('a chattering device cannot make the state grow, and its mean stays right', () => {
  let state = calm
  for (let index = 0; index < 20_000; index += 1) {
    state = watch(state, { at: index * 100, value: index % 2 === 0 ? 40 : 60, flag: 'N' }, spray).state
  }
  expect(state.recent.length).toBeLessThanOrEqual(61)
  const count = state.recent.reduce((sum, entry) => sum + entry.count, 0)
  expect(state.recent.reduce((sum, entry) => sum + entry.sum, 0) / count).toBeCloseTo(50, 1)
})
