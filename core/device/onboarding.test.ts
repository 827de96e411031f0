import { expect, test } from 'vitest'
import { systemActor } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide } from '../workflow/index.ts'
import { countOnline, isExplained, onboardingOf, onlineShare } from './onboarding.ts'
import { type Device, noSettings, silentLine } from './schema.ts'
import { deviceWorkflow } from './workflow.ts'

const now = '2026-11-20T06:05:00.000Z'
const device: Device = {
  ...{ id: '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6d01', state: 'live', modelCode: 'pit-logger', kind: 'pit', mn: 'A1' },
  ...{ name: '东侧基坑', projectId: '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6d02', projectName: '甲', district: '990421001' },
  ...{
    parties: [],
    unitProfile: 'ug',
    crcMode: 'strict',
    ending: 'crlf',
    linkedTo: null,
    linkedUnit: null,
    mode: null,
  },
  ...{ settings: noSettings, point: null, liveAt: null, enteredAt: '2026-11-19T06:05:00.000Z' },
  ...{ interlock: null, keeper: null, note: null, explanation: null },
}
const chief = { ...systemActor, capacity: 'chief' as const, name: '陈' }
const act = (action: string, input: object, record: Device = device) => {
  const parsed = deviceWorkflow.steps[action as 'note'].input.parse(input)
  return decide(deviceWorkflow, action, {
    record,
    actor: chief,
    input: parsed,
    now,
    law: lawOn('2026-11-20', '990421'),
  })
}

test('an explanation that has run out, or says nothing, is refused', () => {
  expect(act('explain_offline', { cause: 'power', until: '2026-11-19' })).toMatchObject({ rule: 'offline_until_past' })
  expect(act('explain_offline', { cause: 'other', until: '2026-11-21' })).toMatchObject({
    rule: 'offline_note_missing',
  })
  expect(act('explain_offline', { cause: 'power', until: '2026-11-20' })).toMatchObject({ ok: true })
  expect(
    act('explain_offline', { cause: 'power', until: '2026-11-20' }, { ...device, state: 'pending' }),
  ).toMatchObject({
    rule: 'state',
  })
})

test('limits of what a model does not measure, empty limits and a meter without an address are refused', () => {
  const limit = { quantity: 'subside@S1', warn: 20, alarm: 30, ratePerDay: null, source: '方案第 12 页' }
  const set = (more: object, settings: object = {}) =>
    act('configure', { ...noSettings, ...settings, limits: [{ ...limit, ...more }] })
  expect(set({ quantity: 'momentPercent' })).toMatchObject({
    rule: 'device_limit_unknown',
    detail: { quantity: 'momentPercent' },
  })
  expect(set({ warn: null, alarm: null })).toMatchObject({ rule: 'device_limit_empty' })
  expect(set({})).toMatchObject({ ok: true })
  expect(act('configure', noSettings, { ...device, modelCode: 'water-modbus' })).toMatchObject({
    rule: 'device_address_missing',
  })
})

test('a device is stuck when the hours are over', () => {
  const ask = { now, hours: 24, skewMinutes: 5 }
  expect(onboardingOf({ ...device, line: silentLine }, ask)).toMatchObject({
    hours: 24,
    stuck: true,
    failing: 'network',
  })
  const later = { ...device, enteredAt: '2026-11-19T06:05:00.001Z', line: silentLine }
  expect(onboardingOf(later, ask).stuck).toBe(false)
})

test('a silence is explained until the end of the day named, and no longer than it lasts', () => {
  const explained = (until: string) => ({
    explanation: { cause: 'power', until, note: '', by: '陈', at: now } as const,
  })
  expect(isExplained(explained('2026-11-20'), { freshness: 'stale' }, now)).toBe(true)
  expect(isExplained(explained('2026-11-20'), { freshness: 'live' }, now)).toBe(false)
  expect(isExplained(explained('2026-11-20'), { freshness: 'stale' }, '2026-11-20T16:00:00.000Z')).toBe(false)
  expect(isExplained({ explanation: null }, { freshness: 'stale' }, now)).toBe(false)
})

test('the online rate leaves out what is explained, and is none where nothing is left', () => {
  const count = (town: string, kind: 'dust' | 'crane', devices: number, live: number, explained: number) => ({
    ...{ town, townName: `镇${town.at(-1)}`, kind, devices, live, explained },
  })
  const rates = countOnline([
    count('990421002', 'dust', 3, 1, 2),
    count('990421001', 'crane', 4, 1, 1),
    count('990421001', 'dust', 1, 1, 0),
  ])
  expect(rates.total).toMatchObject({ devices: 8, live: 3, explained: 3 })
  expect(rates.town.map(({ label, live }) => [label, live])).toEqual([
    ['镇1', 2],
    ['镇2', 1],
  ])
  expect(rates.kind.map(({ key, devices }) => [key, devices])).toEqual([
    ['dust', 4],
    ['crane', 4],
  ])
  expect(onlineShare(rates.total)).toBe(60)
  expect(onlineShare({ devices: 2, live: 0, explained: 2 })).toBeNull()
})
