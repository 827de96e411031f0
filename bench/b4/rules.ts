import { createRequire } from 'node:module'
import { type Device, noSettings } from '@plumbline/core/device'
import { lawOn } from '@plumbline/core/law'
import {
  type Bound,
  calm,
  type Cause,
  causesOf,
  isCalm,
  isNoticed,
  ruleBook,
  type Watch,
  watch,
  type WatchRule,
} from '@plumbline/core/telemetry'
import type { Figure } from '../figure.ts'
import { demand } from '../load.ts'
import type { Options } from '../options.ts'
import { findPeer, nameOf } from '../peers.ts'
import { median } from '../statistics.ts'

const devices = 100_000
const quantities = ['momentPercent', 'liftingCapacity', 'safeLiftingCapacity', 'loadPercent', 'amplitude', 'round']
const more = ['height', 'dipAngleX', 'dipAngleY', 'windSpeed']
const names = [...quantities, ...more]
const began = Date.UTC(2026, 10, 20, 1)
const book = ruleBook(lawOn('2026-11-20', '990421'))
const crane = (no: number): Pick<Device, 'id' | 'kind' | 'settings'> => ({
  ...{ id: String(no), kind: 'crane', settings: noSettings },
})

/** What a crane says at once: a value for each name. One message in fifty is beyond a limit. */
function messageOf(turn: number): { no: number; at: number; values: readonly number[] } {
  const over = turn % 50 === 7
  const values = [
    over ? 104 : 61.2,
    2.46,
    4.02,
    61.2,
    22.1,
    turn % 360,
    33.5,
    0.12,
    -0.08,
    turn % 50 === 31 ? 11.2 : 4.3,
  ]
  return { no: turn % devices, at: began + Math.floor(turn / devices) * 10_000, values }
}

/** A way of judging messages; answers how many of them were beyond any limit. */
type Way = (from: number, count: number) => number | Promise<number>

interface Rule {
  cause: Cause
  quantity: string
  place: number
  rule: WatchRule
}
const rules: readonly Rule[] = names.flatMap((quantity, place) =>
  causesOf('crane', quantity).flatMap((cause) => {
    const rule = book(cause, crane(0), quantity, began)
    return rule ? [{ cause, quantity, place, rule }] : []
  }),
)
const bounds = rules.flatMap(({ rule, place, quantity }) =>
  [rule.warn, rule.alarm].flatMap((bound) => (bound ? [{ bound, place, quantity, rule }] : [])),
)

/** The product's own steps: causes of a quantity, the rule of the hour, and the watch of what is not calm. */
function ourWay(): Way {
  const states: (Map<string, Watch> | undefined)[] = Array.from({ length: devices })
  const cranes = Array.from({ length: devices }, (_, no) => crane(no))
  return (from, count) => {
    let beyond = 0
    for (let turn = from; turn < from + count; turn += 1) {
      const { no, at, values } = messageOf(turn)
      let any = false
      for (let place = 0; place < names.length; place += 1) {
        const quantity = names[place]!
        for (const cause of causesOf('crane', quantity)) {
          const rule = book(cause, cranes[no]!, quantity, at)
          if (!rule) continue
          const noticed = isNoticed(values[place]!, rule)
          any ||= noticed
          if (noticed || states[no])
            step(states, no, `${cause.code} ${quantity}`, { at, value: values[place]!, flag: 'N' }, rule)
        }
      }
      if (any) beyond += 1
    }
    return beyond
  }
}

function step(
  states: (Map<string, Watch> | undefined)[],
  no: number,
  key: string,
  sample: { at: number; value: number; flag: string },
  rule: WatchRule,
): void {
  const mine = (states[no] ??= new Map())
  const { state } = watch(mine.get(key) ?? calm, sample, rule)
  if (!isCalm(state, rule, sample.at)) mine.set(key, state)
  else if (mine.delete(key) && mine.size === 0) states[no] = undefined
}

/** The least that it can cost: a closure for each bound, its state in flat arrays, raised beyond and over below the band. */
function flatWay(): Way {
  const raised = new Uint8Array(devices * bounds.length)
  const since = new Float64Array(devices * bounds.length)
  const closures = bounds.map(({ bound, place, rule }, index) => {
    const passes = passing(bound, rule)
    return (no: number, at: number, values: readonly number[]): boolean => {
      const slot = no * bounds.length + index
      if (passes(values[place]!)) {
        if (raised[slot] === 0) since[slot] = at
        raised[slot] = 1
        return true
      }
      if (raised[slot] === 1 && at - since[slot]! >= rule.calmSeconds * 1000) raised[slot] = 0
      return false
    }
  })
  return (from, count) => {
    let beyond = 0
    for (let turn = from; turn < from + count; turn += 1) {
      const { no, at, values } = messageOf(turn)
      let any = false
      for (const judge of closures) if (judge(no, at, values)) any = true
      if (any) beyond += 1
    }
    return beyond
  }
}

