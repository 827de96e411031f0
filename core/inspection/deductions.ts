import { z } from 'zod'
import { deductionLibrary, type Per } from './deduction-library.ts'
import { findCheckItem } from './jgj59-tables.ts'

/** One known deduction. Its code is the item's and its place in the library: 'B.1.1-3'. */
export interface DeductionRule {
  code: string
  item: string
  text: string
  min: number
  max: number
  per: Per
  source: 'V' | 'M'
}

export const deductionRules: readonly DeductionRule[] = deductionLibrary.flatMap(({ item, source, rows }) =>
  rows.map(([text, min, max = min, per = 'once'], i) => ({
    code: `${item}-${i + 1}`,
    item,
    text,
    min,
    max,
    per,
    source,
  })),
)

const byCode = new Map(deductionRules.map((rule) => [rule.code, rule]))

export const findDeductionRule = (code: string): DeductionRule | undefined => byCode.get(code)
export const deductionRulesOf = (item: string): DeductionRule[] => deductionRules.filter((rule) => rule.item === item)

/** What an officer enters at an item: a rule of the library with the points of one case and how many cases, or free text with points (自由裁量). */
export const DeductionAsk = z.discriminatedUnion('by', [
  z.object({ by: z.literal('rule'), rule: z.string(), points: z.number(), count: z.int() }),
  z.object({ by: z.literal('discretion'), text: z.string().max(500), points: z.number() }),
])
export type DeductionAsk = z.infer<typeof DeductionAsk>

export interface Deduction {
  item: string
  /** The rule's code; null when the officer decided freely. */
  rule: string | null
  text: string
  /** What was found, before the cap of the item. */
  found: number
  /** What is taken: never more than the item has left. */
  deducted: number
  /** 自由裁量: the record and the paper say so. */
  discretionary: boolean
}

export type DeductionFault =
  | 'check_item_unknown'
  | 'deduction_rule_unknown'
  | 'deduction_rule_other_item'
  | 'deduction_out_of_range'
  | 'deduction_count'
  | 'deduction_text_missing'
  | 'deduction_over_item'

export const discretionLabel = '自由裁量'

/**
 * Validates one deduction at an item and says what it takes. `before` is what was already taken at the item.
 * Rules that count places or people may find more than the item holds; the item's points cap what is taken (clause jgj59.scoring).
 * A free deduction may not exceed what is left, because its points are chosen for this item alone.
 */
export function deductionFor(itemCode: string, ask: DeductionAsk, before = 0): Deduction | { fault: DeductionFault } {
  const item = findCheckItem(itemCode)
  if (!item) return { fault: 'check_item_unknown' }
  const left = Math.max(0, item.points - before)
  if (ask.by === 'discretion') {
    const text = ask.text.trim()
    if (!text) return { fault: 'deduction_text_missing' }
    if (!(ask.points > 0)) return { fault: 'deduction_out_of_range' }
    if (ask.points > left) return { fault: 'deduction_over_item' }
    return { item: itemCode, rule: null, text, found: ask.points, deducted: ask.points, discretionary: true }
  }
  const rule = findDeductionRule(ask.rule)
  if (!rule) return { fault: 'deduction_rule_unknown' }
  if (rule.item !== itemCode) return { fault: 'deduction_rule_other_item' }
  if (!(rule.min <= ask.points && ask.points <= rule.max)) return { fault: 'deduction_out_of_range' }
  if (!Number.isInteger(ask.count) || ask.count < 1 || (rule.per === 'once' && ask.count !== 1))
    return { fault: 'deduction_count' }
  const found = ask.points * ask.count
  return {
    item: itemCode,
    rule: rule.code,
    text: rule.text,
    found,
    deducted: Math.min(found, left),
    discretionary: false,
  }
}

/** All deductions of one item in the order entered, each capped by what the ones before it left. The first fault stops, with its place. */
export function deductionsFor(
  itemCode: string,
  asks: readonly DeductionAsk[],
): { deductions: Deduction[]; deducted: number } | { fault: DeductionFault; at: number } {
  const deductions: Deduction[] = []
  let deducted = 0
  for (const [at, ask] of asks.entries()) {
    const one = deductionFor(itemCode, ask, deducted)
    if ('fault' in one) return { ...one, at }
    deductions.push(one)
    deducted += one.deducted
  }
  return { deductions, deducted }
}
