import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf, daysBetween, DayString, isDay, sayInstant, startOf, weekdayOf } from './day.ts'

describe('what is not a day is refused', () => {
  test.each([
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-1-1',
    '20260101',
    '',
    'today',
  ])('%j', (text) => {
    expect(isDay(text)).toBe(false)
    expect(DayString.safeParse(text).success).toBe(false)
    expect(() => addDays(text, 1)).toThrow(RangeError)
    expect(() => startOf(text)).toThrow(RangeError)
    expect(() => daysBetween('2026-01-01', text)).toThrow(RangeError)
  })
  test('days are counted whole', () => expect(() => addDays('2026-01-01', 0.5)).toThrow(RangeError))
  test('an instant that is none has no day', () => expect(() => dayOf(new Date(Number.NaN))).toThrow(RangeError))
})

test('the day turns at 16:00 UTC, which is midnight in Shanghai', () => {
  expect(dayOf(new Date('2026-11-20T15:59:59.999Z'))).toBe('2026-11-20')
  expect(dayOf(new Date('2026-11-20T16:00:00.000Z'))).toBe('2026-11-21')
  expect(startOf('2026-11-21').toISOString()).toBe('2026-11-20T16:00:00.000Z')
})

test('days run over leap days, months and years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect(daysBetween('2024-02-01', '2024-03-01')).toBe(29)
  expect(daysBetween('2026-03-01', '2026-02-01')).toBe(-28)
  expect(weekdayOf('2026-11-20')).toBe(5)
})

test('an instant is said in Shanghai time', () => {
  expect(sayInstant(new Date('2026-11-20T06:05:59Z'))).toBe('2026-11-20 14:05')
  expect(sayInstant(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01 00:00')
})

test('agrees with the zone Asia/Shanghai of the tz database', () => {
  const tz = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
  const instants = fc.date({
    min: new Date('1992-01-01T00:00:00Z'),
    max: new Date('2099-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(instants, (instant) => {
      expect(sayInstant(instant)).toBe(tz.format(instant))
      expect(dayOf(startOf(dayOf(instant)))).toBe(dayOf(instant))
    }),
  )
})

test('adding and counting undo each other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 20_000 }), (n) => {
      expect(daysBetween('2026-11-20', addDays('2026-11-20', n))).toBe(n)
    }),
  )
})
