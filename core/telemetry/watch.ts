/**
 * One cause of alarm at one quantity of one device: a pure step from what we knew to what we know. Raises at a limit,
 * rises and falls between two levels, and is over with hysteresis. All numbers come from core/law or the design document.
 */
export type AlarmLevel = 'warn' | 'alarm'

/** Which side of the limit is the wrong one; `either` measures how far a value lies from the centre. */
export interface Sense {
  side: 'above' | 'below' | 'either'
  centre: number
}

/** Where a level begins: at the limit itself, or strictly beyond it. */
export interface Bound {
  limit: number
  strict: boolean
}

export interface WatchRule {
  sense: Sense
  warn: Bound | null
  alarm: Bound | null
  /** Whether each value raises by itself, or the mean over `meanSeconds`. */
  by: 'value' | 'mean'
  /** For how long, without a value within the limit, before it is raised; 0 raises at once. */
  holdSeconds: number
  /** Over when what is judged lies this far within the limit … */
  band: number
  /** … judged by the mean of so long (0: by the value itself) … */
  meanSeconds: number
  /** Sound levels are averaged by energy. */
  mean: 'arithmetic' | 'energy'
  /** The mean looks no further back than this (milliseconds): a night is not judged by the evening. */
  meanFrom?: number
  /** The share of the window that values must span before their mean raises. */
  share: number
  /** … without a break for so long, … */
  calmSeconds: number
  /** … and not before this has passed since it was raised; */
  minimumSeconds: number
  /** or, whatever the values, when this long has passed. Absent: no such end. */
  maximumSeconds?: number
  /** A warning is not raised again for this long after it was over. An alarm knows no rest. */
  restSeconds: number
  /** A silence longer than this is a gap: what was before it says nothing of how long a value has lasted. */
  gapSeconds: number
}

/** A value with its instant (milliseconds) and data mark (HJ 212-2017 table 8). */
export interface Sample {
  at: number
  value: number
  flag: string | undefined
  /** A device's own mean of some minutes: it stands for as long as a refresh. */
  mean?: boolean
}

/** Plain data, so that it can be stored beside the device and survive a restart. */
export interface Watch {
  level: AlarmLevel | null
  raisedAt: number | null
  clearedAt: number | null
  warnSince: number | null
  alarmSince: number | null
  /** Since when what is judged lies well within the lowest limit, and within that of the alarm. */
  calmSince: number | null
  easedSince: number | null
  lastAt: number | null
  /** What the mean is made of. Samples close together are one entry, so a chattering device cannot make it grow. */
  recent: readonly { at: number; sum: number; count: number }[]
}

export type WatchEvent = 'raised' | 'upgraded' | 'downgraded' | 'cleared' | null

export interface WatchStep {
  state: Watch
  event: WatchEvent
  /** What was compared with the limit: the value, or the mean. */
  judged: number
}

export const calm: Watch = {
  ...{ level: null, raisedAt: null, clearedAt: null, warnSince: null, alarmSince: null },
  ...{ calmSince: null, easedSince: null, lastAt: null, recent: [] },
}

/** Nothing is known that the next value would need: such a state need not be kept. */
export const isCalm = (state: Watch, rule: WatchRule, at: number): boolean =>
  state.level === null &&
  state.warnSince === null &&
  state.alarmSince === null &&
  (state.clearedAt === null || at - state.clearedAt >= rule.restSeconds * 1000)

/** The entries that a full window of means may hold. */
const finest = 60

const excess = (value: number, { side, centre }: Sense): number =>
  side === 'above' ? value : side === 'below' ? -value : Math.abs(value - centre)
const boundAt = ({ limit }: Bound, { side }: Sense): number => (side === 'below' ? -limit : limit)

/** Whether a value passes a bound. */
export function isBeyond(bound: Bound | null, value: number, sense: Sense): boolean {
  if (!bound) return false
  const over = excess(value, sense) - boundAt(bound, sense)
  return bound.strict ? over > 0 : over >= 0
}

/** Whether a value would be noticed at all: what calm values are asked, and all that they are asked. */
export const isNoticed = (value: number, rule: WatchRule): boolean =>
  isBeyond(rule.warn, value, rule.sense) || isBeyond(rule.alarm, value, rule.sense)

/** Whether it lies well within a bound: further than the band, or, where there is none, not beyond. */
function isWithin(bound: Bound | null, value: number, { sense, band }: WatchRule): boolean {
  if (!bound) return true
  const short = boundAt(bound, sense) - excess(value, sense)
  return band === 0 ? !isBeyond(bound, value, sense) : short > band
}

/**
 * Takes one sample. Only mark N counts; a sample that is not later than the last one counts neither, so late data can
 * never raise or clear anything after the fact.
 */
