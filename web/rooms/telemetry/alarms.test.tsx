import type { Alarm, RosterView } from '@plumbline/core/telemetry'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { drawSignedIn, inspectorSession, serve } from '../../kit/testing.tsx'
import { AlarmPage } from './AlarmPage.tsx'
import { AlarmsPage } from './AlarmsPage.tsx'
import type { AlarmView } from './AroundChart.tsx'
import { RosterPage } from './RosterPage.tsx'

const idOf = (last: string) => `0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e${last}`
const at = '2026-11-20T01:30:00.000Z'
const alarm: Alarm = {
  ...{
    id: idOf('01'),
    state: 'raised',
    level: 'alarm',
    deviceId: idOf('02'),
    deviceName: '1 号塔机',
    deviceKind: 'crane',
  },
  ...{ projectId: idOf('10'), projectName: '滨江花园二期', district: '990421001', parties: [] },
  ...{
    cause: 'crane_moment',
    quantity: 'momentPercent',
    quantityName: '力矩百分比',
    unit: '%',
    value: 104,
    raisedAt: at,
  },
  limit: { value: 100, unit: '%', clause: 'lifting.limiter', strict: false, side: 'above', centre: 0 },
  ...{ duty: [], acknowledgedAt: null, acknowledgedBy: null, handlerId: null, shelf: null, usefulness: null },
  measures: [{ room: 'inspection', caseId: idOf('20'), at }],
  ...{ clearedAt: null, clearedBecause: null },
}
const view: AlarmView = {
  head: {
    ...{ id: alarm.id, room: 'alarm', number: null, title: '', state: 'raised', stateLabel: '报警中', open: true },
    ...{ projectId: alarm.projectId, projectName: alarm.projectName, since: at, due: null, tier: 'red' },
  },
  record: alarm,
  steps: [{ action: 'judge', label: '评价报警', clause: null, main: false, barrier: null }],
  acts: [],
  around: {
    ...{ from: '2026-11-20T01:25:00.000Z', until: '2026-11-20T01:40:00.000Z', lines: [] },
    marks: [{ at, kind: 'act', text: '触发报警' }],
  },
  commands: [],
  withheld: null,
  messages: [
    { id: idOf('30'), who: '监督员 林远舟', title: '报警 滨江花园二期', createdAt: at, readAt: null, escalated: true },
    { id: idOf('31'), who: '项目经理 何秉', title: '报警 滨江花园二期', createdAt: at, readAt: at, escalated: false },
  ],
  beside: [],
  shelveMost: 24,
}
const session = { 'GET /session': { reply: inspectorSession } }
const show = (page: React.ReactNode, path?: string) => drawSignedIn(page, path)

test('a false alarm is not sent without a reason', async () => {
  const user = userEvent.setup()
  const sent: unknown[] = []
  serve({ ...session, 'GET /alarms/': { reply: view }, 'POST /alarms/:id/acts': () => sent.push(1) } as never)
  show(<AlarmPage />)
  await user.click(await screen.findByRole('button', { name: '评价报警' }))
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('radio', { name: '误报' }))
  await user.click(within(dialog).getByRole('button', { name: '评价报警' }))
  expect(await within(dialog).findByText('请说明理由')).toBeTruthy()
  expect(sent).toEqual([])
})

test('an alarm says that it is no legal measurement, its limit and text, who was told, and what rests on it', async () => {
  serve({ ...session, 'GET /alarms/': { reply: view } })
  show(<AlarmPage />)
  expect(await screen.findByRole('heading', { level: 1, name: /力矩百分比 104 %/ })).toBeTruthy()
  expect(screen.getByText('预警（自动监测）')).toBeTruthy()
  expect(screen.getByText(/不是法定测量/)).toBeTruthy()
  expect(screen.getByText('达到 100 %')).toBeTruthy()
  expect(screen.getByText(/GB 5144-2006/)).toBeTruthy()
  expect(screen.getByText('未读，已转报')).toBeTruthy()
  expect(screen.getByRole('link', { name: '监督检查' }).getAttribute('href')).toBe(`/inspection/${idOf('20')}`)
  const from = `project=${idOf('10')}&alarm=${idOf('01')}`
  expect(screen.getByRole('link', { name: '拟制停用该设备的停工文书' }).getAttribute('href')).toBe(
    `/rectification/new?${from}`,
  )
  expect(screen.getByText('没有保存的数值。')).toBeTruthy()
})

test('every number of the list opens its rows', async () => {
  const counted = (count: number, filter: object) => ({ count, filter })
  serve({
    ...session,
    'GET /alarms': { reply: { rows: [alarm], next: null } },
    'GET /alarms/counts': {
      reply: {
        since: '2026-10-22',
        open: {
          warn: counted(7, { open: 'true', level: 'warn' }),
          alarm: counted(2, { open: 'true', level: 'alarm' }),
          shelved: counted(1, { state: 'shelved' }),
        },
        causes: [
          {
            ...{ cause: 'intrusion', title: '周界入侵', all: counted(9, { cause: 'intrusion' }) },
            ...{
              useful: counted(3, { cause: 'intrusion', useful: 'true' }),
              false: counted(4, { cause: 'intrusion', useful: 'false' }),
            },
          },
        ],
        inspections: { all: 25, fromAlarms: 3 },
      },
    },
  })
  show(<AlarmsPage />)
  const hrefOf = (name: string | RegExp) => screen.getByRole('link', { name }).getAttribute('href')
  expect(await screen.findByRole('link', { name: '7' })).toBeTruthy()
  expect(hrefOf('7')).toBe('/alarms?open=true&level=warn')
  expect(hrefOf('12%')).toBe('/inspections?fromAlarm=true&from=2026-10-22')
  expect(hrefOf(/周界入侵，误报 4/)).toBe('/alarms?cause=intrusion&useful=false')
})

test('who may not set the roster reads it', async () => {
  const nights: NonNullable<RosterView['record']>['nights'] = [
    null,
    { personId: idOf('21'), name: '顾望平' },
    ...Array<null>(5).fill(null),
  ]
  const roster: RosterView = {
    record: { id: idOf('40'), state: 'kept', region: '990421', nights },
    ...{ steps: [], tonight: '顾望平', hours: { begins: 18, ends: 8 }, officers: [] },
  }
  serve({ ...session, 'GET /alarm-roster': { reply: roster } })
  show(<RosterPage />)
  expect(await screen.findByText('现在值班：顾望平')).toBeTruthy()
  expect(screen.getByRole('row', { name: '周一 顾望平' })).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})
