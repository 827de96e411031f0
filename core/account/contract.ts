import { z } from 'zod'
import { Capacity } from '../access/index.ts'
import { page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { Rule } from '../law/index.ts'
import { actBody, ById, caseView, Instant } from '../workflow/index.ts'
import { Account, Login, NewPassword } from './schema.ts'
import { accountWorkflow } from './workflow.ts'

export const AppointmentView = z.object({
  id: z.string(),
  capacity: Capacity,
  capacityLabel: z.string(),
  org: z.string().nullable(),
  scope: z.string().nullable(),
})
export type AppointmentView = z.infer<typeof AppointmentView>

export const SessionView = z.object({
  signedIn: z.boolean(),
  /** Nobody has been entered yet: the first administrator is made now. */
  empty: z.boolean(),
  person: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  accountId: z.uuid().nullable(),
  appointment: AppointmentView.nullable(),
  appointments: z.array(AppointmentView),
  permissions: z.array(z.string()),
  demo: z.boolean(),
  now: Instant,
  clockMovable: z.boolean(),
  county: z.object({ name: z.string(), authority: z.string(), region: z.string() }),
  unread: z.number(),
})
export type SessionView = z.infer<typeof SessionView>

export const DemoPerson = z.object({
  key: z.string(),
  name: z.string(),
  capacityLabel: z.string(),
  scope: z.string().nullable(),
})
export type DemoPerson = z.infer<typeof DemoPerson>

/** The password is shown once and kept only as a hash: a repeated request is answered without it. */
const PasswordOnce = z.object({ id: z.uuid(), password: z.string().nullable() })

export const RuleView = Rule.extend({ standing: z.boolean(), shipped: z.boolean(), clauseText: z.string() })
export type RuleView = z.infer<typeof RuleView>

export const accountContract = {
  session: { method: 'GET', path: '/session', permission: 'public', title: '当前登录', reply: SessionView },
  signIn: {
    method: 'POST',
    path: '/session',
    permission: 'public',
    title: '登录',
    body: z.object({ login: z.string().trim().min(1).max(60), password: z.string().min(1).max(200) }),
    reply: SessionView,
  },
  signOut: { method: 'POST', path: '/session/end', permission: 'public', title: '退出登录', reply: z.object({}) },
  choose: {
    method: 'POST',
    path: '/session/appointment',
    permission: 'signed_in',
    title: '选择职责',
    body: z.object({ appointmentId: z.uuid() }),
    reply: SessionView,
  },
  firstAdministrator: {
    method: 'POST',
    path: '/first-administrator',
    permission: 'public',
    title: '首位系统管理员（仅空库）',
    body: z.object({
      county: z.object({
        region: z.string().regex(/^\d{6}$/),
        name: z.string().trim().min(2).max(40),
        authority: z.string().trim().min(2).max(60),
        documentWord: z.string().trim().min(1).max(10),
      }),
      login: Login,
      name: z.string().trim().min(2).max(40),
      password: NewPassword,
    }),
    reply: SessionView,
  },
  demoPeople: {
    method: 'GET',
    path: '/demo/people',
    permission: 'public',
    title: '演示人员',
    reply: z.object({ rows: z.array(DemoPerson) }),
  },
  demoSignIn: {
    method: 'POST',
    path: '/demo/sign-in',
    permission: 'public',
    title: '以演示人员登录',
    body: z.object({ key: z.string().min(1).max(60) }),
    reply: SessionView,
  },
  list: {
    method: 'GET',
    path: '/accounts',
    permission: 'account.administer',
    title: '账号',
    query: Paging,
    reply: page(Account),
  },
  get: {
    method: 'GET',
    path: '/accounts/:id',
    permission: 'account.administer',
    title: '账号与任职',
    params: ById,
    reply: caseView(Account),
  },
  create: {
    method: 'POST',
    path: '/accounts',
    permission: 'account.administer',
    title: '建立账号，初始口令只显示一次',
    body: z.object({
      requestId: z.uuid(),
      login: Login,
      name: z.string().trim().min(2).max(40),
      personId: z.uuid(),
      demoKey: z.string().max(60).optional(),
    }),
    reply: PasswordOnce,
  },
  act: {
    method: 'POST',
    path: '/accounts/:id/acts',
    permission: 'account.administer',
    title: '办理账号：任命、免职、停用、恢复',
    params: ById,
    body: actBody(accountWorkflow, ['appoint', 'dismiss', 'disable', 'enable']),
    reply: caseView(Account),
  },
  setPassword: {
    method: 'POST',
    path: '/accounts/:id/password',
    permission: 'account.administer',
    title: '重设口令，新口令只显示一次',
    params: ById,
    body: z.object({ requestId: z.uuid() }),
    reply: PasswordOnce,
  },
  changePassword: {
    method: 'POST',
    path: '/session/password',
    permission: 'signed_in',
    title: '修改本人口令',
    body: z.object({ requestId: z.uuid(), old: z.string().min(1).max(200), new: NewPassword }),
    reply: z.object({}),
  },
  rules: {
    method: 'GET',
    path: '/rules',
    permission: 'rule.read',
    title: '规则库：带日期、条款与来源的数字',
    reply: z.object({ rows: z.array(RuleView) }),
  },
  clock: {
    method: 'POST',
    path: '/clock',
    permission: 'clock.move',
    title: '拨快演示时钟',
    body: z.object({ requestId: z.uuid(), to: Instant.optional(), days: z.number().int().min(1).max(400).optional() }),
    reply: z.object({ from: Instant, to: Instant }),
  },
} satisfies Record<string, AnyRoute>
