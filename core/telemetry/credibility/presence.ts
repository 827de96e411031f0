import { binMinutes, median, minute, runsOf } from './bins.ts'
import type { Stretch } from './day.ts'
import type { CredibilityFinding } from './finding.ts'
import { type Detector, dust, finding, type View } from './view.ts'

interface Offset {
  at: number
  seconds: number
}

/**
 * How far the device's clock is ahead, minute by minute. Delay only makes data look older, so of what came in one minute
 * the most recent tells the clock: after an outage the backlog comes together with what is new.
 */
function offsetsOf({ day }: View): Offset[] {
  const offsets: Offset[] = []
  for (const { at, skewMillis } of day.clock) {
    if (at < day.from || at >= day.until) continue
    const seconds = skewMillis / 1000
    const last = offsets.at(-1)
    if (last && at - last.at < minute / 2) last.seconds = Math.max(last.seconds, seconds)
    else offsets.push({ at, seconds })
  }
  return offsets
}

/** The clock goes away from where it stood. Coming back to ours is a correction, and no finding. */
export const clockDrift: Detector = (view) => {
  const { thresholds, day } = view
  const offsets = offsetsOf(view)
  const settled = thresholds['clock.settled']
  let stood = offsets[0]?.seconds ?? 0
  const findings: CredibilityFinding[] = []
  const runs = runsOf(offsets.length, (i) => {
    const { seconds } = offsets[i]!
    if (Math.abs(seconds) <= settled) stood = seconds
    return Math.abs(seconds) > settled && Math.abs(seconds - stood) >= thresholds['clock.move']
  })
  for (const { start, end } of runs) {
    const moved = offsets.slice(start, end)
    const worst = moved.reduce((most, each) => (Math.abs(each.seconds) > Math.abs(most.seconds) ? each : most))
    const before = offsets[start - 1]?.seconds ?? stood
    // One frame may be late by a slow network; a clock stays wrong.
    if (moved.length < 3) continue
    findings.push(
      finding(view, 'clock_drift', null, { from: moved[0]!.at, until: offsets[end]?.at ?? day.until }, [
        { key: 'clock_moved', numbers: { before, after: worst.seconds } },
      ]),
    )
  }
  return findings
}

interface Silence extends Stretch {
  /** Its bins. */
  start: number
  end: number
}

/** Stretches without any value, longer than `silent.least`, that ended. A device that tells its own failure is not silent. */
function silencesOf(view: View, code: string): Silence[] {
  const values = (view.day.series[code] ?? []).filter(({ at }) => at >= view.timeOf(0) && at < view.day.until)
  const silences: Silence[] = []
  const binOf = (at: number) => Math.floor((at - view.timeOf(0)) / (binMinutes * minute))
  for (let i = 1; i < values.length; i++) {
    const [from, until] = [values[i - 1]!.at + view.day.periodSeconds * 1000, values[i]!.at]
    if (until <= view.day.from || until - from < view.thresholds['silent.least'] * minute) continue
    silences.push({ from, until, start: binOf(from), end: binOf(until) })
  }
  return silences
}

/**
 * While the neighbours exceed a limit, or exceed it by far, this device tells next to nothing, and what it is silent for is
 * mostly such time.
 */
export const silentWhenBad: Detector = (view) => {
  const { thresholds, day } = view
  for (const { quantity, value: limit } of day.limits) {
    if (!dust.some((code) => code === quantity)) continue
    const around = smoothed(view.around(quantity))
    const silences = silencesOf(view, quantity)
    for (let percent = thresholds['silent.near']; percent <= thresholds['silent.far']; percent += 20) {
      const found = hiddenAbove(view, quantity, around, silences, { limit, percent })
      if (found.length > 0) return found
    }
  }
  return []
}

function hiddenAbove(
  view: View,
  quantity: string,
  around: Float64Array,
  silences: readonly Silence[],
  { limit, percent }: { limit: number; percent: number },
): CredibilityFinding[] {
  const { thresholds } = view
  const own = view.bins(quantity)
  const bad = (bin: number) => around[bin]! > (limit * percent) / 100
  const guilty = silences.filter(({ start, end }) => {
    const known = binsWhere(start, end, (bin) => Number.isFinite(around[bin]))
    return known > 0 && 100 * binsWhere(start, end, bad) >= thresholds['silent.bad'] * known
  })
  const hidden = guilty.reduce((sum, { start, end }) => sum + binsWhere(start, end, bad), 0)
  const told = binsWhere(view.first, view.count, (bin) => bad(bin) && Number.isFinite(own[bin]))
  if (hidden * binMinutes < thresholds['silent.total']) return []
  if (100 * hidden < thresholds['silent.share'] * (hidden + told)) return []
  return guilty.map(({ from, until, start, end }) =>
    finding(view, 'silent_when_bad', quantity, { from, until }, [
      { key: 'silent', numbers: { minutes: (until - from) / minute } },
      { key: 'neighbours_exceed', numbers: { mean: median(around.slice(start, end)), limit } },
      { key: 'seldom_told', numbers: { minutes: told * binMinutes } },
    ]),
  )
}

/** The mean of the half hour around each bin, so that a lorry beside one neighbour is no bad air. */
function smoothed(bins: Float64Array): Float64Array {
  const near = 15 / binMinutes
  return bins.map((_, bin) => {
    const told = bins.slice(Math.max(0, bin - near), bin + near + 1).filter(Number.isFinite)
    return told.reduce((sum, value) => sum + value, 0) / told.length
  })
}

function binsWhere(start: number, end: number, holds: (bin: number) => boolean): number {
  let count = 0
  for (let bin = start; bin < end; bin++) if (holds(bin)) count += 1
  return count
}
