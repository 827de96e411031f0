import { binMinutes, binsOf, hour, level, median, minute, overlap, quantile } from './bins.ts'
import type { CredibilityFinding } from './finding.ts'
import { besides, likenessOf } from './likeness.ts'
import { type Detector, dust, finding, humidity, logOfDrop, percentBelow, stretchOf, type View } from './view.ts'

/** Humidity beside the neighbours: how far above them, and how fast they themselves are rising. */
function dampness(view: View): { excess: Float64Array; rising: Float64Array } {
  const own = view.bins(humidity)
  // Each neighbour by its own usual level, so that one that falls silent does not move the rest.
  const others = view.neighbourBins(humidity).map((bins) => {
    const usual = median(bins)
    return bins.map((value) => value - usual)
  })
  const acrossOthers = (of: (bins: Float64Array) => number) => {
    const told = others.map(of).filter(Number.isFinite)
    return told.length < view.thresholds['neighbours_least'] ? Number.NaN : median(told)
  }
  return {
    excess: own.map((value, bin) => (view.sprayed(bin) ? Number.NaN : value - acrossOthers((bins) => bins[bin]!))),
    rising: own.map((_, bin) => acrossOthers((bins) => bins[bin]! - (bins[bin - binsOf(30)] ?? Number.NaN))),
  }
}

/** Water near the inlet: at this station alone humidity jumps and dust falls, while the neighbours feel nothing. */
export const spraySensor: Detector = (view) => {
  const { thresholds, first, count } = view
  const { excess, rising } = dampness(view)
  const own = view.bins(humidity).map((value, bin) => (view.sprayed(bin) ? Number.NaN : value))
  const usual = binsOf(120)
  const rise = thresholds['spray.humidity_rise']
  const findings: CredibilityFinding[] = []
  for (let bin = first; bin < count; bin++) {
    const before = level(excess, bin - usual, bin, 4)
    if (!(excess[bin]! - before >= rise)) continue
    // It is this station that has become wet, not the others that have dried.
    if (!(own[bin]! - level(own, bin - usual, bin) >= rise / 2)) continue
    if (level(own, bin - usual, bin) > thresholds['spray.humidity_most']) continue
    let end = bin + 1
    for (let dry = 0; end < count && dry < 3; end++) dry = excess[end]! - before >= rise / 2 ? 0 : dry + 1
    const found = sprayed(view, { start: bin, end, before, excess, rising })
    if (found) findings.push(found)
    bin = end
  }
  return findings
}

interface Wet {
  start: number
  end: number
  /** The excess before it. */
  before: number
  excess: Float64Array
  rising: Float64Array
}

function sprayed(view: View, { start, end, before, excess, rising }: Wet): CredibilityFinding | undefined {
  const { thresholds } = view
  const half = thresholds['spray.humidity_rise'] / 2
  const wet = Array.from({ length: end - start }, (_, i) => start + i).filter((bin) => excess[bin]! - before >= half)
  if (wet.length < 2) return undefined
  // In rain and fog all stations come to the same, whatever they differed by before.
  if (level(view.around(humidity), start, end) > thresholds['spray.humidity_most']) return undefined
  const over = wet.map((bin) => excess[bin]! - before)
  const rise = quantile(over, 0.8)
  const window = binsOf(thresholds['spray.neighbour_window'])
  // A day's own course is slower than rain that comes.
  const moved = Math.max(0, quantile(rising.slice(Math.max(0, start - window), start + window), 1))
  if (!(moved < (rise * thresholds['spray.neighbour_share']) / 100)) return undefined
  const drops = dust.map((code) => {
    const ratio = view.ratio(code)
    const ratios = wet.map((bin) => ratio[bin]!)
    const inside = quantile(ratios, 0.4)
    const lastHour = level(ratio, start - window, start - 1, 4)
    const usual = Number.isFinite(lastHour) ? lastHour : level(ratio, start - 2 * window, start - 1, 3)
    return { code, share: percentBelow(inside - usual) }
  })
  const drop = drops
    .filter(({ share }) => share >= thresholds['spray.dust_drop'])
    .toSorted((a, b) => b.share - a.share)[0]
  if (!drop) return undefined
  return finding(view, 'spray_sensor', drop.code, stretchOf(view, start, end), [
    { key: 'humidity_jump', numbers: { rise } },
    { key: 'dust_drop', numbers: { share: drop.share } },
    { key: 'neighbours_still', numbers: { rise: moved, stations: view.day.neighbours.length } },
  ])
}

/** Lower against the neighbours than beside, and only while someone looks: it falls as the watched time begins and rises as it ends. */
export const nightMask: Detector = (view) => {
  const { day } = view
  return day.watched.flatMap((watched) => {
    if (watched.until - watched.from < hour / 2 || overlap(watched, day) === 0) return []
    const start = view.first + Math.round((watched.from - day.from) / (binMinutes * minute))
    const end = view.first + Math.round((watched.until - day.from) / (binMinutes * minute))
    for (const code of dust) {
      const found = masked(view, code, Math.max(0, start), Math.min(view.count, end))
      if (found) return [found]
    }
    return []
  })
}

function masked(view: View, code: string, start: number, end: number): CredibilityFinding | undefined {
  const { thresholds } = view
  const likeness = likenessOf(view, code)
  const { ratio } = likeness
  const inside = ratio.slice(start, end).filter(Number.isFinite)
  if (2 * inside.length < end - start) return undefined
  const { reference, swing } = besides(likeness, start, end, binsOf(180))
  const below = median(inside) - reference
  if (!(below <= Math.min(logOfDrop(thresholds['mask.drop']), -thresholds['mask.swings'] * swing))) return undefined
  // A bin on the edge lies on both sides.
  const fall = percentBelow(level(ratio, start + 2, start + 8) - level(ratio, start - 6, start - 1))
  const rise = percentBelow(level(ratio, end - 8, end - 1) - level(ratio, end + 2, end + 8))
  const edges = [fall, rise].filter(Number.isFinite)
  if (edges.length === 0 || edges.some((edge) => edge < thresholds['mask.edge'])) return undefined
  return finding(view, 'night_mask', code, stretchOf(view, start, end), [
    { key: 'below_neighbours', numbers: { share: percentBelow(below) } },
    { key: 'only_while_watched', numbers: { fall: fall || 0, rise: rise || 0 } },
  ])
}
