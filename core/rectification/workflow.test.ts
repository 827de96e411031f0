import { describe, expect, test } from 'vitest'
import { type Actor, assignedKey, type Capacity, districtKeys, orgKey, partyKeys, postKey } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide, isOpen, openSteps, waitsOf } from '../workflow/index.ts'
import { newItem } from './changes.ts'
import { type ItemState, type Notice, type NoticeItem, NoticeState } from './schema.ts'
import { noticeWorkflow as workflow } from './workflow.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const [project, contractor, supervision, owner] = [id(1), id(2), id(3), id(4)] as [string, string, string, string]
const itemIds = [id(11), id(12)] as const
const district = '990421001'
const servedAt = '2026-11-20T02:00:00.000Z' // 10:00 in Shanghai
const now = '2026-11-21T02:00:00.000Z'

const item = (n: 0 | 1, state: ItemState): NoticeItem => ({
  ...newItem(
    {
      id: itemIds[n],
      text: `事项${n}`,
      clause: '第1条',
      severity: n === 0 ? 'serious' : 'general',
      requirement: '整改',
      days: null,
      photos: [],
      point: null,
    },
    { findingId: null, itemCode: null },
  ),
  state,
  due: n === 0 ? '2026-11-23T16:00:00.000Z' : '2026-11-27T16:00:00.000Z',
  warnAt: n === 0 ? '2026-11-23T16:01:00.000Z' : '2026-11-27T16:01:00.000Z',
  acceptedAt: state === 'accepted' ? now : null,
  rounds:
    state === 'fixing'
      ? []
      : [
          {
            reply: { text: '已改', photos: [], by: { personId: null, name: '何秉', at: now }, post: '项目经理' },
            countersign: null,
            review: null,
          },
        ],
})

const itemsIn: Record<NoticeState, [ItemState, ItemState]> = {
  draft: ['fixing', 'fixing'],
  issued: ['fixing', 'fixing'],
  fixing: ['fixing', 'fixing'],
  replied: ['replied', 'accepted'],
  confirmed: ['confirmed', 'accepted'],
  accepted: ['accepted', 'accepted'],
  closed: ['accepted', 'accepted'],
  withdrawn: ['fixing', 'fixing'],
}

const notice = (state: NoticeState | null, change: Partial<Notice> = {}): Notice => {
  const served = state !== null && state !== 'draft' && state !== 'issued'
  const by = { personId: null, name: '林远舟', at: servedAt }
  return {
    id: id(9),
    state,
    kind: state === 'accepted' ? 'stop_part' : 'correct',
    number: null,
    projectId: project,
    projectName: '城东污水厂扩建工程',
    address: '人民路1号',
    permitNo: null,
    district,
    site: null,
    inspectionId: null,
    alarmId: null,
    foundOn: '2026-11-20',
    orgId: contractor,
    orgName: '云桥建设',
    orgRole: 'contractor',
    supervisionId: supervision,
    supervisionName: '正衡监理',
    ownerId: owner,
    ownerName: '建管中心',
    officers: [1, 2].map((n) => ({ personId: id(20 + n), name: `监督员${n}`, certificate: `3300000${n}` })),
    scope: '3号楼',
    basis: ['154号'],
    protection: ['断电'],
    resumeWhen: ['验收合格'],
    items: itemsIn[state ?? 'draft'].map((one, n) => item(n as 0 | 1, one)),
    draftedAt: servedAt,
    issuedAt: state === null || state === 'draft' ? null : servedAt,
    servedAt: served ? servedAt : null,
    service: served
      ? {
          way: 'electronic',
          recipient: { name: '何秉', post: '项目经理' },
          outcome: 'delivered',
          note: '',
          photos: [],
          by,
          readBy: null,
        }
      : null,
    yellowAt: served ? '2026-11-26T16:00:00.000Z' : null,
    redAt: served ? '2026-12-04T16:00:00.000Z' : null,
    tier: 'calm',
    yellowedAt: null,
    lockedAt: null,
    closedAt: null,
    withdrawn: null,
    reopenings: [],
    resumeOpinion: { agree: true, opinion: '同意', by },
    resumed: null,
    paperId: null,
    resumePaperId: null,
    ...change,
  }
}

