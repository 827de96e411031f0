import type { Law, RuleCode } from '../../law/index.ts'
import { isNight } from '../limits.ts'

/** Whose means are ranked, and the rule that limits the mean of 24 hours. */
export const ranked = { a34004: 'air.pm25.daily', a34002: 'air.pm10.daily', a34001: 'air.tsp.daily' } as const
export type Ranked = keyof typeof ranked
export const rankedQuantities = Object.keys(ranked) as [Ranked, ...Ranked[]]

export interface StatisticLimit {
  value: number
  unit: string
  clause: string
}

const limitBy = (law: Law, code: RuleCode): StatisticLimit | null => {
  const rule = law.findRule(code)
  return rule ? { value: law.number(code), unit: rule.unit, clause: rule.clause } : null
}

/** The 24-hour limit of a day, or null where the law of that day is silent. */
export const dailyLimit = (law: Law, quantity: Ranked): StatisticLimit | null => limitBy(law, ranked[quantity])

/** Of what hours are counted as exceeding. A mean equal to its limit does not exceed. */
export const exceedable = ['a34004', 'a34002', 'LA'] as const
export type Exceedable = (typeof exceedable)[number]

/** The limit of an hour (its beginning, ms): the values above which this house warns, and the noise limits of day and night. */
export function hourlyLimit(law: Law, quantity: Exceedable, at: number): StatisticLimit | null {
  if (quantity === 'a34004') return limitBy(law, 'dust.pm25.spray_above')
  if (quantity === 'a34002') return limitBy(law, 'dust.pm10.mean_above')
  return limitBy(law, isNight(law, at) ? 'noise.night' : 'noise.day')
}
