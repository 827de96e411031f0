import { binMinutes, binned, hour, isNormal, median, minute } from './bins.ts'
import type { DeviceDay, SeriesByQuantity, Stretch, TimedValue } from './day.ts'
import type { CredibilityFinding, Reason } from './finding.ts'
import type { CheatKind } from './kinds.ts'
import type { Thresholds } from './thresholds.ts'

/** PM2.5, PM10, TSP from fine to coarse: HJ 212-2017 table B.2. */
export const dust = ['a34004', 'a34002', 'a34001'] as const
export const noise = 'LA'
export const temperature = 'a01001'
export const humidity = 'a01002'

const width = binMinutes * minute

/** A device's day as the detectors ask it. Bins reach over history and window; `first` is the first bin of the window. */
export interface View {
  day: DeviceDay
  thresholds: Thresholds
  /** The normal values in the window, and those of the history too. */
  normal(quantity: string): readonly TimedValue[]
  normalWithHistory(quantity: string): readonly TimedValue[]
  first: number
  count: number
  /** When a bin begins. */
  timeOf(bin: number): number
  bins(quantity: string): Float64Array
  /** Of each neighbour. */
  neighbourBins(quantity: string): readonly Float64Array[]
  /** The median of the neighbours; NaN where fewer of them speak than a comparison needs. */
  around(quantity: string): Float64Array
  /** ln of own to neighbours; NaN while the linked sprayer ran or its water still hung in the air. */
  ratio(quantity: string): Float64Array
  /** A lawful run of the linked sprayer, or its wake. */
  sprayed(bin: number): boolean
}

export type Detector = (view: View) => CredibilityFinding[]

const remember = <T>(compute: (key: string) => T) => {
  const known = new Map<string, T>()
  return (key: string): T => {
    const found = known.get(key) ?? compute(key)
    known.set(key, found)
    return found
  }
}

export function viewOf(day: DeviceDay, thresholds: Thresholds): View {
  const first = Math.round((thresholds.history * hour) / width)
  const start = day.from - first * width
  const count = first + Math.ceil((day.until - day.from) / width)
  const binsOf = (series: SeriesByQuantity, quantity: string) =>
    binned(series[quantity] ?? [], start, start + count * width, width)
  const timeOf = (bin: number) => start + bin * width

  const normalWithHistory = remember((quantity) =>
    (day.series[quantity] ?? []).filter((each) => each.at >= start && each.at < day.until && isNormal(each)),
  )
  const bins = remember((quantity) => binsOf(day.series, quantity))
  const neighbourBins = remember((quantity) => day.neighbours.map(({ series }) => binsOf(series, quantity)))
  const around = remember((quantity) => {
    const all = neighbourBins(quantity)
    return Float64Array.from({ length: count }, (_, bin) => {
      const told = all.map((each) => each[bin]!).filter(Number.isFinite)
      return told.length < thresholds['neighbours_least'] ? Number.NaN : median(told)
    })
  })
  const wet = wetBins(day.sprays, start, count, thresholds['spray.tail'] * minute)
  // One microgram is added so that clean air after rain does not make a ratio of noise.
  const ratio = remember((quantity) => {
    const other = around(quantity)
    return bins(quantity).map((own, bin) => (wet[bin] ? Number.NaN : Math.log((own + 1) / (other[bin]! + 1))))
  })
  return {
    day,
    thresholds,
    first,
    count,
    timeOf,
    bins,
    neighbourBins,
    around,
    ratio,
    normalWithHistory,
    normal: remember((quantity) => normalWithHistory(quantity).filter(({ at }) => at >= day.from)),
    sprayed: (bin) => wet[bin] === 1,
  }
}

function wetBins(sprays: readonly Stretch[], start: number, count: number, tail: number): Uint8Array {
  const wet = new Uint8Array(count)
  for (const { from, until } of sprays) {
    const last = Math.min(count - 1, Math.floor((until + tail - start) / width))
    for (let bin = Math.max(0, Math.floor((from - start) / width)); bin <= last; bin++) wet[bin] = 1
  }
  return wet
}

const rounded = (numbers: Record<string, number>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Math.round(value * 1000) / 1000]))

/** A finding of the window: its weight is the rule's, its stretch is cut to the window. */
export const finding = (
  { day, thresholds }: View,
  kind: CheatKind,
  quantity: string | null,
  stretch: Stretch,
  reasons: Reason[],
): CredibilityFinding => ({
  kind,
  quantity,
  from: Math.max(day.from, stretch.from),
  until: Math.min(day.until, stretch.until),
  reasons: reasons.map(({ key, numbers }) => ({ key, numbers: rounded(numbers) })),
  weight: thresholds[`weight.${kind}`],
})

/** The time of the bins `[start, end)`. */
export const stretchOf = (view: View, start: number, end: number): Stretch => ({
  from: view.timeOf(start),
  until: view.timeOf(end),
})

/** The share, in percent, by which a difference of logarithms stands below one. */
export const percentBelow = (difference: number): number => 100 * (1 - Math.exp(difference))
/** The logarithm of falling by so many percent. */
export const logOfDrop = (percent: number): number => Math.log(1 - percent / 100)
