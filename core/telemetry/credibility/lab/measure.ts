import { CredibilityFinding } from '../finding.ts'
import { findingsOf } from '../judge.ts'
import { CheatKind } from '../kinds.ts'
import type { Thresholds } from '../thresholds.ts'
import { forgedDay } from './cheats.ts'
import { worldOf } from './world.ts'

/** What a kind reaches in the lab. */
export interface Reached {
  kind: CheatKind
  /** Days forged, and those on which the forgery was found while it went on. */
  forged: number
  found: number
  /** Honest days, and those on which the kind was found all the same. */
  honest: number
  falseDays: number
}

/**
 * Judges honest days and, of each kind, the same days forged; one for each seed on which it would have been worth the
 * trouble. Throws where a finding could not be stored.
 */
export function measure(thresholds: Thresholds, from: number, count: number): Reached[] {
  const rows = CheatKind.options.map((kind): Reached => ({ kind, forged: 0, found: 0, honest: 0, falseDays: 0 }))
  for (let seed = from; seed < from + count; seed++) {
    const world = worldOf(seed)
    const told = new Set(findingsOf(world.honest, thresholds).map(({ kind }) => kind))
    for (const row of rows) {
      row.honest += 1
      if (told.has(row.kind)) row.falseDays += 1
      const forgery = forgedDay(row.kind, seed, row.kind === 'silent_when_bad' ? worldOf(seed, true) : world)
      if (!forgery) continue
      const findings = findingsOf(forgery.day, thresholds, [row.kind]).map((each) => CredibilityFinding.parse(each))
      row.forged += 1
      if (findings.some((each) => forgery.forged.some((at) => each.from < at.until && at.from < each.until)))
        row.found += 1
    }
  }
  return rows
}
