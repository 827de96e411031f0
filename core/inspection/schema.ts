import { z } from 'zod'
import { DayString, Point } from '../kit/index.ts'
import { PartyRole } from '../project/index.ts'
import { Instant } from '../workflow/index.ts'
import { DeductionAsk } from './deductions.ts'
import { SpotTest } from './spot.ts'
import { type InspectionKind, inspectionKinds, type Subject, subjects } from './templates.ts'

export const InspectionState = z.enum(['draft', 'submitted', 'signed', 'void'])
export type InspectionState = z.infer<typeof InspectionState>

export const InspectionKindName = z.enum(Object.keys(inspectionKinds) as [InspectionKind, ...InspectionKind[]])
export const SubjectName = z.enum(Object.keys(subjects) as [Subject, ...Subject[]])

export const severityTitles = { general: '一般', serious: '严重', imminent: '重大' } as const
export const Severity = z.enum(['general', 'serious', 'imminent'])
export type Severity = z.infer<typeof Severity>

/** 处理意见 of the record; the paper prints every kind and marks the chosen ones (standards 10.3). */
export const measureTitles = { oral: '口头', correct: '整改', stop: '停工', points: '记分', penalty: '处罚' } as const
export const Measure = z.enum(['oral', 'correct', 'stop', 'points', 'penalty'])
export type Measure = z.infer<typeof Measure>

/** 符合, 不符合, 不适用. */
export const markTitles = { pass: '符合', fail: '不符合', na: '不适用' } as const
export const AnswerMark = z.enum(['pass', 'fail', 'na'])
export type AnswerMark = z.infer<typeof AnswerMark>

export const Answer = z.object({ itemCode: z.string().max(40), mark: AnswerMark, note: z.string().max(500) })
export type Answer = z.infer<typeof Answer>

/** One of the inspectors of the visit. `confirmedAt` is when he put his name to the content as it stands. */
export const InspectionOfficer = z.object({
  personId: z.uuid(),
  name: z.string(),
  certificate: z.string(),
  confirmedAt: Instant.nullable(),
})
export type InspectionOfficer = z.infer<typeof InspectionOfficer>

/** A unit that takes part in the project, as it stood when the inspection began. */
export const InspectionUnit = z.object({ orgId: z.uuid(), orgName: z.string(), role: PartyRole })
export type InspectionUnit = z.infer<typeof InspectionUnit>

/** Who of the site was there. */
export const Attendee = z.object({
  orgId: z.uuid(),
  name: z.string().trim().min(1).max(40),
  role: z.string().trim().min(1).max(40),
})
export type Attendee = z.infer<typeof Attendee>

/** How many photographs one finding and one record carry. */
export const mostPhotos = { finding: 20, record: 100 } as const

/** What was found wrong at one item, on one unit. In a draft the text may still be empty. */
export const Finding = z.object({
  id: z.uuid(),
  itemCode: z.string().max(40),
  itemName: z.string().max(100),
  text: z.string().max(500),
  /** The text that was broken, as papers cite it. */
  clause: z.string().max(300),
  deductions: z.array(DeductionAsk).max(20),
  /** What the deductions take from the item: computed, never typed. 0 where the template has no points. */
  points: z.number(),
  severity: Severity,
  /** The responsible unit. */
  orgId: z.uuid(),
  /** What is demanded: 补设防护栏杆. */
  requirement: z.string().max(500),
  photos: z.array(z.uuid()).max(mostPhotos.finding),
  point: Point.nullable(),
  /** The spot test out of which the finding came by itself. */
  spotId: z.uuid().nullable().default(null),
})
export type Finding = z.infer<typeof Finding>

/** A spot test with its place in the form. */
export const Spot = z.object({ id: z.uuid(), itemCode: z.string().max(40).nullable(), test: SpotTest })
export type Spot = z.infer<typeof Spot>

const ScoredTable = z.object({
  table: z.string(),
  score: z.number(),
  got: z.number(),
  full: z.number(),
  zeroed: z
    .discriminatedUnion('by', [
      z.object({ by: z.literal('item'), item: z.string() }),
      z.object({ by: z.literal('sum'), got: z.number(), full: z.number() }),
    ])
    .nullable(),
})

