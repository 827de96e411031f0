import { z } from 'zod'
import { Instant } from '../workflow/index.ts'

export const PourState = z.enum(['applied', 'signed', 'running', 'suspended', 'finished', 'declined', 'withdrawn'])
export type PourState = z.infer<typeof PourState>

const By = z.object({ personId: z.uuid().nullable(), name: z.string(), at: Instant })

/** A device of high formwork that watches the pour, by the name it had when the order was applied for. */
export const Watcher = z.object({ id: z.uuid(), name: z.string() })
export type Watcher = z.infer<typeof Watcher>

/** One stop of a pour: because of a red alarm, or by somebody's own act; and how it was resumed. */
export const Suspension = z.object({
  alarmId: z.uuid().nullable(),
  reason: z.string(),
  by: By,
  resumed: By.extend({ check: z.string() }).nullable(),
})
export type Suspension = z.infer<typeof Suspension>

/** 混凝土浇筑令 of a high formwork (standards 6.5: the session of a pour has start, end, zone). */
export const Pour = z.object({
  id: z.uuid(),
  state: PourState.nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  projectState: z.string().nullable(),
  district: z.string(),
  contractorId: z.uuid(),
  supervisionId: z.uuid(),
  /** Units that see it: contractor, supervision, owner. */
  parties: z.array(z.uuid()),
  zone: z.string(),
  plannedStart: Instant,
  plannedEnd: Instant,
  /** The special construction plan, by number or title, with its page. */
  scheme: z.string(),
  watchers: z.array(Watcher),
  applied: By.nullable(),
  signed: By.extend({ opinion: z.string() }).nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  suspensions: z.array(Suspension),
})
export type Pour = z.infer<typeof Pour>
