import type { Day } from '../kit/index.ts'
import { findClause } from './clauses.ts'
import type { Rule } from './rule.ts'
import { type RuleCode, rules } from './rules/index.ts'

/** The law of one day in one region, which remembers what was read so that a decision can keep it. */
export interface Law {
  day: Day
  region: string
  /** The rule that stands, or undefined where the law is silent on that day. */
  findRule(code: RuleCode): Rule | undefined
  /** The rule that stands. Throws where there is none: asking is then a bug. */
  rule(code: RuleCode): Rule
  /** The value of a rule that is a number; throws when it is none. */
  number(code: RuleCode): number
  /** The value of a rule that is a switch; throws when it is none. */
  flag(code: RuleCode): boolean
  /** The rules read so far, each once, in the order of reading. */
  used(): Rule[]
}

const shipped = Map.groupBy<string, Rule>(rules, (rule) => rule.code)

const stands = (rule: Rule, day: Day, region: string): boolean =>
  rule.from <= day && (rule.to === undefined || day <= rule.to) && region.startsWith(rule.region ?? '')

/**
 * Why a rule that an administrator enters cannot stand beside those shipped, or null when it can.
 * It must answer a question that is asked (`code`), in the same kind of value and the same unit, and name a clause.
 */
export function overrideFault(
  rule: Rule,
): 'rule_code_unknown' | 'rule_value_kind' | 'rule_unit' | 'rule_period' | 'rule_clause_unknown' | null {
  const like = shipped.get(rule.code)?.[0]
  if (!like) return 'rule_code_unknown'
  if (typeof rule.value !== typeof like.value) return 'rule_value_kind'
  if (rule.unit !== like.unit) return 'rule_unit'
  if (rule.to !== undefined && rule.to < rule.from) return 'rule_period'
  return findClause(rule.clause) ? null : 'rule_clause_unknown'
}

/** The nearer region wins, then the later text; of two alike the later in the list, which is the override. */
function prevails(rule: Rule, over: Rule): boolean {
  const nearer = (rule.region ?? '').length - (over.region ?? '').length
  return nearer > 0 || (nearer === 0 && rule.from >= over.from)
}

/**
 * The law as it stood on a day in a region (a code of GB/T 2260 or below).
 * `overrides` are the rules an administrator entered; they stand beside those shipped.
 */
export function lawOn(day: Day, region: string, overrides: readonly Rule[] = []): Law {
  const read = new Map<string, Rule>()

  const findRule = (code: RuleCode): Rule | undefined => {
    const known = read.get(code)
    if (known) return known
    let found: Rule | undefined
    for (const rule of [...(shipped.get(code) ?? []), ...overrides.filter((rule) => rule.code === code)])
      if (stands(rule, day, region) && (!found || prevails(rule, found))) found = rule
    if (found) read.set(code, found)
    return found
  }

  const rule = (code: RuleCode): Rule => {
    const found = findRule(code)
    if (!found) throw new Error(`no rule ${code} on ${day} in ${region}`)
    return found
  }

  const number = (code: RuleCode): number => {
    const { value } = rule(code)
    if (typeof value !== 'number') throw new Error(`rule ${code} is not a number`)
    return value
  }

  const flag = (code: RuleCode): boolean => {
    const { value } = rule(code)
    if (typeof value !== 'boolean') throw new Error(`rule ${code} is not a switch`)
    return value
  }

  return { day, region, findRule, rule, number, flag, used: () => [...read.values()] }
}
