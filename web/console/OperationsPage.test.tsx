import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { sentenceOf } from '../kit/rules.zh.ts'
import { drawSignedIn, inspectorSession, serve, sessionAs } from '../kit/testing.tsx'
import { OperationsPage } from './OperationsPage.tsx'

const caseId = '0190a5c1-0000-7000-8000-000000000001'
const session = { 'GET /session': { reply: inspectorSession } }
const health = {
  ok: false,
  version: '1',
  checks: [
    { name: 'database', ok: true, detail: '可用' },
    { name: 'disk', ok: false, detail: '剩余空间不足 256 MB' },
  ],
}
const listener = {
  actId: 7,
  listener: 'rectification',
  topic: 'inspection.sign',
  caseId,
  tries: 3,
  error: 'Error: no connection',
  nextTry: '2026-11-20T06:05:00.000Z',
}
const timer = {
  caseId,
  room: 'rectification',
  action: 'lock',
  at: '2026-11-19T16:00:00.000Z',
  tries: 8,
  error: 'Error: jammed',
  givenUp: true,
}
const open = () => drawSignedIn(<OperationsPage />)

test('who may not read it is told so, and the checks stand all the same', async () => {
  serve({
    ...session,
    'GET /health': { reply: health },
    'GET /operations': { status: 403, refusal: { kind: 'forbidden', rule: 'permission' } },
  })
  open()
  expect(await screen.findByText(sentenceOf('permission'))).toBeTruthy()
  const checks = within(await screen.findByRole('table', { name: '基础设施' }))
  expect(checks.getByRole('row', { name: '磁盘 异常 剩余空间不足 256 MB' })).toBeTruthy()
})

test('each failure is told with its case, its tries and its reason', async () => {
  serve({
    ...session,
    'GET /health': { reply: health },
    'GET /operations': { reply: { listeners: [listener], timers: [timer] } },
  })
  open()
  const heard = within(await screen.findByRole('table', { name: '未办成的后台事项' }))
  expect(
    heard.getByRole('row', { name: 'inspection.sign rectification 3 2026-11-20 14:05 Error: no connection' }),
  ).toBeTruthy()
  expect(heard.getByRole('link').getAttribute('href')).toBe(`/inspection/${caseId}`)
  const due = within(screen.getByRole('table', { name: '未办成的到期事项' }))
  expect(due.getByRole('row', { name: 'rectification.lock 2026-11-20 00:00 8 已停止重试 Error: jammed' })).toBeTruthy()
})

const told = () => screen.findByRole('row', { name: /^rectification.lock/ })

test('who only looks on is offered nothing to press', async () => {
  serve({
    'GET /session': sessionAs('leader'),
    'GET /health': { reply: health },
    'GET /operations': { reply: { listeners: [], timers: [timer] } },
  })
  open()
  expect(within(await told()).queryByRole('button')).toBeNull()
})

test('a timer given up is set going again; one that is being tried has no button, and a refusal is told beside it', async () => {
  let standing = true
  const log = serve({
    'GET /session': sessionAs('admin'),
    'GET /health': { reply: health },
    'GET /operations': () => ({
      reply: { listeners: [], timers: standing ? [timer, { ...timer, action: 'warn', tries: 2, givenUp: false }] : [] },
    }),
    'POST /operations/timers': () => {
      if (log.filter(({ line }) => line.startsWith('POST')).length === 1)
        return { status: 404, refusal: { kind: 'missing', rule: 'timer' } }
      standing = false
      return { reply: { listeners: [], timers: [] } }
    },
  })
  open()
  await told()
  expect(screen.queryByRole('button', { name: '重新办理 rectification.warn' })).toBeNull()
  const button = () => screen.getByRole('button', { name: '重新办理 rectification.lock' })
  await userEvent.click(button())
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('timer'))
  await userEvent.click(button())
  expect(await screen.findByText('没有失败的到期事项。')).toBeTruthy()
  expect(log.find(({ line }) => line.startsWith('POST'))?.body).toEqual({ caseId, action: 'lock' })
})

test('where nothing failed both lists say so', async () => {
  serve({
    ...session,
    'GET /health': { reply: health },
    'GET /operations': { reply: { listeners: [], timers: [] } },
  })
  open()
  expect(await screen.findByText('没有失败的后台事项。')).toBeTruthy()
  expect(screen.getByText('没有失败的到期事项。')).toBeTruthy()
})
