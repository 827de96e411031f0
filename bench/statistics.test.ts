import { expect, test } from 'vitest'
import { growth, median, percentile } from './statistics.ts'

test('the middle of odd and of even', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('a percentile is a value that occurred', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)
  expect(percentile(hundred, 0.95)).toBe(95)
  expect(percentile([7], 0.99)).toBe(7)
})

test('growth tells flat, root and proportional apart', () => {
  const over = (cost: (size: number) => number) =>
    growth([1_000, 78_000, 1_000_000].map((size) => ({ size, cost: cost(size) })))
  expect(over(() => 3)).toBeCloseTo(0)
  expect(over((size) => Math.sqrt(size))).toBeCloseTo(0.5)
  expect(over((size) => 7 * size)).toBeCloseTo(1)
})
