import { z } from 'zod'
import { Flag, page, Paging } from '../base/index.ts'
import { Finding, Severity } from '../inspection/index.ts'
import { type AnyRoute, DayString } from '../kit/index.ts'
import { actBody, ById, caseView, Instant, Tier } from '../workflow/index.ts'
import { DraftInput } from './inputs.ts'
import { ItemState, Notice, NoticeKind, NoticeState } from './schema.ts'
import { Holder, Track } from './track.ts'
import { noticeWorkflow } from './workflow.ts'

/** A notice with the tracking of its items and the holds it has placed (REC-04, REC-12). */
export const NoticeView = caseView(Notice).extend({
  tracks: z.array(Track),
  holds: z.array(z.object({ effect: z.string(), clause: z.string(), item: z.string(), placedAt: Instant })),
  /** Days of the law for each severity today, which a draft's items take unless the officer shortens them. */
  terms: z.record(Severity, z.number()),
})
export type NoticeView = z.infer<typeof NoticeView>

export const NoticeRow = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  kind: NoticeKind,
  state: NoticeState,
  stateLabel: z.string(),
  tier: Tier,
  projectId: z.uuid(),
  projectName: z.string(),
  orgId: z.uuid(),
  orgName: z.string(),
  inspectionId: z.uuid().nullable(),
  items: z.number().int(),
  openItems: z.number().int(),
  overdueItems: z.number().int(),
  due: Instant.nullable(),
  issuedAt: Instant.nullable(),
  servedAt: Instant.nullable(),
  redAt: Instant.nullable(),
})
export type NoticeRow = z.infer<typeof NoticeRow>

const Common = z.object({
  projectId: z.uuid().optional(),
  orgId: z.uuid().optional(),
  inspectionId: z.uuid().optional(),
  tier: Tier.optional(),
  /** Open: not closed and not withdrawn. */
  open: Flag.optional(),
})

/** One hazard of the ledger: derived from the notices, never typed. `id` with `noticeId` opens the whole chain. */
export const LedgerRow = z.object({
  id: z.uuid(),
  noticeId: z.uuid(),
  number: z.string(),
  kind: NoticeKind,
  noticeState: NoticeState,
  inspectionId: z.uuid().nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  orgId: z.uuid(),
  orgName: z.string(),
  text: z.string(),
  clause: z.string(),
  severity: Severity,
  state: ItemState,
  stateLabel: z.string(),
  tier: Tier,
  issuedAt: Instant,
  servedAt: Instant.nullable(),
  due: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  overdue: z.boolean(),
  daysUsed: z.number().int().nullable(),
  daysLeft: z.number().int().nullable(),
  holder: Holder,
  holderName: z.string(),
  rounds: z.number().int(),
})
export type LedgerRow = z.infer<typeof LedgerRow>

export const LedgerFilter = Common.extend({
  state: ItemState.optional(),
  severity: Severity.optional(),
  overdue: Flag.optional(),
  /** Whether the item itself was accepted, while others of its notice may be open. */
  accepted: Flag.optional(),
  /** Whether its unit had been ordered the same before (REC-13). */
  repeat: Flag.optional(),
  /** Days of issue, both included. */
  from: DayString.optional(),
  to: DayString.optional(),
  /** Words in the hazard's text, its clause, or the notice's number. */
  q: z.string().trim().max(60).optional(),
})
export type LedgerFilter = z.infer<typeof LedgerFilter>

/** 守恒: issued = open + closed + withdrawn. `issued` is counted from the acts, the others from the notices. */
export const Conservation = z.object({
  issued: z.number().int(),
  open: z.number().int(),
  closed: z.number().int(),
  withdrawn: z.number().int(),
  holds: z.boolean(),
})
export type Conservation = z.infer<typeof Conservation>
export const ProjectConservation = Conservation.extend({ projectId: z.uuid(), projectName: z.string() })
export type ProjectConservation = z.infer<typeof ProjectConservation>

