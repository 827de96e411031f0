import type { Sample } from './watch.ts'

/** How values of a quantity are averaged: plainly, by energy (sound levels in dB), or on the circle (degrees). */
export type Mean = 'arithmetic' | 'energy' | 'direction'

export interface SeriesRule {
  widthSeconds: number
  /** The share of samples that must be normal for a bucket to be valid (HJ 212-2017, notes to tables C.16–C.18). */
  validShare: number
  /** How many samples a full bucket has; missing ones then count as not normal. Absent: only what came is judged. */
  expected?: number
  mean: Mean
}

/** `[from, until)` in milliseconds. `mean`, `min` and `max` are of normal samples, null where there are none. */
export interface Bucket {
  from: number
  until: number
  count: number
  normal: number
  mean: number | null
  min: number | null
  max: number | null
  valid: boolean
}

/**
 * Buckets of `[from, until)`, the last one cut at `until`, each present even when empty, so that a chart shows the gap.
 * Samples may come in any order; those outside are left out. For hours of Asia/Shanghai `from` is a whole hour.
 */
export function series(samples: readonly Sample[], from: number, until: number, rule: SeriesRule): Bucket[] {
  const width = rule.widthSeconds * 1000
  if (!(width > 0)) throw new RangeError('a bucket has a width')
  const normals: number[][] = []
  const counts: number[] = []
  for (let start = from; start < until; start += width) {
    normals.push([])
    counts.push(0)
  }
  for (const { at, value, flag } of samples) {
    if (at < from || at >= until) continue
    const index = Math.floor((at - from) / width)
    counts[index]! += 1
    if (flag === 'N' && Number.isFinite(value)) normals[index]!.push(value)
  }
  return normals.map((values, index) => {
    const count = counts[index]!
    const start = from + index * width
    const full = Math.max(count, rule.expected ?? 0)
    return {
      from: start,
      until: Math.min(start + width, until),
      count,
      normal: values.length,
      mean: meanOf(values, rule.mean),
      min: leastOf(values),
      max: greatestOf(values),
      valid: values.length > 0 && values.length >= rule.validShare * full,
    }
  })
}

/** The mean, or null where none exists: no values, or directions that cancel out. */
export function meanOf(values: readonly number[], mean: Mean): number | null {
  if (values.length === 0) return null
  const average = (each: (value: number) => number) =>
    values.reduce((sum, value) => sum + each(value), 0) / values.length
  if (mean === 'arithmetic') return average((value) => value)
  // Equivalent level: the level of the mean energy, Leq = 10 lg (1/n Σ 10^(L/10)).
  if (mean === 'energy') return 10 * Math.log10(average((value) => 10 ** (value / 10)))
  const east = average((value) => Math.sin((value * Math.PI) / 180))
  const north = average((value) => Math.cos((value * Math.PI) / 180))
  if (Math.hypot(east, north) < 1e-9) return null
  // Rounded first: a hair below north must not become 360.
  const degrees = Math.round(((Math.atan2(east, north) * 180) / Math.PI) * 1e6) / 1e6
  return (degrees + 360) % 360
}

const leastOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((least, value) => Math.min(least, value))

const greatestOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((greatest, value) => Math.max(greatest, value))
