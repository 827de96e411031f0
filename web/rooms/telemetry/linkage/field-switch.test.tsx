import type { CommandRow } from '@plumbline/core/telemetry'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { type Answer, drawSignedIn, inspectorSession, serve } from '../../../kit/testing.tsx'
import { FieldSwitch } from './FieldSwitch.tsx'
import { actuatorView } from './testing.ts'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const at = inspectorSession.now
const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()
const device = (more: object, steps: string[]) =>
  actuatorView(id, { modelCode: 'fog-cannon-mqtt', kind: 'fog_cannon', name: '1号雾炮', ...more }, steps)
const order = (change: Partial<CommandRow>): CommandRow => ({
  ...{
    id,
    deviceId: id,
    deviceName: '1号雾炮',
    unit: 1,
    on: true,
    alarmId: null,
    by: { personId: id, name: '吴建松' },
  },
  ...{ createdAt: at, dueAt: at, expiresAt: later(60), maxRunSeconds: 1800, to: null, qn: '1', sentAt: at },
  ...{ acceptedAt: null, executedAt: null, effectiveAt: null, refusedCode: null },
  ...change,
})
const show = (answer: Answer, rows: CommandRow[] = [], more: Parameters<typeof serve>[0] = {}) => {
  const log = serve({
    'GET /session': { reply: inspectorSession },
    [`GET /devices/${id}`]: answer,
    [`GET /devices/${id}/commands`]: { reply: { rows } },
    ...more,
  })
  drawSignedIn(<FieldSwitch id={id} />)
  return log
}

test('who may not switch sees how it is controlled, and no button', async () => {
  show(device({}, ['note']))
  expect(await screen.findByText('联锁')).toBeTruthy()
  expect(screen.queryByRole('button')).toBeNull()
})

test('a refused start says who forbids it; a stop is sent at one touch', async () => {
  const interlock = { reason: '正在检修水泵', until: '2099-01-01T00:00:00.000Z', by: '吴建松', at }
  const log = show(device({ interlock }, ['switch']), [], {
    [`POST /devices/${id}/switch`]: ({ body }) =>
      (body as { on: boolean }).on
        ? { status: 422, refusal: { kind: 'unmet', rule: 'actuator_interlocked', detail: interlock } }
        : { reply: { rows: [] } },
  })
  expect(await screen.findByText('已联锁')).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: /开\s*启/ }))
  const asked = await screen.findByText('请确认作业范围内没有人员检修。')
  await userEvent.click(asked.closest('.ant-popover')!.querySelector('.ant-btn-primary')!)
  expect(await screen.findByText(/已由吴建松联锁/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /关\s*闭/ }))
  await waitFor(() => expect(log.filter(({ line }) => line.startsWith('POST'))).toHaveLength(2))
})

test('three marks, each only when the device has said so, and how long the order still holds', async () => {
  show(device({}, ['switch']), [order({ acceptedAt: later(1) })])
  expect(await screen.findByText('设备已接受')).toBeTruthy()
  const marks = screen.getByRole('list', { name: '设备回执' })
  expect([...marks.children].map(({ textContent }) => textContent?.slice(0, 4))).toEqual(['✓ 接受', '○ 执行', '○ 生效'])
})

test('an order that is not yet answered says for how many seconds it holds', async () => {
  const now = new Date().toISOString()
  show(device({}, ['switch']), [order({ createdAt: now, sentAt: now, expiresAt: later(3600 * 24 * 365 * 50) })])
  expect(await screen.findByText(/指令还有 \d+ 秒有效/)).toBeTruthy()
})
