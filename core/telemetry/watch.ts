/**
 * One monitored quantity of one device: a pure step from what we knew to what we know. Raises above a limit, clears
 * with hysteresis. All numbers come from core/law.
 */
export interface WatchRule {
  /** Raised by values above this, not by the value itself. */
  above: number
  /** For how long, without a value at or below the limit, before it is raised; 0 raises at once. */
  holdSeconds: number
  /** Cleared when the mean over `meanSeconds` is below this … */
  clearBelow: number
  meanSeconds: number
  /** … and this long has passed since it was raised; */
  minimumSeconds: number
  /** or, whatever the mean, when this long has passed. Absent: no such end. */
  maximumSeconds?: number
  /** Not raised again for this long after it was cleared. */
  restSeconds: number
  /** A silence longer than this is a gap: what was before it says nothing of how long a value has lasted. */
  gapSeconds: number
}

/** A value with its instant (milliseconds) and data mark (HJ 212-2017 table 8). */
export interface Sample {
  at: number
  value: number
  flag: string | undefined
}

/** Plain data, so that it can be stored beside the device and survive a restart. */
export interface Watch {
  raisedAt: number | null
  clearedAt: number | null
  overSince: number | null
  lastAt: number | null
  /** What the mean is made of. Samples close together are one entry, so a chattering device cannot make it grow. */
  recent: readonly { at: number; sum: number; count: number }[]
}

export type WatchEvent = 'raised' | 'cleared' | null

export interface WatchStep {
  state: Watch
  event: WatchEvent
}

export const calm: Watch = { raisedAt: null, clearedAt: null, overSince: null, lastAt: null, recent: [] }

/** The entries that a full window of means may hold. */
const finest = 60

/**
 * Takes one sample. Only mark N counts; a sample that is not later than the last one counts neither, so late data can
 * never raise or clear anything after the fact.
 */
export function watch(state: Watch, sample: Sample, rule: WatchRule): WatchStep {
  const { at, value, flag } = sample
  // HJ 212-2017 table 8: only N is a normal reading.
  if (flag !== 'N' || !Number.isFinite(value)) return { state, event: null }
  if (state.lastAt !== null && at <= state.lastAt) return { state, event: null }
  const gap = state.lastAt !== null && at - state.lastAt > rule.gapSeconds * 1000
  const over = value > rule.above
  const next: Watch = {
    ...state,
    overSince: over ? ((gap ? null : state.overSince) ?? at) : null,
    lastAt: at,
    recent: withSample(state.recent, at, value, rule.meanSeconds),
  }
  if (next.raisedAt !== null) return clearIfDue(next, at, rule)
  const held = next.overSince !== null && at - next.overSince >= rule.holdSeconds * 1000
  const rested = next.clearedAt === null || at - next.clearedAt >= rule.restSeconds * 1000
  return held && rested ? { state: { ...next, raisedAt: at }, event: 'raised' } : { state: next, event: null }
}

/** The passing of time without a sample: the maximum run ends even when the device has fallen silent. */
export function passTime(state: Watch, now: number, rule: WatchRule): WatchStep {
  return pastMaximum(state, now, rule) ? clear(state, now) : { state, event: null }
}

function clearIfDue(state: Watch, at: number, rule: WatchRule): WatchStep {
  const ran = state.raisedAt !== null && at - state.raisedAt >= rule.minimumSeconds * 1000
  const low = meanOf(state.recent) < rule.clearBelow
  return (ran && low) || pastMaximum(state, at, rule) ? clear(state, at) : { state, event: null }
}

function pastMaximum(state: Watch, now: number, rule: WatchRule): boolean {
  if (state.raisedAt === null || rule.maximumSeconds === undefined) return false
  return now - state.raisedAt >= rule.maximumSeconds * 1000
}

function clear(state: Watch, at: number): WatchStep {
  return { state: { ...state, raisedAt: null, clearedAt: at, overSince: null }, event: 'cleared' }
}

/** The entries of `(at - meanSeconds, at]`, the new sample among them. */
function withSample(recent: Watch['recent'], at: number, value: number, meanSeconds: number): Watch['recent'] {
  const window = meanSeconds * 1000
  const kept = recent.filter((entry) => entry.at > at - window)
  const last = kept.at(-1)
  if (!last || at - last.at >= window / finest) return [...kept, { at, sum: value, count: 1 }]
  return [...kept.slice(0, -1), { at: last.at, sum: last.sum + value, count: last.count + 1 }]
}

function meanOf(recent: Watch['recent']): number {
  let sum = 0
  let count = 0
  for (const entry of recent) {
    sum += entry.sum
    count += entry.count
  }
  return sum / count
}
