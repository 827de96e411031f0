import { type Random, random } from '../county/index.ts'
import { dustAt } from './instruments/dust.ts'
import { unit } from './noise.ts'
import { craneAt, hoistAt, liftAt, lifts } from './instruments/lifting.ts'
import { paperLimit } from './limits.ts'
import type { Cause, City, CityDevice, Push, Site, Trend } from './schema.ts'
import { place, type Span, spanAt } from './spans.ts'
import { daySeconds, shareOn } from './work.ts'
import { isDry } from './weather.ts'

// What truly happens, drawn once when a city is made. Stretches of dust and noise begin and end on five minutes, so that
// what holds of every moment holds of every mean.

const minute = 60
const grid = 5 * minute
const hour = 3600
const onGrid = (t: number): number => Math.round(t / grid) * grid
const diceOf = (city: City, what: string): Random => random(city.seed, `city/episodes/${what}`)

/** A stretch of a working day, clear of its first and last half hour. */
function during(dice: Random, site: Site, day: number, [shortest, longest]: [minutes: number, minutes: number]): Span {
  const length = dice.int(shortest / 5, longest / 5) * grid
  const latest = (site.ends - 30) * minute - length
  const from =
    day * daySeconds + onGrid(dice.int((site.begins + 30) * minute, Math.max(latest, (site.begins + 35) * minute)))
  return { from, until: from + length }
}

/** Days on which a site is at work. */
function workdays(city: City, site: Site): number[] {
  return Array.from({ length: city.days }, (_, day) => day).filter((day) => shareOn(site, day) > 0.2)
}

export function planPours(city: City): void {
  for (const site of city.sites) {
    if (!site.building || site.stage === 'fitout' || site.stage === 'completion') continue
    const dice = diceOf(city, `pours/${site.key}`)
    const masks = devicesOn(city, site, 'dust').some(({ cheater }) => cheater === 'night_mask')
    for (const day of workdays(city, site)) {
      const byNight = dice.chance(masks ? 0.6 : 0.05)
      const byDay = dice.chance(0.12)
      const begins = byNight ? dice.int(36, 40) / 2 : dice.int(16, 20) / 2
      const hours = byNight ? dice.int(10, 14) / 2 : dice.int(8, 14) / 2
      const from = day * daySeconds + begins * hour
      const pour = { from, until: Math.min(from + hours * hour, city.days * daySeconds) }
      const still = !city.weather.gales.some((gale) => gale.from < pour.until && pour.from < gale.until)
      if ((byNight || byDay) && still && isDry(city.weather, pour)) place(site.pours, pour)
    }
  }
}

const devicesOn = ({ devices }: City, site: Site, kind: CityDevice['kind']): CityDevice[] =>
  devices.filter((one) => one.site === site.index && one.kind === kind)

/** Strong wind is felt by every instrument out in the open, aloft more; a hoist stands in the lee of its building. */
function planGales(city: City): void {
  const { wind } = city.law
  for (const gale of city.weather.gales)
    for (const { kind, pushes } of city.devices) {
      if (kind === 'crane') place(pushes[craneAt.wind]!, pushOf(gale, 'danger', 'gale', wind, [wind + 1.2, wind + 6]))
      if (kind === 'dust') place(pushes[dustAt.wind]!, pushOf(gale, 'danger', 'gale', wind, [wind + 0.4, wind + 3]))
    }
}

/** Over the limit with room: what is forced over it is no matter of rounding. */
const over = 1.06

const dusty: Record<Site['stage'], [number, readonly Cause[]]> = {
  foundation: [0.1, ['earthwork', 'lorries', 'earthwork']],
  structure: [0.04, ['lorries', 'unloading']],
  fitout: [0.03, ['unloading', 'demolition']],
  completion: [0.02, ['lorries']],
}

