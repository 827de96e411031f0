import { binMinutes, median, quantile } from './bins.ts'
import { noise, type View } from './view.ts'

export type State = 'busy' | 'resting' | 'between'

/** Own dust against the neighbours among bins of like work, bin by bin. */
export interface Likeness {
  /** ln of own to neighbours; NaN where nothing alike can be compared. */
  ratio: Float64Array
  states: readonly State[]
}

/** Levels between rest and work must lie this far apart (dB) for a site to have both. */
const leastRange = 6
/** Work is not loud in every minute: this long around a loud one a site does not rest yet. */
const pause = 15 / binMinutes

/** What a site is doing, told by its noise: dust falls when work stops, and nobody has touched the inlet then. */
export function statesOf(bins: Float64Array): State[] {
  const [quiet, loud] = [quantile(bins, 0.1), quantile(bins, 0.9)]
  const level = loud - quiet >= leastRange ? (quiet + loud) / 2 : Number.POSITIVE_INFINITY
  const states = Array.from(bins, (value): State => (value > level ? 'busy' : 'resting'))
  for (let bin = 0; bin < bins.length; bin++) {
    if (!(bins[bin]! > level)) continue
    for (let near = Math.max(0, bin - pause); near <= Math.min(bins.length - 1, bin + pause); near++)
      if (states[near] === 'resting') states[near] = 'between'
  }
  return states
}

/** While this site rests it is compared only with those that rest: beside sites at work it would look covered every evening. */
export function likenessOf(view: View, code: string): Likeness {
  const states = statesOf(view.bins(noise))
  const others = view.neighbourBins(code)
  const theirs = view.neighbourBins(noise).map(statesOf)
  const ratio = view.bins(code).map((value, bin) => {
    const state = states[bin]!
    if (state === 'between' || view.sprayed(bin)) return Number.NaN
    const alike = others.flatMap((bins, i) =>
      Number.isFinite(bins[bin]) && (state === 'busy' || theirs[i]![bin] === 'resting') ? [bins[bin]!] : [],
    )
    if (alike.length < view.thresholds['neighbours_least']) return Number.NaN
    return Math.log((value + 1) / (median(alike) + 1))
  })
  return { ratio, states }
}

/**
 * What the ratio is beside the bins `[start, end)`, up to `reach` bins away, while the site does the same, and by how much
 * (ln) it commonly differs from hour to hour. NaN where too little is known.
 */
export function besides({ ratio, states }: Likeness, start: number, end: number, reach: number) {
  const hour = 60 / binMinutes
  const inside = states.slice(start, end)
  const state = inside.filter((each) => each === 'busy').length * 2 > inside.length ? 'busy' : 'resting'
  const outside = ratio.map((value, bin) => (states[bin] === state && (bin < start || bin >= end) ? value : Number.NaN))
  const near = [...outside.slice(Math.max(0, start - reach), start), ...outside.slice(end, end + reach)]
  const told = near.filter(Number.isFinite)
  const changes: number[] = []
  let last = Number.NaN
  for (let bin = 0; bin < outside.length; bin += hour) {
    const values = outside.slice(bin, bin + hour).filter(Number.isFinite)
    const now = values.length * 2 >= hour ? median(values) : Number.NaN
    if (Number.isFinite(now - last)) changes.push(Math.abs(now - last))
    last = now
  }
  return {
    reference: told.length >= hour / 2 ? median(told) : median(outside),
    swing: changes.length >= 3 ? median(changes) / 0.67 : Number.NaN,
  }
}
