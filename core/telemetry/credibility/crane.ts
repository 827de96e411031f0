import { hour, isNormal, median, minute, quantile, runsOf } from './bins.ts'
import type { Stretch, TimedValue } from './day.ts'
import type { CredibilityFinding } from './finding.ts'
import { type Detector, finding, type View } from './view.ts'

interface Lifted {
  at: number
  load: number
  safe: number | undefined
  moment: number
  /** The moment % that load and radius amount to: the rated moment and the load chart may each be what the limiter goes by. */
  low: number
  high: number
}

/** The instants at which load, radius and moment were told together. */
function liftedOf(view: View): Lifted[] {
  const byTime = (quantity: string) => new Map(view.normal(quantity).map(({ at, value }) => [at, value]))
  const [radius, safe, moments] = [byTime('amplitude'), byTime('safeLiftingCapacity'), byTime('momentPercent')]
  // Where the register has no rated moment the load chart tells it: the most that load times radius may be.
  const charted = [...safe].map(([at, most]) => most * (radius.get(at) ?? Number.NaN))
  const ratedMoment = view.day.ratedMoment ?? quantile(charted, 0.99)
  return view.normal('liftingCapacity').flatMap(({ at, value: load }) => {
    const [distance, chart, moment] = [radius.get(at), safe.get(at), moments.get(at)]
    if (moment === undefined) return []
    const expected = [
      ...(ratedMoment && distance !== undefined ? [(100 * load * distance) / ratedMoment] : []),
      ...(chart ? [(100 * load) / chart] : []),
    ]
    if (expected.length === 0) return []
    return [{ at, load, safe: chart, moment, low: Math.min(...expected), high: Math.max(...expected) }]
  })
}

const isBelow = ({ thresholds: t }: View, { moment, low }: Lifted): boolean =>
  moment < low * (1 - t['moment.share'] / 100) - t['moment.margin']
const isAbove = ({ thresholds: t }: View, { moment, high }: Lifted): boolean =>
  moment > high * (1 + t['moment.share'] / 100) + t['moment.margin']

const stretchOf = (view: View, values: readonly { at: number }[]): Stretch => ({
  from: values[0]!.at,
  until: values.at(-1)!.at + view.day.periodSeconds * 1000,
})

/** Percent from the tenth to the ninetieth part, of the median. */
const spreadOf = (values: readonly number[]): number =>
  (100 * (quantile(values, 0.9) - quantile(values, 0.1))) / median(values)

/** Where the told load stops: at a number of tons, or at a share of what the chart allows. */
function ceilingOf(lifted: readonly Lifted[]): { load: number; spread: number } {
  const tons = lifted.map(({ load }) => load)
  const shares = lifted.flatMap(({ load, safe }) => (safe ? [load / safe] : []))
  const spreads = [spreadOf(tons), ...(shares.length === tons.length ? [spreadOf(shares)] : [])]
  return { load: median(tons), spread: Math.min(...spreads) }
}

/** The moment says more than the load, and the load stands at a ceiling. */
export const overloadHidden: Detector = (view) => {
  const { thresholds } = view
  const over = liftedOf(view).filter((each) => each.moment >= 100 && isAbove(view, each))
  if (over.length < thresholds['overload.count']) return []
  const { load, spread } = ceilingOf(over)
  if (!(spread <= thresholds['overload.spread'])) return []
  const above = over.map(({ moment, high }) => 100 * (moment / high - 1))
  return [
    finding(view, 'overload_hidden', 'liftingCapacity', stretchOf(view, over), [
      { key: 'load_ceiling', numbers: { load, spread } },
      { key: 'moment_above', numbers: { count: over.length, share: median(above) } },
    ]),
  ]
}

