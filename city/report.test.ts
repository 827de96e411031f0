import { expect, test } from 'vitest'
import type { Label } from '../simulator/city/index.ts'
import { type Found, type RaisedAlarm, seeCheats, seeDangers, seeSilence, tableOf } from './report.ts'

const minute = 60_000
const passed = { cause: 'earthwork', quantity: 'a34004', level: 'warn', limit: 75, floor: 80, hiddenBy: null } as const
const danger = (from: number, until: number, change: object = {}): Label => ({
  deviceId: 'D1',
  from: from * minute,
  until: until * minute,
  kind: 'exceedance',
  detail: { ...passed, ...change },
})
const alarm = (raised: number, cleared: number | null, change: Partial<RaisedAlarm> = {}): RaisedAlarm => ({
  deviceId: 'D1',
  cause: 'pm25_spray',
  quantity: 'a34004',
  raisedAt: raised * minute,
  clearedAt: cleared === null ? null : cleared * minute,
  ...change,
})

test('an alarm with no truth behind it is wrong, and a truth without an alarm is missed', () => {
  const seen = seeDangers([danger(0, 30), danger(600, 630)], [alarm(5, 40), alarm(300, 310)])
  expect(seen.find(({ kind }) => kind === 'all')).toEqual({
    kind: 'all',
    truths: 2,
    found: 1,
    latencies: [5 * minute],
    raised: 2,
    wrong: 1,
  })
})

test('what a cheat hides and what a cut holds back is not asked for, and an alarm for it is not wrong', () => {
  const cut: Label = {
    deviceId: 'D1',
    from: 590 * minute,
    until: 640 * minute,
    kind: 'cut',
    detail: { scope: 'device' },
  }
  const seen = seeDangers([danger(0, 30, { hiddenBy: 'frozen' }), danger(600, 630), cut], [alarm(10, 20)])
  expect(seen.find(({ kind }) => kind === 'all')).toMatchObject({ truths: 0, raised: 1, wrong: 0 })
})

test('an alarm of another device finds nothing', () => {
  const seen = seeDangers([danger(0, 30)], [alarm(5, 40, { deviceId: 'D2' })])
  expect(seen.find(({ kind }) => kind === 'earthwork')).toMatchObject({ truths: 1, found: 0 })
})

test('only cuts longer than the term of silence are asked for', () => {
  const cut = (from: number, until: number): Label => ({
    ...danger(from, until),
    kind: 'cut',
    detail: { scope: 'town' },
  })
  const seen = seeSilence(
    [cut(0, 15), cut(100, 200), { ...cut(100, 200), deviceId: 'truck' }],
    [alarm(112, 205, { cause: 'silent', quantity: '*' })],
    10 * minute,
    (deviceId) => deviceId === 'D1',
  )
  expect(seen).toMatchObject({ truths: 1, found: 1, latencies: [12 * minute], raised: 1, wrong: 0 })
})

const devices = [
  { number: 'D1', project: 'P1' },
  { number: 'crane', project: 'P1' },
  { number: 'D3', project: 'P2' },
]
const found = (change: Partial<Found>): Found => ({
  ...{ deviceId: 'D1', kind: 'frozen', from: 0, until: 60 * minute, told: 1450 * minute },
  ...change,
})
const cheat = (kind: Found['kind'], deviceId = 'D1'): Label => ({
  ...{ ...danger(0, 600), deviceId },
  ...{ kind: 'cheat', detail: { cheat: kind, by: 1 } },
})

test('a finding of another kind than the cheat is missed and wrong at once', () => {
  expect(seeCheats([cheat('frozen')], [found({ kind: 'replayed' })], devices)).toEqual([
    { kind: 'frozen', truths: 1, found: 0, latencies: [], raised: 0, wrong: 0 },
    { kind: 'replayed', truths: 0, found: 0, latencies: [], raised: 1, wrong: 1 },
  ])
})

test('a cheat is known when its day has been judged, however early in the day it began', () => {
  expect(seeCheats([cheat('frozen')], [found({})], devices)).toMatchObject([{ found: 1, latencies: [1450 * minute] }])
})

test('work without people is done at the turnstile and seen at a crane of the same project, and of no other', () => {
  const seen = (deviceId: string) =>
    seeCheats([cheat('work_without_people')], [found({ kind: 'work_without_people', deviceId })], devices)
  expect(seen('D3')).toMatchObject([{ truths: 1, found: 0, wrong: 1 }])
  expect(seen('crane')).toMatchObject([{ truths: 1, found: 1, wrong: 0 }])
})

test('a copy is seen at both that tell the same, and at no third', () => {
  const copied: Label = { ...cheat('copied_neighbour'), kind: 'cheat', detail: { cheat: 'copied_neighbour', by: 2 } }
  const both = ['D1', 'D3', 'crane'].map((deviceId) => found({ kind: 'copied_neighbour', deviceId }))
  expect(seeCheats([copied], both, devices)).toMatchObject([{ truths: 1, found: 1, raised: 3, wrong: 1 }])
})

test('what a device alarms of while it is made to lie is neither right nor wrong', () => {
  const seen = seeDangers([cheat('overload_hidden')], [alarm(5, 40), alarm(5, 40, { deviceId: 'D2' })])
  expect(seen.find(({ kind }) => kind === 'all')).toMatchObject({ raised: 1, wrong: 1 })
})

test('a clock that broke by itself is no cheat, and found to drift by right', () => {
  const fault: Label = { ...danger(0, 600), kind: 'fault', detail: { fault: 'clock', by: 60_000 } }
  const drift = found({ kind: 'clock_drift' })
  expect(seeCheats([fault], [drift], devices)).toMatchObject([{ truths: 0, raised: 1, wrong: 0 }])
  expect(seeCheats([], [drift], devices)).toMatchObject([{ truths: 0, raised: 1, wrong: 1 }])
})

test('the table says shares by hand: one of two is 50.0 %', () => {
  const table = tableOf('danger', seeDangers([danger(0, 30), danger(600, 630)], [alarm(5, 40)]))
  expect(table).toContain('| earthwork | 2 | 1 | 50.0 % | 5.0 min | 5.0 min |')
})
