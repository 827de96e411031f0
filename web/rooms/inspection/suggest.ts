import { type DeductionAsk, type DeductionRule, deductionRulesOf } from '@plumbline/core/inspection'

const pairsOf = (text: string): Set<string> => {
  const chars = [...text.replace(/\s/g, '')]
  return new Set(chars.slice(0, -1).map((char, at) => char + chars[at + 1]))
}

/** The library's rules of an item, those first whose words are nearest to what the officer wrote (shared pairs of characters). */
export function suggestDeductions(itemCode: string, text: string): DeductionRule[] {
  const written = pairsOf(text)
  const nearness = (rule: DeductionRule) => [...pairsOf(rule.text)].filter((pair) => written.has(pair)).length
  return deductionRulesOf(itemCode)
    .map((rule) => ({ rule, near: nearness(rule) }))
    .toSorted((a, b) => b.near - a.near)
    .map(({ rule }) => rule)
}

/** The rule taken once, with the least points where there is a choice. */
export const askOf = (rule: DeductionRule): DeductionAsk => ({
  by: 'rule',
  rule: rule.code,
  points: rule.min,
  count: 1,
})

export const sayRange = ({ min, max, per }: DeductionRule): string =>
  `扣 ${min === max ? min : `${min}～${max}`}${{ once: '', place: '／处', person: '／人', item: '／项' }[per]}`
