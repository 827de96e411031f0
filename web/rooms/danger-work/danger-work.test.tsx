import { permissionsOf } from '@plumbline/core/access'
import { pourContract, type PourView } from '@plumbline/core/danger-work'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import {
  type Answer,
  drawPages,
  faultAt,
  fill,
  fillDate,
  inspectorSession,
  isSaidAt,
  pick,
  refuses,
  serve,
  stepOf,
  type WrongInput,
} from '../../kit/testing.tsx'
import { ApplyPage } from './ApplyPage.tsx'
import { FieldPourPage } from './FieldPourPage.tsx'
import { DevicePours } from './panels.tsx'
import { PourPage } from './PourPage.tsx'
import { PoursPage } from './PoursPage.tsx'

const id = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0003'
const other = '5a1d4c1e-8a60-4a52-9d30-6c2f6f0a0004'
const at = '2026-11-20T01:00:00.000Z'
const by = { personId: other, name: '宋知行', at }
const session = (capacity: 'project_manager' | 'inspector') => ({
  ...inspectorSession,
  permissions: permissionsOf(capacity),
  appointment: { ...inspectorSession.appointment, capacity },
})
const view: PourView = {
  head: {
    ...{ id, room: 'pour', number: null, title: '门厅顶板 混凝土浇筑', state: 'suspended', stateLabel: '停止浇筑' },
    ...{ open: true, projectId: other, projectName: '城东污水厂扩建工程', since: at, due: null, tier: 'red' },
  },
  record: {
    ...{ id, state: 'suspended', projectId: other, projectName: '城东污水厂扩建工程', projectState: 'building' },
    ...{ district: '990421001', contractorId: other, supervisionId: other, parties: [], zone: '门厅顶板' },
    ...{ plannedStart: at, plannedEnd: '2026-11-20T18:00:00.000Z', scheme: '高支模专项方案 第6章' },
    ...{ watchers: [{ id: other, name: '门厅高支模' }], applied: by, signed: { ...by, opinion: '具备浇筑条件' } },
    ...{ startedAt: at, endedAt: null },
    suspensions: [{ alarmId: other, reason: '门厅高支模 轴力 L1 10.4 kN', by: { ...by, name: '系统' }, resumed: null }],
  },
  steps: [
    stepOf('sign', '签发浇筑令'),
    stepOf('suspend', '停止浇筑'),
    stepOf('resume', '恢复浇筑'),
    stepOf('finish', '浇筑结束'),
  ],
  acts: [],
  watch: [{ id: other, name: '门厅高支模', freshness: 'stale', alarms: [{ id: other, title: '轴力 L1 10.4 kN' }] }],
}

function open(
  place: string,
  answers: Record<string, Answer> = {},
  capacity: Parameters<typeof session>[0] = 'inspector',
) {
  const asked = serve({
    'GET /session': { reply: session(capacity) },
    [`GET /pours/${id}`]: { reply: view },
    'GET /pours': { reply: { rows: [view.record], next: null } },
    'GET /projects': { reply: { rows: [], next: null } },
    [`GET /projects/${other}/pour-watchers`]: { reply: { rows: [] } },
    ...answers,
  })
  drawPages(
    {
      '/pours': <PoursPage />,
      '/pours/new': <ApplyPage />,
      '/pour/:id': <PourPage />,
      '/field/pour/:id': <FieldPourPage />,
      '/device/:id': <DevicePours id={other} />,
    },
    place,
  )
  return asked
}

test.each<WrongInput>([
  {
    opens: '签发浇筑令',
    path: 'input.opinion',
    field: '签发意见',
    fillIn: (form) => fill(form.getByLabelText('签发意见'), '略'),
  },
  {
    opens: '停止浇筑',
    path: 'input.reason',
    field: '停止的原因',
    fillIn: (form) => fill(form.getByLabelText('停止的原因'), '略'),
  },
  { opens: '浇筑结束', path: 'input.note', field: '说明' },
])('$opens: what the server refuses stands at its field', async (input) => {
  open(`/pour/${id}`, { [`POST /pours/${id}/acts`]: faultAt(input.path) })
  await refuses(input)
})

test('a resumption that is refused names the alarm that stands', async () => {
  const refusal = { kind: 'unmet', rule: 'pour_alarm_open', detail: { items: ['门厅高支模 轴力 L1 10.4 kN'] } }
  open(`/pour/${id}`, { [`POST /pours/${id}/acts`]: { status: 422, refusal } })
  await userEvent.click(await screen.findByRole('button', { name: '恢复浇筑' }))
  const form = within(await screen.findByRole('dialog'))
  await fill(form.getByLabelText('检查和处理情况'), '立杆已加固')
  await userEvent.click(form.getByRole('button', { name: '恢复浇筑' }))
  expect(await form.findByText('红色报警尚未解除，不能浇筑：门厅高支模 轴力 L1 10.4 kN。')).toBeTruthy()
})

test.each([`/pour/${id}`, `/field/pour/${id}`])(
  '%s: a stop is red, leads to its alarm, and a silent device is not called live',
  async (place) => {
    open(place)
    expect(await screen.findByText('没有恢复')).toBeTruthy()
    expect(document.querySelector('.tag.red')?.textContent).toBe('停止浇筑')
    expect(screen.getByRole('link', { name: '门厅高支模 轴力 L1 10.4 kN' }).getAttribute('href')).toContain(
      `/alarm/${other}`,
    )
    expect(screen.getByText('中断')).toBeTruthy()
    expect(screen.queryByText('实时')).toBeNull()
  },
)

test('only who manages the works is offered to apply', async () => {
  open('/pours')
  expect((await screen.findByRole('link', { name: '门厅顶板' })).getAttribute('href')).toBe(`/pour/${id}`)
  expect(screen.getByText('2026-11-20 09:00 至 2026-11-21 02:00')).toBeTruthy()
  expect(screen.queryByRole('link', { name: '申请浇筑令' })).toBeNull()
})

test('a device that watches nothing says nothing of pours', async () => {
  const asked = open('/device/x', { 'GET /pours': { reply: { rows: [], next: null } } })
  await waitFor(() => expect(asked.some(({ url }) => url.includes('deviceId'))).toBe(true))
  await waitFor(() => expect(document.body.textContent).toBe(''))
})

test('the times asked for are those of the site, and what the server refuses stands at its field', async () => {
  const device = { id: other, name: '门厅高支模', freshness: 'stale' }
  const asked = open(
    `/pours/new?projectId=${other}`,
    {
      [`GET /projects/${other}/pour-watchers`]: { reply: { rows: [device] } },
      'POST /pours': faultAt('input.scheme'),
    },
    'project_manager',
  )
  await fill(await screen.findByLabelText('浇筑区域'), '门厅顶板')
  await fillDate(screen.getByLabelText('计划开始'), '2026-11-20 08:30')
  await fillDate(screen.getByLabelText('计划结束'), '2026-11-21 02:00')
  await fill(screen.getByLabelText('专项施工方案'), '专项方案')
  await pick(screen.getByLabelText('监测设备'), '门厅高支模（没有实时数据）')
  await userEvent.click(screen.getByRole('button', { name: '申请浇筑令' }))
  await isSaidAt('专项施工方案')
  const sent = asked.find(({ line }) => line === 'POST /pours')!
  expect(pourContract.apply.body.parse({ ...(sent.body as object) }).input).toMatchObject({
    ...{ projectId: other, deviceIds: [other], zone: '门厅顶板' },
    ...{ plannedStart: '2026-11-20T00:30:00.000Z', plannedEnd: '2026-11-20T18:00:00.000Z' },
  })
})
