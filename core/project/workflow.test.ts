import { describe, expect, test } from 'vitest'
import { type Actor, assignedKey, type Capacity, systemActor } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide, openSteps } from '../workflow/index.ts'
import { sampleIds, sampleProject } from './sample.ts'
import { type Project, ProjectState } from './schema.ts'
import { offered, projectWorkflow, standingPosts } from './workflow.ts'

const now = '2026-11-20T02:00:00.000Z'
const actor = (capacity: Capacity, keys: string[] = ['d:990421']): Actor => ({ ...systemActor, capacity, keys })
const assigned = actor('inspector', ['d:990421001', assignedKey(sampleIds.project)])
const file = '40000000-0000-4000-8000-000000000001'
const order = '50000000-0000-4000-8000-000000000001'
const otherOrder = '50000000-0000-4000-8000-000000000002'

const inputs: Record<string, unknown> = {
  register: {},
  amend: { name: '文化艺术中心' },
  assign: { officers: [{ personId: sampleIds.other, lead: true }], reason: '' },
  start: { day: '2026-11-20' },
  stop: { reason: '台风停工', files: [file] },
  resume: { reason: '隐患消除', files: [file] },
  follow: { people: [{ id: sampleIds.other, name: '何秉', phone: '19900000001' }], orgs: [] },
  stop_by_order: { because: order, scope: '全面停工' },
  resume_by_order: { because: order },
  complete: { day: '2026-11-19', files: [file] },
  terminate: { reason: '资金中断', files: [file] },
}
const take = (record: Project, action: string, who: Actor, input: unknown = inputs[action]) =>
  decide(projectWorkflow, action, { record, actor: who, input, now, law: lawOn('2026-11-20', '990421') })
const doer: Record<string, Actor> = {
  stop: assigned,
  resume: assigned,
  stop_by_order: systemActor,
  resume_by_order: systemActor,
  follow: systemActor,
}
const whoMay = (action: string) => doer[action] ?? actor('chief')

describe('every step from every state', () => {
  const states = [null, ...ProjectState.options]
  test.each(
    Object.entries(projectWorkflow.steps).flatMap(([action, step]) => states.map((state) => ({ action, step, state }))),
  )('$action from $state', ({ action, step, state }) => {
    const stops = state === 'stopped' ? [{ because: null, reason: '', since: now }] : []
    const decision = take(sampleProject({ state, stops }), action, whoMay(action))
    if ((step.from as readonly (string | null)[]).includes(state)) expect(decision).toMatchObject({ ok: true })
    else expect(decision).toMatchObject({ ok: false, kind: 'conflict', rule: 'state' })
  })
})

describe('refusals', () => {
  test('an inspector of the district who is not assigned', () => {
    expect(take(sampleProject(), 'stop', actor('inspector', ['d:990421001']))).toMatchObject({
      kind: 'forbidden',
      rule: 'not_assigned',
    })
  })
  test('a chief who is not assigned stops nothing either, and a clerk never', () => {
    expect(take(sampleProject(), 'stop', actor('chief'))).toMatchObject({ kind: 'forbidden', rule: 'not_assigned' })
    expect(take(sampleProject(), 'stop', actor('clerk'))).toMatchObject({ kind: 'forbidden', rule: 'capacity' })
  })
  test('an officer of another district does not even see it', () => {
    expect(take(sampleProject(), 'stop', actor('inspector', ['d:990421002']))).toMatchObject({
      kind: 'missing',
      rule: 'project',
    })
  })
  test('no start without a supervisor, nor tomorrow', () => {
    expect(take(sampleProject({ state: 'registered', officers: [] }), 'start', actor('chief'))).toMatchObject({
      rule: 'supervisor_missing',
    })
    expect(take(sampleProject({ state: 'registered' }), 'start', actor('chief'), { day: '2026-11-21' })).toMatchObject({
      rule: 'day_in_future',
    })
  })
  test.each([
    [[], 'one_lead_officer'],
    [[{ personId: sampleIds.other, lead: false }], 'one_lead_officer'],
    [
      [
        { personId: sampleIds.other, lead: true },
        { personId: sampleIds.inspector, lead: true },
      ],
      'one_lead_officer',
    ],
    [
      [
        { personId: sampleIds.other, lead: true },
        { personId: sampleIds.other, lead: false },
      ],
      'officer_twice',
    ],
  ])('officers %j', (officers, rule) =>
    expect(take(sampleProject(), 'assign', actor('chief'), { officers, reason: '' })).toMatchObject({ rule }),
  )
  test('a post outside the parties, or with a party of another kind', () => {
    const post = { capacity: 'safety_officer', orgId: sampleIds.supervision, personId: sampleIds.other }
    expect(take(sampleProject(), 'amend', actor('clerk'), { posts: [post] })).toMatchObject({
      rule: 'post_without_party',
    })
    expect(take(sampleProject(), 'amend', actor('clerk'), { parties: [] })).toMatchObject({
      rule: 'post_without_party',
    })
  })
  test('a unit twice in one part', () => {
    const party = { role: 'owner', orgId: sampleIds.owner }
    expect(take(sampleProject(), 'amend', actor('clerk'), { parties: [party, party], posts: [] })).toMatchObject({
      rule: 'party_twice',
    })
  })
  test('a project is not moved out of the mover’s reach', () => {
    expect(take(sampleProject(), 'amend', actor('clerk', ['d:990421001']), { district: '990421002' })).toMatchObject({
      rule: 'town_out_of_reach',
    })
  })
})

