import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import { telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, expect, test } from 'vitest'
import { read } from '../../base/context.ts'
import { actMany } from '../../base/sweep.ts'
import { alarmCases } from './alarms.ts'
import { openOffice } from './testing.ts'

const { house, cast, ears, moveClock, settle, messagesOf, at, enter, alarmOf, about, act, overload, close } =
  await openOffice()
afterAll(close)

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