/** How one unit puts right what it was ordered to (REC-13). */
export const UnitRow = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  notices: z.number().int(),
  openItems: z.number().int(),
  overdueItems: z.number().int(),
  locked: z.number().int(),
  /** Median days from service to closure of its closed notices. */
  medianDays: z.number().nullable(),
  /** Items whose checklist item, or clause, it had been ordered to put right before, on any of its projects. */
  repeats: z.number().int(),
})
export type UnitRow = z.infer<typeof UnitRow>

export const Rate = z.object({
  code: z.enum(['effective', 'closed']),
  title: z.string(),
  formula: z.string(),
  numerator: z.number().int(),
  denominator: z.number().int(),
  /** Null where nothing is counted yet. */
  value: z.number().nullable(),
})
export type Rate = z.infer<typeof Rate>

const Period = z.object({ from: DayString.optional(), to: DayString.optional(), projectId: z.uuid().optional() })

export const rectificationContract = {
  list: {
    method: 'GET',
    path: '/rectifications',
    permission: 'rectification.read',
    title: '整改与停工文书',
    query: Paging.extend({
      ...Common.shape,
      kind: NoticeKind.optional(),
      state: NoticeState.optional(),
      /** Whether it ever was issued: a draft was not, nor one that was given up. */
      issued: Flag.optional(),
      withdrawn: Flag.optional(),
    }),
    reply: page(NoticeRow),
  },
  get: {
    method: 'GET',
    path: '/rectifications/:id',
    permission: 'rectification.read',
    title: '文书、整改经过与可办事项',
    params: ById,
    reply: NoticeView,
  },
  draft: {
    method: 'POST',
    path: '/rectifications',
    permission: 'rectification.order',
    title: '拟制文书：一个责任单位一份',
    body: z.object({ requestId: z.uuid(), input: DraftInput }),
    reply: NoticeView,
  },
  act: {
    method: 'POST',
    path: '/rectifications/:id/acts',
    permission: 'rectification.act',
    title: '办理：签发、送达、回复、复核、审核、延期、复查、复工、撤回、重开',
    params: ById,
    body: actBody(noticeWorkflow, [
      'amend',
      'discard',
      'issue',
      'serve',
      'acknowledge',
      'reply',
      'countersign',
      'review',
      'extend',
      'order_visit',
      'visit',
      'recommend',
      'resume',
      'withdraw',
      'reopen',
    ]),
    reply: NoticeView,
  },
  unordered: {
    method: 'GET',
    path: '/rectifications/unordered/:id',
    permission: 'rectification.read',
    title: '一次检查中尚未下达文书的隐患',
    params: ById,
    reply: z.object({ rows: z.array(Finding) }),
  },
  ledger: {
    method: 'GET',
    path: '/hazards',
    permission: 'rectification.read',
    title: '隐患台账',
    query: Paging.extend(LedgerFilter.shape),
    reply: page(LedgerRow),
  },
  ledgerExport: {
    method: 'GET',
    path: '/hazards.xlsx',
    permission: 'rectification.read',
    title: '隐患台账导出（XLSX，注明筛选条件）',
    query: LedgerFilter,
    sends: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  conservation: {
    method: 'GET',
    path: '/rectifications/conservation',
    permission: 'rectification.read',
    title: '守恒：已下达 = 整改中 + 已闭合 + 已撤回，逐项目与合计',
    query: z.object({ projectId: z.uuid().optional() }),
    reply: z.object({ total: Conservation, projects: z.array(ProjectConservation) }),
  },
  units: {
    method: 'GET',
    path: '/rectifications/units',
    permission: 'rectification.read',
    title: '企业整改情况',
    query: z.object({ orgId: z.uuid().optional() }),
    reply: z.object({ rows: z.array(UnitRow) }),
  },
  rates: {
    method: 'GET',
    path: '/rectifications/rates',
    permission: 'rectification.read',
    title: '有效开单率与整改闭合率，附公式',
    query: Period,
    reply: z.object({ rows: z.array(Rate) }),
  },
} satisfies Record<string, AnyRoute>
