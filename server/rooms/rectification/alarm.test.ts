import { randomUUID } from 'node:crypto'
import { rectificationContract } from '@plumbline/core/rectification'
import { afterAll, expect, test } from 'vitest'
import { openListening } from '../telemetry/testing.ts'

const { house, cast, ears, close } = await openListening()
afterAll(close)

const draft = (cookie: string, alarmId: string, projectId: string, orgId: string) =>
  house.call(cookie, rectificationContract.draft, {
    body: {
      requestId: randomUUID(),
      input: {
        ...{ projectId, orgId, kind: 'stop_part', scope: '1 号塔机的使用', alarmId },
        ...{ protection: ['吊钩升至上限位'], resumeWhen: ['力矩限制器检验合格'] },
        items: [
          {
            ...{ id: randomUUID(), text: '力矩百分比 104 %', clause: 'GB 5144-2006', severity: 'imminent' },
            requirement: '停止使用，查明原因',
          },
        ],
      },
    },
  })

test('a stop of one machine names the alarm it rests on, of its own project only, and the alarm names the order', async () => {
  const crane = await ears.enter(cast.chief, { modelCode: 'crane-gbt37366', projectId: cast.projectId })
  await ears.store(crane, [{ quantity: 'momentPercent', value: 104 }])
  await ears.settle()
  const { id } = (await ears.alarms(cast.inspectorA, crane))[0]!
  expect(await draft(cast.inspectorC, id, cast.otherProjectId, cast.rivalId)).toMatchObject({ status: 404 })
  expect(await draft(cast.inspectorA, randomUUID(), cast.projectId, cast.contractorId)).toMatchObject({ status: 404 })
  // Its own act, by an officer assigned: neither the alarm nor the chief opens it.
  expect(await draft(cast.chief, id, cast.projectId, cast.contractorId)).toMatchObject({ status: 403 })
  const drafted = await draft(cast.inspectorA, id, cast.projectId, cast.contractorId)
  expect(drafted).toMatchObject({ status: 200, body: { record: { alarmId: id, kind: 'stop_part', state: 'draft' } } })
  await house.house.settle()
  const [alarm] = await ears.alarms(cast.inspectorA, crane)
  expect(alarm!.measures).toMatchObject([{ room: 'rectification', caseId: drafted.body.record.id }])
})
