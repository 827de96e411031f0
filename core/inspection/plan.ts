import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys } from '../access/index.ts'
import { dayOf } from '../kit/index.ts'
import { assignedTo, defineWorkflow, stepOf } from '../workflow/index.ts'
import { type Inspection, type Plan, PlanItem, type PlanState } from './schema.ts'
import { type Subject, subjects } from './templates.ts'

const step = stepOf<PlanState, Plan>()
const planners = ['inspector', 'chief'] as const satisfies readonly Capacity[]
const items = z.array(PlanItem).min(1).max(200)

const twice = (plan: readonly PlanItem[]) =>
  new Set(plan.map(({ id }) => id)).size < plan.length ? 'plan_entry_twice' : null

/** 监督工作计划: what will be looked at, in which month of the year. */
export const planWorkflow = defineWorkflow<PlanState, Plan>()({
  name: 'plan',
  title: '监督计划',
  states: { draft: { label: '拟定中', waits: ['adopt'] }, adopted: { label: '执行中', final: true } },
  steps: {
    propose: step({
      label: '拟定监督计划',
      clause: 'supervision.plan',
      from: [null],
      to: 'draft',
      by: planners,
      mine: assignedTo,
      input: z.object({ projectId: z.uuid(), year: z.number().int().min(2000).max(2100), items }),
      guard: ({ input }) => twice(input.items),
      apply: ({ record, input }) => ({ ...record, items: input.items }),
    }),
    edit: step({
      label: '修改草案',
      clause: 'supervision.plan',
      from: ['draft'],
      to: 'stay',
      by: planners,
      mine: assignedTo,
      input: z.object({ items }),
      guard: ({ input }) => twice(input.items),
      apply: ({ record, input }) => ({ ...record, items: input.items }),
    }),
    adopt: step({
      label: '批准计划',
      clause: 'supervision.plan',
      from: ['draft'],
      to: 'adopted',
      by: ['chief'],
      input: z.object({}),
      apply: ({ record, now }) => ({ ...record, adoptedDay: dayOf(new Date(now)) }),
    }),
    amend: step({
      label: '调整计划',
      // 含超危大工程的、发生过事故或隐患多的项目调整计划 (standards 10.1, V:S19)
      clause: 'supervision.plan',
      from: ['adopted'],
      to: 'stay',
      by: ['chief'],
      input: z.object({ items, reason: z.string().trim().min(2).max(500) }),
      guard: ({ input }) => twice(input.items),
      apply: ({ record, input }) => ({ ...record, items: input.items }),
    }),
  },
  head: (plan) => ({
    number: null,
    title: `${plan.projectName} ${plan.year} 年监督计划`,
    projectId: plan.projectId,
    subjects: [plan.projectId],
    parties: [],
    reach: [...districtKeys(plan.district), assignedKey(plan.projectId)],
    due: null,
    tier: 'calm',
    timers: [],
    words: [plan.projectName, `${plan.year}`],
  }),
})

/** What the calendar and the coverage need of an inspection that was carried out. */
export type Visit = Pick<Inspection, 'id' | 'projectId' | 'kind' | 'subject' | 'visitedAt' | 'number'>

export const monthOf = (instant: string): number => Number(dayOf(new Date(instant)).slice(5, 7))

/**
 * Planned against done: each visit fulfils at most one item of its month, kind and subject; what is left over was not planned.
 * Visits are those of the plan's project and year.
 */
export function matchPlan(
  plan: readonly PlanItem[],
  visits: readonly Visit[],
): { items: { item: PlanItem; done: Visit | null }[]; unplanned: Visit[] } {
  const left = visits.toSorted((a, b) => (a.visitedAt < b.visitedAt ? -1 : 1))
  const matched = plan.map((item) => {
    const at = left.findIndex(
      ({ kind, subject, visitedAt }) =>
        kind === item.kind && subject === item.subject && monthOf(visitedAt) === item.month,
    )
    return { item, done: at < 0 ? null : (left.splice(at, 1)[0] ?? null) }
  })
  return { items: matched, unplanned: left }
}

/** INS-21: every subject, and when the project was last inspected for it. */
export const coverageOf = (visits: readonly Visit[]): { subject: Subject; last: Visit | null; count: number }[] =>
  (Object.keys(subjects) as Subject[]).map((subject) => {
    const own = visits
      .filter((visit) => visit.subject === subject)
      .toSorted((a, b) => (a.visitedAt < b.visitedAt ? 1 : -1))
    return { subject, last: own[0] ?? null, count: own.length }
  })
