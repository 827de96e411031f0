import { z } from 'zod'

/**
 * A measured spot test (实测实量): one quantity at several places against the design value.
 * The tolerance and its clause are typed by the officer from the acceptance standard of the trade; the house holds none.
 * `lower` and `upper` are deviations from the design value, as standards print them: -5 and +8; null where that side is free.
 */
export const SpotTest = z
  .object({
    quantity: z.string().trim().min(1).max(100),
    part: z.string().trim().min(1).max(200),
    unit: z.string().trim().min(1).max(20),
    design: z.number(),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
    clause: z.string().trim().min(1).max(200),
    instrument: z.string().trim().max(100).optional(),
    readings: z
      .array(z.object({ place: z.string().trim().min(1).max(100), value: z.number() }))
      .min(1)
      .max(500),
  })
  .refine(({ lower, upper }) => lower !== null || upper !== null, {
    path: ['upper'],
    message: 'spot_tolerance_missing',
  })
  .refine(({ lower, upper }) => lower === null || upper === null || lower <= upper, {
    path: ['upper'],
    message: 'spot_tolerance_reversed',
  })
export type SpotTest = z.infer<typeof SpotTest>

export interface SpotResult {
  readings: { place: string; value: number; deviation: number; pass: boolean }[]
  passed: number
  /** Share of readings within tolerance, 0-1. */
  passRate: number
  outOfTolerance: { place: string; value: number; deviation: number }[]
}

/** Takes away what binary fractions add: 30.3 - 30 is 0.3, not 0.3000000000000007. */
const exact = (value: number): number => Number(value.toFixed(9))

/** Judges every reading; a reading on the limit passes. Throws RangeError when there are no readings. */
export function judgeSpot({
  design,
  lower,
  upper,
  readings,
}: Pick<SpotTest, 'design' | 'lower' | 'upper' | 'readings'>): SpotResult {
  if (!readings.length) throw new RangeError('no readings')
  const judged = readings.map(({ place, value }) => {
    const deviation = exact(value - design)
    return {
      place,
      value,
      deviation,
      pass: (lower === null || lower <= deviation) && (upper === null || deviation <= upper),
    }
  })
  const failed = judged.filter(({ pass }) => !pass)
  const passed = judged.length - failed.length
  return {
    readings: judged,
    passed,
    passRate: passed / judged.length,
    outOfTolerance: failed.map(({ place, value, deviation }) => ({ place, value, deviation })),
  }
}
