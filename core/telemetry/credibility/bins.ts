import type { Stretch, TimedValue } from './day.ts'

export const minute = 60_000
export const hour = 60 * minute

/** What compares stations does so by means of five minutes: wind carries the same air to both no faster. */
export const binMinutes = 5
export const binsOf = (minutes: number): number => Math.round(minutes / binMinutes)

/** HJ 212-2017 table 8: only N is a normal reading. What the device itself calls a fault is no forgery. */
export const isNormal = ({ flag, value }: TimedValue): boolean => flag === 'N' && Number.isFinite(value)

/** Equal bins of time: the mean of the normal values in each, NaN where there is none. */
export function binned(values: readonly TimedValue[], from: number, until: number, width: number): Float64Array {
  const count = Math.max(0, Math.ceil((until - from) / width))
  const sums = new Float64Array(count)
  const counts = new Uint32Array(count)
  for (const each of values) {
    if (each.at < from || each.at >= until || !isNormal(each)) continue
    const bin = Math.floor((each.at - from) / width)
    sums[bin]! += each.value
    counts[bin]! += 1
  }
  return sums.map((sum, bin) => sum / counts[bin]!)
}

/** The value below which a share `q` of the finite values lies; NaN when there are none. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const finite = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isFinite(value)) finite[count++] = value
  }
  if (count === 0) return Number.NaN
  const sorted = finite.subarray(0, count)
  if (count > 40) sorted.sort()
  else insertionSort(sorted)
  return sorted[Math.floor(q * (count - 1))]!
}

/** Most are a handful of neighbours or of bins, asked for every bin of the day. */
function insertionSort(values: Float64Array) {
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!
    let at = i
    for (; at > 0 && values[at - 1]! > value; at--) values[at] = values[at - 1]!
    values[at] = value
  }
}

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5)

/** The mean size of the steps between neighbouring finite bins, NaN when there are none. */
export function scatterOf(bins: Float64Array): number {
  let sum = 0
  let count = 0
  for (let i = 1; i < bins.length; i++) {
    const step = Math.abs(bins[i]! - bins[i - 1]!)
    if (!Number.isFinite(step)) continue
    sum += step
    count += 1
  }
  return sum / count
}

/** Half-open runs of indices that hold, small holes of at most `hole` bins bridged. */
export function runsOf(count: number, holds: (index: number) => boolean, hole = 0): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = []
  for (let i = 0; i < count; i++) {
    if (!holds(i)) continue
    const last = runs.at(-1)
    if (last && i - last.end <= hole) last.end = i + 1
    else runs.push({ start: i, end: i + 1 })
  }
  return runs
}

/** How long two stretches are at once, in milliseconds. */
export const overlap = (a: Stretch, b: Stretch): number =>
  Math.max(0, Math.min(a.until, b.until) - Math.max(a.from, b.from))

/** Median of the bins `[start, end)`; NaN when fewer than `least` of them have a value. */
export function level(bins: Float64Array, start: number, end: number, least = 1): number {
  const told = bins.slice(Math.max(0, start), Math.max(0, end)).filter(Number.isFinite)
  return told.length < least ? Number.NaN : median(told)
}
