import type { DeviceKind } from '@plumbline/core/device'
import { type Random, random } from '../county/index.ts'
import { dustAt } from './instruments/dust.ts'
import type { CheatKind, City, CityDevice } from './schema.ts'
import { place, type Span } from './spans.ts'
import { daySeconds, shareOn } from './work.ts'

// Who cheats, when, and by how much. Every kind is thought from the side of him who does it.

const hour = 3600
const minute = 60

interface Way {
  kind: DeviceKind
  /** The stretches in which it is done, with what was chosen. */
  plan(city: City, device: CityDevice, dice: Random): (Span & { by: number })[]
}

/** One stretch of some hours, begun on a working day's morning. */
function once(shortest: number, longest: number, by: (dice: Random) => number): Way['plan'] {
  return (city, device, dice) => {
    const site = city.sites[device.site]!
    const hours = dice.int(shortest, longest)
    const workdays = Array.from({ length: city.days }, (_, day) => day).filter((day) => shareOn(site, day) > 0.3)
    if (workdays.length === 0) return []
    // Not so late that the city ends in the middle of it, where that can be helped.
    const early = workdays.filter((day) => day * 24 + 8 + hours <= city.days * 24)
    const from =
      dice.pick(early.length > 0 ? early : workdays) * daySeconds + (site.begins + dice.int(4, 18) * 5) * minute
    return [{ from, until: from + hours * hour, by: by(dice) }]
  }
}

/** Whenever the site raises dust: some minutes after it has been seen, until it is over. */
function whenBad(share: number, by: (dice: Random) => number): Way['plan'] {
  return (_city, { pushes }, dice) =>
    pushes[dustAt.fine]!.filter(({ cause, from, until }) => cause !== 'haze' && until - from >= 20 * minute)
      .filter((_, i) => i === 0 || dice.chance(share))
      .map(({ from, until }) => ({ from: from + 5 * minute, until: until + 10 * minute, by: by(dice) }))
}

const nothing = () => 0
const between = (low: number, high: number) => (dice: Random) =>
  Math.round((low + (high - low) * dice.next()) * 100) / 100

const ways: Record<CheatKind, Way> = {
  spray_sensor: { kind: 'dust', plan: whenBad(0.7, between(0.55, 0.75)) },
  covered_inlet: {
    kind: 'dust',
    plan: (city, device, dice) =>
      whenBad(0.15, between(0.15, 0.3))(city, device, dice).map((one) => ({
        ...one,
        until: one.from + dice.int(5, 14) * hour,
      })),
  },
  frozen: { kind: 'dust', plan: once(5, 18, nothing) },
  quantised: { kind: 'dust', plan: once(36, 120, (dice) => dice.pick([5, 5, 10])) },
  // Set up for days, because there is something to cut off.
  clipped: {
    kind: 'dust',
    plan: (city, device, dice) =>
      whenBad(0, between(0.93, 0.985))(city, device, dice).map(({ from, by }) => {
        const begins = Math.max(0, from - dice.int(1, 30) * hour)
        return { from: begins, until: begins + dice.int(60, 160) * hour, by }
      }),
  },
  // The same hours of an earlier day, so that day and night fit.
  replayed: { kind: 'dust', plan: once(12, 40, (dice) => dice.int(2, 5) * daySeconds) },
  order_broken: { kind: 'dust', plan: once(24, 96, between(0.32, 0.5)) },
  // Back by hours, so that the evening's noise is judged by the day.
  clock_drift: { kind: 'dust', plan: once(30, 96, (dice) => -dice.int(2 * 60, 6 * 60) * minute) },
  silent_when_bad: { kind: 'dust', plan: whenBad(1, nothing) },
  unit_flip: { kind: 'dust', plan: once(3, 24, (dice) => dice.pick([10, 1000])) },
  copied_neighbour: {
    kind: 'dust',
    plan: (city, device, dice) => {
      const { neighbour } = city.sites[device.site]!
      const copied = city.devices.find((one) => one.site === neighbour && one.kind === 'dust' && one.cheater === null)
      return copied && copied !== device ? once(24, 96, () => copied.index)(city, device, dice) : []
    },
  },
  night_mask: {
    kind: 'dust',
    plan: (_city, { pushes }) =>
      pushes[dustAt.noise]!.filter(({ cause }) => cause === 'night_pour').map(({ from, until }) => ({
        from,
        until,
        by: 0,
      })),
  },
  moment_mismatch: { kind: 'crane', plan: once(36, 140, between(0.6, 0.8)) },
  overload_hidden: { kind: 'crane', plan: once(36, 140, between(92, 96)) },
  work_without_people: {
    kind: 'turnstile',
    plan: (city, device, dice) => {
      const site = city.sites[device.site]!
      const begun = dice.int(0, Math.max(0, city.days - 4))
      return Array.from({ length: 4 }, (_, i) => begun + i)
        .filter((day) => day < city.days && shareOn(site, day) > 0.4)
        .map((day) => ({
          from: day * daySeconds + (site.begins - 50) * minute,
          until: day * daySeconds + (site.ends + 50) * minute,
          by: 0.06,
        }))
    },
  },
}

