import { z } from 'zod'
import { DayString, Point } from '../kit/index.ts'
import { Severity } from '../inspection/index.ts'
import { Instant, Tier } from '../workflow/index.ts'

/**
 * `accepted` stands only for stop orders: every item is accepted, work may not yet resume (待复工).
 * The state of a notice that has been served follows from its items (items.ts), nobody sets it.
 */
export const NoticeState = z.enum([
  'draft',
  'issued',
  'fixing',
  'replied',
  'confirmed',
  'accepted',
  'closed',
  'withdrawn',
])
export type NoticeState = z.infer<typeof NoticeState>

export const noticeKinds = {
  correct: '责令改正通知书',
  stop_part: '局部停工通知书',
  stop_whole: '全面停工通知书',
} as const
export const NoticeKind = z.enum(['correct', 'stop_part', 'stop_whole'])
export type NoticeKind = z.infer<typeof NoticeKind>

/** fixing: with the unit; replied: with the supervision unit; confirmed: with the officers. */
export const ItemState = z.enum(['fixing', 'replied', 'confirmed', 'accepted'])
export type ItemState = z.infer<typeof ItemState>
export const itemStateTitles = {
  fixing: '待整改',
  replied: '待监理复核',
  confirmed: '待监督审核',
  accepted: '已闭合',
} as const satisfies Record<ItemState, string>

/** Who put his name to something, when. */
export const Mark = z.object({ personId: z.uuid().nullable(), name: z.string(), at: Instant })
export type Mark = z.infer<typeof Mark>

/** One reply to one item and what became of it. A returned item keeps all its rounds (REC-03). */
export const Round = z.object({
  reply: z.object({ text: z.string(), photos: z.array(z.uuid()), by: Mark, post: z.string() }),
  countersign: z.object({ agree: z.boolean(), opinion: z.string(), by: Mark }).nullable(),
  review: z.object({ accept: z.boolean(), reason: z.string(), by: Mark }).nullable(),
})
export type Round = z.infer<typeof Round>

/** A photograph that says where it was taken; `source` tells whether the picture itself or the phone says so. */
export const LocatedPhoto = z.object({
  fileId: z.uuid(),
  point: Point,
  source: z.enum(['picture', 'phone']),
  /** Metres from the site's registered position; null where the project has none. */
  meters: z.number().nullable(),
})
export type LocatedPhoto = z.infer<typeof LocatedPhoto>

/** 现场复查 of one item. */
export const Visit = z.object({
  at: Instant,
  fixed: z.boolean(),
  note: z.string(),
  photos: z.array(LocatedPhoto),
  by: Mark,
})
export type Visit = z.infer<typeof Visit>

export const Extension = z.object({ from: Instant, to: Instant, reason: z.string(), by: Mark })
export type Extension = z.infer<typeof Extension>

export const NoticeItem = z.object({
  id: z.uuid(),
  /** The finding of an inspection that it orders to be put right. */
  findingId: z.uuid().nullable(),
  /** Code of the checklist item, by which repeats are known; null for free facts. */
  itemCode: z.string().nullable(),
  text: z.string(),
  clause: z.string(),
  severity: Severity,
  requirement: z.string(),
  /** The officer's own term in days, shorter than the law's; null takes the law's for the severity. */
  days: z.number().int().nullable(),
  photos: z.array(z.uuid()),
  point: Point.nullable(),
  state: ItemState,
  /** 24:00 of the last day of its term; null before service. */
  due: Instant.nullable(),
  /** When the warning of being overdue goes out, and when it went. */
  warnAt: Instant.nullable(),
  warnedAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  extensions: z.array(Extension),
  rounds: z.array(Round),
  /** Set when closure needs a re-inspection on site (REC-08). */
  visitOrdered: z.object({ reason: z.string(), by: Mark }).nullable(),
  visits: z.array(Visit),
})
export type NoticeItem = z.infer<typeof NoticeItem>

/** 送达方式. */
export const serviceWays = {
  electronic: '电子送达',
  on_site: '直接送达',
  post: '邮寄送达',
  notice: '公告送达',
} as const
export const ServiceWay = z.enum(['electronic', 'on_site', 'post', 'notice'])
export type ServiceWay = z.infer<typeof ServiceWay>

/** 送达: an electronic service is `delivered` until the recipient himself acknowledges it; a refusal is service too (留置送达). */
export const Service = z.object({
  way: ServiceWay,
  recipient: z.object({ name: z.string(), post: z.string() }),
  outcome: z.enum(['delivered', 'read', 'refused']),
  note: z.string(),
  photos: z.array(z.uuid()),
  by: Mark,
  readBy: Mark.nullable(),
})
export type Service = z.infer<typeof Service>

export const NoticeOfficer = z.object({ personId: z.uuid(), name: z.string(), certificate: z.string() })
export type NoticeOfficer = z.infer<typeof NoticeOfficer>

/** The roles whose people act in the system; other units are ordered through them. */
export const answerableRoles = { contractor: '施工单位', supervision: '监理单位', owner: '建设单位' } as const
export const AnswerableRole = z.enum(['contractor', 'supervision', 'owner'])
export type AnswerableRole = z.infer<typeof AnswerableRole>

/** 监理（未委托监理的由建设单位）对复工的意见. */
export const ResumeOpinion = z.object({ agree: z.boolean(), opinion: z.string(), by: Mark })

/** One legal order to one unit: 责令改正, 局部停工 or 全面停工. */
export const Notice = z.object({
  id: z.uuid(),
  state: NoticeState.nullable(),
  kind: NoticeKind,
  /** 青建监改〔2026〕0015号; null until issued. */
  number: z.string().nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  address: z.string(),
  permitNo: z.string().nullable(),
  /** 9-digit code of the town. */
  district: z.string(),
  /** Where the site is registered to be. */
  site: Point.nullable(),
  /** The inspection that found the items; null when the officers state facts of their own knowledge. */
  inspectionId: z.uuid().nullable(),
  /** The alarm because of which it was drawn up: a fact among others, which the officers state as their own. */
  alarmId: z.uuid().nullable(),
  /** The day on which the facts were found. */
  foundOn: DayString,
  /** The responsible unit. */
  orgId: z.uuid(),
  orgName: z.string(),
  orgRole: AnswerableRole,
  supervisionId: z.uuid().nullable(),
  supervisionName: z.string().nullable(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  officers: z.array(NoticeOfficer),
  /** What stops: parts, procedures, machines. Empty for a correction notice. */
  scope: z.string(),
  basis: z.array(z.string()),
  /** Of stop orders: what must be kept safe meanwhile, and when work may resume. */
  protection: z.array(z.string()),
  resumeWhen: z.array(z.string()),
  items: z.array(NoticeItem),
  draftedAt: Instant,
  issuedAt: Instant.nullable(),
  servedAt: Instant.nullable(),
  service: Service.nullable(),
  /** The ladder, fixed at service by the law of that day. */
  yellowAt: Instant.nullable(),
  redAt: Instant.nullable(),
  tier: Tier,
  yellowedAt: Instant.nullable(),
  lockedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  withdrawn: z.object({ reason: z.string(), by: Mark }).nullable(),
  reopenings: z.array(z.object({ reason: z.string(), itemIds: z.array(z.uuid()), by: Mark })),
  resumeOpinion: ResumeOpinion.nullable(),
  resumed: z.object({ number: z.string(), conclusion: z.string(), by: Mark }).nullable(),
  paperId: z.uuid().nullable(),
  resumePaperId: z.uuid().nullable(),
})
export type Notice = z.infer<typeof Notice>
