import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, type Key, partyKeys, postKey } from '../access/index.ts'
import { assignedTo, defineWorkflow, stepOf } from '../workflow/index.ts'
import * as change from './changes.ts'
import * as guard from './guards.ts'
import * as inputs from './inputs.ts'
import { backAt, settle } from './items.ts'
import { type ItemState, type Notice, noticeKinds, type NoticeState } from './schema.ts'
import { isOpenItem, isOwed } from './terms.ts'

const step = stepOf<NoticeState, Notice>()
const unitPeople = [
  'project_manager',
  'safety_officer',
  'chief_engineer',
  'owner_rep',
] as const satisfies readonly Capacity[]
const served = ['fixing', 'replied', 'confirmed'] as const satisfies readonly NoticeState[]
const ends = ['fixing', 'replied', 'confirmed', 'accepted', 'closed'] as const satisfies readonly NoticeState[]

/** The responsible unit's people on the project. */
const unit = ({ projectId, orgId }: Notice): Key[] => [postKey(projectId, orgId)]
/** The supervision unit's; the owner's where none is engaged. */
const supervisor = ({ projectId, supervisionId, ownerId }: Notice): Key[] => {
  const org = supervisionId ?? ownerId
  return org ? [postKey(projectId, org)] : []
}
/** The assigned officers, and whoever reaches the whole county. */
const aboveOrAssigned = ({ projectId, district }: Notice): Key[] => [
  assignedKey(projectId),
  ...districtKeys(district.slice(0, 6)),
]

/** While the notice runs, a step belongs to those with whom some item lies now; so inboxes and pages show no idle step. */
const whileSome =
  (state: ItemState, keys: (notice: Notice) => Key[]) =>
  (notice: Notice): Key[] =>
    notice.state !== null && isServed(notice.state) && !notice.items.some((item) => item.state === state)
      ? []
      : keys(notice)
const isServed = (state: NoticeState) => (served as readonly NoticeState[]).includes(state)

/**
 * 责令改正、停工: found -> drafted -> issued -> served -> fixed -> confirmed by supervision -> accepted, item by item.
 * Each step names the text it rests on; terms and ladder come from core/law.
 */
