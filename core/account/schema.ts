import { z } from 'zod'
import { Capacity } from '../access/index.ts'
import { Instant } from '../workflow/index.ts'

export const AccountState = z.enum(['active', 'disabled'])
export type AccountState = z.infer<typeof AccountState>

/** 任职: one capacity, for one unit or authority, as far as it reaches. */
export const Appointment = z.object({
  id: z.uuid(),
  capacity: Capacity,
  /** The unit the person acts for; officers have none. */
  orgId: z.uuid().nullable(),
  /** Set for a post on one project. */
  projectId: z.uuid().nullable(),
  /** Districts an officer reaches: the county, or a team's towns. */
  districts: z.array(z.string().regex(/^\d{2,9}$/)),
  /** What the person calls it: 城东组, 云桥建设 · 城东污水厂. */
  scope: z.string().max(80),
  /** Law-enforcement certificate of an officer. */
  certificate: z.string().max(40).nullable(),
  since: Instant,
  until: Instant.nullable(),
})
export type Appointment = z.infer<typeof Appointment>

export const Account = z.object({
  id: z.uuid(),
  state: AccountState.nullable(),
  login: z.string(),
  personId: z.uuid(),
  name: z.string(),
  region: z.string(),
  demoKey: z.string().nullable(),
  appointments: z.array(Appointment),
})
export type Account = z.infer<typeof Account>

export const NewAppointment = z.object({
  capacity: Capacity,
  orgId: z.uuid().nullable().default(null),
  projectId: z.uuid().nullable().default(null),
  districts: z
    .array(z.string().regex(/^\d{2,9}$/))
    .max(40)
    .default([]),
  scope: z.string().trim().max(80).default(''),
  certificate: z.string().trim().max(40).nullable().default(null),
})
export type NewAppointment = z.infer<typeof NewAppointment>
