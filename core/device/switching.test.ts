import { expect, test } from 'vitest'
import type { Device } from './schema.ts'
import { barrierOf, isInterlocked, withheldBy } from './switching.ts'

const now = '2026-11-20T06:00:00.000Z'
const interlock = { reason: '正在检修水泵', until: '2026-11-20T08:00:00.000Z', by: '吴建松', at: now }
const pump = { kind: 'sprayer', modelCode: 'sprayer-1', mode: 'interlocked', interlock } as Device
const free = { ...pump, interlock: null }

test('an interlock forbids the start, says who and why, and never the stop', () => {
  expect(barrierOf(pump, { unit: 1, on: true }, now)).toEqual({
    rule: 'actuator_interlocked',
    detail: { until: interlock.until, by: '吴建松', reason: '正在检修水泵' },
  })
  expect(barrierOf(pump, { unit: 1, on: false }, now)).toBeNull()
  expect(barrierOf(free, { unit: 1, on: true }, now)).toBeNull()
})

test('what is no actuator, and a unit it does not have, are refused in both directions', () => {
  for (const on of [true, false]) {
    expect(barrierOf({ ...free, kind: 'dust' }, { unit: 1, on }, now)).toBe('device_not_actuator')
    expect(barrierOf(free, { unit: 2, on }, now)).toBe('sprayer_unit_missing')
  }
})

test('at the moment it ends an interlock holds nothing any more', () => {
  expect(isInterlocked(pump, '2026-11-20T07:59:59.999Z')).toBe(true)
  expect(isInterlocked(pump, interlock.until)).toBe(false)
  expect(withheldBy(pump, interlock.until)).toBeNull()
})

test('alarms start nothing under manual control, nor while it is interlocked in whatever mode', () => {
  expect(withheldBy({ mode: 'manual', interlock: null }, now)).toBe('manual')
  expect(withheldBy({ mode: 'interlocked', interlock }, now)).toBe('interlocked')
  // The mode was changed while the lock stood.
  expect(withheldBy({ mode: 'automatic', interlock }, now)).toBe('interlocked')
  expect(withheldBy({ mode: 'automatic', interlock: null }, now)).toBeNull()
})
