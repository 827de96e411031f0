import { getModel, noSettings, silentLine, type Spoken } from '@plumbline/core/device'
import { sampleOf } from '@plumbline/core/codec/sitejson'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { permissionsOf } from '@plumbline/core/access'
import type { ReactNode } from 'react'
import { Route, Routes } from 'react-router'
import { type Answer, draw, drawPages, fill, inspectorSession, pick, serve, stepOf } from '../../kit/testing.tsx'
import { Conversation } from './Conversation.tsx'
import { InstallRates } from './InstallRates.tsx'
import { UnknownNumbers } from './UnknownNumbers.tsx'
import { DevicePage } from './DevicePage.tsx'
import { NewDevicePage } from './NewDevicePage.tsx'
import { OnboardingPage } from './OnboardingPage.tsx'
import { OnlineRates } from './OnlineRates.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6d01'
const at = '2026-11-20T06:05:00.000Z'
// The standard's own example with two digits of its check value exchanged, as its prose prints it.
const misprint =
  '##0101QN=20160801085857223;ST=32;CN=1062;PW=******;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C08\r\n'
const bad: Spoken = {
  ...{ id: 2, way: 'in', at, raw: btoa(misprint), verdict: 'crc', verified: false },
  fault: { expectedCrc: '1C80', givenCrc: '1C08' },
}

test('the wrong part of a frame is marked and named, and its number is called unproven', async () => {
  serve({ [`GET /devices/${id}/conversation`]: { reply: { rows: [bad], next: null } } })
  draw(<Conversation id={id} model={getModel('dust-ug')} />)
  expect((await screen.findByText('1C08')).tagName).toBe('MARK')
  expect(screen.getByText('校验码应为 1C80，实为 1C08')).toBeTruthy()
  expect(screen.getByText('校验码不符，未应答')).toBeTruthy()
  expect(screen.getByText('编号未经验证')).toBeTruthy()
})

test('the fields of a good frame are unfolded on demand', async () => {
  const good: Spoken = { ...bad, id: 3, verdict: 'answered', verified: true, fault: null }
  serve({ [`GET /devices/${id}/conversation`]: { reply: { rows: [good], next: null } } })
  draw(<Conversation id={id} model={getModel('dust-ug')} />)
  await userEvent.click(await screen.findByRole('button', { name: '查看字段' }))
  expect(screen.getByText('设置实时数据间隔')).toBeTruthy()
  expect(screen.queryByText('编号未经验证')).toBeNull()
})

test('a number that nobody entered leads to the form with the number filled in', async () => {
  const raw = btoa(
    '##0000QN=20261120140500000;ST=39;CN=2011;PW=******;MN=A1;Flag=5;CP=&&DataTime=20261120140500;a34004-Rtd=30,a34004-Flag=N&&0000\r\n',
  )
  const row = { mn: 'A1', firstSeen: at, lastSeen: at, count: 3, address: '10.0.0.8:5021', raw }
  serve({ 'GET /devices/unknown': { reply: { rows: [row] } } })
  draw(<UnknownNumbers />)
  const cells = within((await screen.findByText('A1')).closest('tr')!)
  expect(cells.getByText('PM2.5')).toBeTruthy()
  expect(cells.getByRole('link', { name: '登记为设备' }).getAttribute('href')).toBe('/devices/new?mn=A1')
})

test('the install rate opens the obliged projects of each count and names those without a monitor', async () => {
  const count = (key: string, label: string, obliged: number, equipped: number, more: object = {}) => ({
    ...{ key, label, obliged, equipped },
    filter: { duty: 'dust', state: 'building', ...more },
  })
  const reply = {
    total: count('', '合计', 3, 1),
    town: [count('990421001', '城东街道', 3, 1, { town: '990421001' })],
    tag: [],
    lacking: [{ id, name: '城东污水厂扩建工程', town: '城东街道' }],
    more: false,
  }
  serve({ 'GET /devices/installed': { reply } })
  draw(<InstallRates />)
  const row = within(await screen.findByRole('row', { name: /城东街道/ }))
  expect(row.getByText('33.3%')).toBeTruthy()
  expect(row.getByRole('link').getAttribute('href')).toBe('/projects?town=990421001&state=building&duty=dust')
  expect(screen.getByText(/尚未接入的项目（2）/)).toBeTruthy()
  expect(screen.getByRole('link', { name: '城东污水厂扩建工程' }).getAttribute('href')).toBe(`/project/${id}`)
})

