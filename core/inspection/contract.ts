import { z } from 'zod'
import { FileView, page, Paging } from '../base/index.ts'
import { type AnyRoute, DayString } from '../kit/index.ts'
import { actBody, ById, caseView, Instant } from '../workflow/index.ts'
import { planWorkflow } from './plan.ts'
import { Inspection, InspectionKindName, InspectionState, Plan, PlanItem, SubjectName } from './schema.ts'
import { inspectionWorkflow } from './workflow.ts'

/** A photograph of the record as its page shows it; `meters` is how far from the site it says it was taken. */
export const InspectionPhoto = FileView.extend({
  meters: z.number().nullable(),
  /** What the phone told when it uploaded, apart from what the picture itself says. */
  told: z.object({ takenAt: Instant.nullable(), lon: z.number().nullable(), lat: z.number().nullable() }),
})
export type InspectionPhoto = z.infer<typeof InspectionPhoto>

const Scoring = z.object({
  excellent: z.number(),
  qualified: z.number(),
  guaranteePass: z.number(),
  guaranteeFull: z.number(),
  byRatio: z.boolean(),
})

/** An inspection with what its page needs beside the record. */
export const InspectionView = caseView(Inspection).extend({
  photos: z.array(InspectionPhoto),
  /** SHA-256 of the content as it stands now. */
  contentDigest: z.string(),
  /** Whether the signature still fits the content; null while there is none. */
  signatureFits: z.boolean().nullable(),
  /** The law in force: thresholds of the score and days to rectify, so that the page counts as the server will. */
  scoring: Scoring,
  terms: z.object({ general: z.number(), serious: z.number(), imminent: z.number() }),
})
export type InspectionView = z.infer<typeof InspectionView>

export const InspectionRow = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  state: InspectionState,
  stateLabel: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  kind: InspectionKindName,
  subject: SubjectName,
  visitedAt: Instant,
  officers: z.array(z.string()),
  findings: z.number(),
  grade: z.enum(['excellent', 'qualified', 'unqualified']).nullable(),
  total: z.number().nullable(),
})
export type InspectionRow = z.infer<typeof InspectionRow>

const filters = {
  state: InspectionState.optional(),
  kind: InspectionKindName.optional(),
  subject: SubjectName.optional(),
  projectId: z.uuid().optional(),
  officerId: z.uuid().optional(),
  /** Only those that began with an alarm. */
  fromAlarm: z.enum(['true']).optional(),
  from: DayString.optional(),
  to: DayString.optional(),
  /** Part of a project's name or of a number. */
  text: z.string().trim().max(60).optional(),
}
export const InspectionFilter = z.object(filters)
export type InspectionFilter = z.infer<typeof InspectionFilter>

export const OfficerChoice = z.object({
  personId: z.uuid(),
  name: z.string(),
  certificate: z.string().nullable(),
  /** Assigned to the project; else invited. */
  assigned: z.boolean(),
})
export type OfficerChoice = z.infer<typeof OfficerChoice>

const VisitView = Inspection.pick({
  id: true,
  projectId: true,
  kind: true,
  subject: true,
  visitedAt: true,
  number: true,
})

export const PlannedItem = z.object({ item: PlanItem, done: VisitView.nullable() })

export const PlanYear = z.object({
  planId: z.uuid().nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  stateLabel: z.string().nullable(),
  items: z.array(PlannedItem),
  unplanned: z.array(VisitView),
})
export type PlanYear = z.infer<typeof PlanYear>

export const inspectionContract = {
  list: {
    method: 'GET',
    path: '/inspections',
    permission: 'inspection.read',
    title: '监督检查记录，最近的在前',
    query: Paging.extend(filters),
    reply: page(InspectionRow),
  },
  export: {
    method: 'GET',
    path: '/inspections/export',
    permission: 'inspection.read',
    title: '按筛选条件导出检查记录（XLSX）',
    query: InspectionFilter,
    sends: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  officers: {
    method: 'GET',
    path: '/inspections/officers',
    permission: 'inspection.act',
    title: '可以一同检查的监督员',
    query: z.object({ projectId: z.uuid() }),
    reply: z.object({ rows: z.array(OfficerChoice) }),
  },
  get: {
    method: 'GET',
    path: '/inspections/:id',
    permission: 'inspection.read',
    title: '检查记录',
    params: ById,
    reply: InspectionView,
  },
  start: {
    method: 'POST',
    path: '/inspections',
    permission: 'inspection.act',
    title: '开始检查',
    body: z.object({ requestId: z.uuid(), input: inspectionWorkflow.steps.start.input }),
    reply: InspectionView,
  },
  act: {
    method: 'POST',
    path: '/inspections/:id/acts',
    permission: 'inspection.act',
    title: '办理检查记录：暂存、提交、确认、签字、退回修改、作废',
    params: ById,
    body: actBody(inspectionWorkflow, ['save', 'submit', 'cosign', 'sign', 'refuse_sign', 'revise', 'void']),
    reply: InspectionView,
  },
  ofProject: {
    method: 'GET',
    path: '/projects/:id/inspections',
    permission: 'inspection.read',
    title: '项目的检查历史与各类检查覆盖情况',
    params: ById,
    reply: z.object({
      rows: z.array(InspectionRow),
      coverage: z.array(z.object({ subject: SubjectName, last: VisitView.nullable(), count: z.number() })),
      kinds: z.array(z.object({ kind: InspectionKindName, count: z.number() })),
    }),
  },
  calendar: {
    method: 'GET',
    path: '/inspection-plans',
    permission: 'inspection.read',
    title: '年度监督计划与完成情况',
    query: z.object({ year: z.coerce.number().int().min(2000).max(2100), projectId: z.uuid().optional() }),
    reply: z.object({ rows: z.array(PlanYear) }),
  },
  plan: {
    method: 'GET',
    path: '/inspection-plans/:id',
    permission: 'inspection.read',
    title: '监督计划',
    params: ById,
    reply: caseView(Plan).extend({ items: z.array(PlannedItem), unplanned: z.array(VisitView) }),
  },
  propose: {
    method: 'POST',
    path: '/inspection-plans',
    permission: 'inspection.act',
    title: '拟定监督计划',
    body: z.object({ requestId: z.uuid(), input: planWorkflow.steps.propose.input }),
    reply: caseView(Plan),
  },
  planAct: {
    method: 'POST',
    path: '/inspection-plans/:id/acts',
    permission: 'inspection.act',
    title: '办理监督计划：修改草案、批准、调整',
    params: ById,
    body: actBody(planWorkflow, ['edit', 'adopt', 'amend']),
    reply: caseView(Plan),
  },
} satisfies Record<string, AnyRoute>