export function watch(state: Watch, sample: Sample, rule: WatchRule): WatchStep {
  const { at, value, flag } = sample
  // HJ 212-2017 table 8: only N is a normal reading.
  if (flag !== 'N' || !Number.isFinite(value)) return { state, event: null, judged: value }
  if (state.lastAt !== null && at <= state.lastAt) return { state, event: null, judged: value }
  const gap = state.lastAt !== null && at - state.lastAt > rule.gapSeconds * 1000
  const recent = withSample(state.recent, at, value, rule)
  const mean = rule.meanSeconds > 0 ? meanOf(recent, rule.mean) : value
  const raising = rule.by === 'value' ? value : covers(recent, sample, rule) ? mean : Number.NaN
  const since = (holds: boolean, before: number | null) => (holds ? ((gap ? null : before) ?? at) : null)
  const lowest = rule.warn ?? rule.alarm
  const next: Watch = {
    ...state,
    warnSince: since(isBeyond(lowest, raising, rule.sense), state.warnSince),
    alarmSince: since(isBeyond(rule.alarm, raising, rule.sense), state.alarmSince),
    calmSince: since(isWithin(lowest, mean, rule), state.calmSince),
    easedSince: since(isWithin(rule.alarm, mean, rule), state.easedSince),
    lastAt: at,
    recent,
  }
  return { ...settled(next, at, rule), judged: rule.by === 'mean' ? mean : value }
}

function settled(state: Watch, at: number, rule: WatchRule): Omit<WatchStep, 'judged'> {
  const lasted = (since: number | null, seconds: number) => since !== null && at - since >= seconds * 1000
  const reached: AlarmLevel | null = lasted(state.alarmSince, rule.holdSeconds)
    ? 'alarm'
    : lasted(state.warnSince, rule.holdSeconds)
      ? 'warn'
      : null
  if (state.raisedAt === null) {
    const rested = state.clearedAt === null || at - state.clearedAt >= rule.restSeconds * 1000
    return reached === 'alarm' || (reached === 'warn' && rested)
      ? { state: { ...state, level: reached, raisedAt: at, calmSince: null, easedSince: null }, event: 'raised' }
      : { state, event: null }
  }
  if (pastMaximum(state, at, rule)) return clear(state, at)
  if (reached === 'alarm' && state.level === 'warn') return { state: { ...state, level: 'alarm' }, event: 'upgraded' }
  const ran = at - state.raisedAt >= rule.minimumSeconds * 1000
  if (ran && lasted(state.calmSince, rule.calmSeconds)) return clear(state, at)
  if (state.level === 'alarm' && rule.warn && lasted(state.easedSince, rule.calmSeconds))
    return { state: { ...state, level: 'warn' }, event: 'downgraded' }
  return { state, event: null }
}

/** The passing of time without a sample: the maximum run ends even when the device has fallen silent. */
export function passTime(state: Watch, now: number, rule: WatchRule): Omit<WatchStep, 'judged'> {
  return pastMaximum(state, now, rule) ? clear(state, now) : { state, event: null }
}

function pastMaximum(state: Watch, now: number, rule: WatchRule): boolean {
  if (state.raisedAt === null || rule.maximumSeconds === undefined) return false
  return now - state.raisedAt >= rule.maximumSeconds * 1000
}

function clear(state: Watch, at: number): Omit<WatchStep, 'judged'> {
  return { state: { ...calm, clearedAt: at, lastAt: state.lastAt, recent: state.recent }, event: 'cleared' }
}

/** What a new watch must know of the values before it: for its mean, and that nothing later was seen. Oldest first. */
export const seeded = (before: readonly Pick<Sample, 'at' | 'value'>[], rule: WatchRule): Watch =>
  before.reduce<Watch>(
    (state, { at, value }) => ({ ...state, lastAt: at, recent: withSample(state.recent, at, value, rule) }),
    calm,
  )

const energyOf = (value: number, mean: WatchRule['mean']) => (mean === 'energy' ? 10 ** (value / 10) : value)

/** The entries of `(at - meanSeconds, at]`, the new sample among them. */
function withSample(recent: Watch['recent'], at: number, value: number, rule: WatchRule): Watch['recent'] {
  const window = rule.meanSeconds * 1000
  if (window === 0) return []
  const from = Math.max(at - window, (rule.meanFrom ?? -Infinity) - 1)
  const kept = recent.filter((entry) => entry.at > from)
  const sum = energyOf(value, rule.mean)
  const last = kept.at(-1)
  if (!last || at - last.at >= window / finest) return [...kept, { at, sum, count: 1 }]
  return [...kept.slice(0, -1), { at: last.at, sum: last.sum + sum, count: last.count + 1 }]
}

/** Whether enough of the window was heard for its mean to raise anything. */
function covers(recent: Watch['recent'], { at, mean }: Sample, rule: WatchRule): boolean {
  if (mean && rule.meanSeconds <= rule.gapSeconds) return true
  return at - recent[0]!.at >= rule.share * rule.meanSeconds * 1000
}

function meanOf(recent: Watch['recent'], mean: WatchRule['mean']): number {
  let sum = 0
  let count = 0
  for (const entry of recent) {
    sum += entry.sum
    count += entry.count
  }
  // Equivalent level: the level of the mean energy, Leq = 10 lg (1/n Σ 10^(L/10)).
  return mean === 'energy' ? 10 * Math.log10(sum / count) : sum / count
}
