import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calm, isCalm, isNoticed, passTime, seeded, watch, type Sample, type Watch, type WatchRule } from './watch.ts'

/** The spray rule of standards 4.2, with a rest of five minutes. */
const spray: WatchRule = {
  sense: { side: 'above', centre: 0 },
  warn: { limit: 75, strict: true },
  alarm: null,
  by: 'value',
  holdSeconds: 0,
  band: 15,
  meanSeconds: 600,
  mean: 'arithmetic',
  share: 0.75,
  calmSeconds: 0,
  minimumSeconds: 300,
  maximumSeconds: 1800,
  restSeconds: 300,
  gapSeconds: 300,
}

/** A moment of standards 6.2: 90 % warns, 100 % alarms; over when it was ten minutes below 85.5. */
const { maximumSeconds: _, ...endless } = spray
const moment: WatchRule = {
  ...endless,
  warn: { limit: 90, strict: false },
  alarm: { limit: 100, strict: false },
  band: 4.5,
  meanSeconds: 0,
  calmSeconds: 600,
  minimumSeconds: 0,
  restSeconds: 0,
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
    expect(watch(raised, { at, value: 0, flag: 'N' }, spray)).toMatchObject({ state: raised, event: null })
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
          expect(value).toBeGreaterThan(spray.warn!.limit)
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

test('between two levels: a warning rises to an alarm at once, and falls back only after a calm while', () => {
  expect(happenings([89.9], moment)).toEqual([])
  expect(happenings(rows([90, 1], [100, 1], [99.9, 3]), moment)).toEqual([
    [0, 'raised'],
    [1, 'upgraded'],
  ])
  // 95.4 lies within the band of the alarm (100 - 4.5) and above that of the warning.
  expect(happenings(rows([100, 1], [95.4, 11]), moment)).toEqual([
    [0, 'raised'],
    [11, 'downgraded'],
  ])
  expect(happenings(rows([100, 1], [80, 11]), moment)).toEqual([
    [0, 'raised'],
    [11, 'cleared'],
  ])
})

test('lifts that follow each other are one alarm: one value back over the band begins the calm anew', () => {
  expect(happenings(rows([95, 1], [20, 9], [86, 1], [20, 10]), moment)).toEqual([[0, 'raised']])
  expect(happenings(rows([95, 1], [20, 9], [86, 1], [20, 11]), moment)).toEqual([
    [0, 'raised'],
    [21, 'cleared'],
  ])
})

test('a value at a strict limit is within it, and so it is calm', () => {
  const cage: WatchRule = { ...moment, warn: null, alarm: { limit: 9, strict: true }, band: 0, calmSeconds: 0 }
  expect(happenings([9], cage)).toEqual([])
  expect(happenings([10, 9], cage)).toEqual([
    [0, 'raised'],
    [1, 'cleared'],
  ])
})

test('below a limit, and off a centre either way', () => {
  const dry: WatchRule = {
    ...moment,
    sense: { side: 'below', centre: 0 },
    warn: { limit: 95, strict: true },
    alarm: null,
  }
  expect(happenings([95, 100], dry)).toEqual([])
  expect(happenings([94.9], dry)).toEqual([[0, 'raised']])
  const off: WatchRule = { ...dry, sense: { side: 'either', centre: 20 }, warn: { limit: 2, strict: true } }
  expect(happenings([18, 22], off)).toEqual([])
  expect(happenings([17.9], off)).toEqual([[0, 'raised']])
  expect(happenings([22.1], off)).toEqual([[0, 'raised']])
})

const noise: WatchRule = {
  ...moment,
  warn: { limit: 55, strict: true },
  alarm: null,
  by: 'mean',
  mean: 'energy',
  meanSeconds: 1200,
  band: 0,
  calmSeconds: 0,
}

test('a mean raises only when enough of its window was heard', () => {
  expect(happenings(rows([80, 15]), noise)).toEqual([])
  expect(happenings(rows([80, 16]), noise)).toEqual([[15, 'raised']])
  // One minute at 80 dB among nineteen at 40 is Leq 67.0: by energy, where the plain mean is 42.
  expect(happenings(rows([40, 19], [80, 1]), noise)).toEqual([[19, 'raised']])
})

test('a night is not judged by the evening', () => {
  const night = { ...noise, meanFrom: minutes(20) }
  expect(happenings(rows([69, 20], [40, 30]), night)).toEqual([])
  expect(happenings(rows([69, 20], [40, 30]), noise)).not.toEqual([])
})

test('a device that sends means of five minutes is judged by one where the window is no longer', () => {
  const five: WatchRule = { ...noise, warn: { limit: 150, strict: true }, mean: 'arithmetic', meanSeconds: 300 }
  const one = (mean: boolean) => watch(calm, { at: 0, value: 151, flag: 'N', mean }, five).event
  expect(one(true)).toBe('raised')
  expect(one(false)).toBeNull()
})

test('rest silences a warning, never an alarm', () => {
  const resting: WatchRule = { ...moment, restSeconds: 3600, calmSeconds: 0 }
  expect(happenings([95, 50, 95], resting)).toEqual([
    [0, 'raised'],
    [1, 'cleared'],
  ])
  expect(happenings([95, 50, 95, 105], resting)).toEqual([
    [0, 'raised'],
    [1, 'cleared'],
    [3, 'raised'],
  ])
})

test('what is not kept is what the next value does not need', () => {
  const quiet = watch(calm, { at: 0, value: 20, flag: 'N' }, moment).state
  expect(isCalm(quiet, moment, 0)).toBe(true)
  expect(isCalm(watch(calm, { at: 0, value: 95, flag: 'N' }, { ...moment, holdSeconds: 60 }).state, moment, 0)).toBe(
    false,
  )
  const over = watch(
    watch(calm, { at: 0, value: 80, flag: 'N' }, spray).state,
    { at: minutes(31), value: 20, flag: 'N' },
    spray,
  )
  expect(over.event).toBe('cleared')
  expect(isCalm(over.state, spray, minutes(35))).toBe(false)
  expect(isCalm(over.state, spray, minutes(36))).toBe(true)
})

test('seeded with the values before, a watch does what it would have done had it seen them', () => {
  const before = [40, 40, 40].map((value, index) => ({ at: minutes(index), value }))
  expect(seeded(before, spray).recent).toHaveLength(3)
  const late = watch(seeded(before, spray), { at: minutes(2), value: 99, flag: 'N' }, spray)
  expect(late.event).toBeNull()
})

test('over any values: noticed is exactly what an empty watch raises at once', () => {
  const rule = { ...moment, holdSeconds: 0 }
  fc.assert(
    fc.property(fc.double({ min: 0, max: 200, noNaN: true }), (value) => {
      expect(watch(calm, { at: 0, value, flag: 'N' }, rule).event === 'raised').toBe(isNoticed(value, rule))
    }),
  )
})
