import { describe, expect, test } from 'vitest'
import { type Actor, assignedKey } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide } from '../workflow/index.ts'
import { coverageOf, matchPlan, monthOf, planWorkflow as workflow, type Visit } from './plan.ts'
import { idOf, sampleDay, sampleNow } from './samples.ts'
import type { Plan, PlanItem, PlanState } from './schema.ts'

const item = (n: number, month: number, change: Partial<PlanItem> = {}): PlanItem => ({
  id: idOf(n),
  month,
  kind: 'routine',
  subject: 'safety',
  note: '',
  ...change,
})
const plan = (state: PlanState | null): Plan => ({
  id: idOf(1),
  state,
  projectId: idOf(2),
  projectName: '城东污水厂扩建工程',
  district: '990421001',
  year: 2026,
  items: [item(3, 4)],
  adoptedDay: null,
})
const actor = (capacity: Actor['capacity'], keys = ['d:990421001', assignedKey(idOf(2))]): Actor => ({
  personId: idOf(4),
  appointmentId: idOf(5),
  name: '林远舟',
  capacity,
  orgId: null,
  keys,
})
const inputs: Record<string, unknown> = {
  propose: { projectId: idOf(2), year: 2026, items: [item(3, 4)] },
  edit: { items: [item(3, 5)] },
  adopt: {},
  amend: { items: [item(3, 6)], reason: '发生过事故，增加抽查' },
}
const take = (action: string, state: PlanState | null, who = actor('chief'), input = inputs[action]) =>
  decide(workflow, action, { record: plan(state), actor: who, input, now: sampleNow, law: lawOn(sampleDay, '990421') })

const table: Record<string, Partial<Record<string, PlanState>>> = {
  propose: { nothing: 'draft' },
  edit: { draft: 'draft' },
  adopt: { draft: 'adopted' },
  amend: { adopted: 'adopted' },
}

describe('every step in every state', () => {
  test('the table names every step', () => expect(Object.keys(table)).toEqual(Object.keys(workflow.steps)))
  test.each(
    Object.keys(table).flatMap((action) =>
      ([null, 'draft', 'adopted'] as const).map((state) => [action, state] as const),
    ),
  )('%s from %s', (action, state) => {
    const target = table[action]?.[state ?? 'nothing']
    expect(take(action, state)).toMatchObject(target ? { ok: true, to: target } : { ok: false, kind: 'conflict' })
  })
})

test('an inspector drafts and does not adopt; one who is not assigned does not draft', () => {
  expect(take('propose', null, actor('inspector'))).toMatchObject({ ok: true })
  expect(take('adopt', 'draft', actor('inspector'))).toMatchObject({ kind: 'forbidden', rule: 'capacity' })
  expect(take('propose', null, actor('inspector', ['d:990421001']))).toMatchObject({ rule: 'not_assigned' })
})
test('the same entry twice', () => {
  expect(take('edit', 'draft', actor('chief'), { items: [item(3, 4), item(3, 5)] })).toMatchObject({
    rule: 'plan_entry_twice',
  })
})

const visit = (n: number, visitedAt: string, change: Partial<Visit> = {}): Visit => ({
  id: idOf(n),
  projectId: idOf(2),
  kind: 'routine',
  subject: 'safety',
  visitedAt,
  number: null,
  ...change,
})

describe('planned against done', () => {
  test('a month begins at midnight in Shanghai', () => {
    expect(monthOf('2026-03-31T15:59:59.999Z')).toBe(3)
    expect(monthOf('2026-03-31T16:00:00.000Z')).toBe(4)
  })
  test('one visit fulfils one item of its month, kind and subject', () => {
    const visits = [
      visit(11, '2026-04-10T02:00:00.000Z'),
      visit(12, '2026-04-20T02:00:00.000Z', { subject: 'fire' }),
      visit(13, '2026-06-01T02:00:00.000Z'),
    ]
    const matched = matchPlan([item(3, 4), item(4, 4), item(5, 4, { subject: 'fire' }), item(6, 5)], visits)
    expect(matched.items.map(({ done }) => done?.id ?? null)).toEqual([idOf(11), null, idOf(12), null])
    expect(matched.unplanned.map(({ id }) => id)).toEqual([idOf(13)])
  })
})

test('coverage names every subject, also those never looked at', () => {
  const visits = [visit(11, '2026-04-10T02:00:00.000Z'), visit(12, '2026-05-10T02:00:00.000Z')]
  expect(coverageOf(visits).map(({ subject, last, count }) => [subject, last?.id ?? null, count])).toEqual([
    ['safety', idOf(12), 2],
    ['quality', null, 0],
    ['fire', null, 0],
    ['testing', null, 0],
    ['dust', null, 0],
  ])
})
