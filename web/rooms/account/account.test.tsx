import { permissionsOf } from '@plumbline/core/access'
import type { Account, RuleView } from '@plumbline/core/account'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { sentenceOf } from '../../kit/rules.zh.ts'
import { drawPages, inspectorSession, serve } from '../../kit/testing.tsx'
import { AccountPage } from './AccountPage.tsx'
import { PasswordPage } from './PasswordPage.tsx'
import { saySource } from './rule-words.ts'
import { RulesPage } from './RulesPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6c01'
const at = '2026-11-11T07:31:00.000Z'
const record: Account = {
  id,
  state: 'active',
  login: 'zhou',
  personId: id,
  name: '周若溪',
  region: '990421',
  demoKey: null,
  appointments: [
    {
      id,
      capacity: 'inspector',
      orgId: null,
      projectId: null,
      districts: ['990421002'],
      scope: '城东组',
      certificate: '99042100006',
      since: at,
      until: null,
    },
  ],
}
const head = {
  ...{ id, room: 'account', number: 'zhou', title: '周若溪', state: 'active', stateLabel: '启用', open: true },
  ...{ projectId: null, projectName: null, since: at, due: null, tier: 'calm' },
}
const steps = [
  { action: 'appoint', label: '任命', clause: null, main: false },
  { action: 'dismiss', label: '免去任职', clause: null, main: false },
  { action: 'set_password', label: '设置密码', clause: null, main: false },
]
const account = { head, record, steps, acts: [] }
const session = { ...inspectorSession, permissions: permissionsOf('admin') }

const drawAt = (at: string) =>
  drawPages({ '/account/:id': <AccountPage />, '/rules': <RulesPage />, '/password': <PasswordPage /> }, at)

test('two different new passwords are not sent; a wrong old one is told and nothing is forgotten', async () => {
  const log = serve({
    'GET /session': { reply: session },
    'POST /session/password': { status: 403, refusal: { kind: 'forbidden', rule: 'sign_in_failed' } },
  })
  drawAt('/password')
  await userEvent.type(await screen.findByLabelText('现在的密码'), 'old one')
  await userEvent.type(screen.getByLabelText('新密码'), 'a long new one')
  await userEvent.type(screen.getByLabelText('再填一次新密码'), 'a long other one')
  await userEvent.click(screen.getByRole('button', { name: '修改' }))
  expect(await screen.findByText('两次填写的密码不同')).toBeTruthy()
  expect(log.some(({ line }) => line.startsWith('POST'))).toBe(false)
  await userEvent.clear(screen.getByLabelText('再填一次新密码'))
  await userEvent.type(screen.getByLabelText('再填一次新密码'), 'a long new one')
  await userEvent.click(screen.getByRole('button', { name: '修改' }))
  expect((await screen.findByRole('alert')).textContent).toContain(sentenceOf('sign_in_failed'))
  expect(log.find(({ line }) => line.startsWith('POST'))?.body).toMatchObject({ old: 'old one', new: 'a long new one' })
  expect(log.find(({ line }) => line.startsWith('POST'))?.body).not.toHaveProperty('again')
})

test('a dismissal needs its reason and names the appointment in force', async () => {
  const log = serve({
    'GET /session': { reply: session },
    [`GET /accounts/${id}`]: { reply: account },
    [`POST /accounts/${id}/acts`]: { reply: account },
  })
  drawAt(`/account/${id}`)
  await userEvent.click(await screen.findByRole('button', { name: '免去任职' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: '免去任职' }))
  expect(await within(dialog).findByText('请填写')).toBeTruthy()
  expect(log.some(({ line }) => line.startsWith('POST'))).toBe(false)
})

test.each([
  ['a fresh password is shown this once', '46pbj-rxwwy', /46pbj-rxwwy/],
  ['a repeated request says that it was shown before', null, /先前已经显示过/],
])('%s', async (_, password, words) => {
  serve({
    'GET /session': { reply: session },
    [`GET /accounts/${id}`]: { reply: account },
    [`POST /accounts/${id}/password`]: { reply: { id, password } },
  })
  drawAt(`/account/${id}`)
  await userEvent.click(await screen.findByRole('button', { name: '设置密码' }))
  await userEvent.click(await screen.findByRole('button', { name: '确认' }))
  expect(await screen.findByText(words)).toBeTruthy()
})

const rule: RuleView = {
  code: 'rectification.red_day',
  value: 15,
  unit: '日',
  clause: 'pinghu.ladder',
  source: 'seed:002',
  from: '2019-01-01',
  standing: true,
  shipped: true,
  clauseText: '《某办法》第七条',
}
const older: RuleView = { ...rule, value: 20, to: '2018-12-31', from: '2016-01-01', standing: false }

test('the rules show value, clause, days and source; those not standing can be put aside', async () => {
  serve({ 'GET /session': { reply: session }, 'GET /rules': { reply: { rows: [rule, older] } } })
  drawAt('/rules')
  expect(
    await screen.findByRole('row', { name: /red_day 《某办法》第七条 15 日 2019-01-01 起 不限 出自立项材料 002 现行/ }),
  ).toBeTruthy()
  expect(screen.getByRole('row', { name: /20 日.*2018-12-31 止.*不适用/ })).toBeTruthy()
  await userEvent.click(screen.getByRole('checkbox', { name: '只看现行' }))
  await waitFor(() => expect(screen.queryByRole('row', { name: /20 日/ })).toBeNull())
})

test('who may not enact rules sees no button for it', async () => {
  serve({ 'GET /session': { reply: inspectorSession }, 'GET /rules': { reply: { rows: [rule] } } })
  drawAt('/rules')
  await screen.findByText('rectification.red_day')
  expect(screen.queryByRole('button', { name: '颁行地方规则' })).toBeNull()
})

test('a source tag is said in words; one that is not known stands as it is', () => {
  expect(saySource('M?')).toBe('存疑，待核对')
  expect(saySource('V:S4')).toBe('已核对原文 S4')
  expect(saySource('县府办')).toBe('县府办')
})
