import { isNormal, median, minute } from './bins.ts'
import type { TimedValue } from './day.ts'
import type { CredibilityFinding } from './finding.ts'
import { type Detector, dust, finding, noise, type View } from './view.ts'

const periodOf = (view: View): number => view.day.periodSeconds * 1000

/** Calls for each half-open run of values that belong together, `same(previous, next)`. */
function eachRun(
  values: readonly TimedValue[],
  same: (a: TimedValue, b: TimedValue) => boolean,
  take: (start: number, end: number) => void,
) {
  for (let start = 0; start < values.length;) {
    let end = start + 1
    while (end < values.length && same(values[end - 1]!, values[end]!)) end++
    take(start, end)
    start = end
  }
}

/** The same value again and again, oftener than the instrument's resolution and the calm of the hour explain. */
export const frozen: Detector = (view) => {
  const { thresholds } = view
  const findings: CredibilityFinding[] = []
  for (const code of [...dust, noise]) {
    const values = view.normal(code)
    const before = view.normalWithHistory(code).slice(0, -values.length || undefined)
    eachRun(
      values,
      (a, b) => a.value === b.value,
      (start, end) => {
        const [count, { at, value }] = [end - start, values[start]!]
        const length = values[end - 1]!.at - at + periodOf(view)
        if (count < thresholds['frozen.count'] || length < thresholds['frozen.least'] * minute) return
        const near = Math.ceil((180 * minute) / periodOf(view))
        const around = [...before, ...values.slice(0, start)]
        const hours = [around.slice(-near), values.slice(end, end + near)]
        const level = [around, values.slice(end)].map((told) => told.filter((each) => alike(each.value, value)))
        const stays = Math.max(staysOf(hours), staysOf(level))
        if (values.length * stays ** (count - 1) * thresholds.chance > 1) return
        findings.push(
          finding(view, 'frozen', code, { from: at, until: at + length }, [
            { key: 'same_value', numbers: { count, value } },
          ]),
        )
      },
    )
  }
  return findings
}

/** Of one level: clean air is calmer than dusty air. */
const alike = (a: number, b: number): boolean => Math.abs(a - b) <= 2 + 0.1 * b

/** The share of values equal to the one before them. A share of the unknown is a half. */
function staysOf(ranges: readonly (readonly TimedValue[])[]): number {
  let [equal, pairs] = [1, 2]
  for (const values of ranges)
    for (let i = 1; i < values.length; i++) {
      pairs += 1
      if (values[i]!.value === values[i - 1]!.value) equal += 1
    }
  return equal / pairs
}

/** Few distinct values, far apart, each told often. */
export const quantised: Detector = (view) => {
  const { thresholds, day } = view
  const block = thresholds['quantised.block'] * minute
  const findings: CredibilityFinding[] = []
  for (const code of dust) {
    const blocks: { from: number; values: number[] }[] = []
    for (const { at, value } of view.normal(code)) {
      const from = day.from + Math.floor((at - day.from) / block) * block
      if (blocks.at(-1)?.from !== from) blocks.push({ from, values: [] })
      blocks.at(-1)!.values.push(value)
    }
    for (const { from, values } of blocks) {
      const { often, covered, gap } = spacing(values, thresholds['quantised.repeats'])
      // Few values leave gaps by themselves: then the gaps must be wider.
      const filled = values.length >= thresholds['quantised.filling'] * often * gap
      const least = thresholds[filled ? 'quantised.step_filled' : 'quantised.step']
      if (often < 3 || covered < thresholds['quantised.share'] || gap < least) continue
      findings.push(
        finding(view, 'quantised', code, { from, until: from + block }, [
          { key: 'few_values', numbers: { count: values.length, distinct: often, share: covered, gap } },
        ]),
      )
    }
  }
  return joined(findings)
}

/**
 * The values told at least `repeats` percent of the time, and three times: how many there are, what percent of all they
 * make up, and how far apart they lie. The widest gap is left out: it may be that between night and day.
 */
function spacing(values: readonly number[], repeats: number): { often: number; covered: number; gap: number } {
  const least = Math.max(3, (values.length * repeats) / 100)
  const often = [...Map.groupBy(values, (value) => value)].filter(([, told]) => told.length >= least)
  const sorted = often.map(([value]) => value).toSorted((a, b) => a - b)
  const gaps = sorted.slice(1).map((value, i) => value - sorted[i]!)
  const all = gaps.reduce((sum, gap) => sum + gap, 0)
  return {
    often: often.length,
    covered: (100 * often.reduce((sum, [, told]) => sum + told.length, 0)) / values.length,
    gap: (all - Math.max(...gaps)) / (gaps.length - 1),
  }
}

/** Findings of one quantity that touch are one. */
function joined(findings: readonly CredibilityFinding[]): CredibilityFinding[] {
  const kept: CredibilityFinding[] = []
  for (const each of findings) {
    const last = kept.at(-1)
    if (last && last.quantity === each.quantity && last.until >= each.from) last.until = each.until
    else kept.push({ ...each })
  }
  return kept
}

