import { z } from 'zod'
import { CheatKind } from './kinds.ts'
import { ReasonKey } from './reasons.ts'

/** A key and the numbers of its sentence, see `sayReason`. */
export const Reason = z.object({ key: ReasonKey, numbers: z.record(z.string(), z.number()) })
export type Reason = z.infer<typeof Reason>

/** Why a stretch of readings is doubted. It accuses nobody: a person confirms it, or not. */
export const CredibilityFinding = z.object({
  kind: CheatKind,
  /** Milliseconds, `[from, until)`. */
  from: z.number(),
  until: z.number(),
  /** The quantity doubted; null when it is the device as a whole. */
  quantity: z.string().nullable(),
  reasons: z.array(Reason).min(1),
  /** What it takes from the score of 100. */
  weight: z.number(),
})
export type CredibilityFinding = z.infer<typeof CredibilityFinding>
