import { z } from 'zod'
import { page, Paging } from '../base/index.ts'
import { DeviceKind } from '../device/index.ts'
import { type AnyRoute, DayString } from '../kit/index.ts'
import { actBody, ById, caseView, Instant } from '../workflow/index.ts'
import { CheatKind } from './credibility/index.ts'
import { Doubt, doubtWorkflow } from './doubt.ts'

/** A stretch of readings that is doubted, and why, in words. */
export const FindingView = z.object({
  kind: CheatKind,
  title: z.string(),
  from: Instant,
  until: Instant,
  /** By its name; null when it is the device as a whole. */
  quantity: z.string().nullable(),
  reasons: z.array(z.string()),
  weight: z.number(),
})
export type FindingView = z.infer<typeof FindingView>

export const CredibilityDay = z.object({
  day: DayString,
  /** 0 to 100. */
  score: z.number(),
  suspect: z.boolean(),
  judgedAt: Instant,
  /** The day is not over: judged up to `judgedAt`. */
  running: z.boolean(),
  findings: z.array(FindingView),
})
export type CredibilityDay = z.infer<typeof CredibilityDay>

export const SuspectDay = CredibilityDay.extend({
  deviceId: z.uuid(),
  deviceName: z.string(),
  kind: DeviceKind,
  projectId: z.uuid(),
  projectName: z.string(),
})
export type SuspectDay = z.infer<typeof SuspectDay>

const permission = 'telemetry.read' as const

/** M3. Nothing that punishes reads what the programs find here; what a person confirmed is an act of his. */
export const credibilityContract = {
  device: {
    method: 'GET',
    path: '/devices/:id/credibility',
    permission,
    title: '设备数据可信度：一日的评分与理由，今日为实时',
    params: ById,
    query: z.object({ day: DayString.optional() }),
    reply: z.object({
      /** Null where nothing was told that day, or its judging is still to come. */
      day: CredibilityDay.nullable(),
      /** Days judged, the newest first, without what was found. */
      days: z.array(CredibilityDay.pick({ day: true, score: true, suspect: true })),
      suspectBelow: z.number(),
    }),
  },
  project: {
    method: 'GET',
    path: '/projects/:id/credibility',
    permission,
    title: '项目今日数据可疑的设备与理由',
    params: ById,
    reply: z.object({ rows: z.array(SuspectDay) }),
  },
  suspects: {
    method: 'GET',
    path: '/credibility',
    permission,
    title: '数据可疑的设备，按日，新的在前',
    query: Paging.extend({ day: DayString.optional(), projectId: z.uuid().optional() }),
    reply: page(SuspectDay),
  },
  doubt: {
    method: 'GET',
    path: '/doubts/:id',
    permission,
    title: '一条数据疑点',
    params: ById,
    reply: caseView(Doubt).extend({ day: CredibilityDay.nullable() }),
  },
  act: {
    method: 'POST',
    path: '/doubts/:id/acts',
    permission: 'device.act',
    title: '核实数据疑点：属实或不属实',
    params: ById,
    body: actBody(doubtWorkflow, ['confirm', 'dismiss']),
    reply: caseView(Doubt).extend({ day: CredibilityDay.nullable() }),
  },
} satisfies Record<string, AnyRoute>