export const noticeWorkflow = defineWorkflow<NoticeState, Notice>()({
  name: 'rectification',
  title: '隐患整改',
  states: {
    draft: { label: '拟稿', waits: ['issue'] },
    issued: { label: '待送达', waits: ['serve'] },
    fixing: { label: '整改中', waits: ['reply', 'countersign', 'review'] },
    replied: { label: '待监理复核', waits: ['countersign', 'review'] },
    confirmed: { label: '待审核', waits: ['review'] },
    accepted: { label: '待复工', waits: ['recommend', 'resume'] },
    closed: { label: '已闭合', final: true },
    withdrawn: { label: '已撤回', final: true },
  },
  steps: {
    draft: step({
      label: '拟制文书',
      clause: 'supervision.rectify_term',
      from: [null],
      to: 'draft',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.DraftInput,
      guard: ({ record, law }) => guard.wording(record, law),
    }),
    amend: step({
      label: '修改文书',
      clause: 'supervision.rectify_term',
      from: ['draft'],
      to: 'stay',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.AmendInput,
      guard: ({ record, input, law }) => guard.amended(record, input, law),
      apply: ({ record, input }) => change.reword(record, input),
    }),
    discard: step({
      label: '放弃拟稿',
      clause: 'supervision.rectify_term',
      from: ['draft'],
      to: 'withdrawn',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.ReasonInput,
      apply: change.withdraw,
    }),
    issue: step({
      label: '签发',
      clause: 'supervision.two_officers',
      from: ['draft'],
      to: 'issued',
      by: ['inspector'],
      mine: assignedTo,
      input: z.object({}),
      guard: ({ record, law }) => guard.officers(record, law) ?? guard.wording(record, law),
      apply: ({ record, now }) => ({ ...record, issuedAt: now }),
    }),
    serve: step({
      label: '送达',
      clause: 'supervision.rectify_term',
      from: ['issued'],
      to: 'fixing',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.ServeInput,
      guard: guard.service,
      apply: change.serve,
    }),
    acknowledge: step({
      label: '签收',
      clause: 'supervision.rectify_term',
      from: [...served, 'accepted'],
      to: 'stay',
      by: unitPeople,
      mine: unit,
      input: z.object({}),
      guard: ({ record }) => (record.service?.outcome === 'delivered' ? null : 'already_acknowledged'),
      apply: change.acknowledge,
    }),
    reply: step({
      label: '提交整改回复',
      clause: 'supervision.rectify_term',
      from: ['fixing'],
      to: ends,
      settle,
      by: unitPeople,
      mine: unit,
      input: inputs.ReplyInput,
      guard: guard.reply,
      apply: change.reply,
    }),
    countersign: step({
      label: '监理复核',
      clause: 'supervision.recheck',
      from: ['fixing', 'replied'],
      to: ends,
      settle,
      by: ['chief_engineer'],
      mine: whileSome('replied', supervisor),
      input: inputs.CountersignInput,
      guard: guard.countersign,
      apply: change.countersign,
    }),
    review: step({
      label: '审核整改',
      clause: 'supervision.recheck',
      from: served,
      to: ends,
      settle,
      by: ['inspector'],
      mine: whileSome('confirmed', assignedTo),
      input: inputs.ReviewInput,
      guard: guard.review,
      apply: change.review,
    }),
    extend: step({
      label: '延长期限',
      clause: 'supervision.rectify_term',
      from: served,
      to: 'stay',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.ExtendInput,
      guard: guard.extension,
      apply: change.extend,
    }),
    order_visit: step({
      label: '要求现场复查',
      clause: 'supervision.recheck',
      from: served,
      to: 'stay',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.OrderVisitInput,
      guard: guard.visitOrder,
      apply: change.orderVisit,
    }),
    visit: step({
      label: '登记现场复查',
      clause: 'supervision.recheck',
      from: served,
      to: 'stay',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.VisitInput,
      guard: guard.visit,
      apply: change.visit,
    }),
    recommend: step({
      label: '签署复工意见',
      clause: 'supervision.stop_work',
      from: ['accepted'],
      to: 'stay',
      by: ['chief_engineer', 'owner_rep'],
      mine: supervisor,
      input: inputs.RecommendInput,
      apply: change.recommend,
    }),
    resume: step({
      label: '同意复工',
      clause: 'supervision.stop_work',
      from: ['accepted'],
      to: 'closed',
      by: ['inspector'],
      mine: assignedTo,
      input: inputs.ResumeInput,
      guard: ({ record }) => (record.resumeOpinion?.agree ? null : 'resume_opinion_missing'),
      apply: ({ record, now }) => ({ ...record, closedAt: now }),
    }),
    withdraw: step({
      label: '撤回',
      clause: 'supervision.rectify_term',
      from: ['draft', 'issued', ...served, 'accepted'],
      to: 'withdrawn',
      by: ['chief'],
      input: inputs.ReasonInput,
      apply: change.withdraw,
    }),
    // The ladder keeps the original day of service: an order that was closed on a false fix was never obeyed.
    // A stop order that is reopened stops nothing anew; that takes a new order.
    reopen: step({
      label: '重新开启',
      clause: 'supervision.recheck',
      from: ['closed'],
      to: 'fixing',
      by: ['inspector', 'chief'],
      mine: aboveOrAssigned,
      input: inputs.ReopenInput,
      guard: guard.reopening,
      apply: change.reopen,
    }),
    warn: step({
      label: '逾期警告',
      clause: 'district.overdue_warning',
      from: served,
      to: 'stay',
      by: ['system'],
      input: z.object({}),
      guard: ({ record, now }) => (record.items.some((item) => change.isWarnDue(item, now)) ? null : 'not_due'),
      apply: change.warn,
    }),
    yellow: step({
      label: '黄色提醒',
      clause: 'pinghu.ladder',
      from: served,
      to: 'stay',
      by: ['system'],
      input: z.object({}),
      guard: ({ record, now }) => guard.rung(record, record.yellowAt, now, record.tier === 'calm'),
      apply: ({ record, now }) => ({ ...record, tier: 'yellow' as const, yellowedAt: now }),
    }),
    lock: step({
      label: '红色锁定',
      clause: 'pinghu.ladder',
      from: served,
      to: 'stay',
      by: ['system'],
      input: z.object({}),
      guard: ({ record, now }) => guard.rung(record, record.redAt, now, record.tier !== 'red'),
      apply: ({ record, now }) => ({ ...record, tier: 'red' as const, lockedAt: now }),
    }),
  },
  head: (notice) => ({
    number: notice.number,
    title: `${noticeKinds[notice.kind]} · ${notice.projectName}`,
    projectId: notice.projectId,
    subjects: [notice.projectId],
    parties: partiesOf(notice),
    reach: [
      ...districtKeys(notice.district),
      assignedKey(notice.projectId),
      // A party reaches a notice by the act that serves it, never before.
      ...(notice.servedAt ? partiesOf(notice).flatMap((org) => partyKeys(notice.projectId, org)) : []),
    ],
    due: earliest(notice.items.filter(isOpenItem).map(({ due }) => due)),
    tier: notice.tier,
    timers: timersOf(notice),
    words: [
      notice.projectName,
      notice.orgName,
      notice.number ?? '',
      ...notice.items.slice(0, 20).map(({ text }) => text),
    ],
  }),
})

const partiesOf = ({ orgId, supervisionId, ownerId }: Notice): string[] => [
  ...new Set([orgId, supervisionId, ownerId].filter((id) => id !== null)),
]

const earliest = (instants: readonly (string | null)[]) => instants.filter((at) => at !== null).sort()[0] ?? null

/**
 * The next warning of an item that lies with the unit; the rungs of the ladder while the enterprises owe something. What
 * comes back to the unit past its hour is due at the moment it comes back, not at an hour when nothing was owed.
 */
function timersOf(notice: Notice): { action: string; at: string }[] {
  const unwarned = notice.items.filter((item) => item.state === 'fixing' && !item.warnedAt && item.warnAt)
  const warnAt = earliest(unwarned.map((item) => later(item.warnAt!, backAt(notice, item))))
  const back =
    notice.items
      .map((item) => backAt(notice, item))
      .sort()
      .at(-1) ?? ''
  const climbing = isOwed(notice)
  return [
    ...(warnAt ? [{ action: 'warn', at: warnAt }] : []),
    ...(climbing && notice.yellowAt && notice.tier === 'calm'
      ? [{ action: 'yellow', at: later(notice.yellowAt, back) }]
      : []),
    ...(climbing && notice.redAt && notice.tier !== 'red' ? [{ action: 'lock', at: later(notice.redAt, back) }] : []),
  ]
}

const later = (one: string, other: string) => (one > other ? one : other)
