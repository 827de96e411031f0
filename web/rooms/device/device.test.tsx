import type { Spoken } from '@plumbline/core/device'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { draw, serve } from '../../kit/testing.tsx'
import { Checks } from './Checks.tsx'
import { Conversation } from './Conversation.tsx'
import { InstallRates } from './InstallRates.tsx'
import { UnknownNumbers } from './UnknownNumbers.tsx'
import type { DeviceView } from './view.ts'

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
  draw(<Conversation id={id} />)
  expect((await screen.findByText('1C08')).tagName).toBe('MARK')
  expect(screen.getByText('校验码应为 1C80，实为 1C08')).toBeTruthy()
  expect(screen.getByText('校验码不符，未应答')).toBeTruthy()
  expect(screen.getByText('编号未经验证')).toBeTruthy()
})

test('the fields of a good frame are unfolded on demand', async () => {
  const good: Spoken = { ...bad, id: 3, verdict: 'answered', verified: true, fault: null }
  serve({ [`GET /devices/${id}/conversation`]: { reply: { rows: [good], next: null } } })
  draw(<Conversation id={id} />)
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

test('the four checks say what is known, and no more', () => {
  const line = {
    ...{ address: null, connected: false, heardAt: null, good: 0, bad: 2, refused: 0, quarantined: 0, duplicates: 0 },
    ...{ skewMillis: null, freshness: 'never' as const, freshAt: null },
  }
  draw(<Checks view={{ line, record: { mn: 'A1' } } as unknown as DeviceView} />)
  for (const words of ['网络 异常', '报文 异常', '时钟 待核对', '数值 待核对'])
    expect(screen.getByText(words)).toBeTruthy()
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