function planDust(city: City, site: Site, monitors: readonly CityDevice[]): void {
  const dice = diceOf(city, `dust/${site.key}`)
  const limit = city.law.fine
  const [often, causes] = dusty[site.stage]
  // Who has nothing to hide does not cheat; in a short city he has it to hide soon.
  const lying = Math.max(0.35, Math.min(0.9, 3 / city.days))
  const lies = monitors.some(({ cheater }) => cheater !== null)
  for (const { from, until } of city.weather.hazes) {
    const push = pushOf({ from, until }, 'exceedance', 'haze', limit, [limit * over, limit * (1.4 + 0.2 * dice.next())])
    for (const { pushes } of monitors) place(pushes[dustAt.fine]!, push)
  }
  for (const day of workdays(city, site)) {
    const happens = dice.chance(lies ? lying : often)
    const stretch = during(dice, site, day, [20, 90])
    const push = pushOf(stretch, 'exceedance', dice.pick(causes), limit, [limit * over, limit * (1.5 + dice.next())])
    if (!happens || !isDry(city.weather, stretch)) continue
    for (const { pushes } of monitors) place(pushes[dustAt.fine]!, push)
  }
}

export function pushOf(
  { from, until }: Span,
  kind: Push['kind'],
  cause: Cause,
  limit: number,
  [floor, peak]: readonly [number, number],
  level: Push['level'] = 'alarm',
): Push {
  return { from, until, kind, cause, level, limit, floor, peak }
}

function planNoise(city: City, site: Site, monitors: readonly CityDevice[]): void {
  const dice = diceOf(city, `noise/${site.key}`)
  const { noiseDay, noiseNight, nightBegins } = city.law
  for (const pour of site.pours) {
    const from = Math.max(pour.from, Math.floor(pour.from / daySeconds) * daySeconds + nightBegins)
    const push = pushOf({ from, until: pour.until }, 'exceedance', 'night_pour', noiseNight, [
      noiseNight + 2,
      noiseNight + 10,
    ])
    for (const { pushes } of monitors) place(pushes[dustAt.noise]!, push)
  }
  for (const day of workdays(city, site)) {
    const happens = dice.chance(0.025)
    const push = pushOf(during(dice, site, day, [20, 60]), 'exceedance', 'breaking', noiseDay, [
      noiseDay + 1.5,
      noiseDay + 11,
    ])
    if (happens) for (const { pushes } of monitors) place(pushes[dustAt.noise]!, push)
  }
}

function planCrane(city: City, crane: CityDevice): void {
  const dice = diceOf(city, crane.number)
  const site = city.sites[crane.site]!
  for (const day of workdays(city, site)) {
    const [alarms, warns] = [dice.chance(0.05), dice.chance(0.07)]
    const { from } = during(dice, site, day, [5, 5])
    const lift = liftAt(crane, from)
    if ((!alarms && !warns) || !lifts(city, crane, lift)) continue
    const { warn, alarm } = city.law.lifts
    const stretch = { from: lift.loadedFrom, until: lift.loadedUntil }
    place(
      crane.pushes[craneAt.moment]!,
      alarms
        ? pushOf(stretch, 'danger', 'overload', alarm, [alarm + 2, alarm + 12])
        : pushOf(stretch, 'danger', 'overload', warn, [warn + 2, warn + 7], 'warn'),
    )
  }
}

function planHoist(city: City, hoist: CityDevice): void {
  const dice = diceOf(city, hoist.number)
  const site = city.sites[hoist.site]!
  const alarm = city.law.cage
  for (const day of workdays(city, site)) {
    const happens = dice.chance(0.04)
    const stretch = during(dice, site, day, [5, 10])
    if (happens)
      place(hoist.pushes[hoistAt.load]!, pushOf(stretch, 'danger', 'overload', alarm, [alarm + 2, alarm + 12]))
  }
}

/** One pit in five settles on. */
function planPit(city: City, pit: CityDevice): void {
  if (!diceOf(city, pit.number).chance(0.2)) return
  const { salt } = pit
  const crosses = Math.round((0.1 + 0.5 * unit(salt, 72)) * city.days * 24) * 3600
  settleOn(city, pit, { crosses, perDay: 0.7 + 0.5 * unit(salt, 71) })
}

