import { z } from 'zod'
import { DayString } from '../../kit/index.ts'
import { Instant } from '../../workflow/index.ts'
import { ExitFault, exitFaults } from './exits.ts'
import { exceedable } from './limits.ts'
import { offlineReasons } from './offline.ts'
import { scoreParts } from './score.ts'

export const Limit = z.object({ value: z.number(), unit: z.string(), clause: z.string() })
const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]]
export const count = z.number().int()
/** Percent, not rounded; null where there is nothing to take a share of. */
const Share = z.number().nullable()

/** Days that a figure covers: `until` is not one of them. */
export const DaysAsked = z.object({ from: DayString.optional(), until: DayString.optional() })
export const Covered = z.object({ from: DayString, until: DayString })

export const Fresh = z.object({
  town: z.string(),
  name: z.string(),
  total: count,
  live: count,
  stale: count,
  never: count,
  share: Share,
})
export type Fresh = z.infer<typeof Fresh>

export const Monitor = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  town: z.string(),
  townName: z.string(),
  freshness: z.enum(['live', 'stale', 'never']),
  freshAt: Instant.nullable(),
  reason: z.enum(keysOf(offlineReasons)).nullable(),
})
export type Monitor = z.infer<typeof Monitor>

/** A mean of a month, the days it is made of, and whether they are enough. */
const MonthMean = z.object({ mean: z.number().nullable(), days: count, enough: z.boolean() })
export const RankingRow = z.object({
  /** Of a project, or the code of a town. */
  key: z.string(),
  name: z.string(),
  town: z.string(),
  townName: z.string(),
  /** Null where the valid days are too few. Equal means share a rank. */
  rank: count.nullable(),
  month: MonthMean,
  /** Days judged by the limit of their own day, and those within it. */
  judged: count,
  good: count,
  goodShare: Share,
  lastMonth: MonthMean,
  lastYear: MonthMean,
  /** Percent against last month and the year before; null: 无可比数据. */
  overMonth: z.number().nullable(),
  overYear: z.number().nullable(),
})
export type RankingRow = z.infer<typeof RankingRow>

export const DayRow = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  day: DayString,
  /** Valid hours. */
  hours: count,
  mean: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  valid: z.boolean(),
  /** Of noise: the equivalent level of the day and of the night that begins on it. */
  dayMean: z.number().nullable(),
  nightMean: z.number().nullable(),
  limit: Limit.nullable(),
  good: z.boolean().nullable(),
})
export type DayRow = z.infer<typeof DayRow>

export const HourRow = z.object({
  hour: Instant,
  /** Of which readings it was made: moments (r) or means of minutes (m). */
  span: z.enum(['r', 'm']),
  count,
  normal: count,
  mean: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  valid: z.boolean(),
})
export type HourRow = z.infer<typeof HourRow>

export const Measured = z.object({ quantity: z.string(), name: z.string(), unit: z.string() })

const RoseBin = z.object({
  /** 0 north to 15, see wind.ts. */
  direction: count,
  /** 1 to 6, the last for all above. */
  level: count,
  hours: count,
})
export const Rose = Covered.extend({
  hours: count,
  calm: count,
  bins: z.array(RoseBin),
  /** From which speed each level begins. */
  levels: z.array(z.number()),
  clause: z.string(),
})
export type Rose = z.infer<typeof Rose>

export const SiteHour = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  hour: Instant,
})
export type SiteHour = z.infer<typeof SiteHour>
export const WindHour = SiteHour.extend({ speed: z.number(), degrees: z.number().nullable() })
export type WindHour = z.infer<typeof WindHour>
export const ExceedHour = SiteHour.extend({ quantity: z.enum(exceedable), mean: z.number(), limit: Limit })
export type ExceedHour = z.infer<typeof ExceedHour>

export const ExitRow = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  id: z.string(),
  at: Instant,
  plate: z.string().nullable(),
  grossWeight: z.number().nullable(),
  faults: z.array(ExitFault),
})
export type ExitRow = z.infer<typeof ExitRow>

const faultCounts = z.object(
  Object.fromEntries(keysOf(exitFaults).map((fault) => [fault, count])) as Record<ExitFault, typeof count>,
)
export const ExitRate = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  total: count,
  /** How many were weighed; overload is counted among these. */
  weighed: count,
  faults: faultCounts,
  /** Percent of exits without the fault. */
  washed: Share,
  covered: Share,
  legible: Share,
})
export type ExitRate = z.infer<typeof ExitRate>

export const MeterUse = z.object({
  deviceId: z.uuid(),
  deviceName: z.string(),
  quantity: z.enum(['electricity', 'water']),
  name: z.string(),
  unit: z.string(),
  total: z.number(),
  night: z.number(),
  nightShare: z.number().nullable(),
  hours: z.array(z.object({ hour: Instant, used: z.number().nullable(), hours: count, night: z.boolean() })),
})
export type MeterUse = z.infer<typeof MeterUse>

export const CuringHour = SiteHour.extend({
  temperature: z.number().nullable(),
  humidity: z.number().nullable(),
  faults: z.array(z.enum(['temperature', 'humidity'])),
})
export type CuringHour = z.infer<typeof CuringHour>

const ScorePartView = z.object({
  part: z.enum(keysOf(scoreParts)),
  value: z.number().nullable(),
  unit: z.string(),
  weight: z.number(),
  deduction: z.number(),
  free: z.number(),
  full: z.number(),
  /** Of how many things it was taken, and how many of them cost. */
  of: count,
  hit: count,
})
export const SiteScore = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  town: z.string(),
  townName: z.string(),
  total: z.number().nullable(),
  parts: z.array(ScorePartView),
})
export type SiteScore = z.infer<typeof SiteScore>
