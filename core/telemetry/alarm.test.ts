import { expect, test } from 'vitest'
import { type Actor, assignedKey, postKey, systemActor } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide, openSteps } from '../workflow/index.ts'
import { type Alarm, alarmWorkflow } from './alarm.ts'

const law = () => lawOn('2026-11-20', '990421')
const now = '2026-11-20T03:00:00.000Z'
const idOf = (last: string) => `00000000-0000-4000-8000-0000000000${last}`
const projectId = idOf('10')
const alarm = (change: Partial<Alarm> = {}): Alarm => ({
  ...{
    id: idOf('01'),
    state: 'raised',
    level: 'warn',
    deviceId: idOf('02'),
    deviceName: '1 号塔机',
    deviceKind: 'crane',
  },
  ...{ projectId, projectName: '滨江花园二期', district: '990421001', parties: [idOf('30')] },
  ...{
    cause: 'crane_moment',
    quantity: 'momentPercent',
    quantityName: '力矩百分比',
    unit: '%',
    value: 93,
    raisedAt: now,
  },
  limit: { value: 90, unit: '%', clause: 'lifting.limiter', strict: false, side: 'above', centre: 0 },
  ...{
    duty: [],
    acknowledgedAt: null,
    acknowledgedBy: null,
    handlerId: null,
    shelf: null,
    usefulness: null,
    measures: [],
  },
  ...{ clearedAt: null, clearedBecause: null },
  ...change,
})
const actor = (capacity: Actor['capacity'], personId: string, keys: string[]): Actor => ({
  ...{ personId, appointmentId: null, name: '林远舟', capacity, orgId: null, keys: [...keys, `u:${personId}`] },
})
const officer = actor('inspector', idOf('21'), [assignedKey(projectId)])
const other = actor('inspector', idOf('22'), [assignedKey(projectId)])
const manager = actor('project_manager', idOf('23'), [postKey(projectId, idOf('30'))])
const decided = (record: Alarm, action: string, who: Actor, input: unknown) =>
  decide(alarmWorkflow, action, { record, actor: who, input, now, law: law() })
const refused = (...ask: Parameters<typeof decided>) => {
  const decision = decided(...ask)
  return decision.ok ? null : decision.rule
}
const record = (...ask: Parameters<typeof decided>) => {
  const decision = decided(...ask)
  if (!decision.ok) throw new Error(decision.rule)
  return decision.record
}
const raised = { deviceId: idOf('02'), quantity: 'momentPercent', at: now }

test('a value within the limit raises nothing; the limit itself does where it is not strict', () => {
  const fresh = alarm({ state: null })
  expect(refused(fresh, 'raise', systemActor, { ...raised, value: 89.9 })).toBe('alarm_not_above')
  expect(refused(fresh, 'raise', systemActor, { ...raised, value: 90 })).toBeNull()
  const strict = alarm({ state: null, limit: { ...fresh.limit, strict: true } })
  expect(refused(strict, 'raise', systemActor, { ...raised, value: 90 })).toBe('alarm_not_above')
  expect(refused(fresh, 'raise', officer, { ...raised, value: 95 })).toBe('capacity')
})

test('red is never shelved; a shelf has an end, an officer and a reason', () => {
  const ask = { hours: 4, reason: '正在检修' }
  expect(refused(alarm({ level: 'alarm' }), 'shelve', officer, ask)).toBe('alarm_red_not_shelved')
  expect(refused(alarm(), 'shelve', officer, { ...ask, hours: 25 })).toBe('alarm_shelved_too_long')
  expect(refused(alarm(), 'shelve', manager, ask)).toBe('capacity')
  expect(refused(alarm({ state: 'cleared' }), 'shelve', officer, ask)).toBe('state')
  expect(alarmWorkflow.steps.shelve.input.safeParse({ hours: 4, reason: '' }).success).toBe(false)
  const shelved = record(alarm(), 'shelve', officer, ask)
  expect(shelved.shelf).toEqual({ until: '2026-11-20T07:00:00.000Z', reason: '正在检修', by: '林远舟' })
  expect(alarmWorkflow.head(shelved).timers).toEqual([{ action: 'unshelve', at: '2026-11-20T07:00:00.000Z' }])
})

