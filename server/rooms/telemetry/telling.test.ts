import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import { deviceContract } from '@plumbline/core/device'
import { inspectionContract } from '@plumbline/core/inspection'
import { telemetryContract } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { type Ctx, read, systemContext } from '../../base/context.ts'
import { hearOnce } from '../../base/hearing.ts'
import { actMany } from '../../base/sweep.ts'
import { alarmCases } from './alarms.ts'
import { settleHappenings } from './happenings.ts'
import { watchSilence } from './silences.ts'
import { tellSilences } from './telling.ts'
import { type Ears, openEars } from './testing.ts'

let house: TestHouse
let cast: Cast
let ears: Ears

// No worker: the tests themselves say when time passes.
beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  cast = await openCast(house)
  ears = await openEars(house)
  await officeHours()
})
afterAll(async () => {
  await ears.close()
  await house.close()
})

async function moveClock(hours: number) {
  await sql`update base.clock set offset_ms = offset_ms + ${hours * 3_600_000}`.execute(house.house.db)
  house.house.clock.forget()
}
/** By day those assigned are told: the legal clock goes on to the next noon. */
async function officeHours() {
  const { now } = await systemContext(house.house)
  await moveClock((12 - new Date(Date.parse(now) + 8 * 3_600_000).getUTCHours() + 24) % 24)
}
const at = async (minutes: number): Promise<Ctx> => {
  const { now } = await systemContext(house.house)
  return systemContext(house.house, { now: new Date(Date.parse(now) + minutes * 60_000).toISOString() })
}
const enter = (modelCode: string, projectId = cast.projectId, more: object = {}) =>
  ears.enter(cast.chief, { modelCode, projectId, ...more })
const settle = async () => settleHappenings(await systemContext(house.house))
const alarmOf = async (deviceId: string) => (await ears.alarms(cast.chief, deviceId))[0]!
const messagesOf = async (cookie: string) =>
  (await house.call(cookie, baseContract.messages, { query: { limit: 100 } })).body.rows
const about = async (cookie: string, id: string) => (await messagesOf(cookie)).filter(({ caseId }) => caseId === id)
const act = (cookie: string, id: string, action: 'acknowledge' | 'shelve' | 'unshelve' | 'judge', input: object) =>
  house.call(cookie, telemetryContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action, input } as never,
  })
const overload = async (crane: string, value: number) => {
  await ears.store(crane, [{ quantity: 'momentPercent', value }])
  await settle()
}

test('a warning tells those assigned and the manager; red also safety officer and engineer, nobody else', async () => {
  const crane = await enter('crane-gbt37366')
  await overload(crane, 93)
  const warned = await alarmOf(crane)
  expect(warned).toMatchObject({
    state: 'raised',
    level: 'warn',
    value: 93,
    limit: { value: 90, clause: 'lifting.limiter' },
  })
  for (const cookie of [cast.inspectorA, cast.inspectorB, cast.manager])
    expect(await about(cookie, warned.id)).toHaveLength(1)
  for (const cookie of [cast.safety, cast.engineer, cast.owner, cast.rival, cast.inspectorC])
    expect(await about(cookie, warned.id)).toEqual([])
  await overload(crane, 104)
  expect(await alarmOf(crane)).toMatchObject({
    id: warned.id,
    state: 'raised',
    level: 'alarm',
    value: 104,
    limit: { value: 100 },
  })
  for (const cookie of [cast.inspectorA, cast.manager]) expect(await about(cookie, warned.id)).toHaveLength(2)
  for (const cookie of [cast.safety, cast.engineer]) expect(await about(cookie, warned.id)).toHaveLength(1)
  const { body } = await house.call(cast.inspectorA, telemetryContract.alarm, { params: { id: warned.id } })
  expect(body.head.tier).toBe('red')
  expect(body.steps.map(({ action, barrier }) => [action, barrier])).toEqual([
    ['acknowledge', null],
    ['shelve', 'alarm_red_not_shelved'],
  ])
  expect(await act(cast.inspectorA, warned.id, 'shelve', { hours: 1, reason: '检修' })).toMatchObject({
    rule: 'alarm_red_not_shelved',
  })
  expect(body.acts.map(({ topic }) => topic)).toEqual(['alarm.raise', 'alarm.upgrade'])
  expect(body.messages.map(({ who }) => who)).toContain('总监理工程师 宋知行')
  expect(body.around.lines[0]).toMatchObject({ quantity: 'momentPercent', points: [{ value: 93 }, { value: 104 }] })
})