/** `Summary` of jgj59.ts as it travels; what was scored, why, and the grade. */
export const ScoreSummary = z.object({
  rows: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      weight: z.number(),
      tables: z.array(ScoredTable),
      score: z.number(),
      points: z.number(),
    }),
  ),
  total: z.number(),
  grade: z.enum(['excellent', 'qualified', 'unqualified']),
})
export type ScoreSummary = z.infer<typeof ScoreSummary>

/** The site representative's signature, bound to the content by its digest; `refused` holds the reason of one who would not sign. */
export const SiteSignature = z.object({
  name: z.string(),
  role: z.string(),
  orgId: z.uuid(),
  /** The drawn signature, a PNG; null when refused. */
  fileId: z.uuid().nullable(),
  /** SHA-256 of the canonical content at the moment of signing, in hex. */
  contentDigest: z.string(),
  signedAt: Instant,
  /** 'officer' when drawn on the inspector's screen, 'own' from the signer's own session. */
  by: z.enum(['officer', 'own']),
  refused: z.string().optional(),
  /** Who saw the refusal. */
  witness: z.string().optional(),
})
export type SiteSignature = z.infer<typeof SiteSignature>

/** What the officers fill in: the part of a record that a save changes. */
export const InspectionContent = z.object({
  visitedAt: Instant,
  weather: z.string().max(40),
  /** 部位、形象进度. */
  part: z.string().max(200),
  attendees: z.array(Attendee).max(20),
  tables: z.array(z.string().max(10)).max(19),
  answers: z.array(Answer).max(300),
  findings: z.array(Finding).max(200),
  spots: z.array(Spot).max(100),
  /** Photographs of the visit that belong to no finding. */
  photos: z.array(z.uuid()).max(mostPhotos.record),
  measures: z.array(Measure).max(5),
  opinion: z.string().max(2000),
})
export type InspectionContent = z.infer<typeof InspectionContent>

/** 监督抽查记录. */
export const Inspection = InspectionContent.extend({
  id: z.uuid(),
  state: InspectionState.nullable(),
  number: z.string().nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  projectCode: z.string(),
  address: z.string(),
  permitNo: z.string().nullable(),
  district: z.string(),
  /** Where the site is. */
  site: Point.nullable(),
  kind: InspectionKindName,
  subject: SubjectName,
  templateCode: z.string(),
  templateVersion: z.string(),
  units: z.array(InspectionUnit),
  officers: z.array(InspectionOfficer),
  /** Counts saves: a save names the revision it began from, and a stale one is refused. */
  revision: z.number().int(),
  savedBy: z.string(),
  savedAt: Instant,
  score: ScoreSummary.nullable(),
  /** When the parties were first shown it; from then on they reach it. */
  submittedAt: Instant.nullable(),
  signature: SiteSignature.nullable(),
  /** The printed record, the newest last. */
  papers: z.array(z.uuid()),
  /** The alarm because of which the officers went. */
  alarmId: z.uuid().nullable(),
  /** Legal orders that rest on this record: from the first one on it cannot be revised. */
  orders: z.array(z.uuid()),
})
export type Inspection = z.infer<typeof Inspection>

export const PlanState = z.enum(['draft', 'adopted'])
export type PlanState = z.infer<typeof PlanState>

export const PlanItem = z.object({
  id: z.uuid(),
  month: z.number().int().min(1).max(12),
  kind: InspectionKindName,
  subject: SubjectName,
  note: z.string().trim().max(200).default(''),
})
export type PlanItem = z.infer<typeof PlanItem>

/** 监督工作计划 of one project and year. */
export const Plan = z.object({
  id: z.uuid(),
  state: PlanState.nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  district: z.string(),
  year: z.number().int().min(2000).max(2100),
  items: z.array(PlanItem),
  adoptedDay: DayString.nullable(),
})
export type Plan = z.infer<typeof Plan>