describe('stops', () => {
  const after = (record: Project, action: string, input?: unknown) => {
    const decision = take(record, action, whoMay(action), input)
    if (!decision.ok) throw new Error(decision.rule)
    return decision.record
  }
  test('two orders: works go on when the second is lifted, not before', () => {
    const twice = after(after(sampleProject(), 'stop_by_order'), 'stop_by_order', { because: otherOrder, scope: '' })
    const once = after(twice, 'resume_by_order', { because: order })
    expect(once.state).toBe('stopped')
    expect(after(once, 'resume_by_order', { because: otherOrder }).state).toBe('building')
  })
  test('an officer does not lift an order by resuming', () => {
    const ordered = after(sampleProject(), 'stop_by_order')
    expect(take(ordered, 'resume', assigned)).toMatchObject({ kind: 'unmet', rule: 'stopped_by_order' })
    const both = after(after(sampleProject(), 'stop'), 'stop_by_order')
    expect(after(both, 'resume').state).toBe('stopped')
  })
  test('a site stopped before it began returns to where it was', () => {
    const stopped = after(sampleProject({ state: 'registered', startedAt: null }), 'stop_by_order')
    expect(stopped.state).toBe('stopped')
    expect(after(stopped, 'resume_by_order').state).toBe('registered')
  })
})

describe('what the page offers', () => {
  const offers = (record: Project, who: Actor) =>
    offered(record, openSteps(projectWorkflow, record, who)).map(({ action, main, barrier }) => [action, main, barrier])
  test('without officers the start says why it is refused, and the chief is to name them first', () => {
    const record = sampleProject({ state: 'registered', officers: [] })
    const barred = ['start', false, 'supervisor_missing']
    expect(offers(record, actor('clerk'))).toEqual([['amend', false, null], barred, ['terminate', false, null]])
    expect(offers(record, actor('chief'))).toEqual([
      ['amend', false, null],
      ['assign', true, null],
      barred,
      ['terminate', false, null],
    ])
  })
  test('with officers the start is what is to be done now', () => {
    const record = sampleProject({ state: 'registered' })
    expect(offers(record, actor('clerk'))).toContainEqual(['start', true, null])
    expect(offers(record, actor('chief'))).toContainEqual(['assign', false, null])
  })
  test('a stop by order alone is not lifted beside the order', () => {
    const stops = [{ because: order, reason: '', since: now }]
    expect(offers(sampleProject({ state: 'stopped', stops }), assigned)).toEqual([
      ['resume', false, 'stopped_by_order'],
    ])
  })
})

describe('the posts that stand', () => {
  const all = sampleProject().posts
  test('are all of them while works go on', () => {
    for (const state of ['registered', 'building', 'stopped'] as const)
      expect(standingPosts(sampleProject({ state }), [])).toEqual(all)
  })
  test('are those of the owner once works are completed, and none once the project is terminated', () => {
    const posts = [
      ...all,
      { capacity: 'owner_rep' as const, orgId: sampleIds.owner, personId: sampleIds.other, name: '梁思颖', phone: '' },
    ]
    expect(standingPosts(sampleProject({ state: 'completed', posts }), [])).toEqual(posts.slice(-1))
    expect(standingPosts(sampleProject({ state: 'terminated', posts }), [])).toEqual([])
  })
  test('with those of a unit that still owes something', () => {
    expect(all.length).toBeGreaterThan(0)
    for (const state of ['completed', 'terminated'] as const)
      expect(standingPosts(sampleProject({ state }), [all[0]!.orgId])).toContainEqual(all[0])
  })
})

test('who stays keeps his day, who comes begins now', () => {
  const officers = [
    { personId: sampleIds.inspector, lead: false },
    { personId: sampleIds.other, lead: true },
  ]
  const decision = take(sampleProject(), 'assign', actor('chief'), { officers, reason: '' })
  expect(decision.ok && decision.record.officers).toMatchObject([
    { personId: sampleIds.inspector, lead: false, since: '2026-09-01T01:00:00.000Z' },
    { personId: sampleIds.other, lead: true, since: now },
  ])
})

test('amending changes what is named and nothing else', () => {
  const before = sampleProject()
  const decision = take(before, 'amend', actor('clerk'), { tags: ['key_public'], sector: 'water' })
  expect(decision.ok && decision.record).toEqual({
    ...before,
    tags: ['key_public'],
    sector: 'water',
    works: 'municipal',
    keyProject: true,
  })
})

test('a party is offered no step', () => {
  const manager = actor('project_manager', [`p:${sampleIds.project}:${sampleIds.contractor}`])
  expect(openSteps(projectWorkflow, sampleProject(), manager)).toEqual([])
  expect(openSteps(projectWorkflow, sampleProject(), assigned).map(({ action }) => action)).toEqual(['stop'])
})