test('what is shelved tells nobody when it comes back, until it is red', async () => {
  const crane = await enter('crane-gbt37366')
  await ears.store(crane, [{ quantity: 'momentPercent', value: 93, ago: 2000 }])
  await settle()
  const first = await alarmOf(crane)
  expect(await act(cast.manager, first.id, 'shelve', { hours: 4, reason: '正在检修' })).toMatchObject({ status: 403 })
  expect(await act(cast.inspectorA, first.id, 'shelve', { hours: 25, reason: '正在检修' })).toMatchObject({
    rule: 'alarm_shelved_too_long',
  })
  expect(await act(cast.inspectorA, first.id, 'shelve', { hours: 4, reason: '正在检修' })).toMatchObject({
    status: 200,
  })
  const calm = Array.from({ length: 61 }, (_, i) => ({ quantity: 'momentPercent', value: 40, ago: 1900 - i * 10 }))
  await ears.store(crane, calm)
  await ears.store(crane, [{ quantity: 'momentPercent', value: 94, ago: 100 }])
  await settle()
  const [back, over] = await ears.alarms(cast.chief, crane)
  expect([back!.state, over!.state]).toEqual(['shelved', 'cleared'])
  expect(await about(cast.manager, back!.id)).toEqual([])
  await overload(crane, 105)
  expect(await alarmOf(crane)).toMatchObject({ id: back!.id, state: 'raised', level: 'alarm', shelf: null })
  expect(await about(cast.manager, back!.id)).toHaveLength(1)
})

test('a shelf ends by the clock, and what still stands is told again', async () => {
  const crane = await enter('crane-gbt37366')
  await overload(crane, 92)
  const { id } = await alarmOf(crane)
  await act(cast.inspectorA, id, 'shelve', { hours: 1, reason: '正在检修' })
  const ctx = await at(61)
  await read(ctx, (tx) => actMany(tx, ctx, alarmCases, 'unshelve', [{ id, at: ctx.now, now: ctx.now }]))
  expect(await alarmOf(crane)).toMatchObject({ state: 'raised', shelf: null })
  expect(await about(cast.manager, id)).toHaveLength(2)
})

test('useful or not, by the one who handles it; false alarms are counted by cause, and the counts open their rows', async () => {
  const perimeter = await enter('perimeter')
  await ears.store(perimeter, [{ quantity: 'intrusion@Z1', value: 1 }])
  await settle()
  const { id } = await alarmOf(perimeter)
  await act(cast.inspectorA, id, 'acknowledge', { note: '猫' })
  expect(await act(cast.inspectorB, id, 'judge', { useful: false, reason: '猫' })).toMatchObject({ status: 403 })
  expect(await act(cast.inspectorA, id, 'judge', { useful: false, reason: '' })).toMatchObject({
    rule: 'alarm_false_reason',
  })
  expect(await act(cast.inspectorA, id, 'judge', { useful: false, reason: '野猫翻墙' })).toMatchObject({ status: 200 })
  const { body } = await house.call(cast.inspectorA, telemetryContract.alarmCounts, {})
  const intrusion = body.causes.find(({ cause }) => cause === 'intrusion')!
  expect(intrusion).toMatchObject({ all: { count: 1 }, useful: { count: 0 }, false: { count: 1 } })
  for (const { count, filter } of [
    intrusion.all,
    intrusion.false,
    body.open.warn,
    body.open.alarm,
    body.open.shelved,
  ]) {
    const { rows } = (
      await house.call(cast.inspectorA, telemetryContract.alarms, { query: { ...filter, limit: 200 } as never })
    ).body
    expect(rows).toHaveLength(count)
  }
})