const keysOf: Partial<Record<Capacity, string[]>> = {
  inspector: [`d:${district}`, assignedKey(project)],
  chief: ['d:990421'],
  clerk: ['d:990421'],
  leader: ['d:990421'],
  admin: ['d:990421'],
  project_manager: [postKey(project, contractor)],
  safety_officer: [postKey(project, contractor)],
  chief_engineer: [postKey(project, supervision)],
  owner_rep: [postKey(project, owner)],
  company: [orgKey(contractor)],
  system: ['d:'],
}
const actor = (capacity: Capacity, keys = keysOf[capacity]!): Actor => ({
  personId: id(21),
  appointmentId: null,
  name: '某人',
  capacity,
  orgId: null,
  keys,
})

type Action = keyof typeof workflow.steps
const one = (n: 0 | 1 = 0) => [itemIds[n]]
/** For each step an input that its own schema has parsed. */
const inputs: Record<Action, unknown> = {
  draft: {},
  amend: { kind: 'correct', scope: '', basis: [], protection: [], resumeWhen: [], items: [item(0, 'fixing')] },
  discard: { reason: '重复' },
  issue: {},
  serve: {
    way: 'on_site',
    recipient: { name: '何秉', post: '项目经理' },
    at: now,
    outcome: 'read',
    note: '',
    photos: [],
  },
  acknowledge: {},
  reply: { items: itemIds.map((itemId) => ({ itemId, text: '已改', photos: [id(31)] })) },
  countersign: { items: [{ itemId: itemIds[0], agree: true, opinion: '' }] },
  review: { items: [{ itemId: itemIds[0], accept: true, reason: '' }] },
  extend: { itemIds: one(), to: '2027-12-30', reason: '连续降雨' },
  order_visit: { itemIds: one(), reason: '须到场' },
  visit: { itemIds: one(), at: now, fixed: true, note: '已核对', photos: [id(31)] },
  recommend: { agree: true, opinion: '同意' },
  resume: { conclusion: '合格', conditions: [] },
  withdraw: { reason: '对象有误' },
  reopen: { itemIds: one(), reason: '整改不实' },
  warn: {},
  yellow: {},
  lock: {},
}
const late = '2027-01-01T00:00:00.000Z'
const go = (record: Notice, action: Action, by: Actor, at = now, input = inputs[action]) =>
  decide(workflow, action, { record, actor: by, input, now: at, law: lawOn(at.slice(0, 10), '990421') })

describe('every step from every state', () => {
  const served = ['fixing', 'replied', 'confirmed'] as const
  const allowed: [Action, (NoticeState | null)[], Capacity[], (from: NoticeState | null) => NoticeState][] = [
    ['draft', [null], ['inspector'], () => 'draft'],
    ['amend', ['draft'], ['inspector'], () => 'draft'],
    ['discard', ['draft'], ['inspector'], () => 'withdrawn'],
    ['issue', ['draft'], ['inspector'], () => 'issued'],
    ['serve', ['issued'], ['inspector'], () => 'fixing'],
    ['acknowledge', [...served, 'accepted'], ['project_manager', 'safety_officer'], (from) => from!],
    ['reply', ['fixing'], ['project_manager', 'safety_officer'], () => 'replied'],
    ['countersign', ['replied'], ['chief_engineer'], () => 'confirmed'],
    ['review', ['confirmed'], ['inspector'], () => 'closed'],
    ['extend', [...served], ['inspector'], (from) => from!],
    ['order_visit', [...served], ['inspector'], (from) => from!],
    ['visit', [...served], ['inspector'], (from) => from!],
    ['recommend', ['accepted'], ['chief_engineer'], () => 'accepted'],
    ['resume', ['accepted'], ['inspector'], () => 'closed'],
    ['withdraw', ['draft', 'issued', ...served, 'accepted'], ['chief'], () => 'withdrawn'],
    ['reopen', ['closed'], ['inspector', 'chief'], () => 'fixing'],
    ['warn', ['fixing'], ['system'], (from) => from!],
    ['yellow', ['fixing', 'replied'], ['system'], (from) => from!],
    ['lock', ['fixing', 'replied'], ['system'], (from) => from!],
  ]
  const actors = Object.keys(keysOf) as Capacity[]
  test('the list names every step', () => {
    expect(allowed.map(([action]) => action).sort()).toEqual(Object.keys(workflow.steps).sort())
  })
  for (const [action, from, by, to] of allowed)
    for (const state of [null, ...NoticeState.options])
      test(`${state} + ${action} -> ${from.includes(state) ? `${to(state)} by ${by.join(', ')}` : 'refused'}`, () => {
        for (const capacity of actors) {
          const decision = go(notice(state), action, actor(capacity), late)
          if (from.includes(state) && by.includes(capacity))
            expect(decision, capacity).toMatchObject({ ok: true, to: to(state) })
          else expect(decision, capacity).toMatchObject({ ok: false })
          // What the table itself forbids is never left to a guard; the clock alone may ring for nothing.
          if (!decision.ok && capacity !== 'system')
            expect(['missing', 'forbidden', 'conflict'], capacity).toContain(decision.kind)
        }
      })
})