/** A heap right under a limit and nothing above it. */
export const clipped: Detector = (view) => {
  const { thresholds, day } = view
  return day.limits.flatMap(({ quantity, value: limit }) => {
    const values = view.normal(quantity).map(({ value }) => value)
    const band = (limit * thresholds['clipped.band']) / 100
    const top = values.reduce(
      (most, value) => (value <= limit ? Math.max(most, value) : most),
      Number.NEGATIVE_INFINITY,
    )
    if (top < limit - band) return []
    // A ceiling of one value makes a sharper heap than one that varies.
    for (const width of [band, band / 4]) {
      const between = (low: number, high: number) => values.filter((value) => value > low && value <= high).length
      const heap = between(top - width, top)
      const below = between(top - 3 * width, top - width)
      const above = between(limit, Number.POSITIVE_INFINITY)
      if (heap < thresholds['clipped.least'] + (below * thresholds['clipped.heap']) / 100) continue
      if (above > (heap * thresholds['clipped.above']) / 100) continue
      return [
        finding(view, 'clipped', quantity, day, [
          { key: 'heap_below_limit', numbers: { count: heap, limit, below } },
          { key: 'none_above_limit', numbers: { count: above } },
        ]),
      ]
    }
    return []
  })
}

/** PM2.5 is part of PM10, and PM10 of TSP. */
export const orderBroken: Detector = (view) => {
  const { thresholds } = view
  const pairs = [
    [dust[0], dust[1]],
    [dust[1], dust[2]],
  ] as const
  return pairs.flatMap(([fine, coarse]) => {
    const larger = new Map(view.normal(coarse).map(({ at, value }) => [at, value]))
    const broken = view.normal(fine).flatMap(({ at, value }) => {
      const other = larger.get(at)
      if (other === undefined) return []
      const most = other * (1 + thresholds['order.share'] / 100) + thresholds['order.margin']
      return [{ at, value: value > most ? value / Math.max(other, 1) : 0, flag: null }]
    })
    const findings: CredibilityFinding[] = []
    let run: TimedValue[] = []
    const close = () => {
      const over = run.filter(({ value }) => value > 0)
      const [head, last] = [over[0], over.at(-1)]
      run = []
      if (!head || !last || over.length < 3) return
      const length = last.at - head.at + periodOf(view)
      if (length < thresholds['order.least'] * minute) return
      findings.push(
        finding(view, 'order_broken', coarse, { from: head.at, until: head.at + length }, [
          {
            key: 'order_reversed',
            numbers: { count: over.length, share: 100 * (Math.max(...over.map(({ value }) => value)) - 1) },
          },
        ]),
      )
    }
    // A run ends where three values in a row stand in order.
    let orderly = 0
    for (const each of broken) {
      orderly = each.value > 0 ? 0 : orderly + 1
      run.push(each)
      if (orderly >= 3) close()
    }
    close()
    return findings
  })
}

/** The unit changes: a jump by a power of ten, held, and not decaying as the dust of a lorry does. */
export const unitFlip: Detector = (view) => {
  const { thresholds, day } = view
  const near = thresholds['flip.count']
  return dust.flatMap((code) => {
    // A thousandfold value is marked impossible at intake, and is just what is looked for.
    const values = (day.series[code] ?? []).filter(
      (each) => each.at >= view.timeOf(0) && each.at < day.until && (isNormal(each) || each.flag === '!'),
    )
    const logs = values.map(({ value }) => Math.log10(Math.max(value, 0.01)))
    const findings: CredibilityFinding[] = []
    let open: { index: number; power: number } | null = null
    for (let i = near; i + near <= logs.length; i++) {
      if (values[i]!.at < day.from) continue
      const power = powerAt(logs, i, near, thresholds['flip.tolerance'])
      if (power === 0) continue
      if (open && open.power === -power) {
        if (strange(logs, open, i)) findings.push(flipped(view, code, values, open, i))
        open = null
      } else open = { index: i, power }
    }
    // What never comes back must have stayed there, or it was dust that settled slowly.
    if (open && holds(logs, open, near) && strange(logs, open, logs.length))
      findings.push(flipped(view, code, values, open, values.length))
    return findings
  })
}

/** Whether it is the values after the jump that are not as usual, not those before it. */
function strange(logs: readonly number[], { index, power }: { index: number; power: number }, end: number): boolean {
  const rest = [...logs.slice(0, index), ...logs.slice(end)]
  return Math.sign(power) * (median(logs.slice(index, end)) - median(rest)) > Math.abs(power) - 0.5
}

/** Whether the values from a jump to the end stay where it led. */
function holds(logs: readonly number[], { index, power }: { index: number; power: number }, near: number): boolean {
  const after = logs.slice(index)
  const away = median(after) - median(logs.slice(index - near, index)) - power
  const last = median(after.slice(-2 * near)) - median(after.slice(0, near))
  return after.length >= 2 * near && Math.abs(away) <= 0.4 && Math.abs(last) <= 0.5
}

/** The power of ten by which values jump at an index and stay; 0 when they do not. */
function powerAt(logs: readonly number[], index: number, near: number, tolerance: number): number {
  const step = logs[index]! - logs[index - 1]!
  if (Math.abs(step) < 0.6) return 0
  const before = logs.slice(index - near, index)
  const after = logs.slice(index, index + near)
  const moved = median(after) - median(before)
  const power = Math.round(moved)
  if (power === 0 || Math.abs(power) > 3 || Math.abs(moved - power) > tolerance) return 0
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
  return Math.max(spread(before), spread(after)) <= 3 * tolerance && Math.abs(step - power) <= 2 * tolerance ? power : 0
}

function flipped(
  view: View,
  code: string,
  values: readonly TimedValue[],
  open: { index: number; power: number },
  end: number,
) {
  const until = (values[end - 1]?.at ?? view.day.until) + periodOf(view)
  return finding(view, 'unit_flip', code, { from: values[open.index]!.at, until }, [
    { key: 'power_of_ten', numbers: { factor: 10 ** open.power } },
    { key: 'held_level', numbers: { count: end - open.index } },
  ])
}
