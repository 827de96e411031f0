import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshness, staleFrom } from './stale.ts'

const noon = Date.parse('2026-11-20T12:00:00+08:00')

test('a value a millisecond too old is stale, one exactly as old is not, none is never', () => {
  expect(freshness(null, noon, 300)).toBe('never')
  expect(freshness(noon - 300_001, noon, 300)).toBe('stale')
  expect(freshness(noon - 300_000, noon, 300)).toBe('live')
  expect(freshness(noon + 2000, noon, 300)).toBe('live')
})

test('it turns stale at one instant and stays so', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400 }), fc.nat(10_000_000), (period, later) => {
      const edge = staleFrom(noon, period)
      expect(freshness(noon, edge - 1, period)).toBe('live')
      expect(freshness(noon, edge + later, period)).toBe('stale')
    }),
  )
})
