import { expect, test } from 'vitest'
import { placeTime } from './placing.ts'
import { freshness, liveSince } from './stale.ts'

const minute = 60_000
const hour = 60 * minute
const rule = { skewMillis: 5 * minute, keptMillis: 72 * hour, freshMillis: 5 * minute }
const now = Date.parse('2026-11-20T06:00:00Z')
const place = (told: number, machineNow = now) => placeTime(told, now, machineNow, rule)

test('the future is refused beyond five minutes, the past beyond seventy-two hours', () => {
  expect(place(now + 5 * minute + 1)).toEqual({ ok: false, fault: 'in_future' })
  expect(place(now - 72 * hour - 1)).toEqual({ ok: false, fault: 'too_old' })
  expect(place(now + 5 * minute)).toEqual({ ok: true, at: now + 5 * minute, late: false })
  expect(place(now - 72 * hour)).toEqual({ ok: true, at: now - 72 * hour, late: true })
})

test('data is late when it is older than what may still raise an alarm', () => {
  expect(place(now - 5 * minute)).toMatchObject({ late: false })
  expect(place(now - 5 * minute - 1)).toMatchObject({ late: true })
})

test('in a county whose clock was moved, a device on machine time stands at the legal moment', () => {
  const machine = now - 24 * hour
  expect(place(machine - 2000, machine)).toEqual({ ok: true, at: now - 2000, late: false })
  // A simulated device lives by the legal clock and is left where it is.
  expect(place(now - 2000, machine)).toEqual({ ok: true, at: now - 2000, late: false })
  // Neither clock: late data by the legal one.
  expect(place(now - 10 * hour, machine)).toEqual({ ok: true, at: now - 10 * hour, late: true })
})

test('a jump of the clock is a gap, not silence', () => {
  const jump = { from: now - 25 * hour, to: now - hour / 60 }
  const since = liveSince(now, 300, jump)
  // One minute after the jump, four minutes before it: five in all.
  expect(since).toBe(jump.from - 4 * minute)
  expect(freshness(since, since, 0)).toBe('live')
  expect(liveSince(now + 5 * minute, 300, jump)).toBe(now)
  expect(liveSince(now, 300, null)).toBe(now - 5 * minute)
})
