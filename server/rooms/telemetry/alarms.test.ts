import { randomUUID } from 'node:crypto'
import { deviceContract } from '@plumbline/core/device'
import { inspectionContract } from '@plumbline/core/inspection'
import { telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, expect, test } from 'vitest'
import { hearOnce } from '../../base/hearing.ts'
import { openOffice } from './testing.ts'

const { house, cast, ears, settle, enter, alarmOf, act, overload, close } = await openOffice()
afterAll(close)

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
