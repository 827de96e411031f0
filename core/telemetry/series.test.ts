import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meanOf, series, type SeriesRule } from './series.ts'
import type { Sample } from './watch.ts'

const hourly: SeriesRule = { widthSeconds: 3600, validShare: 0.75, mean: 'arithmetic' }
const nine = Date.parse('2025-11-20T09:00:00+08:00')
const hour = 3_600_000

const spread = (values: readonly number[], flags: string, from = nine): Sample[] =>
  values.map((value, index) => ({ at: from + index * 60_000, value, flag: flags[index] }))

test('below three quarters of normal samples an hour is not valid, at three quarters it is', () => {
  expect(series(spread([10, 20, 30, 999], 'NNDD'), nine, nine + hour, hourly)).toMatchObject([
    { count: 4, normal: 2, mean: 15, min: 10, max: 20, valid: false },
  ])
  expect(series(spread([10, 20, 30, 999], 'NNND'), nine, nine + hour, hourly)).toMatchObject([
    { count: 4, normal: 3, mean: 20, max: 30, valid: true },
  ])
  const expected = { ...hourly, expected: 12 }
  expect(series(spread(Array<number>(8).fill(1), 'NNNNNNNN'), nine, nine + hour, expected)).toMatchObject([
    { valid: false },
  ])
  expect(series(spread(Array<number>(9).fill(1), 'NNNNNNNNN'), nine, nine + hour, expected)).toMatchObject([
    { valid: true },
  ])
})

test('an hour without samples stands there, empty and not valid', () => {
  const empty = { count: 0, normal: 0, mean: null, min: null, max: null, valid: false }
  expect(series(spread([5], 'N', nine + hour), nine, nine + 2.5 * hour, hourly)).toMatchObject([
    empty,
    { from: nine + hour, mean: 5 },
    { ...empty, until: nine + 2.5 * hour },
  ])
  expect(() => series([], nine, nine + hour, { ...hourly, widthSeconds: 0 })).toThrow(RangeError)
})

test('an hour takes its first millisecond and leaves the next hour its own', () => {
  const edges = [nine - 1, nine, nine + hour - 1, nine + hour].map((at) => ({ at, value: 1, flag: 'N' }))
  expect(series(edges, nine, nine + hour, hourly)).toMatchObject([{ count: 2 }])
})

test('sound is averaged by energy, direction on the circle', () => {
  expect(meanOf([60, 70], 'energy')).toBeCloseTo(67.404, 3)
  expect(meanOf([350, 10], 'direction')).toBeCloseTo(0, 9)
  expect(meanOf([80, 100], 'direction')).toBeCloseTo(90, 9)
  expect(meanOf([0, 180], 'direction')).toBeNull()
  expect(meanOf([], 'energy')).toBeNull()
})

test('over any samples: none is lost, none counted twice, order does not matter', () => {
  const sample = fc.record({
    at: fc.integer({ min: nine - hour, max: nine + 5 * hour }),
    value: fc.integer({ min: 0, max: 500 }),
    flag: fc.constantFrom('N', 'N', 'D', undefined),
  })
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 80 }), (samples) => {
      const buckets = series(samples, nine, nine + 4 * hour, hourly)
      const inside = samples.filter(({ at }) => at >= nine && at < nine + 4 * hour)
      expect(buckets).toHaveLength(4)
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(inside.length)
      for (const bucket of buckets) {
        const own = inside.filter(({ at, flag }) => at >= bucket.from && at < bucket.until && flag === 'N')
        expect(bucket.normal).toBe(own.length)
        expect(bucket.valid).toBe(own.length > 0 && own.length / bucket.count >= 0.75)
        if (bucket.mean === null) continue
        expect(bucket.mean).toBeGreaterThanOrEqual(bucket.min!)
        expect(bucket.mean).toBeLessThanOrEqual(bucket.max!)
      }
      expect(series([...samples].reverse(), nine, nine + 4 * hour, hourly)).toEqual(buckets)
    }),
  )
})