/** Of all devices of a kind, how many are made to lie in each way. */
const share = 0.02
/** So many of the rarer kinds of device, where there are twenty times as many, that a rate can be told. */
const few = 6

/** How many of a kind of device lie in each way that suits it. */
const wantedOf = (all: number): number => Math.max(1, Math.round(all * share), Math.min(few, Math.floor(all / 20)))

/**
 * Chooses who lies, before anything is drawn that hangs on it: of each way one, then of each a second, and so on. At most
 * one on a site, and never more than a third of a kind of device.
 */
export function chooseCheaters(city: City): void {
  const dice = random(city.seed, 'city/cheaters')
  const honest = new Set(city.sites.map(({ index }) => index))
  const ofKind = Map.groupBy(city.devices, ({ kind }) => kind)
  const liars = new Map<DeviceKind, number>()
  const order = (Object.keys(ways) as CheatKind[])
    .map((cheat) => ({ cheat, turn: dice.next() }))
    .sort((a, b) => a.turn - b.turn)
  const mostWanted = Math.max(...Array.from(ofKind.values(), (all) => wantedOf(all.length)))
  for (let round = 0; round < mostWanted; round++)
    for (const { cheat } of order) {
      const { kind } = ways[cheat]
      const all = ofKind.get(kind) ?? []
      const count = liars.get(kind) ?? 0
      if (round >= wantedOf(all.length) || count >= all.length / 3) continue
      const free = all.filter((one) => honest.has(one.site) && suits(city, one, cheat))
      if (free.length === 0) continue
      const one = dice.pick(free)
      one.cheater = cheat
      liars.set(kind, count + 1)
      honest.delete(one.site)
      // Whose values are copied is himself honest, and the copy the only lie of the two.
      if (cheat === 'copied_neighbour') honest.delete(city.sites[one.site]!.neighbour)
    }
}

function suits(city: City, { site, kind }: CityDevice, cheat: CheatKind): boolean {
  const { building, stage, neighbour } = city.sites[site]!
  if (cheat === 'night_mask') return building && (stage === 'foundation' || stage === 'structure')
  if (cheat === 'copied_neighbour')
    return (
      neighbour !== site &&
      city.devices.some((one) => one.site === neighbour && one.kind === kind && one.cheater === null)
    )
  return true
}

/** Draws the stretches of every cheater, when all that happens is known. Who finds no occasion stays honest. */
export function planCheats(city: City): void {
  const end = city.days * daySeconds
  for (const device of city.devices) {
    const { cheater, cheats } = device
    if (!cheater) continue
    const dice = random(city.seed, `city/cheats/${device.number}`)
    for (const { from, until, by } of ways[cheater].plan(city, device, dice))
      if (from < end) place(cheats, { from, until: Math.min(until, end), cheat: cheater, by })
    if (cheats.length === 0) device.cheater = null
  }
}
