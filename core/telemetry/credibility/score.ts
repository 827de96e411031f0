import type { CredibilityFinding, Reason } from './finding.ts'
import { CheatKind } from './kinds.ts'
import type { Thresholds } from './thresholds.ts'

/** What one kind took from the score. */
export interface Deduction {
  kind: CheatKind
  count: number
  points: number
  reasons: readonly Reason[]
}

export interface CredibilityScore {
  /** 0 to 100. */
  score: number
  /** 可疑: below `credibility.suspect_below`. It punishes nothing; a person confirms it first. */
  suspect: boolean
  deductions: readonly Deduction[]
}

/**
 * The score of a device's day, explained: 100, less the weight of each finding. Findings of one kind together cost at
 * most `credibility.cap` percent of its weight, so that one fault told twenty times is not twenty forgeries.
 */
export function scoreOf(findings: readonly CredibilityFinding[], thresholds: Thresholds): CredibilityScore {
  const deductions = CheatKind.options.flatMap((kind): Deduction[] => {
    const own = findings.filter((each) => each.kind === kind)
    if (own.length === 0) return []
    const sum = own.reduce((total, { weight }) => total + weight, 0)
    const most = Math.max(...own.map(({ weight }) => weight)) * (thresholds.cap / 100)
    return [{ kind, count: own.length, points: Math.min(sum, most), reasons: own.flatMap(({ reasons }) => reasons) }]
  })
  const score = Math.max(0, 100 - deductions.reduce((total, { points }) => total + points, 0))
  return {
    score,
    suspect: score < thresholds['suspect_below'],
    deductions: deductions.toSorted((a, b) => b.points - a.points),
  }
}
