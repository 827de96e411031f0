import type { RuleView } from '@plumbline/core/account'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { test } from 'vitest'
import {
  drawPages,
  faultAt,
  fill,
  type Filling,
  isSaidAt,
  pick,
  refuses,
  serve,
  sessionAs,
  stepOf,
  type WrongInput,
} from '../../kit/testing.tsx'
import { AccountPage } from './AccountPage.tsx'
import { AccountsPage } from './AccountsPage.tsx'
import { PasswordPage } from './PasswordPage.tsx'
import { RulesPage } from './RulesPage.tsx'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6c01'
const at = '2026-11-11T07:31:00.000Z'
const held = {
  ...{ id, capacity: 'inspector', orgId: null, projectId: null, districts: ['990421002'], scope: '城东组' },
  ...{ certificate: '99042100006', since: at, until: null },
}
const account = {
  head: {
    ...{ id, room: 'account', number: 'zhou', title: '周若溪', state: 'active', stateLabel: '启用', open: true },
    ...{ projectId: null, projectName: null, since: at, due: null, tier: 'calm' },
  },
  record: {
    ...{ id, state: 'active', login: 'zhou', personId: id, name: '周若溪', region: '990421', demoKey: null },
    appointments: [held],
  },
  steps: [
    ...[stepOf('appoint', '任命'), stepOf('dismiss', '免去任职'), stepOf('disable', '停用'), stepOf('enable', '恢复')],
    stepOf('change_password', '修改本人密码'),
  ],
  acts: [],
}
const rule: RuleView = {
  ...{ code: 'rectification.red_day', value: 15, unit: '日', clause: 'pinghu.ladder', source: 'seed:002' },
  ...{ from: '2019-01-01', standing: true, shipped: true, clauseText: '《某办法》第七条' },
}

const reason = (form: Filling) => fill(form.getByLabelText('事由'), '略')
const passwords = async (form: Pick<Filling, 'getByLabelText'>) => {
  await fill(form.getByLabelText('现在的密码'), 'the old one')
  await fill(form.getByLabelText('新密码'), 'a long new one')
  await fill(form.getByLabelText('再填一次新密码'), 'a long new one')
}
const acts = { at: `/account/${id}`, line: `POST /accounts/${id}/acts` }
const cases: (WrongInput & { at: string; line: string })[] = [
  {
    ...{ at: '/accounts', line: 'POST /accounts', opens: '建立账号', sends: '建立', path: 'login', field: '登录名' },
    fillIn: async (form) => {
      await pick(form.getByLabelText('人员'), /周若溪/, '周若溪')
      await fill(form.getByLabelText('登录名'), 'zhou')
    },
  },
  {
    ...{ at: '/rules', line: 'POST /rules', opens: '颁行地方规则', sends: '颁行', path: 'rule.source' },
    field: '来源标记',
    fillIn: async (form) => {
      await pick(form.getByLabelText('规则'), /red_day/, 'red_day')
      await fill(form.getByRole('spinbutton'), '10')
      await pick(form.getByLabelText('依据的条款'), /七天黄色提醒/, '七天黄色提醒')
    },
  },
  {
    ...{ ...acts, opens: '任命', path: 'input.appointment.certificate', field: '执法证号' },
    fillIn: async (form) => {
      await pick(form.getByLabelText('职责'), '监督员')
      await pick(await form.findByLabelText('管辖范围'), '青禾县全县')
    },
  },
  {
    ...{ ...acts, opens: '免去任职', path: 'input.reason', field: '事由' },
    fillIn: async (form) => {
      await pick(form.getByLabelText('免去的职责'), '监督员 城东组')
      await reason(form)
    },
  },
  { ...acts, opens: '停用', path: 'input.reason', field: '事由', fillIn: reason },
  { ...acts, opens: '恢复', path: 'input.reason', field: '事由', fillIn: reason },
  {
    ...{ at: acts.at, line: 'POST /session/password', opens: '修改本人密码', path: 'new', field: '新密码' },
    fillIn: passwords,
  },
]

const open = (place: string, line: string, path: string) => {
  serve({
    'GET /session': sessionAs('admin'),
    'GET /accounts': { reply: { rows: [], next: null } },
    'GET /search': { reply: { rows: [{ ...account.head, room: 'person' }] } },
    'GET /districts': { reply: { rows: [] } },
    'GET /rules': { reply: { rows: [rule] } },
    [`GET /accounts/${id}`]: { reply: account },
    [line]: faultAt(path),
  })
  drawPages(
    {
      '/accounts': <AccountsPage />,
      '/account/:id': <AccountPage />,
      '/rules': <RulesPage />,
      '/password': <PasswordPage />,
    },
    place,
  )
}

test.each(cases)('$opens: what the server refuses stands at its field', async ({ at: place, line, ...input }) => {
  open(place, line, input.path)
  await refuses(input)
})

test('the page of the own password too', async () => {
  open('/password', 'POST /session/password', 'new')
  await screen.findByLabelText('新密码')
  await passwords(screen)
  await userEvent.click(screen.getByRole('button', { name: '修改' }))
  await isSaidAt('新密码')
})
