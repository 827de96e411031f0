import { expect, test } from 'vitest'
import { addWorkdays, endOf, isWorkday } from './deadline.ts'

// National Day 2026 in small: Thursday and Friday off, Saturday the 10th worked.
const calendar = { holidays: new Set(['2026-10-01', '2026-10-02']), makeUpWorkdays: new Set(['2026-10-10']) }
const plain = { holidays: new Set<string>(), makeUpWorkdays: new Set<string>() }

test('a number of workdays is whole and not negative', () => {
  expect(() => addWorkdays('2026-09-30', -1, calendar)).toThrow(RangeError)
  expect(() => addWorkdays('2026-09-30', 1.5, calendar)).toThrow(RangeError)
})

test('weekends and holidays are off, make-up days are worked', () => {
  expect(isWorkday('2026-09-30', calendar)).toBe(true)
  expect(isWorkday('2026-10-01', calendar)).toBe(false)
  expect(isWorkday('2026-10-03', calendar)).toBe(false)
  expect(isWorkday('2026-10-04', calendar)).toBe(false)
  expect(isWorkday('2026-10-10', calendar)).toBe(true)
  expect(isWorkday('2026-10-10', plain)).toBe(false)
})

test('workdays are counted from the day after', () => {
  expect(addWorkdays('2026-09-30', 0, calendar)).toBe('2026-09-30')
  expect(addWorkdays('2026-09-30', 1, calendar)).toBe('2026-10-05')
  // 5, 6, 7, 8, 9, Saturday 10, Monday 12
  expect(addWorkdays('2026-09-30', 7, calendar)).toBe('2026-10-12')
  expect(addWorkdays('2026-10-03', 1, calendar)).toBe('2026-10-05')
})

test('a term says which days it counts', () => {
  expect(endOf({ days: 7 }, '2026-09-30', calendar)).toBe('2026-10-07')
  expect(endOf({ workdays: 7 }, '2026-09-30', calendar)).toBe('2026-10-12')
  expect(endOf({ days: 0 }, '2026-09-30', calendar)).toBe('2026-09-30')
})
