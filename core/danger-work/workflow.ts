import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, type Key, partyKeys, postKey } from '../access/index.ts'
import { defineWorkflow, type Facts, Instant, stepOf } from '../workflow/index.ts'
import type { Pour, PourState } from './schema.ts'

const step = stepOf<PourState, Pour>()
const applicants = ['project_manager'] as const satisfies readonly Capacity[]
const signers = ['chief_engineer'] as const satisfies readonly Capacity[]
/** Whoever answers for the site may stop a pour, and so may the machine. */
const stoppers = [
  ...(['inspector', 'chief', 'chief_engineer', 'project_manager', 'safety_officer', 'system'] as const),
] as const satisfies readonly Capacity[]

const Reason = z.object({ reason: z.string().trim().min(2).max(300) })

export const ApplyInput = z.object({
  projectId: z.uuid(),
  zone: z.string().trim().min(2).max(60),
  plannedStart: Instant,
  plannedEnd: Instant,
  deviceIds: z.array(z.uuid()).min(1).max(20),
  scheme: z.string().trim().min(2).max(120),
})
export type ApplyInput = z.infer<typeof ApplyInput>

const contractor = ({ projectId, contractorId }: Pour): Key[] => [postKey(projectId, contractorId)]
const supervision = ({ projectId, supervisionId }: Pour): Key[] => [postKey(projectId, supervisionId)]

const reachOf = (pour: Pour): Key[] => [
  ...districtKeys(pour.district),
  assignedKey(pour.projectId),
  ...pour.parties.flatMap((org) => partyKeys(pour.projectId, org)),
]

const mark = ({ actor, now }: Facts<Pour, unknown>) => ({ personId: actor.personId, name: actor.name, at: now })

/** The last suspension with how it was resumed; the others as they are. */
const resumed = (facts: Facts<Pour, { reason: string }>): Pour['suspensions'] => {
  const { suspensions } = facts.record
  return suspensions.map((one, at) =>
    at === suspensions.length - 1 ? { ...one, resumed: { ...mark(facts), check: facts.input.reason } } : one,
  )
}

/**
 * 混凝土浇筑令. Whether its devices are live, no red alarm stands and no other pour runs in the zone are facts of the house:
 * the room asks them inside the step's transaction.
 */
export const pourWorkflow = defineWorkflow<PourState, Pour>()({
  name: 'pour',
  title: '混凝土浇筑令',
  states: {
    applied: { label: '待签发', waits: ['sign'] },
    signed: { label: '已签发', waits: ['start'] },
    running: { label: '浇筑中', waits: ['finish'] },
    suspended: { label: '停止浇筑', waits: ['resume'] },
    finished: { label: '浇筑完成', final: true },
    declined: { label: '不予签发', final: true },
    withdrawn: { label: '已撤回', final: true },
  },
  steps: {
    apply: step({
      label: '申请浇筑令',
      clause: 'high_formwork.pour',
      from: [null],
      to: 'applied',
      by: applicants,
      mine: contractor,
      input: ApplyInput,
      guard: ({ record, input }) => {
        if (record.projectState !== 'building') return 'pour_project_not_building'
        return input.plannedEnd > input.plannedStart ? null : 'pour_times_reversed'
      },
      apply: (facts) => ({ ...facts.record, applied: mark(facts) }),
    }),
    sign: step({
      label: '签发浇筑令',
      clause: 'high_formwork.pour',
      from: ['applied'],
      to: 'signed',
      by: signers,
      mine: supervision,
      input: z.object({ opinion: z.string().trim().min(2).max(300) }),
      apply: (facts) => ({ ...facts.record, signed: { ...mark(facts), opinion: facts.input.opinion } }),
    }),
    decline: step({
      label: '不予签发',
      clause: 'high_formwork.pour',
      from: ['applied'],
      to: 'declined',
      by: signers,
      mine: supervision,
      input: Reason,
    }),
    withdraw: step({
      label: '撤回申请',
      clause: 'high_formwork.pour',
      from: ['applied', 'signed'],
      to: 'withdrawn',
      by: applicants,
      mine: contractor,
      input: Reason,
    }),
    start: step({
      label: '开始浇筑',
      clause: 'high_formwork.pour',
      from: ['signed'],
      to: 'running',
      by: applicants,
      mine: contractor,
      input: z.object({}),
      apply: ({ record, now }) => ({ ...record, startedAt: now }),
    }),
    suspend: step({
      label: '停止浇筑',
      clause: 'high_formwork.stop',
      from: ['running'],
      to: 'suspended',
      by: stoppers,
      mine: reachOf,
      input: Reason.extend({ alarmId: z.uuid().nullable().default(null) }),
      // An alarm is named by the machine alone: a person says himself what he saw.
      guard: ({ actor, input }) =>
        input.alarmId !== null && actor.capacity !== 'system' ? 'pour_alarm_by_machine' : null,
      apply: (facts) => ({
        ...facts.record,
        suspensions: [...facts.record.suspensions, { ...facts.input, by: mark(facts), resumed: null }],
      }),
    }),
    resume: step({
      label: '恢复浇筑',
      clause: 'high_formwork.pour',
      from: ['suspended'],
      to: 'running',
      by: signers,
      mine: supervision,
      input: Reason,
      apply: (facts) => ({ ...facts.record, suspensions: resumed(facts) }),
    }),
    finish: step({
      label: '浇筑结束',
      clause: 'high_formwork.pour',
      from: ['running', 'suspended'],
      to: 'finished',
      by: applicants,
      mine: contractor,
      input: z.object({ note: z.string().trim().max(300).default('') }),
      apply: ({ record, now }) => ({ ...record, endedAt: now }),
    }),
  },
  head: (pour) => ({
    number: null,
    title: `${pour.zone} 混凝土浇筑`,
    projectId: pour.projectId,
    subjects: [pour.projectId],
    parties: pour.parties,
    reach: reachOf(pour),
    due: pour.state === 'applied' || pour.state === 'signed' ? pour.plannedStart : null,
    tier: pour.state === 'suspended' ? 'red' : 'calm',
    timers: [],
    words: [pour.zone, pour.projectName, pour.scheme],
  }),
})
