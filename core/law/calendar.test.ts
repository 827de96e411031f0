import { expect, test } from 'vitest'
import { addWorkdays, isWorkday, weekdayOf } from '../kit/index.ts'
import { calendarCovers, calendarOf, holidayNotices } from './calendar.ts'

const calendar = calendarOf()

test('a year without a notice is not covered', () => {
  expect(calendarCovers('2027-01-01')).toBe(false)
  expect(calendarCovers('2026-12-31')).toBe(true)
  expect(calendarCovers('2025-01-01')).toBe(true)
})

test.each(holidayNotices.map((notice) => [notice.year, notice] as const))(
  'the notice of %d is sound',
  (year, notice) => {
    for (const { from, to, name } of notice.holidays) expect(from <= to && from.startsWith(`${year}-`), name).toBe(true)
    for (const day of notice.makeUpWorkdays) {
      expect(weekdayOf(day) % 6, `${day} is a weekend`).toBe(0)
      expect(calendar.holidays.has(day), `${day} is not also off`).toBe(false)
    }
  },
)

test('a year has as many workdays as its notice leaves', () => {
  const workdays = (year: number) => {
    let count = 0
    for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 86_400_000)
      if (isWorkday(new Date(day).toISOString().slice(0, 10), calendar)) count += 1
    return count
  }
  // 365 days less 104 weekend days less the 13 statutory holidays of the rules in force since 2025
  expect(workdays(2025)).toBe(248)
  expect(workdays(2026)).toBe(248)
})

test('workdays over National Day 2026', () => {
  // 30 September; off 1-7 October; 8, 9, Saturday 10 worked
  expect(addWorkdays('2026-09-30', 3, calendar)).toBe('2026-10-10')
  expect(addWorkdays('2026-09-18', 1, calendar)).toBe('2026-09-20')
})

test('a later notice replaces the one of its year whole', () => {
  const moved = {
    year: 2026,
    document: 'x',
    source: 'L',
    holidays: [{ name: '元旦', from: '2026-01-01', to: '2026-01-01' }],
    makeUpWorkdays: [],
  }
  const changed = calendarOf([...holidayNotices, moved])
  expect(isWorkday('2026-01-02', changed)).toBe(true)
  expect(isWorkday('2026-10-01', changed)).toBe(true)
  expect(isWorkday('2025-10-01', changed)).toBe(false)
})
