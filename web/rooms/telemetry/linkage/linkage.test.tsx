import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { Guard } from '../../../kit/session.tsx'
import { type Answer, draw, inspectorSession, serve } from '../../../kit/testing.tsx'
import { ActuatorPanel } from './ActuatorPanel.tsx'
import { actuatorView } from './testing.ts'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const at = inspectorSession.now
const device = (more: object, steps: string[]) => actuatorView(id, more, steps)
const row = { day: '2026-11-20', unit: 1, running: 5400, known: 86_000 }
const show = (answer: Answer, more: Parameters<typeof serve>[0] = {}) => {
  const log = serve({
    'GET /session': { reply: inspectorSession },
    [`GET /devices/${id}`]: answer,
    [`GET /devices/${id}/runs`]: { reply: { from: '2026-10-22', gapMinutes: 5, rows: [row] } },
    ...more,
  })
  draw(
    <Guard signIn={() => null}>
      <ActuatorPanel id={id} />
    </Guard>,
  )
  return log
}

test('who may not switch sees how it stands, how long it ran, and no buttons', async () => {
  show(device({}, ['note']))
  expect(await screen.findByText('2026-11-20')).toBeTruthy()
  expect(screen.getAllByText('1.50')).toHaveLength(2)
  expect(screen.queryByRole('button', { name: /开\s*启/ })).toBeNull()
})

test('a start is asked once more, and a refusal says who forbids it', async () => {
  const until = '2099-01-01T00:00:00.000Z'
  const interlock = { reason: '正在检修水泵', until, by: '吴建松', at }
  const refusal = { kind: 'unmet', rule: 'actuator_interlocked', detail: interlock }
  const log = show(device({ interlock }, ['switch']), {
    [`POST /devices/${id}/switch`]: { status: 422, refusal },
  })
  expect(await screen.findByText(/吴建松：正在检修水泵/)).toBeTruthy()
  await userEvent.click(await screen.findByRole('button', { name: /开\s*启/ }))
  expect(log.some(({ line }) => line.startsWith('POST'))).toBe(false)
  const asked = await screen.findByText('请确认作业范围内没有人员检修。')
  const confirm = asked.closest('.ant-popover')!.querySelector('.ant-btn-primary')!
  await userEvent.click(confirm)
  expect(await screen.findByText(/已由吴建松联锁/)).toBeTruthy()
  const sent = await waitFor(() => log.find(({ line }) => line === `POST /devices/${id}/switch`) ?? Promise.reject())
  expect(sent.body).toMatchObject({ unit: 1, on: true })
})
