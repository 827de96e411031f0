import { describe, expect, test } from 'vitest'
import { type Actor, type Capacity, postKey } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide, openSteps } from '../workflow/index.ts'
import { type Material, MaterialKind, missingMaterials } from './materials.ts'
import { type Application, ApplicationState } from './schema.ts'
import { permitWorkflow as workflow } from './workflow.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [project, owner] = [id(1), id(2)] as [string, string]
const now = '2026-11-20T02:00:00.000Z'
const whole: Material[] = MaterialKind.options.map((kind) => ({ kind, fileIds: [id(5)], notConcerned: '' }))

const application = (state: ApplicationState | null, change: Partial<Application> = {}): Application => ({
  id: id(9),
  state,
  number: null,
  projectId: project,
  projectName: '城东污水厂扩建工程',
  projectState: 'building',
  district: '990421001',
  ownerId: owner,
  ownerName: '建管中心',
  statement: '已完工',
  materials: whole,
  submitted: null,
  returns: [],
  accepted: null,
  ...change,
})
const keysOf: Partial<Record<Capacity, string[]>> = {
  inspector: ['d:990421001'],
  chief: ['d:990421'],
  clerk: ['d:990421'],
  owner_rep: [postKey(project, owner)],
  project_manager: [postKey(project, id(3))],
  system: ['d:'],
}
const actor = (capacity: Capacity): Actor => ({
  personId: id(7),
  appointmentId: null,
  name: '某人',
  capacity,
  orgId: null,
  keys: keysOf[capacity]!,
})
type Action = keyof typeof workflow.steps
const inputs: Record<Action, unknown> = {
  submit: { projectId: project, statement: '已完工', materials: whole },
  return: { gaps: [{ kind: null, text: '申请表未盖章' }] },
  resubmit: { statement: '已补正', materials: whole },
  accept: {},
  withdraw: { reason: '另行申请' },
}
const go = (record: Application, action: Action, capacity: Capacity, input = inputs[action]) =>
  decide(workflow, action, { record, actor: actor(capacity), input, now, law: lawOn('2026-11-20', '990421') })

describe('every step from every state', () => {
  const allowed: [Action, ApplicationState | null, Capacity, ApplicationState][] = [
    ['submit', null, 'owner_rep', 'submitted'],
    ['return', 'submitted', 'clerk', 'returned'],
    ['accept', 'submitted', 'clerk', 'accepted'],
    ['resubmit', 'returned', 'owner_rep', 'submitted'],
    ['withdraw', 'submitted', 'owner_rep', 'withdrawn'],
    ['withdraw', 'returned', 'owner_rep', 'withdrawn'],
  ]
  for (const state of [null, ...ApplicationState.options])
    for (const action of Object.keys(workflow.steps) as Action[])
      test(`${state} + ${action}`, () => {
        for (const capacity of Object.keys(keysOf) as Capacity[]) {
          const row = allowed.find(([a, from, by]) => a === action && from === state && by === capacity)
          const decision = go(application(state), action, capacity)
          expect(decision, capacity).toMatchObject(row ? { ok: true, to: row[3] } : { ok: false })
        }
      })
})

test('submission and resubmission are what a hold forbids', () => {
  const held = Object.entries(workflow.steps).filter(([, step]) => step.heldBy)
  expect(held.map(([name, step]) => [name, step.heldBy])).toEqual([
    ['submit', ['new_business']],
    ['resubmit', ['new_business']],
  ])
})

test('a project that is stopped or not begun asks for nothing', () => {
  for (const projectState of ['registered', 'stopped', 'terminated'])
    expect(go(application(null, { projectState }), 'submit', 'owner_rep')).toMatchObject({
      rule: 'project_not_building',
    })
})

test('an item is answered by a file or by a reason, and by neither when both are wanting', () => {
  const answered: Material[] = [
    { kind: 'planning', fileIds: [id(5)], notConcerned: '' },
    { kind: 'fire', fileIds: [], notConcerned: '不涉及' },
    { kind: 'archive', fileIds: [], notConcerned: '' },
  ]
  expect(missingMaterials(answered)).toEqual(['air_defence', 'archive', 'quality'])
})

test('what is wanting cannot be accepted, and a return names all of it at once beside the clerk’s own words', () => {
  const bare = application('submitted', { materials: whole.slice(0, 2) })
  expect(go(bare, 'accept', 'clerk')).toMatchObject({
    rule: 'materials_missing',
    detail: { items: ['人防验收备案', '建设工程档案验收', '质量竣工验收监督'] },
  })
  const returned = go(bare, 'return', 'clerk', { gaps: [{ kind: 'archive', text: '竣工图缺章' }] })
  if (!returned.ok) throw new Error(returned.rule)
  expect(returned.record.returns[0]!.gaps).toEqual([
    { kind: 'archive', text: '竣工图缺章' },
    { kind: 'air_defence', text: '缺少：人防验收备案' },
    { kind: 'quality', text: '缺少：质量竣工验收监督' },
  ])
  expect(go(application('submitted'), 'return', 'clerk', { gaps: [] })).toMatchObject({ rule: 'gaps_missing' })
})

test('what a state waits for is marked as the step to take now; what may be taken besides is not', () => {
  const main = (capacity: Capacity) =>
    openSteps(workflow, application('submitted'), actor(capacity)).map(({ action, main: now }) => [action, now])
  expect(Object.fromEntries(main('clerk'))).toEqual({ return: false, accept: true })
  expect(main('owner_rep').every(([, now]) => !now)).toBe(true)
})
