import { noSettings, silentLine } from '@plumbline/core/device'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawSignedIn, inspectorSession, serve } from '../../../kit/testing.tsx'
import { DeviceChecks } from './DeviceChecks.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6d01'
const device = {
  head: {
    ...{ id, room: 'device', number: 'A1', title: '北门', state: 'pending', stateLabel: '待接入', open: true },
    ...{ projectId: id, projectName: '城东污水厂', since: inspectorSession.now, due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'pending', modelCode: 'dust-ug', kind: 'dust', mn: 'A1', name: '北门', projectId: id },
    ...{ projectName: '城东污水厂', district: '990421001', parties: [], unitProfile: 'ug', crcMode: 'strict' },
    ...{ ending: 'crlf', linkedTo: null, linkedUnit: null, mode: null, settings: noSettings, point: null },
    ...{ liveAt: null, enteredAt: inspectorSession.now, interlock: null, keeper: null, note: null, explanation: null },
  },
  ...{ steps: [], acts: [], beside: [], skewMinutes: 5, officers: [] },
}
const series = {
  ...{ quantity: 'a34002', name: 'PM10', unit: 'µg/m³', step: 'hour', limit: null, validShare: 75 },
}
const bucket = (mean: number | null, normal: number) => ({
  ...{ from: inspectorSession.now, until: inspectorSession.now, count: 60, normal, mean, min: null, max: null },
  valid: normal > 0,
})
const row = (more: object) => ({
  ...{ deviceId: id, quantity: 'a34002', name: 'PM10', unit: 'µg/m³', at: '2026-11-20T06:05:00.000Z', value: 2 },
  ...{ flag: 'N', receivedAt: '2026-11-20T06:05:00.000Z', freshness: 'live', ...more },
})
const show = (line: object, rows: object[], buckets: object[] = []) => {
  serve({
    'GET /session': { reply: inspectorSession },
    [`GET /devices/${id}`]: { reply: { ...device, line: { ...silentLine, ...line } } },
    [`GET /devices/${id}/latest`]: { reply: { rows, refreshMinutes: 5 } },
    [`GET /devices/${id}/series`]: { reply: { ...series, buckets } },
  })
  drawSignedIn(<DeviceChecks id={id} />)
}

test('what fails is named with what to do next; what is not known is not called good', async () => {
  show({ bad: 2 }, [])
  expect(await screen.findByText('报文 异常')).toBeTruthy()
  expect(screen.getByText(/核对校验算法/)).toBeTruthy()
  for (const words of ['网络 异常', '时钟 待核对', '数值 待核对']) expect(screen.getByText(words)).toBeTruthy()
})

test('a mean of PM10 that no air has puts the unit in doubt', async () => {
  const heardAt = inspectorSession.now
  show(
    { connected: true, heardAt, good: 9, skewMillis: 10, freshness: 'live' },
    [row({})],
    [bucket(2, 60), bucket(4, 20), bucket(null, 0)],
  )
  expect(await screen.findByText(/PM10 今日均值 2\.5 µg\/m³/)).toBeTruthy()
  expect(screen.getByText('数值 存疑')).toBeTruthy()
})