describe('the refusals say why', () => {
  test('an item elsewhere, unknown, or named twice', () => {
    const reply = (ids: string[], record = notice('fixing')) =>
      go(record, 'reply', actor('project_manager'), now, {
        items: ids.map((itemId) => ({ itemId, text: '已改', photos: [id(31)] })),
      })
    expect(reply([id(99)])).toMatchObject({ kind: 'unmet', rule: 'item_unknown' })
    expect(reply([itemIds[0], itemIds[0]])).toMatchObject({ kind: 'unmet', rule: 'item_twice' })
    const half = notice('fixing', { items: [item(0, 'replied'), item(1, 'fixing')] })
    expect(reply([itemIds[0]], half)).toMatchObject({ rule: 'item_not_with_unit', detail: { items: ['事项0'] } })
  })
  test('the step belongs to those with whom an item lies', () => {
    expect(go(notice('fixing'), 'countersign', actor('chief_engineer'))).toMatchObject({ rule: 'not_your_unit' })
    const half = notice('fixing', { items: [item(0, 'replied'), item(1, 'fixing')] })
    expect(go(half, 'countersign', actor('chief_engineer'))).toMatchObject({ ok: true, to: 'fixing' })
  })
  test('an officer of the district who is not assigned, a party before service', () => {
    const neighbour = actor('inspector', [`d:${district}`])
    expect(go(notice('confirmed'), 'review', neighbour)).toMatchObject({ kind: 'forbidden', rule: 'not_assigned' })
    expect(go(notice('closed'), 'reopen', neighbour)).toMatchObject({ kind: 'forbidden', rule: 'not_assigned' })
    expect(go(notice('issued'), 'acknowledge', actor('project_manager'))).toMatchObject({ kind: 'missing' })
  })
  test('closing an item whose ordered visit is older than the last reply', () => {
    const by = (at: string) => ({ personId: null, name: '监', at })
    const visited = (at: string, fixed = true) =>
      notice('confirmed', {
        items: [
          {
            ...item(0, 'confirmed'),
            visitOrdered: { reason: '须到场', by: by(servedAt) },
            visits: [{ at, fixed, note: '', photos: [], by: by(at) }],
          },
        ],
      })
    expect(go(visited('2026-11-21T01:59:59.999Z'), 'review', actor('inspector'))).toMatchObject({
      rule: 'visit_missing',
    })
    expect(go(visited(now, false), 'review', actor('inspector'))).toMatchObject({ rule: 'visit_missing' })
    expect(go(visited(now), 'review', actor('inspector'))).toMatchObject({ ok: true, to: 'closed' })
  })
})