function passing({ limit, strict }: Bound, { sense: { side, centre } }: WatchRule): (value: number) => boolean {
  if (side === 'either') return (value) => Math.abs(value - centre) >= limit
  return strict ? (value) => value > limit : (value) => value >= limit
}

interface Engine {
  addRule(rule: object): void
  run(facts: object): Promise<{ events: unknown[] }>
}

/** The peer with the same bounds as rules, and no state at all. */
function peerWay(path: string): Way {
  const { Engine } = createRequire(import.meta.url)(path) as { Engine: new () => Engine }
  const engine = new Engine()
  for (const [index, { bound, quantity, rule }] of bounds.entries()) {
    const above = bound.strict ? 'greaterThan' : 'greaterThanInclusive'
    const upper = { fact: quantity, operator: above, value: rule.sense.centre + bound.limit }
    const lower = { fact: quantity, operator: 'lessThanInclusive', value: rule.sense.centre - bound.limit }
    const conditions = { any: rule.sense.side === 'either' ? [upper, lower] : [upper] }
    engine.addRule({ conditions, event: { type: `bound-${index}` } })
  }
  return async (from, count) => {
    let beyond = 0
    for (let turn = from; turn < from + count; turn += 1) {
      const { values } = messageOf(turn)
      const facts = Object.fromEntries(names.map((name, place) => [name, values[place]]))
      if ((await engine.run(facts)).events.length > 0) beyond += 1
    }
    return beyond
  }
}

/** Readings against the rules of cranes, with the state of 100,000 devices. */
export async function ruleFigures(options: Options): Promise<Figure[]> {
  const peer = await findPeer('json-rules-engine')
  const theirs = 'path' in peer ? peerWay(peer.path) : null
  const counts = options.quick ? { ours: 200_000, peer: 1_500 } : { ours: 400_000, peer: 4_000 }
  const ways: [string, Way, number][] = [
    ['ours', ourWay(), counts.ours],
    ['flat', flatWay(), counts.ours],
    ...(theirs ? ([['peer', theirs, counts.peer]] as [string, Way, number][]) : []),
  ]
  const micros = new Map<string, number[]>(ways.map(([name]) => [name, []]))
  let from = 0
  for (let round = -2; round < options.rounds; round += 1) {
    const beyond: number[] = []
    for (const [name, way, count] of ways) {
      const before = process.cpuUsage()
      const found = await way(from, count)
      const { user, system } = process.cpuUsage(before)
      beyond.push(found / count)
      // The first rounds are for the compiler.
      if (round >= 0) micros.get(name)!.push((user + system) / (count * names.length))
    }
    for (const share of beyond)
      demand(Math.abs(share - 0.04) < 1e-3, `one message in 25 is beyond a limit, not ${share}`)
    from += counts.ours
  }
  return figuresOf(micros, 'missing' in peer ? peer.missing : null)
}

function figuresOf(micros: ReadonlyMap<string, number[]>, missing: string | null): Figure[] {
  const against = (name: string) => median(micros.get(name)!.map((value, round) => value / micros.get('ours')![round]!))
  const nanos = (name: string) => `${Math.round(median(micros.get(name)!) * 1000)} ns`
  const limit: Figure = {
    id: 'B4.rules.limit',
    what: `readings judged, ${bounds.length} bounds on ${names.length} quantities, against closures with flat state`,
    figure: against('flat'),
    unit: 'x',
    goal: 0.5,
    atLeast: true,
    note: `${nanos('ours')} against ${nanos('flat')} a reading`,
  }
  if (missing !== null) return [limit, { id: 'B4.rules', what: missing, figure: 0, unit: '', goal: null }]
  return [
    {
      id: 'B4.rules',
      what: `readings judged with the state of ${devices} devices, against ${nameOf('json-rules-engine')}`,
      figure: against('peer'),
      unit: 'x',
      goal: 100,
      atLeast: true,
      note: `${nanos('ours')} against ${nanos('peer')} a reading`,
    },
    limit,
  ]
}
