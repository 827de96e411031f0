import { z } from 'zod'
import type { Capacity } from '../access/index.ts'
import { deviceReach } from '../device/index.ts'
import { DayString } from '../kit/index.ts'
import { defineWorkflow, Instant, stepOf } from '../workflow/index.ts'

export const DoubtState = z.enum(['open', 'confirmed', 'dismissed', 'lapsed'])
export type DoubtState = z.infer<typeof DoubtState>

/** 数据存疑: a device's day that was judged suspect, until a person has looked into it. */
export const Doubt = z.object({
  id: z.uuid(),
  state: DoubtState.nullable(),
  deviceId: z.uuid(),
  deviceName: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  district: z.string(),
  parties: z.array(z.uuid()),
  day: DayString,
  /** When it was opened. */
  score: z.number(),
  decision: z.object({ reason: z.string(), by: z.string(), at: Instant }).nullable(),
})
export type Doubt = z.infer<typeof Doubt>

const step = stepOf<DoubtState, Doubt>()
const officers = ['inspector', 'chief'] as const satisfies readonly Capacity[]
const decided = z.object({ reason: z.string().trim().min(2).max(200) })

/** A person's decision, either way. */
const decide = <const To extends DoubtState>(label: string, to: To) =>
  step({
    label,
    clause: 'house.credibility',
    from: ['open'],
    to,
    by: officers,
    mine: deviceReach,
    input: decided,
    apply: ({ record, input: { reason }, actor, now }) => ({
      ...record,
      decision: { reason, by: actor.name, at: now },
    }),
  })

export const doubtWorkflow = defineWorkflow<DoubtState, Doubt>()({
  name: 'doubt',
  title: '数据存疑',
  states: {
    open: { label: '待核实', waits: ['confirm', 'dismiss'] },
    confirmed: { label: '属实', final: true },
    dismissed: { label: '不属实', final: true },
    lapsed: { label: '补传数据后不再存疑', final: true },
  },
  steps: {
    raise: step({
      label: '提出疑点',
      clause: 'house.credibility',
      from: [null],
      to: 'open',
      by: ['system'],
      input: z.object({ deviceId: z.uuid(), day: DayString }),
    }),
    confirm: decide('认定属实', 'confirmed'),
    dismiss: decide('认定不属实', 'dismissed'),
    lapse: step({
      label: '不再存疑',
      clause: 'house.credibility',
      from: ['open'],
      to: 'lapsed',
      by: ['system'],
      input: z.object({}),
    }),
  },
  head: (doubt) => ({
    number: null,
    title: `${doubt.deviceName} ${doubt.day} 数据存疑`,
    projectId: doubt.projectId,
    subjects: [doubt.projectId, doubt.deviceId],
    parties: doubt.parties,
    reach: deviceReach(doubt),
    due: null,
    tier: doubt.state === 'open' ? 'yellow' : 'calm',
    timers: [],
    words: [doubt.deviceName, doubt.projectName],
  }),
})