/** Lets a pit settle on, through the warning and in the end the alarm of its papers. */
export function settleOn(city: City, pit: CityDevice, trend: Trend): void {
  const { warn, alarm } = paperLimit(pit.settings, pit.quantities[0]!)
  const { crosses, perDay } = trend
  const end = city.days * daySeconds
  const alarmed = Math.min(end, crosses + onGrid(((alarm - warn) / perDay) * daySeconds))
  const shown = pit.pushes[0]!
  pit.trend = trend
  place(shown, pushOf({ from: crosses, until: alarmed }, 'danger', 'settlement', warn, [warn + 0.1, alarm], 'warn'))
  place(shown, pushOf({ from: alarmed, until: end }, 'danger', 'settlement', alarm, [alarm + 0.1, alarm * 2]))
}

function planFormwork(city: City, formwork: CityDevice): void {
  const dice = diceOf(city, formwork.number)
  const { alarm } = paperLimit(formwork.settings, formwork.quantities[0]!)
  for (const { from, until } of city.sites[formwork.site]!.pours) {
    const begins = onGrid(from + (until - from) * (0.55 + 0.3 * dice.next()))
    const push = pushOf({ from: begins, until }, 'danger', 'pour', alarm, [alarm * 1.04, alarm * 1.25])
    if (dice.chance(0.08)) place(formwork.pushes[0]!, push)
  }
}

function planRoom(city: City, device: CityDevice): void {
  const dice = diceOf(city, device.number)
  for (let day = 0; day < city.days; day++) {
    const from = day * daySeconds + dice.int(0, 19) * hour
    const stretch = { from, until: from + dice.int(2, 8) * 30 * minute }
    const [stuck, dry] = [dice.chance(0.02), dice.chance(0.03)]
    const { warmest, driest } = city.law
    if (stuck)
      place(device.pushes[0]!, pushOf(stretch, 'exceedance', 'heating_stuck', warmest, [warmest + 1, warmest + 5]))
    if (dry)
      place(device.pushes[1]!, pushOf(stretch, 'exceedance', 'humidifier_dry', driest, [driest - 3, driest - 14]))
  }
}

function planPerimeter(city: City, device: CityDevice): void {
  const dice = diceOf(city, device.number)
  for (let day = 0; day < city.days; day++) {
    const comes = dice.chance(0.04)
    const zone = dice.int(0, device.quantities.length - 1)
    const from = day * daySeconds + (dice.chance(0.5) ? dice.int(0, 5 * 60) : dice.int(19 * 60, 23 * 60 + 50)) * minute
    const push = pushOf({ from, until: from + dice.int(1, 5) * minute }, 'danger', 'intruder', 1, [1, 1])
    if (comes) place(device.pushes[zone]!, push)
    const cat = day * daySeconds + dice.int(0, 24 * 60 - 2) * minute
    const false_ = { from: cat, until: cat + dice.int(20, 40), fault: 'false_trigger', by: 0 } as const
    if (dice.chance(0.06) && !spanAt(device.pushes[0]!, cat)) place(device.faults, false_)
  }
}

const plans: Partial<Record<CityDevice['kind'], (city: City, device: CityDevice) => void>> = {
  crane: planCrane,
  hoist: planHoist,
  pit: planPit,
  formwork: planFormwork,
  curing_room: planRoom,
  perimeter: planPerimeter,
}

/** Draws everything that truly passes a limit. The pours are drawn already. */
export function planEpisodes(city: City): void {
  planGales(city)
  for (const site of city.sites) {
    const monitors = devicesOn(city, site, 'dust')
    planDust(city, site, monitors)
    planNoise(city, site, monitors)
  }
  for (const device of city.devices) plans[device.kind]?.(city, device)
}
