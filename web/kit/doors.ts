import { Capacity } from '@plumbline/core/access'
import type { AnyRoute } from '@plumbline/core/kit'
import { z } from 'zod'

// The few doors the shells themselves knock at. Rooms bring their own contracts.
export const Appointment = z.object({
  id: z.string(),
  capacity: Capacity,
  capacityLabel: z.string(),
  org: z.string().nullish(),
  scope: z.string().nullish(),
})
export type Appointment = z.infer<typeof Appointment>

export const Session = z.object({
  signedIn: z.boolean(),
  /** Nobody has been entered yet: the first administrator is made now. */
  empty: z.boolean().optional(),
  person: z.object({ id: z.string(), name: z.string() }).nullish(),
  appointment: Appointment.nullish(),
  appointments: z.array(Appointment).default([]),
  demo: z.boolean(),
  /** The legal clock. */
  now: z.string(),
  clockMovable: z.boolean(),
  county: z.object({ name: z.string(), authority: z.string() }),
  unread: z.number().default(0),
  alarms: z.number().optional(),
})
export type Session = z.infer<typeof Session>

export const DemoPerson = z.object({
  key: z.string(),
  name: z.string(),
  capacityLabel: z.string(),
  org: z.string().nullish(),
  scope: z.string().nullish(),
})
export type DemoPerson = z.infer<typeof DemoPerson>

export const doors = {
  session: { method: 'GET', path: '/session', permission: 'public', title: '当前登录', reply: Session },
  signIn: {
    method: 'POST',
    path: '/session',
    permission: 'public',
    title: '登录',
    body: z.object({ name: z.string(), password: z.string() }),
  },
  signInAs: {
    method: 'POST',
    path: '/demo/sign-in',
    permission: 'public',
    title: '以演示人员登录',
    body: z.object({ key: z.string() }),
  },
  signOut: { method: 'POST', path: '/session/end', permission: 'signed_in', title: '退出' },
  choose: {
    method: 'POST',
    path: '/session/appointment',
    permission: 'signed_in',
    title: '切换职责',
    body: z.object({ appointmentId: z.string() }),
  },
  demoPeople: {
    method: 'GET',
    path: '/demo/people',
    permission: 'public',
    title: '演示人员',
    reply: z.object({ people: z.array(DemoPerson) }),
  },
  firstAdministrator: {
    method: 'POST',
    path: '/first-administrator',
    permission: 'public',
    title: '设立第一位管理员',
    body: z.object({ name: z.string(), password: z.string() }),
  },
  moveClock: {
    method: 'POST',
    path: '/demo/clock',
    permission: 'clock.move',
    title: '演示时钟前移',
    body: z.object({ days: z.number().int() }),
  },
} as const satisfies Record<string, AnyRoute>
