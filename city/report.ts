import type { CheatKind, City, Label } from '../simulator/city/index.ts'

/** An alarm as the house keeps it, times in milliseconds. */
export interface RaisedAlarm {
  /** The device's number. */
  deviceId: string
  cause: string
  quantity: string
  raisedAt: number
  clearedAt: number | null
}

/** A finding of credibility, on a device. */
export interface Found {
  deviceId: string
  kind: CheatKind
  from: number
  until: number
  /** When the day was judged: from then on it stands on the device's page as found. */
  told: number
}

/** How a kind of truth was seen. */
export interface Seen {
  kind: string
  truths: number
  found: number
  /** Milliseconds from the beginning of the truth to the alarm, or to the judging of its day; of those found. */
  latencies: number[]
  /** Alarms or findings of this kind, and those with no truth behind them. */
  raised: number
  wrong: number
}

/** How long after its end something may still be raised: the values are means, and told when their step is over. */
const grace = 20 * 60_000

type Interval = { from: number; until: number }
const meets = (one: Interval, other: Interval, allowed = 0) =>
  one.from < other.until + allowed && other.from - allowed < one.until

const spanOf = ({ raisedAt, clearedAt }: RaisedAlarm): Interval => ({ from: raisedAt, until: clearedAt ?? Infinity })

/**
 * Alarms against the truth, by cause of the truth. What a cheat hides is not asked for, and what a cut holds back comes
 * late by right: it is stored, and raises nothing. Nor is an alarm judged that a device raises while it is made to lie.
 */
export function seeDangers(truth: readonly Label[], alarms: readonly RaisedAlarm[]): Seen[] {
  const byDevice = Map.groupBy(alarms, ({ deviceId }) => deviceId)
  const cuts = Map.groupBy(
    truth.filter(({ kind }) => kind === 'cut' || kind === 'fault'),
    ({ deviceId }) => deviceId,
  )
  const seen = new Map<string, Seen>()
  const behind = new Set<RaisedAlarm>()
  for (const label of truth) {
    if (label.kind !== 'exceedance' && label.kind !== 'danger') continue
    const raised = (byDevice.get(label.deviceId) ?? []).filter((one) => one.cause !== 'silent')
    const near = raised.filter((one) => meets(spanOf(one), label, grace))
    for (const one of near) behind.add(one)
    if (label.detail.hiddenBy !== null) continue
    if ((cuts.get(label.deviceId) ?? []).some((cut) => meets(cut, label))) continue
    const one = entryOf(seen, label.detail.cause)
    one.truths += 1
    const own = near.filter(({ quantity }) => quantity === label.detail.quantity)
    const first = (own.length > 0 ? own : near).map(({ raisedAt }) => raisedAt).toSorted((a, b) => a - b)[0]
    if (first === undefined) continue
    one.found += 1
    one.latencies.push(Math.max(0, first - label.from))
  }
  const lies = Map.groupBy(
    truth.filter(({ kind }) => kind === 'cheat'),
    ({ deviceId }) => deviceId,
  )
  const raised = alarms.filter(
    (one) => one.cause !== 'silent' && !(lies.get(one.deviceId) ?? []).some((lie) => meets(spanOf(one), lie, grace)),
  )
  const all = entryOf(seen, 'all')
  for (const one of seen.values()) {
    if (one === all) continue
    all.truths += one.truths
    all.found += one.found
    all.latencies.push(...one.latencies)
  }
  all.raised = raised.length
  all.wrong = raised.filter((one) => !behind.has(one)).length
  return [...seen.values()]
}

/**
 * Cuts and what stops a device from telling, longer than the term of silence (milliseconds), against the alarms of
 * silence; of devices that owe their values.
 */