const chiefSession = { ...inspectorSession, permissions: permissionsOf('chief') }
const doors = {
  hj212: { host: 'sites.example', port: 9212 },
  mqtt: { host: 'sites.example', port: 1883, outside: false },
  push: { url: 'https://sites.example' },
}
const signedIn = (
  page: ReactNode,
  at: string,
  answers: Parameters<typeof serve>[0],
  session: object = chiefSession,
) => {
  const log = serve({ 'GET /session': { reply: session }, ...answers })
  drawPages({ '/devices/new': <NewDevicePage />, '*': page }, at)
  return log
}
const found = {
  rows: [
    {
      ...{ id, title: '城东污水厂', number: 'P1', room: 'project', state: 'building', stateLabel: '在建', open: true },
      ...{ projectId: id, projectName: '城东污水厂', since: at, due: null, tier: 'calm' },
    },
  ],
}

test('a device is entered with a password of the platform’s making, which is shown once', async () => {
  const log = signedIn(null, '/devices/new?mn=A1&kind=crane', {
    'GET /search': { reply: found },
    'POST /devices': { reply: { id, password: 'Zq8Kx7Wv5Tr3Ypn2' } },
  })
  // What the model says of itself.
  expect(await screen.findByText('力矩百分比')).toBeTruthy()
  await fill(screen.getByLabelText('设备名称'), '1 号塔吊')
  await pick(screen.getByLabelText('项目'), /城东污水厂/, '城东')
  await userEvent.click(screen.getByRole('button', { name: '登记' }))
  expect(await screen.findByText('Zq8Kx7Wv5Tr3Ypn2')).toBeTruthy()
  const body = log.find(({ line }) => line === 'POST /devices')!.body
  expect(body).toMatchObject({ modelCode: 'crane-gbt37366', mn: 'A1', makePassword: true, projectId: id })
  expect(body).not.toHaveProperty('password')
  expect(body).not.toHaveProperty('modbus')
})

test('a meter is entered with its address and without a password', async () => {
  const log = signedIn(<p>设备页</p>, '/devices/new?mn=M1&kind=curing_room', {
    'GET /search': { reply: found },
    'POST /devices': { reply: { id, password: null } },
  })
  await fill(await screen.findByLabelText('设备地址'), '10.8.0.3')
  expect(screen.queryByText('通信密码')).toBeNull()
  await fill(screen.getByLabelText('设备名称'), '养护室')
  await pick(screen.getByLabelText('项目'), /城东污水厂/, '城东')
  await userEvent.click(screen.getByRole('button', { name: '登记' }))
  expect(await screen.findByText('设备页')).toBeTruthy()
  const body = log.find(({ line }) => line === 'POST /devices')!.body
  expect(body).toMatchObject({ modelCode: 'curing-room-modbus', modbus: { host: '10.8.0.3', port: 502, unit: 1 } })
  expect(body).not.toHaveProperty('makePassword')
})

const device = (more: object, view: object = {}): Answer => ({
  reply: {
    head: {
      ...{ id, room: 'device', number: 'A1', title: '1 号塔吊', state: 'pending', stateLabel: '待接入', open: true },
      ...{ projectId: id, projectName: '城东污水厂', since: at, due: null, tier: 'calm' },
    },
    record: {
      ...{ id, state: 'pending', modelCode: 'crane-gbt37366', kind: 'crane', mn: 'A1', name: '1 号塔吊' },
      ...{ projectId: id, projectName: '城东污水厂', district: '990421001', parties: [], unitProfile: 'ug' },
      ...{ crcMode: 'strict', ending: 'crlf', linkedTo: null, linkedUnit: null, mode: null, settings: noSettings },
      ...{ point: null, liveAt: null, enteredAt: at, keeper: { personId: id, name: '陈站长' }, note: null },
      ...{ explanation: null, interlock: null, ...more },
    },
    ...{ steps: [], acts: [], line: silentLine, beside: [], skewMinutes: 5, officers: [], ...view },
  },
})
const showDevice = (answer: Answer, more: Parameters<typeof serve>[0] = {}, session: object = chiefSession) =>
  signedIn(
    <Routes>
      <Route path="/device/:id" element={<DevicePage />} />
    </Routes>,
    `/device/${id}`,
    {
      [`GET /devices/${id}`]: answer,
      [`GET /devices/${id}/conversation`]: { reply: { rows: [], next: null } },
      'GET /devices/doors': { reply: doors },
      ...more,
    },
    session,
  )

test('the page of a new device says how to connect it, and of an outside broker what its word is worth', async () => {
  showDevice(device({}), { 'GET /devices/doors': { reply: { ...doors, mqtt: { ...doors.mqtt, outside: true } } } })
  expect(await screen.findByText('plumbline/v1/A1/up（QoS 1）')).toBeTruthy()
  expect(screen.getByRole('note').textContent).toContain('不说明平台已入库')
  expect(screen.getByText('陈站长')).toBeTruthy()
})

