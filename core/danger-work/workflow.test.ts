import { describe, expect, test } from 'vitest'
import { type Actor, assignedKey, type Capacity, postKey } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide } from '../workflow/index.ts'
import { type Pour, PourState } from './schema.ts'
import { pourWorkflow as workflow } from './workflow.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [project, builder, engineers, owner] = [id(1), id(2), id(3), id(4)] as [string, string, string, string]
const now = '2026-11-20T02:00:00.000Z'

const pour = (state: PourState | null, change: Partial<Pour> = {}): Pour => ({
  ...{ id: id(9), state, projectId: project, projectName: '城东污水厂扩建工程', projectState: 'building' },
  ...{ district: '990421001', contractorId: builder, supervisionId: engineers, parties: [builder, engineers, owner] },
  ...{ zone: '3 号楼门厅顶板', plannedStart: '2026-11-20T01:00:00.000Z', plannedEnd: '2026-11-20T09:00:00.000Z' },
  ...{ scheme: '高支模专项施工方案 第6章', watchers: [{ id: id(5), name: '门厅高支模' }], applied: null, signed: null },
  ...{ startedAt: null, endedAt: null, suspensions: [] },
  ...change,
})
const keysOf: Partial<Record<Capacity, string[]>> = {
  inspector: ['d:990421001', assignedKey(project)],
  chief: ['d:990421'],
  clerk: ['d:990421'],
  project_manager: [postKey(project, builder)],
  safety_officer: [postKey(project, builder)],
  chief_engineer: [postKey(project, engineers)],
  owner_rep: [postKey(project, owner)],
  system: ['d:'],
}
const actor = (capacity: Capacity): Actor => ({
  ...{ personId: id(7), appointmentId: null, name: '某人', capacity, orgId: null, keys: keysOf[capacity]! },
})
type Action = keyof typeof workflow.steps
const reason = { reason: '已检查支架，加固完毕' }
const inputs: Record<Action, unknown> = {
  apply: {
    ...{ projectId: project, zone: '3 号楼门厅顶板', deviceIds: [id(5)], scheme: '高支模专项施工方案 第6章' },
    ...{ plannedStart: '2026-11-20T01:00:00.000Z', plannedEnd: '2026-11-20T09:00:00.000Z' },
  },
  sign: { opinion: '具备浇筑条件' },
  decline: reason,
  withdraw: reason,
  start: {},
  suspend: { ...reason, alarmId: null },
  resume: reason,
  finish: { note: '' },
}
const go = (record: Pour, action: Action, capacity: Capacity, input = inputs[action]) =>
  decide(workflow, action, { record, actor: actor(capacity), input, now, law: lawOn('2026-11-20', '990421') })

test('nothing is poured before it is signed, and nobody but the engineer signs', () => {
  expect(go(pour('applied'), 'start', 'project_manager')).toMatchObject({
    kind: 'conflict',
    rule: 'state',
    detail: '待签发',
  })
  for (const capacity of ['project_manager', 'safety_officer', 'owner_rep', 'inspector', 'chief'] as const)
    expect(go(pour('applied'), 'sign', capacity)).toMatchObject({ kind: 'forbidden' })
})

test('an order is not asked for where works stand still, nor for a time that ends before it begins', () => {
  expect(go(pour(null, { projectState: 'stopped' }), 'apply', 'project_manager')).toMatchObject({
    rule: 'pour_project_not_building',
  })
  const backwards = { ...(inputs.apply as object), plannedEnd: '2026-11-20T01:00:00.000Z' }
  expect(go(pour(null), 'apply', 'project_manager', backwards)).toMatchObject({ rule: 'pour_times_reversed' })
})

test('a person does not stop a pour in the name of an alarm', () => {
  const input = { ...reason, alarmId: id(8) }
  expect(go(pour('running'), 'suspend', 'inspector', input)).toMatchObject({ rule: 'pour_alarm_by_machine' })
  expect(go(pour('running'), 'suspend', 'system', input)).toMatchObject({ ok: true, to: 'suspended' })
})

test('another project’s engineer neither signs nor knows of it', () => {
  const stranger: Actor = { ...actor('chief_engineer'), keys: [postKey(id(99), engineers)] }
  const facts = {
    record: pour('applied'),
    actor: stranger,
    input: inputs.sign,
    now,
    law: lawOn('2026-11-20', '990421'),
  }
  expect(decide(workflow, 'sign', facts)).toMatchObject({ ok: false, kind: 'missing' })
})

describe('every step from every state', () => {
  const stoppers: Capacity[] = ['inspector', 'chief', 'chief_engineer', 'project_manager', 'safety_officer', 'system']
  const allowed: [Action, PourState | null, Capacity[], PourState][] = [
    ['apply', null, ['project_manager'], 'applied'],
    ['sign', 'applied', ['chief_engineer'], 'signed'],
    ['decline', 'applied', ['chief_engineer'], 'declined'],
    ['withdraw', 'applied', ['project_manager'], 'withdrawn'],
    ['withdraw', 'signed', ['project_manager'], 'withdrawn'],
    ['start', 'signed', ['project_manager'], 'running'],
    ['suspend', 'running', stoppers, 'suspended'],
    ['resume', 'suspended', ['chief_engineer'], 'running'],
    ['finish', 'running', ['project_manager'], 'finished'],
    ['finish', 'suspended', ['project_manager'], 'finished'],
  ]
  for (const state of [null, ...PourState.options])
    for (const action of Object.keys(workflow.steps) as Action[])
      test(`${state} + ${action}`, () => {
        for (const capacity of Object.keys(keysOf) as Capacity[]) {
          const row = allowed.find(([a, from, by]) => a === action && from === state && by.includes(capacity))
          expect(go(pour(state), action, capacity), capacity).toMatchObject(
            row ? { ok: true, to: row[3] } : { ok: false },
          )
        }
      })
})

test('each stop keeps its reason and how it was resumed, and only the last one is resumed', () => {
  const walk = (record: Pour, action: Action, capacity: Capacity, input = inputs[action]) => {
    const decision = go(record, action, capacity, input)
    if (!decision.ok) throw new Error(decision.rule)
    return decision.record
  }
  let record = walk(pour('running'), 'suspend', 'system', { reason: '轴力报警', alarmId: id(8) })
  record = walk(record, 'resume', 'chief_engineer', { reason: '立杆已加固' })
  record = walk(record, 'suspend', 'inspector', { reason: '现场有异响', alarmId: null })
  expect(workflow.head(record).tier).toBe('red')
  expect(record.suspensions.map(({ alarmId, reason: why, resumed }) => [alarmId, why, resumed?.check])).toEqual([
    [id(8), '轴力报警', '立杆已加固'],
    [null, '现场有异响', undefined],
  ])
  record = walk(record, 'finish', 'project_manager')
  expect(record.endedAt).toBe(now)
  expect(record.suspensions[1]!.resumed).toBeNull()
})