export function seeSilence(
  truth: readonly Label[],
  alarms: readonly RaisedAlarm[],
  term: number,
  owes: (deviceId: string) => boolean,
): Seen {
  const seen: Seen = { kind: 'silent', truths: 0, found: 0, latencies: [], raised: 0, wrong: 0 }
  const silent = alarms.filter(({ cause }) => cause === 'silent')
  const silences = truth.filter(
    (one) =>
      one.kind === 'cut' || one.kind === 'fault' || (one.kind === 'cheat' && one.detail.cheat === 'silent_when_bad'),
  )
  const byDevice = Map.groupBy(silent, ({ deviceId }) => deviceId)
  for (const one of silences) {
    if (one.kind !== 'cut' || one.until - one.from < term + grace || !owes(one.deviceId)) continue
    seen.truths += 1
    const found = (byDevice.get(one.deviceId) ?? []).find((alarm) => meets(spanOf(alarm), one))
    if (!found) continue
    seen.found += 1
    seen.latencies.push(Math.max(0, found.raisedAt - one.from))
  }
  const truthOf = Map.groupBy(silences, ({ deviceId }) => deviceId)
  seen.raised = silent.length
  seen.wrong = silent.filter(
    (one) => !(truthOf.get(one.deviceId) ?? []).some((label) => meets(spanOf(one), label, grace)),
  ).length
  return seen
}

/**
 * Findings against the cheats, by kind. A finding on an honest device, or of another kind than the cheat, is wrong; but a
 * clock that broke by itself is found to drift by right.
 */
export function seeCheats(
  truth: readonly Label[],
  findings: readonly Found[],
  devices: readonly Pick<City['devices'][number], 'number' | 'project'>[],
): Seen[] {
  const seen = new Map<string, Seen>()
  const byPlace = Map.groupBy(findings, ({ kind, deviceId }) => `${kind} ${deviceId}`)
  const behind = new Set<Found>()
  for (const label of truth) {
    const kind = saidToLie(label)
    if (kind === null) continue
    const near = seenAt(label, devices)
      .flatMap((number) => byPlace.get(`${kind} ${number}`) ?? [])
      .filter((found) => meets(found, label, grace))
    for (const found of near) behind.add(found)
    if (label.kind !== 'cheat') continue
    const one = entryOf(seen, kind)
    one.truths += 1
    if (near.length === 0) continue
    one.found += 1
    one.latencies.push(Math.max(0, Math.min(...near.map(({ told }) => told)) - label.from))
  }
  for (const found of findings) {
    const one = entryOf(seen, found.kind)
    one.raised += 1
    if (!behind.has(found)) one.wrong += 1
  }
  return [...seen.values()]
}

/** Numbers of the devices at which a lie may be seen. */
function seenAt(label: Label, devices: Parameters<typeof seeCheats>[2]): string[] {
  const { deviceId } = label
  if (label.kind !== 'cheat') return [deviceId]
  const { cheat, by } = label.detail
  // Of two that tell the same, nobody can tell by the values which is the copy.
  if (cheat === 'copied_neighbour') return [deviceId, devices[by]!.number]
  if (cheat !== 'work_without_people') return [deviceId]
  // Done at the turnstile, seen by what the site's cranes lift.
  const own = devices.find(({ number }) => number === deviceId)!.project
  return devices.flatMap(({ number, project }) => (project === own ? [number] : []))
}

function saidToLie(label: Label): CheatKind | null {
  if (label.kind === 'cheat') return label.detail.cheat
  return label.kind === 'fault' && label.detail.fault === 'clock' ? 'clock_drift' : null
}

function entryOf(seen: Map<string, Seen>, kind: string): Seen {
  const known = seen.get(kind) ?? { kind, truths: 0, found: 0, latencies: [], raised: 0, wrong: 0 }
  seen.set(kind, known)
  return known
}

const percent = (part: number, whole: number) => (whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)} %`)
const minutes = (values: readonly number[], share: number) => {
  if (values.length === 0) return '—'
  const sorted = values.toSorted((a, b) => a - b)
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! / 60_000).toFixed(1)} min`
}

/** Rows of a Markdown table. Precision stands where something was raised by kind. */
export function tableOf(title: string, rows: readonly Seen[]): string {
  const lines = rows
    .toSorted((one, other) => (one.kind < other.kind ? -1 : 1))
    .map(
      ({ kind, truths, found, latencies, raised, wrong }) =>
        `| ${kind} | ${truths} | ${found} | ${percent(found, truths)} | ${minutes(latencies, 0.5)} | ${minutes(latencies, 0.95)} | ${raised === 0 ? '' : raised} | ${percent(raised - wrong, raised)} |`,
    )
  return [
    `| ${title} | true | found | recall | latency p50 | p95 | raised | precision |`,
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}
