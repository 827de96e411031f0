import { z } from 'zod'
import { Severity } from '../inspection/index.ts'
import { DayString, Point } from '../kit/index.ts'
import { Instant } from '../workflow/index.ts'
import { NoticeKind, ServiceWay } from './schema.ts'

const Reason = z.string().trim().min(2).max(500)
const Lines = z.array(z.string().trim().min(2).max(300)).max(10)
const Photos = z.array(z.uuid()).max(20)
const ItemIds = z.array(z.uuid()).min(1).max(100)

/** An item as an officer writes it. The id is made on his device and stays; that of a finding is the finding's own. */
export const ItemText = z.object({
  id: z.uuid(),
  text: z.string().trim().min(2).max(500),
  clause: z.string().trim().min(2).max(300),
  severity: Severity,
  requirement: z.string().trim().min(2).max(500),
  days: z.number().int().min(0).max(60).nullable().default(null),
  photos: Photos.default([]),
  point: Point.nullable().default(null),
})
export type ItemText = z.infer<typeof ItemText>

const Wording = z.object({
  kind: NoticeKind,
  scope: z.string().trim().max(500).default(''),
  basis: Lines.default([]),
  protection: Lines.default([]),
  resumeWhen: Lines.default([]),
})

/**
 * Opens a notice to one unit. With `inspectionId`, `findingIds` are findings of that signed inspection; without it,
 * `items` state facts of the officers' own knowledge, found on `foundOn` by `officerIds`.
 */
export const DraftInput = Wording.extend({
  projectId: z.uuid(),
  orgId: z.uuid(),
  inspectionId: z.uuid().nullable().default(null),
  alarmId: z.uuid().nullable().default(null),
  findingIds: z.array(z.uuid()).max(200).default([]),
  items: z.array(ItemText).max(100).default([]),
  foundOn: DayString.nullable().default(null),
  officerIds: z.array(z.uuid()).max(6).default([]),
})
export type DraftInput = z.infer<typeof DraftInput>

/** The whole wording anew. An item left out is dropped, and its finding may be ordered elsewhere. */
export const AmendInput = Wording.extend({ items: z.array(ItemText).min(1).max(100) })
export type AmendInput = z.infer<typeof AmendInput>

export const ServeInput = z.object({
  way: ServiceWay,
  recipient: z.object({ name: z.string().trim().min(1).max(40), post: z.string().trim().min(1).max(40) }),
  /** When it was handed over; an electronic service happens now, whatever is given. */
  at: Instant,
  outcome: z.enum(['delivered', 'read', 'refused']),
  /** Waybill, place of posting, witnesses of a refusal. */
  note: z.string().trim().max(500).default(''),
  photos: Photos.default([]),
})
export type ServeInput = z.infer<typeof ServeInput>

export const ReplyInput = z.object({
  items: z
    .array(z.object({ itemId: z.uuid(), text: z.string().trim().min(2).max(2000), photos: Photos.min(1) }))
    .min(1)
    .max(100),
})
export type ReplyInput = z.infer<typeof ReplyInput>

export const CountersignInput = z.object({
  items: z
    .array(z.object({ itemId: z.uuid(), agree: z.boolean(), opinion: z.string().trim().max(500).default('') }))
    .min(1)
    .max(100),
})
export type CountersignInput = z.infer<typeof CountersignInput>

export const ReviewInput = z.object({
  items: z
    .array(z.object({ itemId: z.uuid(), accept: z.boolean(), reason: z.string().trim().max(500).default('') }))
    .min(1)
    .max(100),
})
export type ReviewInput = z.infer<typeof ReviewInput>

/** `to` is the new last day; the term then ends at its 24:00. */
export const ExtendInput = z.object({ itemIds: ItemIds, to: DayString, reason: Reason })
export type ExtendInput = z.infer<typeof ExtendInput>
export const OrderVisitInput = z.object({ itemIds: ItemIds, reason: Reason })
export type OrderVisitInput = z.infer<typeof OrderVisitInput>
export const VisitInput = z.object({
  itemIds: ItemIds,
  at: Instant,
  fixed: z.boolean(),
  note: z.string().trim().min(2).max(1000),
  photos: Photos.min(1),
})
export type VisitInput = z.infer<typeof VisitInput>

export const ReasonInput = z.object({ reason: Reason })
export const ReopenInput = z.object({ itemIds: ItemIds, reason: Reason })
export type ReopenInput = z.infer<typeof ReopenInput>
export const RecommendInput = z.object({ agree: z.boolean(), opinion: Reason })
export type RecommendInput = z.infer<typeof RecommendInput>
export const ResumeInput = z.object({ conclusion: Reason, conditions: Lines.default([]) })
export type ResumeInput = z.infer<typeof ResumeInput>
