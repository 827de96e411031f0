import { expect, test } from 'vitest'
import { type DesignLimit, noSettings } from '../../device/index.ts'
import { lawOn } from '../../law/index.ts'
import { heldTo, standingOf } from './standing.ts'

const law = lawOn('2026-11-20', '990421')
const at = Date.parse('2026-11-20T14:05:00+08:00')
const limitsOf = (kind: 'crane' | 'pit' | 'curing_room', quantity: string, limits: DesignLimit[] = []) =>
  heldTo({ law, device: { kind, settings: { ...noSettings, limits } }, quantity, at })

test('without papers the settlement of a pit has no limit, and no word is said of it', () => {
  expect(limitsOf('pit', 'subside@S1')).toEqual([])
  expect(standingOf([], 500, 80)).toBe('unwatched')
})

test('a moment steps at 90, 100 and 110 %', () => {
  const limits = limitsOf('crane', 'momentPercent')
  expect(limits.flatMap(({ warn, alarm }) => [warn?.value, alarm?.value])).toEqual([90, 100, undefined, 110])
  expect([89.9, 90, 99.9, 100].map((value) => standingOf(limits, value))).toEqual(['calm', 'warn', 'warn', 'alarm'])
})

test('a load at the allowed one is a warning still, beyond it an alarm', () => {
  const limits = limitsOf('crane', 'loadPercent')
  expect([100, 100.1].map((value) => standingOf(limits, value))).toEqual(['warn', 'alarm'])
})

test('the papers of a point count, by amount and by rate; a rate that is not known is not judged', () => {
  const paper = { quantity: 'subside@S1', warn: 14, alarm: 20, ratePerDay: 2, source: '基坑监测方案 第3章' }
  const limits = limitsOf('pit', 'subside@S1', [paper])
  expect(limits[0]?.alarm?.clause).toBe('设计文件：基坑监测方案 第3章')
  expect(standingOf(limits, -14)).toBe('warn')
  expect(standingOf(limits, 3, null)).toBe('calm')
  expect(standingOf(limits, 3, -2)).toBe('alarm')
  expect(limitsOf('pit', 'subside@S2', [paper])).toEqual([])
})

test('a curing room is held from both sides in temperature, from below in humidity', () => {
  const temperature = limitsOf('curing_room', 'roomTemperature')
  expect([17.9, 18, 20, 22, 22.1].map((value) => standingOf(temperature, value))).toEqual([
    ...(['warn', 'calm', 'calm', 'calm', 'warn'] as const),
  ])
  expect(standingOf(limitsOf('curing_room', 'roomHumidity'), 94.9)).toBe('warn')
})
