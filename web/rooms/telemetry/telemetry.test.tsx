import type { CommandRow } from '@plumbline/core/telemetry'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { draw, drawSignedIn, inspectorSession, serve } from '../../kit/testing.tsx'
import { CommandRows } from './CommandRows.tsx'
import { DeviceLatest } from './device-panels.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const alarmId = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e02'
const second = (count: number) => new Date(Date.parse('2026-11-20T01:30:00.000Z') + count * 1000).toISOString()
const command: CommandRow = {
  ...{ id, deviceId: id, deviceName: '北门喷淋', unit: 1, on: true, alarmId, by: null, to: null, maxRunSeconds: 1800 },
  ...{ createdAt: second(0), dueAt: second(0), expiresAt: second(60), qn: '20261120093000000', sentAt: second(0) },
  ...{ acceptedAt: null, executedAt: null, effectiveAt: null, refusedCode: null },
}
const show = (row: CommandRow) => {
  serve({ 'GET /session': { reply: inspectorSession } })
  drawSignedIn(<CommandRows rows={[row]} page={alarmId} />)
}

test('a sprayer that stays silent is said to be silent, and no mark is drawn for it', async () => {
  show(command)
  expect(await screen.findByText('设备没有回应')).toBeTruthy()
  expect(screen.getAllByText('未收到')).toHaveLength(3)
})

test('each mark stands for itself: executed is not yet effective', async () => {
  show({ ...command, acceptedAt: second(0.4), executedAt: second(1) })
  expect(await screen.findByText('设备已执行')).toBeTruthy()
  expect(screen.getByText('0.4 秒')).toBeTruthy()
  expect(screen.getAllByText('未收到')).toHaveLength(1)
})

test('an old value keeps its time and is called interrupted', async () => {
  const row = {
    ...{ deviceId: id, quantity: 'a34004', name: 'PM2.5', unit: 'µg/m³', value: 41, flag: 'N' },
    ...{ at: '2026-11-20T01:00:00.000Z', receivedAt: '2026-11-20T01:00:01.000Z', freshness: 'stale' },
  }
  const never = {
    ...row,
    quantity: 'LA',
    name: 'A声级',
    unit: 'dB(A)',
    value: null,
    at: null,
    receivedAt: null,
    flag: null,
    freshness: 'never',
  }
  serve({ [`GET /devices/${id}/latest`]: { reply: { rows: [row, never], refreshMinutes: 5 } } })
  draw(<DeviceLatest id={id} />)
  expect(await screen.findByText('中断')).toBeTruthy()
  expect(screen.getAllByText('2026-11-20 09:00')).toHaveLength(2)
  expect(screen.getByText('未上报')).toBeTruthy()
})

test('an order that a person gave bears the name, and points to no alarm', async () => {
  show({ ...command, alarmId: null, by: { personId: id, name: '何秉' } })
  expect(await screen.findByText('何秉 手动')).toBeTruthy()
  expect(screen.queryByText('所据报警')).toBeNull()
})