test('who may not enter devices is shown no doors, and may note what holds one up', async () => {
  const steps = [stepOf('note', '记录接入情况'), stepOf('amend', '修改设备信息')]
  const log = showDevice(device({}, { steps }), { [`POST /devices/${id}/tending`]: device({}) }, inspectorSession)
  await userEvent.click(await screen.findByRole('button', { name: '记录接入情况' }))
  const form = within(await screen.findByRole('dialog'))
  await fill(form.getByLabelText('情况'), '专线未通')
  await userEvent.click(form.getByRole('button', { name: '记录接入情况' }))
  await vi.waitFor(() => expect(log.map(({ line }) => line)).toContain(`POST /devices/${id}/tending`))
  expect(screen.queryByRole('button', { name: '修改设备信息' })).toBeNull()
  expect(log.map(({ line }) => line)).not.toContain('GET /devices/doors')
})

test('limits of a design document are sent point by point; an emptied cell is no limit', async () => {
  const limit = { quantity: 'subside@S1', warn: 20, alarm: 30, ratePerDay: null, source: '监测方案第 12 页' }
  const pit = { modelCode: 'pit-logger', kind: 'pit', state: 'live', settings: { ...noSettings, limits: [limit] } }
  const log = showDevice(device(pit, { steps: [stepOf('configure', '设置参数与限值')] }), {
    [`POST /devices/${id}/acts`]: device(pit),
  })
  expect(await screen.findByText('沉降 S1 mm')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: '设置参数与限值' }))
  const form = within(await screen.findByRole('dialog'))
  await userEvent.clear(form.getByLabelText('报警'))
  await fill(form.getByLabelText('日变化'), '3')
  await userEvent.click(form.getByRole('button', { name: '设置参数与限值' }))
  const sent = await vi.waitFor(() => log.find(({ line }) => line === `POST /devices/${id}/acts`) ?? Promise.reject())
  expect(sent.body).toMatchObject({
    action: 'configure',
    input: { limits: [{ ...limit, alarm: null, ratePerDay: 3 }], rated: {}, modbus: null },
  })
})

test('a message with a part left out shows the part, and stays stored', async () => {
  const raw = btoa(JSON.stringify({ ...sampleOf('hoist'), floor: 'twelve' }))
  const fault = { problems: [{ rule: 'value_not_a_number', path: 'floor' }] }
  const told: Spoken = { ...bad, raw, verdict: 'stored', verified: true, fault }
  serve({ [`GET /devices/${id}/conversation`]: { reply: { rows: [told], next: null } } })
  draw(<Conversation id={id} model={getModel('hoist-gbt37537')} />)
  expect((await screen.findByText('"floor": "twelve",', { exact: false })).tagName).toBe('MARK')
  expect(screen.getByText('已入库')).toBeTruthy()
  expect(screen.getByText('有 1 处未采用')).toBeTruthy()
})

test('stuck onboardings stand with keeper, age and the check they fail', async () => {
  const { record } = (device({}) as { reply: { record: object } }).reply
  const row = { ...record, line: silentLine, hours: 51.4, stuck: true, failing: 'network' }
  signedIn(<OnboardingPage />, '/devices/onboarding', {
    'GET /devices/onboarding': { reply: { rows: [row], hours: 24, total: 1, stuck: 1 } },
  })
  const cells = within((await screen.findByText('1 号塔吊')).closest('tr')!)
  for (const words of ['陈站长', '超时', '网络']) expect(cells.getByText(words)).toBeTruthy()
  expect(cells.getByText(/2 天 3 小时/)).toBeTruthy()
})

test('the online rate leaves explained devices apart and opens the devices of each count', async () => {
  const total = { key: '', label: '合计', devices: 10, live: 6, explained: 2, filter: { state: 'live' } }
  const empty = { ...total, key: 'pit', label: '基坑监测', devices: 2, live: 0, filter: { state: 'live', kind: 'pit' } }
  serve({ 'GET /devices/online': { reply: { total, town: [], kind: [empty] } } })
  draw(<OnlineRates />)
  const row = within(await screen.findByRole('row', { name: /合计/ }))
  expect(row.getByText('75.0%')).toBeTruthy()
  const pits = within(screen.getByRole('row', { name: /基坑监测/ }))
  expect(pits.getByText('—')).toBeTruthy()
  expect(pits.getByRole('link', { name: /已说明/ }).getAttribute('href')).toBe(
    '/devices?state=live&kind=pit&explained=true',
  )
})