describe('the clock', () => {
  const before = (at: string) => new Date(Date.parse(at) - 1).toISOString()
  test.each([
    ['yellow', '2026-11-26T16:00:00.000Z'],
    ['lock', '2026-12-04T16:00:00.000Z'],
    ['warn', '2026-11-23T16:01:00.000Z'],
  ] as const)('%s comes at its hour and not a millisecond before', (action, at) => {
    expect(go(notice('fixing'), action, actor('system'), before(at))).toMatchObject({ kind: 'unmet', rule: 'not_due' })
    expect(go(notice('fixing'), action, actor('system'), at)).toMatchObject({ ok: true, to: 'fixing' })
  })
  test('a step of the clock silences itself', () => {
    for (const action of ['yellow', 'lock', 'warn'] as const) {
      const decision = go(notice('fixing'), action, actor('system'), late)
      if (!decision.ok) throw new Error(decision.rule)
      expect(workflow.head(decision.record).timers.map((timer) => timer.action)).not.toContain(action)
    }
  })
  test('an item that is returned past its hours is due when it comes back', () => {
    const returned = {
      countersign: null,
      review: { accept: false, reason: '未改', by: { personId: null, name: '监', at: late } },
    }
    const [one, other] = notice('replied').items as [NoticeItem, NoticeItem]
    const back = { ...one, state: 'fixing' as const, rounds: [{ ...one.rounds[0]!, ...returned }] }
    expect(workflow.head(notice('fixing', { items: [back, other] })).timers).toEqual(
      ['warn', 'yellow', 'lock'].map((action) => ({ action, at: late })),
    )
  })
})

describe('what follows from the record', () => {
  test('a unit without a supervisor answers the officers directly', () => {
    const record = notice('fixing', { supervisionId: null, supervisionName: null })
    expect(go(record, 'reply', actor('project_manager'))).toMatchObject({ ok: true, to: 'confirmed' })
  })
  test('a notice to the supervision unit is answered by its chief engineer and not countersigned by himself', () => {
    const record = notice('fixing', { orgId: supervision, orgRole: 'supervision' })
    expect(go(record, 'reply', actor('chief_engineer'))).toMatchObject({ ok: true, to: 'confirmed' })
  })
  test('reach before and after service', () => {
    const own = [...districtKeys(district), assignedKey(project)]
    const copies = [contractor, supervision, owner].flatMap((org) => partyKeys(project, org))
    expect(workflow.head(notice('issued')).reach).toEqual(own)
    expect(workflow.head(notice('fixing')).reach).toEqual([...own, ...copies])
  })
  test('the inbox of a half-answered notice: the unit, and the engineer who has something to confirm', () => {
    const half = notice('fixing', { items: [item(0, 'replied'), item(1, 'fixing')] })
    const keys = waitsOf(workflow, half)
    expect(keys).toContain(`w:project_manager@${postKey(project, contractor)}`)
    expect(keys).toContain(`w:chief_engineer@${postKey(project, supervision)}`)
    expect(keys.filter((key) => key.startsWith('w:inspector'))).toEqual([])
    expect(openSteps(workflow, half, actor('chief_engineer')).map(({ action }) => action)).toEqual(['countersign'])
  })
  test('timers: the next warning and both rungs; none while everything waits for the bureau', () => {
    expect(workflow.head(notice('fixing')).timers).toEqual([
      { action: 'warn', at: '2026-11-23T16:01:00.000Z' },
      { action: 'yellow', at: '2026-11-26T16:00:00.000Z' },
      { action: 'lock', at: '2026-12-04T16:00:00.000Z' },
    ])
    expect(workflow.head(notice('confirmed')).timers).toEqual([])
    expect(workflow.head(notice('fixing', { tier: 'red' })).timers).toEqual([
      { action: 'warn', at: '2026-11-23T16:01:00.000Z' },
    ])
  })
  test('reopened, the ladder keeps its day of service: both rungs are due at once when it has passed', () => {
    const decision = go(notice('closed'), 'reopen', actor('chief'), late)
    if (!decision.ok) throw new Error(decision.rule)
    const { timers, due } = workflow.head(decision.record)
    expect(timers).toEqual(['warn', 'yellow', 'lock'].map((action) => ({ action, at: late })))
    expect(due).toBe('2026-11-23T16:00:00.000Z')
    expect(isOpen(workflow, decision.record)).toBe(true)
  })
})
