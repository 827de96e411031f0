import type { Law, RuleCode } from '../../law/index.ts'

/** What was counted of a site in the days of a score. */
export interface ScoreFacts {
  /** Hours of monitors that had passed, those with a valid mean, and those above a limit in some quantity. */
  hours: number
  validHours: number
  exceedHours: number
  /** Alarms that ask for a person, and the mean of the minutes until one acknowledged them (or until now). */
  alarms: number
  answerMinutes: number | null
  exits: number
  unwashed: number
}

export const scoreParts = {
  exceed: '超标时长',
  answer: '报警响应',
  offline: '离线时长',
  wash: '出场冲洗',
} as const
export type ScorePart = keyof typeof scoreParts

export interface Scored {
  part: ScorePart
  /** In `unit`; null where there was nothing to count, and nothing is deducted. */
  value: number | null
  unit: string
  weight: number
  deduction: number
  /** From where on it costs, and from where on it costs all. */
  free: number
  full: number
}

const round = (value: number) => Math.round(value * 10) / 10
const share = (part: number, whole: number) => (whole > 0 ? (part / whole) * 100 : null)

/**
 * 工地环境评分 (ENV-17): 100 less what each part costs, in a straight line from `free` to `full`. Null where no monitor
 * was to report: nothing is then known of the site's air. It explains and ranks; no penalty rests on it.
 */
export function scoreOf(law: Law, facts: ScoreFacts): { total: number | null; parts: Scored[] } {
  const part = (name: ScorePart, value: number | null, unit: string, free: number): Scored => {
    const weight = law.number(`score.${name}_weight` as RuleCode)
    const full = law.number(`score.${name}_full` as RuleCode)
    const way = value === null ? 0 : Math.min(1, Math.max(0, (value - free) / (full - free)))
    return {
      part: name,
      value: value === null ? null : round(value),
      unit,
      weight,
      deduction: round(weight * way),
      free,
      full,
    }
  }
  const parts = [
    part('exceed', share(facts.exceedHours, facts.validHours), '%', 0),
    part('answer', facts.answerMinutes, '分钟', law.number('score.answer_free')),
    part('offline', share(facts.hours - facts.validHours, facts.hours), '%', 0),
    part('wash', share(facts.unwashed, facts.exits), '%', 0),
  ]
  const total = facts.hours > 0 ? round(100 - parts.reduce((sum, { deduction }) => sum + deduction, 0)) : null
  return { total, parts }
}
