import { z } from 'zod'
import { appointable, type Capacity, districtKeys, isOfficer, isProjectPost, personKey } from '../access/index.ts'
import { defineWorkflow, type Facts, stepOf } from '../workflow/index.ts'
import { Login } from '../base/index.ts'
import { type Account, type AccountState, NewAppointment } from './schema.ts'

const step = stepOf<AccountState, Account>()
const administrators = ['admin', 'system'] as const satisfies readonly Capacity[]

/** An officer reaches districts, a post one project for one unit, a head office its unit. Anything else is a slip of the pen. */
const appointmentFits = ({ input }: Facts<Account, { appointment: NewAppointment }>) => {
  const { capacity, orgId, projectId, districts } = input.appointment
  if (!(appointable as readonly Capacity[]).includes(capacity)) return 'capacity_not_appointable'
  if (isOfficer(capacity) && districts.length === 0) return 'appointment_needs_district'
  if (isProjectPost(capacity) && !(orgId && projectId)) return 'appointment_needs_project'
  if (capacity === 'company' && !orgId) return 'appointment_needs_org'
  return null
}

const sameAppointment = (account: Account, wanted: NewAppointment) =>
  account.appointments.some(
    (one) =>
      !one.until &&
      one.capacity === wanted.capacity &&
      one.orgId === wanted.orgId &&
      one.projectId === wanted.projectId,
  )

/** 账号与任职. Passwords never stand in an act: the room keeps their hashes in a table of its own. */
export const accountWorkflow = defineWorkflow<AccountState, Account>()({
  name: 'account',
  title: '账号与任职',
  states: { active: { label: '启用' }, disabled: { label: '停用' } },
  steps: {
    create: step({
      label: '建立账号',
      clause: 'identity.accounts',
      from: [null],
      to: 'active',
      by: [...administrators, 'guest'],
      input: z.object({ login: Login, name: z.string().trim().min(2).max(40), personId: z.uuid() }),
    }),
    appoint: step({
      label: '任命',
      clause: 'identity.accounts',
      from: ['active'],
      to: 'stay',
      by: administrators,
      input: z.object({ appointmentId: z.uuid(), appointment: NewAppointment }),
      guard: (facts) =>
        appointmentFits(facts) ??
        (sameAppointment(facts.record, facts.input.appointment) ? 'appointment_exists' : null),
      apply: ({ record, input, now }) => ({
        ...record,
        appointments: [
          ...record.appointments,
          { ...input.appointment, id: input.appointmentId, since: now, until: null },
        ],
      }),
    }),
    dismiss: step({
      label: '免去任职',
      clause: 'identity.accounts',
      from: ['active', 'disabled'],
      to: 'stay',
      by: administrators,
      input: z.object({ appointmentId: z.uuid(), reason: z.string().trim().min(2).max(200) }),
      guard: ({ record, input }) =>
        record.appointments.some(({ id, until }) => id === input.appointmentId && !until)
          ? null
          : 'appointment_not_in_force',
      apply: ({ record, input, now }) => ({
        ...record,
        appointments: record.appointments.map((one) => (one.id === input.appointmentId ? { ...one, until: now } : one)),
      }),
    }),
    set_password: step({
      label: '设置密码',
      clause: 'identity.accounts',
      from: ['active'],
      to: 'stay',
      by: administrators,
      input: z.object({}),
    }),
    change_password: step({
      label: '修改本人密码',
      clause: 'identity.accounts',
      from: ['active'],
      to: 'stay',
      by: [...appointable, 'guest'],
      mine: (record) => [personKey(record.personId)],
      input: z.object({}),
    }),
    disable: step({
      label: '停用',
      clause: 'identity.accounts',
      from: ['active'],
      to: 'disabled',
      by: administrators,
      input: z.object({ reason: z.string().trim().min(2).max(200) }),
      guard: ({ record, actor }) => (record.personId === actor.personId ? 'not_on_yourself' : null),
    }),
    enable: step({
      label: '恢复',
      clause: 'identity.accounts',
      from: ['disabled'],
      to: 'active',
      by: administrators,
      input: z.object({ reason: z.string().trim().min(2).max(200) }),
    }),
  },
  head: (account) => ({
    number: account.login,
    title: account.name,
    projectId: null,
    subjects: [],
    parties: [],
    reach: [...districtKeys(account.region), personKey(account.personId)],
    due: null,
    tier: 'calm',
    timers: [],
    words: [account.name, account.login, ...account.appointments.map(({ scope }) => scope)],
  }),
})