test('a whole town that falls silent is one message to each, and every device has its row', async () => {
  const devices = [await enter('dust-ug'), await enter('crane-gbt37366'), await enter('meter-mqtt')]
  const half = await enter('dust-ug')
  for (const id of devices)
    await ears.store(id, [
      { quantity: id === devices[1] ? 'windSpeed' : id === devices[2] ? 'power' : 'a34004', value: 3 },
    ])
  await ears.store(half, [
    { quantity: 'a34004', value: 3 },
    { quantity: 'LA', value: 50 },
  ])
  const soon = await at(9)
  await watchSilence(soon)
  for (const id of devices) expect(await ears.alarms(cast.chief, id)).toEqual([])

  const later = await at(12)
  await ears.store(half, [{ quantity: 'LA', value: 51, ago: -600 }])
  await Promise.all([watchSilence(later), watchSilence(later)])
  await settle()
  const raised = await Promise.all(devices.map(alarmOf))
  expect(raised.map(({ cause, quantity, level }) => [cause, quantity, level])).toEqual(
    Array(3).fill(['silent', '*', 'warn']),
  )
  expect(await alarmOf(half)).toMatchObject({ cause: 'silent', quantity: 'a34004', quantityName: 'PM2.5 中断' })
  for (const { id } of raised) expect(await about(cast.inspectorA, id)).toEqual([])
  const before = new Set((await messagesOf(cast.inspectorA)).map(({ id }) => id))
  await tellSilences(await at(5))
  const told = (await messagesOf(cast.inspectorA)).filter(({ id }) => !before.has(id))
  expect(told).toHaveLength(1)
  expect(told[0]!.title).toContain('台设备监测数据中断')
  const seen = await house.call(cast.inspectorA, telemetryContract.alarm, { params: { id: raised[1]!.id } })
  expect(seen.body.beside.map(({ id }) => id)).toContain(raised[2]!.id)
  expect(seen.body.messages.map(({ who }) => who)).toContain('监督员 林远舟')

  // What speaks again is over; what was one quantity becomes the device's when the rest falls silent too.
  await ears.store(devices[0]!, [{ quantity: 'a34004', value: 3, ago: -700 }])
  await watchSilence(await at(20.5))
  await settle()
  expect(await alarmOf(devices[0]!)).toMatchObject({ state: 'cleared', clearedBecause: 'spoke' })
  expect(
    (await ears.alarms(cast.chief, half)).map(({ quantity, clearedBecause }) => [quantity, clearedBecause]),
  ).toEqual([
    ['*', null],
    ['a34004', 'merged'],
  ])
})

test('a device that is given up raises nothing more, and what it raised is over', async () => {
  const crane = await enter('crane-gbt37366')
  await overload(crane, 93)
  await house.call(cast.chief, deviceContract.act, {
    params: { id: crane },
    body: { requestId: randomUUID(), action: 'retire', input: { reason: '拆除' } },
  })
  await hearOnce(house.house)
  await settle()
  expect(await alarmOf(crane)).toMatchObject({ state: 'cleared', clearedBecause: 'retired' })
})

test('an inspection begun because of an alarm bears it, and the alarm bears the inspection', async () => {
  const crane = await enter('crane-gbt37366')
  await overload(crane, 93)
  const { id } = await alarmOf(crane)
  const start = (cookie: string, projectId: string, officer: string, alarmId: string) =>
    house.call(cookie, inspectionContract.start, {
      body: {
        requestId: randomUUID(),
        input: { projectId, kind: 'random', templateCode: 'jgj59', tables: ['B.17'], officerIds: [officer], alarmId },
      },
    })
  const { persons } = cast
  expect(await start(cast.inspectorC, cast.otherProjectId, persons.chief, id)).toMatchObject({ status: 404 })
  expect(await start(cast.inspectorA, cast.projectId, persons.inspectorB, randomUUID())).toMatchObject({ status: 404 })
  const counts = async () => (await house.call(cast.inspectorA, telemetryContract.alarmCounts, {})).body.inspections
  const before = await counts()
  const begun = await start(cast.inspectorA, cast.projectId, persons.inspectorB, id)
  expect(begun).toMatchObject({ status: 200, body: { record: { alarmId: id } } })
  await hearOnce(house.house)
  expect((await alarmOf(crane)).measures).toMatchObject([{ room: 'inspection', caseId: begun.body.record.id }])
  expect(await counts()).toEqual({ all: before.all + 1, fromAlarms: before.fromAlarms + 1 })
  const { rows } = (await house.call(cast.inspectorA, inspectionContract.list, { query: { fromAlarm: 'true' } })).body
  expect(rows.map((row) => row.id)).toEqual([begun.body.record.id])
})

