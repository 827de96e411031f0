import { z } from 'zod'
import { Capacity } from '../access/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { Instant } from '../workflow/index.ts'

export const Login = z
  .string()
  .trim()
  .regex(/^[a-z0-9._-]{3,40}$/i)
/** A new password: long rather than clever. */
export const NewPassword = z.string().min(10).max(200)

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

/** Who is here, and what time it is: the routes of the shells themselves. The room `account` answers them. */
export const sessionContract = {
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
  changePassword: {
    method: 'POST',
    path: '/session/password',
    permission: 'signed_in',
    title: '修改本人密码',
    body: z.object({ requestId: z.uuid(), old: z.string().min(1).max(200), new: NewPassword }),
    reply: z.object({}),
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
