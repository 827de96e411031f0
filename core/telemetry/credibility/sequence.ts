import { binMinutes, minute } from './bins.ts'
import type { TimedValue } from './day.ts'
import type { CredibilityFinding } from './finding.ts'
import { type Detector, dust, finding, noise, type View } from './view.ts'

/** Steps in a window; a step is from a value to the one five minutes later, whatever the period of the device. */
const steps = 6
const span = steps * binMinutes
/** Windows of one hash that are kept: repeats of a calm night must not make the search quadratic. */
const kept = 8

/** Thousandths by minute; NaN where nothing normal was told. Steps of these compare exactly, and ignore a constant added. */
function slotsOf(values: readonly TimedValue[], from: number, count: number): Float64Array {
  const slots = new Float64Array(count).fill(Number.NaN)
  for (const { at, value } of values) {
    const slot = Math.floor((at - from) / minute)
    if (slot >= 0 && slot < count) slots[slot] = Math.round(value * 1000)
  }
  return slots
}

const stepAt = (slots: Float64Array, at: number): number => slots[at + binMinutes]! - slots[at]!

/** The hash of the window that begins at a minute; undefined where a value is missing or hardly anything moves. */
function hashAt(slots: Float64Array, at: number): number | undefined {
  let hash = 0
  let moves = 0
  let last = 0
  for (let i = 0; i < steps; i++) {
    const step = stepAt(slots, at + i * binMinutes)
    if (Number.isNaN(step)) return undefined
    if (step !== 0 && step !== last) moves += 1
    last = step
    hash = (Math.imul(hash, 1000003) + step) | 0
  }
  return moves >= 3 ? hash : undefined
}

const sameWindow = (a: Float64Array, atA: number, b: Float64Array, atB: number): boolean => {
  for (let i = 0; i < steps; i++) if (stepAt(a, atA + i * binMinutes) !== stepAt(b, atB + i * binMinutes)) return false
  return true
}

/**
 * How surprising a step at a slot is, −ln of its share among the steps of this series: all of them or those of the same half
 * day, whichever makes it less so, for in a calm night the same small steps come again and again.
 */
function surprises(slots: Float64Array): (at: number) => number {
  const blockOf = (at: number) => 1 + Math.floor(at / (12 * 60))
  const counts = new Map<number, Map<number, number>>()
  const totals = new Map<number, number>()
  const count = (block: number, step: number) => {
    const own = counts.get(block) ?? new Map<number, number>()
    counts.set(block, own.set(step, (own.get(step) ?? 0) + 1))
    totals.set(block, (totals.get(block) ?? 0) + 1)
  }
  for (let at = 0; at + binMinutes < slots.length; at++) {
    const step = stepAt(slots, at)
    if (Number.isNaN(step)) continue
    count(0, step)
    count(blockOf(at), step)
  }
  const share = (block: number, step: number) =>
    ((counts.get(block)?.get(step) ?? 0) + 0.5) /
    ((totals.get(block) ?? 0) + 0.5 * (counts.get(block)?.size ?? 0) + 0.5)
  return (at) => {
    const step = stepAt(slots, at)
    return -Math.log(Math.max(share(0, step), share(blockOf(at), step)))
  }
}

interface Match {
  /** Minutes, in slots of the own series; `end` behind the last value. */
  start: number
  end: number
  /** How many minutes earlier the other told the same. */
  lag: number
  count: number
  surprise: number
}

/** A minute whose lag to the other series is allowed. */
type Allowed = (lag: number) => boolean

/**
 * Stretches in which the own series, from slot `first` on, moves exactly as the other did at a constant lag.
 * Linear: each window is hashed once and compared with at most `kept` others.
 */
function matchesOf(own: Float64Array, other: Float64Array, first: number, allowed: Allowed): Match[] {
  const windows = new Map<number, number[]>()
  for (let at = 0; at + span < other.length; at++) {
    const hash = hashAt(other, at)
    if (hash === undefined) continue
    const found = windows.get(hash)
    if (!found) windows.set(hash, [at])
    else if (found.length < kept) found.push(at)
  }
  const surprise = surprises(own)
  const open = new Map<number, Match & { counted: number }>()
  const closed: Match[] = []
  for (let at = first; at + span < own.length; at++) {
    const hash = hashAt(own, at)
    for (const earlier of hash === undefined ? [] : (windows.get(hash) ?? [])) {
      const lag = at - earlier
      if (!allowed(lag) || !sameWindow(own, at, other, earlier)) continue
      let match = open.get(lag)
      // A missing value or two interrupt a match; half an hour ends it.
      if (match && at > match.end + span) {
        closed.push(match)
        match = undefined
      }
      if (!match) {
        match = { start: at, end: at, lag, count: 0, surprise: 0, counted: at }
        open.set(lag, match)
      }
      for (let i = 0; i < steps; i++) {
        const from = at + i * binMinutes
        // Overlapping windows say nothing twice.
        if (from < match.counted) continue
        match.surprise += surprise(from)
        match.count += 1
        match.counted = from + binMinutes
      }
      match.end = at + span
    }
  }
  return [...closed, ...open.values()]
}

/** The most surprising match, when chance does not explain it. */
function convincing(view: View, matches: readonly Match[], windows: number): Match | undefined {
  const { thresholds } = view
  // Every pair of windows is a chance to coincide, in every quantity and with every neighbour.
  const series = told.length * Math.max(1, view.day.neighbours.length)
  const least = 2 * Math.log(windows) + Math.log(series) + Math.log(thresholds.chance)
  return matches
    .filter(
      ({ start, end, count, surprise }) =>
        surprise >= least && end - start >= thresholds['sequence.least'] && count >= thresholds['sequence.count'],
    )
    .toSorted((a, b) => b.surprise - a.surprise)[0]
}

const told = [...dust, noise]

function sequenceFinding(view: View, code: string, from: number, match: Match, kind: 'replayed' | 'copied_neighbour') {
  const key = kind === 'replayed' ? 'equals_earlier' : 'equals_neighbour'
  const stretch = { from: from + match.start * minute, until: from + match.end * minute }
  return finding(view, kind, code, stretch, [{ key, numbers: { count: match.count, minutes: match.lag } }])
}

/** A sequence of an earlier hour or day once more. */
export const replayed: Detector = (view) => findSequences(view, 'replayed')

/** The sequence of another station, at the same time or some time later. */
export const copiedNeighbour: Detector = (view) => findSequences(view, 'copied_neighbour')

function findSequences(view: View, kind: 'replayed' | 'copied_neighbour'): CredibilityFinding[] {
  const { day } = view
  const from = view.timeOf(0)
  const count = Math.ceil((day.until - from) / minute)
  const first = Math.round((day.from - from) / minute)
  return told.flatMap((code) => {
    const own = slotsOf(view.normalWithHistory(code), from, count)
    // A window that overlaps its own source is no repetition.
    if (kind === 'replayed') {
      const match = convincing(
        view,
        matchesOf(own, own, first, (lag) => lag >= span),
        count,
      )
      return match ? [sequenceFinding(view, code, from, match, kind)] : []
    }
    return day.neighbours.flatMap(({ series }) => {
      const other = slotsOf(
        (series[code] ?? []).filter(({ flag }) => flag === 'N'),
        from,
        count,
      )
      const match = convincing(
        view,
        matchesOf(own, other, first, (lag) => lag >= 0),
        count,
      )
      return match ? [sequenceFinding(view, code, from, match, kind)] : []
    })
  })
}