test('the budget: the tenth message of a day is a digest that gathers the rest; red still comes through', async () => {
  const told = async () =>
    (await messagesOf(cast.rival)).filter(({ kind }) => kind === 'alarm' || kind === 'alarm_digest')
  const cranes: string[] = []
  for (let i = 0; i < 13; i += 1) cranes.push(await enter('crane-gbt37366', cast.otherProjectId))
  for (const crane of cranes) await overload(crane, 93)
  const messages = await told()
  expect(messages.filter(({ kind }) => kind === 'alarm')).toHaveLength(9)
  expect(messages.filter(({ kind }) => kind === 'alarm_digest').map(({ title }) => title)).toEqual(['另有 4 条预警'])
  // Read, it is told anew for what comes after.
  await house.call(cast.rival, baseContract.markRead, { body: { ids: messages.map(({ id }) => id) } as never })
  const more = await enter('crane-gbt37366', cast.otherProjectId)
  await overload(more, 94)
  expect(
    (await told())
      .filter(({ kind }) => kind === 'alarm_digest')
      .map(({ title }) => title)
      .toSorted(),
  ).toEqual(['另有 1 条预警', '另有 4 条预警'])
  await overload(more, 106)
  expect((await about(cast.rival, (await alarmOf(more)).id)).map(({ title }) => title)[0]).toContain(
    '报警 城西邻里中心',
  )
  // Officer-days: the officer of that project has no more than the manager.
  expect((await messagesOf(cast.inspectorC)).filter(({ kind }) => kind === 'alarm').length).toBeLessThanOrEqual(10)
})

test('at night the officer on duty is told in the place of those assigned, and reaches the alarm', async () => {
  const nights = Array<string>(7).fill(cast.persons.inspectorC)
  const set = (cookie: string, input: object) =>
    house.call(cookie, telemetryContract.setRoster, { body: { requestId: randomUUID(), input } as never })
  expect(await set(cast.inspectorA, { nights })).toMatchObject({ status: 403 })
  expect(await set(cast.admin, { nights })).toMatchObject({ status: 403, rule: 'capacity' })
  expect(await set(cast.chief, { nights: [cast.persons.manager, ...nights.slice(1)] })).toMatchObject({
    rule: 'roster_officer_unknown',
  })
  expect(await set(cast.chief, { nights: nights.slice(1) })).toMatchObject({ status: 400 })
  expect((await set(cast.chief, { nights })).body).toMatchObject({
    record: { nights: Array(7).fill({ name: '顾望平' }) },
    tonight: null,
  })
  expect((await set(cast.chief, { nights })).status).toBe(200)

  await moveClock(10)
  expect((await house.call(cast.inspectorC, telemetryContract.roster, {})).body).toMatchObject({
    tonight: '顾望平',
    officers: [],
  })
  const hoist = await enter('hoist-gbt37537')
  await ears.store(hoist, [{ quantity: 'loadPercent', value: 111 }])
  await settle()
  const alarm = await alarmOf(hoist)
  expect(await about(cast.inspectorA, alarm.id)).toEqual([])
  expect(await about(cast.inspectorC, alarm.id)).toHaveLength(1)
  expect(await about(cast.safety, alarm.id)).toHaveLength(1)
  const seen = await house.call(cast.inspectorC, telemetryContract.alarm, { params: { id: alarm.id } })
  expect(seen.body.around.lines[0]!.points).toMatchObject([{ value: 111 }])
  expect(seen.body.messages.map(({ who }) => who)).toContain('值班监督员 顾望平')
  expect(await act(cast.inspectorC, alarm.id, 'acknowledge', { note: '已通知停用' })).toMatchObject({ status: 200 })
})
