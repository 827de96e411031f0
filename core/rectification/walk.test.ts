import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '../access/index.ts'
import { lawOn } from '../law/index.ts'
import { decide } from '../workflow/index.ts'
import { newItem, newNotice } from './changes.ts'
import { settle } from './items.ts'
import type { Notice, NoticeItem } from './schema.ts'
import { noticeWorkflow as workflow } from './workflow.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const project = id(1)
const everyKey = ['d:', `s:${project}`, ...[2, 3, 4].map((n) => `p:${project}:${id(n)}`)]
const itemIds = [id(11), id(12), id(13)]
const day = 86_400_000
const start = Date.parse('2026-11-20T02:00:00.000Z')

const fresh = (kind: Notice['kind'], supervised: boolean): Notice =>
  newNotice({
    id: id(9),
    kind,
    projectId: project,
    projectName: '工程',
    address: '路1号',
    permitNo: null,
    district: '990421001',
    site: null,
    inspectionId: null,
    alarmId: null,
    foundOn: '2026-11-20',
    orgId: id(2),
    orgName: '施工',
    orgRole: 'contractor',
    supervisionId: supervised ? id(3) : null,
    supervisionName: supervised ? '监理' : null,
    ownerId: id(4),
    ownerName: '建设',
    officers: [21, 22].map((n) => ({ personId: id(n), name: `监${n}`, certificate: '1' })),
    scope: '全部',
    basis: [],
    protection: ['断电'],
    resumeWhen: ['合格'],
    items: itemIds.map((one, n) =>
      newItem(
        {
          id: one,
          text: `事项${n}`,
          clause: '条',
          severity: (['imminent', 'serious', 'general'] as const)[n]!,
          requirement: '改',
          days: null,
          photos: [],
          point: null,
        },
        { findingId: null, itemCode: null },
      ),
    ),
    draftedAt: new Date(start).toISOString(),
  })

type Action = keyof typeof workflow.steps
const actorFor = (action: Action): Actor => ({
  personId: id(21),
  appointmentId: null,
  name: '某人',
  capacity: workflow.steps[action].by[0]!,
  orgId: null,
  keys: everyKey,
})

function inputFor(action: Action, ids: string[], yes: boolean, now: string): unknown {
  const each = <T>(more: T) => ({ items: ids.map((itemId) => ({ itemId, ...more })) })
  const reason = '理由充分'
  switch (action) {
    case 'serve':
      return {
        way: 'on_site',
        at: now,
        recipient: { name: '何', post: '经理' },
        outcome: 'read',
        note: '',
        photos: [],
      }
    case 'reply':
      return each({ text: '已改', photos: [id(31)] })
    case 'countersign':
      return each({ agree: yes, opinion: reason })
    case 'review':
      return each({ accept: yes, reason })
    case 'extend':
      return { itemIds: ids, to: new Date(Date.parse(now) + 9 * day).toISOString().slice(0, 10), reason }
    case 'visit':
      return { itemIds: ids, at: now, fixed: yes, note: '到场', photos: [id(31)] }
    case 'recommend':
      return { agree: yes, opinion: reason }
    case 'resume':
      return { conclusion: reason, conditions: [] }
    default:
      return { itemIds: ids, reason }
  }
}

const go = (record: Notice, action: Action, ids: string[], yes: boolean, now: string): Notice => {
  const input = inputFor(action, ids, yes, now)
  const facts = { record, actor: actorFor(action), input, now, law: lawOn(now.slice(0, 10), '990421') }
  const decision = decide(workflow, action, facts)
  if (!decision.ok) return record
  // What an effect would add: the mark that work was resumed.
  const resumed = { number: '复1', conclusion: '合格', by: { personId: null, name: '监', at: now } }
  return action === 'resume' ? { ...decision.record, resumed } : decision.record
}

const walked: Action[] = [
  'issue',
  'serve',
  'acknowledge',
  'reply',
  'reply',
  'countersign',
  'countersign',
  'review',
  'review',
  'extend',
  'order_visit',
  'visit',
  'recommend',
  'resume',
  'withdraw',
  'reopen',
  'warn',
  'yellow',
  'lock',
]
const steps = fc.array(
  fc.record({
    action: fc.constantFrom(...walked),
    ids: fc.subarray(itemIds, { minLength: 1 }),
    yes: fc.boolean(),
    hours: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 40 },
)

/** Nothing that was written of an item is ever rewritten: what stood before is a beginning of what stands after. */
function requireKept(before: NoticeItem, after: NoticeItem): void {
  expect(after.rounds.slice(0, before.rounds.length).map(({ reply }) => reply)).toEqual(
    before.rounds.map(({ reply }) => reply),
  )
  for (const [n, { countersign, review }] of before.rounds.entries()) {
    if (countersign) expect(after.rounds[n]!.countersign).toEqual(countersign)
    if (review) expect(after.rounds[n]!.review).toEqual(review)
  }
  expect(after.extensions.slice(0, before.extensions.length)).toEqual(before.extensions)
  expect(after.visits.length).toBeGreaterThanOrEqual(before.visits.length)
  if (before.due) expect(after.due! >= before.due).toBe(true)
}

/** What diligent people would do next with a notice as it stands. */
const onward: [Action, (notice: Notice) => string[] | null][] = [
  ['issue', () => itemIds],
  ['serve', () => itemIds],
  ['reply', (notice) => idsIn(notice, 'fixing')],
  ['countersign', (notice) => idsIn(notice, 'replied')],
  ['visit', (notice) => (notice.items.some(({ visitOrdered }) => visitOrdered) ? idsIn(notice, 'confirmed') : null)],
  ['review', (notice) => idsIn(notice, 'confirmed')],
  ['recommend', () => itemIds],
  ['resume', () => itemIds],
]
const idsIn = (notice: Notice, state: string) => {
  const ids = notice.items.filter((item) => item.state === state).map(({ id: one }) => one)
  return ids.length > 0 ? ids : null
}

test('random acts: the state follows from the items, history only grows, and no case is ever stuck', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('correct' as const, 'stop_part' as const, 'stop_whole' as const),
      fc.boolean(),
      steps,
      (kind, supervised, acts) => {
        let at = start
        let notice = go(fresh(kind, supervised), 'draft', itemIds, true, new Date(at).toISOString())
        for (const { action, ids, yes, hours } of acts) {
          at += hours * 3_600_000
          const after = go(notice, action, ids, yes, new Date(at).toISOString())
          for (const [n, item] of notice.items.entries()) requireKept(item, after.items[n]!)
          if (notice.servedAt)
            expect([after.servedAt, after.yellowAt, after.redAt]).toEqual([
              notice.servedAt,
              notice.yellowAt,
              notice.redAt,
            ])
          notice = after
          if (notice.servedAt && notice.state !== 'withdrawn') expect(notice.state).toBe(settle(notice))
          if (['accepted', 'closed', 'withdrawn'].includes(notice.state!)) expect(notice.tier).toBe('calm')
          const { timers } = workflow.head(notice)
          if (notice.state === 'confirmed') expect(timers).toEqual([])
        }
        for (let n = 0; n < 20 && notice.state !== 'closed' && notice.state !== 'withdrawn'; n += 1) {
          at += 3_600_000
          for (const [action, idsOf] of onward) {
            const ids = idsOf(notice)
            if (ids) notice = go(notice, action, ids, true, new Date(at).toISOString())
          }
        }
        expect(['closed', 'withdrawn']).toContain(notice.state)
      },
    ),
    { numRuns: 400 },
  )
})
