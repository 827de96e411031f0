import { expect, test } from 'vitest'
import { lowsOf, slopeOf } from './slope.ts'

const minute = 60_000

test('two points prove nothing', () => {
  const two = [1, 2].map((value) => ({ at: value * minute, value }))
  expect(slopeOf(two).within).toBe(Infinity)
})

test('a known line with known errors', () => {
  // R: x <- 0:4; y <- c(1, 3.5, 4.5, 7.5, 8.5); lm(y ~ x): slope 1.9, standard error 0.1732
  const points = [1, 3.5, 4.5, 7.5, 8.5].map((value, index) => ({ at: index * 60 * minute, value }))
  const { perHour, within } = slopeOf(points)
  expect(perHour).toBeCloseTo(1.9, 10)
  expect(within).toBeCloseTo(1.96 * 0.1732, 3)
})

test('the lows of a sawtooth are flat', () => {
  const saw = Array.from({ length: 60 }, (_, index) => ({ at: index * minute, value: 100 + (index % 5) * 7 }))
  expect(slopeOf(lowsOf(saw, 5 * minute)).perHour).toBeCloseTo(0, 10)
})