/** In most loaded instants of an hour the moment is not what load and radius amount to. */
export const momentMismatch: Detector = (view) => {
  const { thresholds } = view
  const loaded = liftedOf(view).filter(({ high, moment }) => Math.max(high, moment) >= thresholds['moment.loaded'])
  const hours = Map.groupBy(loaded, ({ at }) => Math.floor((at - view.day.from) / hour))
  const findings: CredibilityFinding[] = []
  for (const lifted of hours.values()) {
    const below = lifted.filter((each) => isBelow(view, each))
    const above = lifted.filter((each) => isAbove(view, each))
    const [wrong, key] =
      below.length > above.length ? ([below, 'moment_below'] as const) : ([above, 'moment_above'] as const)
    if (wrong.length < thresholds['moment.count'] || 2 * wrong.length < lifted.length) continue
    const share = Math.abs(
      100 * (1 - median(wrong.map(({ moment, low, high }) => moment / (below === wrong ? low : high)))),
    )
    const last = findings.at(-1)
    const stretch = stretchOf(view, wrong)
    // Hours in a row are one finding, told by its worst.
    if (last && stretch.from - last.until < hour) last.until = stretch.until
    else
      findings.push(
        finding(view, 'moment_mismatch', 'momentPercent', stretch, [{ key, numbers: { count: wrong.length, share } }]),
      )
  }
  return findings
}

/** Stretches with nobody inside. A count grows old: then it says neither that there is someone nor that there is not. */
function emptyStretches(view: View, people: readonly TimedValue[]): Stretch[] {
  const { thresholds, day } = view
  const fresh = thresholds['work.people_fresh'] * hour
  const counts = people.filter(isNormal)
  const empty: Stretch[] = []
  counts.forEach(({ at, value }, i) => {
    const until = Math.min(counts[i + 1]?.at ?? day.until, at + fresh, day.until)
    if (value > 0 || until <= day.from) return
    const last = empty.at(-1)
    if (last && last.until >= at) last.until = until
    else empty.push({ from: Math.max(at, day.from), until })
  })
  return empty
}

/** The hook travels under load, or the cage travels, while nobody is inside. A boom that turns with the wind does not work. */
export const workWithoutPeople: Detector = (view) => {
  const { thresholds, day } = view
  if (!day.people) return []
  // Wide enough that a travel shows between values, of a device that tells one in five minutes too.
  const width = Math.max(5 * minute, 3000 * day.periodSeconds)
  const margin = thresholds['work.margin'] * minute
  const heights = view.normal('height')
  const loads = view.normal('liftingCapacity')
  const isCrane = loads.length > 0
  return emptyStretches(view, day.people).flatMap(({ from, until }) => {
    const [start, end] = [from + margin, until - margin]
    const count = Math.max(0, Math.floor((end - start) / width))
    if (count * width < thresholds['work.least'] * minute) return []
    const lowest = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
    const highest = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
    const heaviest = new Float64Array(count)
    const binOf = (at: number) => Math.floor((at - start) / width)
    for (const { at, value } of heights) {
      const bin = binOf(at)
      if (bin < 0 || bin >= count) continue
      lowest[bin] = Math.min(lowest[bin]!, value)
      highest[bin] = Math.max(highest[bin]!, value)
    }
    for (const { at, value } of loads) {
      const bin = binOf(at)
      if (bin >= 0 && bin < count) heaviest[bin] = Math.max(heaviest[bin]!, value)
    }
    const works = (bin: number) =>
      highest[bin]! - lowest[bin]! >= thresholds['work.height'] &&
      (!isCrane || heaviest[bin]! >= thresholds['work.load'])
    const runs = runsOf(count, works, Math.floor(hour / width))
    return runs.flatMap((run) => {
      const bins = Array.from({ length: run.end - run.start }, (_, i) => run.start + i).filter(works).length
      const minutes = (bins * width) / minute
      if (minutes < thresholds['work.least']) return []
      const stretch = { from: start + run.start * width, until: start + run.end * width }
      return [
        finding(view, 'work_without_people', 'height', stretch, [
          { key: 'moving_load', numbers: { minutes } },
          { key: 'nobody_inside', numbers: { minutes: (until - from) / minute } },
        ]),
      ]
    })
  })
}
