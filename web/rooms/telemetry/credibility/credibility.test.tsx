import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { drawSignedIn, inspectorSession, serve } from '../../../kit/testing.tsx'
import { DeviceLatest } from '../device-panels.tsx'
import { Environment } from '../Environment.tsx'
import { CredibilityPanel } from './CredibilityPanel.tsx'
import { DoubtPage } from './DoubtPage.tsx'
import { SuspectsPage } from './SuspectsPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const day = '2026-11-20'
const finding = {
  ...{ kind: 'spray_sensor', title: '向传感器喷水', quantity: 'PM10', weight: 60 },
  ...{ from: '2026-11-20T02:05:00.000Z', until: '2026-11-20T03:30:00.000Z' },
  reasons: ['湿度在短时间内上升 21 个百分点', '同时颗粒物下降 44%', '邻近 5 台设备湿度变化仅 0.8 个百分点'],
}
const doubted = {
  ...{ day, score: 40, suspect: true, judgedAt: '2026-11-20T04:00:00.000Z', running: true },
  findings: [
    { ...finding, kind: 'order_broken', title: '粒径关系颠倒', weight: 20, reasons: ['较细多于较粗'] },
    finding,
  ],
}
const clean = { ...doubted, score: 100, suspect: false, findings: [] }
const reply = (shown: object | null, days: object[] = []) => ({ reply: { day: shown, days, suspectBelow: 60 } })
const latest = {
  ...{ deviceId: id, quantity: 'a34002', name: 'PM10', unit: 'µg/m³', value: 41, flag: 'N', freshness: 'live' },
  ...{ at: '2026-11-20T03:00:00.000Z', receivedAt: '2026-11-20T03:00:01.000Z' },
}
const show = (page: React.ReactNode) => drawSignedIn(page)
const session = { 'GET /session': { reply: inspectorSession } }

test('a day without data is not called clean', async () => {
  serve({ ...session, [`GET /devices/${id}/credibility`]: reply(null) })
  show(<CredibilityPanel id={id} />)
  expect(await screen.findByText('这一天没有可供判断的数据。')).toBeTruthy()
  expect(screen.queryByText('可信')).toBeNull()
})

test('the panel tells every reason, and that nobody is punished for it', async () => {
  const asked = serve({
    ...session,
    [`GET /devices/${id}/credibility`]: ({ url }) =>
      url.includes('day=')
        ? reply({ ...clean, day: '2026-11-18' })
        : reply(doubted, [{ day: '2026-11-18', score: 100, suspect: false }]),
  })
  show(<CredibilityPanel id={id} />)
  expect(await screen.findByText('可疑')).toBeTruthy()
  for (const reason of finding.reasons) expect(screen.getByText(reason)).toBeTruthy()
  expect(screen.getByText('10:05 至 11:30', { selector: 'li:last-child > span' })).toBeTruthy()
  expect(screen.getByText(/不作为处罚依据/)).toBeTruthy()
  await userEvent.click(screen.getByLabelText('日期'))
  await userEvent.click(await screen.findByText('2026-11-18 100 分'))
  expect(await screen.findByText('没有发现疑点。')).toBeTruthy()
  expect(asked.at(-1)!.url).toContain('day=2026-11-18')
})

test('latest values that are doubted say so, by what weighs most; others do not', async () => {
  const answers = { ...session, [`GET /devices/${id}/latest`]: { reply: { rows: [latest], refreshMinutes: 5 } } }
  serve({ ...answers, [`GET /devices/${id}/credibility`]: reply(doubted) })
  const { unmount } = show(<DeviceLatest id={id} />)
  const note = (await screen.findByText('可疑')).closest('p')!
  expect(within(note).getByText(/向传感器喷水：湿度在短时间内上升/)).toBeTruthy()
  expect(screen.getByRole('table').className).toContain('credibility-doubted')
  unmount()
  serve({ ...answers, [`GET /devices/${id}/credibility`]: reply(clean) })
  show(<DeviceLatest id={id} />)
  expect((await screen.findByRole('table')).className).toBe('plain')
  expect(screen.queryByText('可疑')).toBeNull()
})

test('on the page of a project only the doubted device is marked', async () => {
  const device = { id, name: '东门扬尘仪', kind: 'dust', latest: [latest], freshness: 'live' }
  const other = { ...device, id: id.replace('e01', 'e02'), name: '西门扬尘仪' }
  const row = {
    ...doubted,
    deviceId: id,
    deviceName: device.name,
    kind: 'dust',
    projectId: id,
    projectName: '城东小学',
  }
  serve({
    ...session,
    [`GET /projects/${id}/environment`]: { reply: { devices: [device, other], alarms: [] } },
    [`GET /projects/${id}/credibility`]: { reply: { rows: [row] } },
  })
  show(<Environment id={id} />)
  expect((await screen.findByText('可疑')).closest('li')!.textContent).toContain('东门扬尘仪')
  expect(screen.getAllByText('可疑')).toHaveLength(1)
})

const doubt = {
  head: {
    ...{ id, room: 'doubt', number: null, title: '数据存疑', state: 'open', stateLabel: '待核实', open: true },
    ...{ projectId: id, projectName: '城东小学', since: '2026-11-20T01:00:00.000Z', due: null, tier: 'yellow' },
  },
  record: {
    ...{ id, state: 'open', deviceId: id, deviceName: '东门扬尘仪', projectId: id, projectName: '城东小学' },
    ...{ district: '330400001', parties: [], day, score: 40, decision: null },
  },
  steps: [{ action: 'confirm', label: '认定属实', clause: 'house.credibility', main: true }],
  acts: [],
  day: { ...doubted, running: false },
}

test('a doubt is not decided without a word of what was seen', async () => {
  const asked = serve({
    ...session,
    'GET /doubts/': { reply: doubt },
    [`POST /doubts/${id}/acts`]: { reply: doubt },
  })
  show(<DoubtPage />)
  await userEvent.click(await screen.findByRole('button', { name: '认定属实' }))
  const form = within(await screen.findByRole('dialog'))
  await userEvent.click(form.getByRole('button', { name: '认定属实' }))
  expect(await form.findByText('请写明核实情况')).toBeTruthy()
  expect(asked.filter(({ line }) => line.startsWith('POST'))).toEqual([])
  await userEvent.type(form.getByLabelText('核实情况'), '采样口有水渍')
  await userEvent.click(form.getByRole('button', { name: '认定属实' }))
  await waitFor(() =>
    expect(asked.find(({ line }) => line.startsWith('POST'))?.body).toMatchObject({
      action: 'confirm',
      input: { reason: '采样口有水渍' },
    }),
  )
})

test('the list names device, project and what is doubted', async () => {
  const row = {
    ...doubted,
    running: false,
    deviceId: id,
    deviceName: '东门扬尘仪',
    kind: 'dust',
    projectId: id,
    projectName: '城东小学',
  }
  serve({ ...session, 'GET /credibility': { reply: { rows: [row], next: null } } })
  show(<SuspectsPage />)
  expect((await screen.findByRole('link', { name: '东门扬尘仪' })).getAttribute('href')).toBe(`/device/${id}`)
  expect(screen.getByText('粒径关系颠倒、向传感器喷水')).toBeTruthy()
  expect(screen.getByText(/不作为处罚依据/)).toBeTruthy()
})
