import { z } from 'zod'
import type { DeviceKind } from '../../device/index.ts'
import type { Law, RuleCode } from '../../law/index.ts'
import { type Asked, designed, designOf, lawful, type Limits, noLimits } from '../limits.ts'
import { findQuantity } from '../quantities.ts'
import type { Sense, WatchRule } from '../watch.ts'

export const CauseCode = z.enum([
  ...(['pm25_spray', 'pm10_mean', 'noise_mean', 'noise_night_peak', 'site_wind'] as const),
  ...(['crane_moment', 'crane_moment_cut', 'crane_load', 'crane_load_cut', 'crane_wind', 'crane_tilt'] as const),
  ...(['hoist_load', 'hoist_persons', 'hoist_wind'] as const),
  ...(['ground_total', 'ground_rate', 'ground_rate_lasting', 'water_level', 'water_rate', 'formwork_shift'] as const),
  ...(['curing_temperature', 'curing_humidity', 'night_power', 'intrusion', 'silent'] as const),
])
export type CauseCode = z.infer<typeof CauseCode>

/** What raises an alarm: one row for each cause, its numbers read from the law of the day or the device's papers. */
export interface Cause {
  code: CauseCode
  title: string
  kinds: readonly DeviceKind[]
  /** Without their points: each point is watched for itself. */
  quantities: readonly string[]
  /** What is compared: the value, or how far it has moved within 24 hours. */
  measure: 'value' | 'change'
  sense: Sense | ((law: Law) => Sense)
  /** No limit: the quantity is not watched there and then. */
  limits(asked: Asked): Limits
  /** Opens the sprayer that is linked to the device, and shuts it. */
  sprays?: true
  /** What differs from the usual course of an alarm. */
  course?(asked: Asked): Partial<WatchRule>
}

// Of which rows are made.

const minute = 60

export const above: Sense = { side: 'above', centre: 0 }
export const below: Sense = { side: 'below', centre: 0 }
export const away: Sense = { side: 'either', centre: 0 }
/** A warning and an alarm of law, both from their value on. */
export const steps =
  (warn: RuleCode | null, alarm: RuleCode | null) =>
  ({ law }: Asked): Limits => ({
    warn: warn && lawful(law, warn),
    alarm: alarm && lawful(law, alarm),
  })
const unitOf = (quantity: string) => findQuantity(quantity)?.unit ?? ''
/** The papers' limits, and none of law: what holds depends on the design. */
export const papers = (asked: Asked): Limits => designed(asked, unitOf(asked.quantity), noLimits)
export const perDay =
  (share: (law: Law) => number) =>
  (asked: Asked): Limits => {
    const found = designOf(asked)
    if (!found || found.ratePerDay === null) return noLimits
    const value = Number((found.ratePerDay * share(asked.law)).toPrecision(6))
    const clause = `设计文件：${found.source}`
    return { warn: null, alarm: { value, unit: `${unitOf(asked.quantity)}/d`, clause, strict: false } }
  }
export const minutesOf = (law: Law, code: RuleCode) => law.number(code) * minute
