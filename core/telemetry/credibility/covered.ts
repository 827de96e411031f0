import { binMinutes, binsOf, median, quantile, scatterOf } from './bins.ts'
import type { CredibilityFinding } from './finding.ts'
import { type State, statesOf } from './likeness.ts'
import {
  type Detector,
  dust,
  finding,
  logOfDrop,
  noise,
  percentBelow,
  stretchOf,
  temperature,
  type View,
} from './view.ts'

/** The fraction that work on site moves least; under a cover it falls like the others. */
const fine = dust[0]

interface Low {
  start: number
  end: number
  /** ln of what it fell by, what the neighbours fell by taken off. */
  fall: number
}

/**
 * The head breathes no outside air: dust falls within minutes though no work has ended, or rises again though none has
 * begun, and between the two it hardly moves, while the neighbours have their dust and the device lives.
 */
export const coveredInlet: Detector = (view) => {
  const seen: Seen = {
    own: view.bins(fine),
    around: view.around(fine),
    states: statesOf(view.bins(noise)),
    sprayed: Array.from({ length: view.count }, (_, bin) => view.sprayed(bin)),
  }
  const falls = lowsOf(view, seen)
  // A rise is a fall when time runs backwards.
  const rises = lowsOf(view, {
    own: seen.own.toReversed(),
    around: seen.around.toReversed(),
    states: seen.states.toReversed(),
    sprayed: seen.sprayed.toReversed(),
  }).map(({ start, end, fall }) => ({ start: view.count - end, end: view.count - start, fall }))
  const findings: CredibilityFinding[] = []
  let last = view.first
  for (const low of [...falls, ...rises].toSorted((a, b) => a.start - b.start)) {
    if (low.end <= last) continue
    const found = covered(view, low)
    if (!found) continue
    findings.push(found)
    last = low.end
  }
  return findings
}

/** What there is to see, bin by bin. */
interface Seen {
  own: Float64Array
  around: Float64Array
  states: readonly State[]
  sprayed: readonly boolean[]
}

/** Where values fall by so much within minutes, not by work that ends nor by the sprayer, until they rise again. */
function lowsOf({ thresholds }: View, { own, around, states, sprayed }: Seen): Low[] {
  const [drop, deep] = [logOfDrop(thresholds['covered.drop']), logOfDrop(thresholds['covered.deep'])]
  const lows: Low[] = []
  const near = binsOf(30)
  for (let bin = near; bin < own.length; bin++) {
    const before = beforeEdge(own, bin)
    if (!(Math.log((own[bin]! + 1) / (before + 1)) < drop)) continue
    const theirs = beforeEdge(around, bin)
    const against = (at: number) =>
      Math.log((own[at]! + 1) / (before + 1)) - Math.min(0, Math.log((around[at]! + 1) / (theirs + 1)))
    if (!(against(bin) < drop)) continue
    const explained = sprayed[bin] === true || workEnds(states, bin, near)
    if (explained && !(against(bin) < deep || against(bin + 2) < deep)) continue
    const start = bin
    const falls: number[] = []
    let end = bin
    // Three values that are not low end it; missing ones do not.
    for (let high = 0; bin < own.length && high < 3; bin++) {
      const fall = against(bin)
      if (fall < drop * 0.8) {
        ;[high, end] = [0, bin + 1]
        falls.push(fall)
      } else if (Number.isFinite(own[bin])) high += 1
    }
    lows.push({ start, end, fall: median(falls) })
    bin = end
  }
  return lows
}

/** What is usual before an edge that takes a quarter of an hour. A lorry just before it is not. */
function beforeEdge(bins: Float64Array, bin: number): number {
  const told = bins.subarray(Math.max(0, bin - binsOf(45)), Math.max(0, bin - binsOf(10)))
  return told.filter(Number.isFinite).length < 3 ? Number.NaN : quantile(told, 0.3)
}

/** Whether work that ends explains a fall. Behind the edge lies a quarter of an hour of which nobody can say whether it goes on. */
function workEnds(states: readonly State[], bin: number, near: number): boolean {
  const worked = states.slice(Math.max(0, bin - near), bin).some((state) => state !== 'resting')
  const after = states.slice(bin + near / 2, bin + near / 2 + near)
  return worked && after.filter((state) => state === 'resting').length * 2 >= near
}

function covered(view: View, { start, end, fall }: Low): CredibilityFinding | undefined {
  const { thresholds } = view
  if (end <= view.first || (end - start) * binMinutes < thresholds['covered.least']) return undefined
  // The first bins and the last still hold the fall and the rise.
  const inside = view.bins(fine).slice(start + 2, end - 1)
  const logs = inside.map((value) => Math.log(value + 1))
  if (!(quantile(logs, 0.9) - quantile(logs, 0.1) <= -logOfDrop(thresholds['covered.flat']))) return undefined
  const scatter = (100 * scatterOf(inside)) / usualScatter(view, start, end)
  const warmth = view.bins(temperature).slice(start, end)
  const range = quantile(warmth, 0.95) - quantile(warmth, 0.05)
  if (!(scatter <= thresholds['covered.scatter'] && range >= thresholds['covered.temperature'])) return undefined
  return finding(view, 'covered_inlet', fine, stretchOf(view, start, end), [
    { key: 'fallen_alone', numbers: { share: percentBelow(fall) } },
    { key: 'scatter_collapsed', numbers: { share: scatter } },
    { key: 'temperature_moves', numbers: { range } },
  ])
}

/** From value to value, in the four hours before and the two after; the day's where those are silent. */
function usualScatter(view: View, start: number, end: number): number {
  const own = view.bins(fine)
  const before = scatterOf(own.slice(Math.max(0, start - binsOf(240)), start))
  const after = scatterOf(own.slice(end, end + binsOf(120)))
  const near = [before, after].filter(Number.isFinite)
  return near.length > 0 ? Math.max(...near) : scatterOf(own)
}
