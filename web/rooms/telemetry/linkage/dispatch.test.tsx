import type { DispatchView } from '@plumbline/core/telemetry'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { drawPages, drawSignedIn, faultAt, inspectorSession, isSaidAt, serve } from '../../../kit/testing.tsx'
import { CallPage } from './CallPage.tsx'
import { DispatchPage } from './DispatchPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const other = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e02'
const at = inspectorSession.now
const truck = { mn: 'A1', connected: true, freshness: 'live', away: { metres: 2400, at }, busy: null }
const trucks = {
  reply: {
    ...{ projectName: '云禾里花园', withinMinutes: 60 },
    rows: [
      { ...truck, id: other, name: '洒水车 浙Z2J518', busy: id },
      { ...truck, id, name: '洒水车 浙Z1J518' },
    ],
  },
}
const view = (more: Partial<DispatchView['record']> = {}, rest: Partial<DispatchView> = {}): DispatchView => ({
  head: {
    ...{ id, room: 'dispatch', number: null, title: '浙Z1J518 洒水降尘', state: 'working', stateLabel: '已到场作业' },
    ...{ open: true, projectId: id, projectName: '云禾里花园', since: at, due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'working', projectId: id, projectName: '云禾里花园', district: '990421100', parties: [] },
    ...{ place: { lon: 120.7, lat: 30.7 }, truckId: id, truckName: '洒水车 浙Z1J518', plate: '浙Z1J518' },
    ...{ unit: '环卫所', alarmId: null, reason: '土方扬尘', called: { personId: id, name: '林远舟', at } },
    ...{ dueAt: at, arrival: { at, metres: 120 }, ended: null },
    ...more,
  },
  ...{ steps: [], acts: [], near: 200, track: [], commands: [], effects: [] },
  compare: { minutes: 10, before: at, after: null },
  ...rest,
})

test('a truck that is out cannot be chosen, and what is refused stands at its field', async () => {
  const log = serve({
    'GET /session': { reply: inspectorSession },
    [`GET /projects/${id}/trucks`]: trucks,
    'POST /dispatches': faultAt('input.plate'),
  })
  drawSignedIn(<CallPage />, `/dispatches/new?project=${id}&alarm=${other}`)
  expect(await screen.findByText('已派出')).toBeTruthy()
  const [out, free] = screen.getAllByRole<HTMLInputElement>('radio')
  expect([out!.disabled, free!.checked]).toEqual([true, true])
  const plate = screen.getByLabelText<HTMLInputElement>('车牌')
  expect(plate.value).toBe('浙Z1J518')
  await userEvent.click(screen.getByRole('button', { name: '调派洒水车' }))
  expect(await screen.findByText('请填写作业单位')).toBeTruthy()
  expect(log.some(({ line }) => line.startsWith('POST'))).toBe(false)
  await userEvent.type(screen.getByLabelText('作业单位'), '环卫所')
  await userEvent.click(screen.getByRole('button', { name: '调派洒水车' }))
  await isSaidAt('车牌')
  const sent = await waitFor(() => log.find(({ line }) => line === 'POST /dispatches') ?? Promise.reject())
  expect(sent.body).toMatchObject({ input: { projectId: id, truckId: id, alarmId: other, unit: '环卫所' } })
})

test('no order was sent: somebody is told to take the telephone; no mean is made up', async () => {
  const effect = { deviceId: id, deviceName: '扬尘监测仪', quantity: 'a34004', name: 'PM2.5', unit: 'µg/m³' }
  const answer = view({}, { effects: [{ ...effect, before: 90.04, after: null }] })
  serve({ 'GET /session': { reply: inspectorSession }, [`GET /dispatches/${id}`]: { reply: answer } })
  drawPages({ '/dispatch/:id': <DispatchPage /> }, `/dispatch/${id}`)
  expect(await screen.findByText(/请电话通知作业单位/)).toBeTruthy()
  expect(screen.getByText('派车以后还没有收到定位。')).toBeTruthy()
  expect(screen.getByText('90.0 µg/m³')).toBeTruthy()
  expect(screen.getByText('没有数据')).toBeTruthy()
  expect(screen.getByText('到场满 10 分钟以后给出作业后的均值。')).toBeTruthy()
})

test('the way of a truck is drawn with its distance in words', async () => {
  const track = [
    { lon: 120.73, lat: 30.72, at, metres: 3600 },
    { lon: 120.7011, lat: 30.7, at, metres: 105 },
  ]
  const answer = view({}, { track })
  serve({ 'GET /session': { reply: inspectorSession }, [`GET /dispatches/${id}`]: { reply: answer } })
  drawPages({ '/dispatch/:id': <DispatchPage /> }, `/dispatch/${id}`)
  expect((await screen.findByRole('img', { name: /行车轨迹/ })).getAttribute('aria-label')).toMatch(
    /距工地 3600 米.*距工地 105 米/,
  )
})