test('what comes back to the shelf lies there, unless it is red; rising breaks the shelf', () => {
  const shelf = { until: '2026-11-20T07:00:00.000Z', reason: '正在检修', by: '林远舟' }
  const back = record(alarm({ state: null, shelf }), 'raise', systemActor, { ...raised, value: 95 })
  expect([back.state, back.shelf]).toEqual(['shelved', shelf])
  const red = record(alarm({ state: null, shelf, level: 'alarm' }), 'raise', systemActor, { ...raised, value: 105 })
  expect([red.state, red.shelf]).toEqual(['raised', null])
  const limit = { ...back.limit, value: 100 }
  const risen = record(back, 'upgrade', systemActor, { value: 104, at: now, limit })
  expect(risen).toMatchObject({ state: 'raised', level: 'alarm', value: 104, shelf: null, limit })
  expect(alarmWorkflow.head(risen)).toMatchObject({ tier: 'red', timers: [] })
})

test('rising asks for a new acknowledgement, falling does not', () => {
  const known = record(alarm(), 'acknowledge', manager, { note: '' })
  expect(known).toMatchObject({ state: 'acknowledged', handlerId: manager.personId })
  const limit = { ...known.limit, value: 100 }
  expect(record(known, 'upgrade', systemActor, { value: 104, at: now, limit })).toMatchObject({
    state: 'raised',
    handlerId: null,
  })
  const red = { ...known, level: 'alarm' as const, limit }
  expect(record(red, 'downgrade', systemActor, { value: 93, at: now, limit: known.limit })).toMatchObject({
    ...{ state: 'acknowledged', level: 'warn', handlerId: manager.personId },
  })
})

test('who handles it judges it, also when it is over; a false alarm wants a reason', () => {
  const handled = alarm({ state: 'cleared', handlerId: officer.personId })
  expect(refused(handled, 'judge', other, { useful: true, reason: '' })).toBe('not_this_person')
  expect(refused(handled, 'judge', officer, { useful: false, reason: '' })).toBe('alarm_false_reason')
  expect(record(handled, 'judge', officer, { useful: false, reason: '传感器进水' }).usefulness).toMatchObject({
    useful: false,
  })
  expect(openSteps(alarmWorkflow, handled, officer).map(({ action }) => action)).toEqual(['judge'])
})

test('a measure is noted once, and the officer on duty from elsewhere reaches the alarm', () => {
  const measure = { room: 'inspection', caseId: idOf('40') }
  const noted = record(alarm({ state: 'cleared' }), 'measure', systemActor, measure)
  expect(noted.measures).toEqual([{ ...measure, at: now }])
  expect(refused(noted, 'measure', systemActor, measure)).toBe('alarm_measure_known')
  const stranger = actor('inspector', idOf('29'), [])
  expect(refused(alarm(), 'acknowledge', stranger, { note: '' })).toBe('alarm')
  expect(refused(alarm({ duty: [idOf('29')] }), 'acknowledge', stranger, { note: '' })).toBeNull()
})

test('tiers follow the level while it stands, and the rules of law are kept with the act', () => {
  expect(alarmWorkflow.head(alarm()).tier).toBe('yellow')
  expect(alarmWorkflow.head(alarm({ level: 'alarm', state: 'cleared' })).tier).toBe('calm')
  const decision = decided(alarm({ state: null }), 'raise', systemActor, { ...raised, value: 95 })
  expect(decision.ok && decision.rules.map(({ code }) => code)).toEqual(['lifting.moment.warn', 'lifting.moment.alarm'])
})
