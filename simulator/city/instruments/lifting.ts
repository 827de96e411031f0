import { cage, type LawLimits } from '../limits.ts'
import { bell, clamp, hundredth, part, tenth, unit, wave } from '../noise.ts'
import type { City, CityDevice } from '../schema.ts'
import { spanAt } from '../spans.ts'
import { activity } from '../work.ts'
import { air, airOf, weatherAt } from '../weather.ts'
import { pushed } from './dust.ts'

/** Places in what is written; the order of `quantitiesOf.crane`. */
export const craneAt = {
  moment: 0,
  load: 1,
  lifted: 2,
  safe: 3,
  amplitude: 4,
  round: 5,
  height: 6,
  dipX: 7,
  dipY: 8,
  wind: 9,
  falls: 10,
  warning: 11,
} as const
/** The order of `quantitiesOf.hoist`. */
export const hoistAt = {
  load: 0,
  carried: 1,
  persons: 2,
  floor: 3,
  speed: 4,
  height: 5,
  front: 6,
  back: 7,
  wind: 8,
} as const

const gravity = 9.80665
/** A lift: hook down, load on, up, across, down, load off, back. The load hangs from `on` to `off`. */
const on = 0.15
const off = 0.75

/** One lift of a crane, in seconds since the city began and t, m, °. */
export interface Lift {
  number: number
  from: number
  until: number
  /** While the load hangs. */
  loadedFrom: number
  loadedUntil: number
  /** The highest percentage of the rating on the way, when nothing goes wrong. */
  percent: number
  pick: number
  set: number
  turn: number
  swing: number
  depth: number
}

const liftSeconds = (salt: number): number => 300 + 20 * Math.floor(unit(salt, 5) * 13)

/** The lift last asked for of each crane: a reader looks at one many times. */
const known = new WeakMap<CityDevice, Lift>()

/** The lift to which a moment belongs, whether or not the crane works then. */
export function liftAt(device: CityDevice, t: number): Lift {
  const last = known.get(device)
  if (last && t >= last.from && t < last.until) return last
  const lift = drawLift(device, t)
  known.set(device, lift)
  return lift
}

function drawLift({ salt, settings }: CityDevice, t: number): Lift {
  const length = liftSeconds(salt)
  const number = Math.floor(t / length)
  const from = number * length
  const { moment = 800, load = 6, jib = 50 } = settings.rated
  // Beyond this radius the moment and not the rope is what limits.
  const least = moment / (gravity * load) + 1
  const key = part(salt, 40)
  return {
    number,
    from,
    until: from + length,
    loadedFrom: from + Math.round(on * length),
    loadedUntil: from + Math.round(off * length),
    percent: 16 + 68 * unit(key, 3 * number),
    pick: least + (jib - 3 - least) * unit(part(salt, 41), number),
    set: least + (jib - 3 - least) * unit(part(salt, 42), number),
    turn: 360 * unit(part(salt, 43), number),
    swing: 40 + 130 * unit(part(salt, 44), number),
    depth: 12 + 30 * unit(part(salt, 45), number),
  }
}

/** Whether a crane lifts: its site works, and the wind lets it. */
export function lifts(city: City, device: CityDevice, lift: Lift): boolean {
  if (activity(city.sites[device.site]!, lift.from) < 0.2) return false
  return !spanAt(device.pushes[craneAt.wind]!, lift.from) && !spanAt(device.pushes[craneAt.wind]!, lift.until - 1)
}

/** How often a crane that hides its overloads lifts too much. */
const hiddenOften = 0.3

const now = airOf()
const ease = (x: number): number => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x))

/** What the recorder of a tower crane truly sees. */
export function sampleCrane(city: City, device: CityDevice, t: number, out: Float64Array): void {
  const { salt, pushes } = device
  weatherAt(city.weather, t, now)
  const gale = spanAt(pushes[craneAt.wind]!, t)
  const aloft = now[air.wind]! * (1.55 + 0.2 * wave(part(salt, 30), t, 30)) + 0.4 * wave(part(salt, 31), t, 500)
  out[craneAt.wind] = tenth(gale ? pushed(gale, part(salt, 32), t) : clamp(aloft, 0.2, 10))
  out[craneAt.falls] = 2 + 2 * Math.floor(unit(salt, 6) * 2)
  const lift = liftAt(device, t)
  if (lifts(city, device, lift)) writeLift(device, lift, t, out)
  else park(device, t, out)
  const swayX = 0.12 * bell(salt, 7) + 0.02 * wave(part(salt, 33), t, 25)
  const swayY = 0.12 * bell(salt, 8) + 0.02 * wave(part(salt, 34), t, 25)
  const lean = 0.0035 * out[craneAt.moment]!
  const heading = (out[craneAt.round]! * Math.PI) / 180
  out[craneAt.dipX] = hundredth(swayX + lean * Math.cos(heading))
  out[craneAt.dipY] = hundredth(swayY + lean * Math.sin(heading))
  out[craneAt.warning] = warningOf(city.law, out)
}

/** Items 0, 1 and 3 of the 32-bit word (standards 6.1): wind, load, moment. */
export const warningOf = ({ wind, lifts: { alarm } }: LawLimits, out: Float64Array): number =>
  (out[craneAt.wind]! >= wind ? 1 : 0) + (out[craneAt.load]! > alarm ? 2 : 0) + (out[craneAt.moment]! >= alarm ? 8 : 0)

/** Writes load and percentages so that they agree: moment is load times radius. */
export function writeLoad({ settings }: CityDevice, lifted: number, radius: number, out: Float64Array): void {
  const { moment = 800, load = 6 } = settings.rated
  const safe = Math.min(load, moment / (gravity * radius))
  out[craneAt.lifted] = hundredth(lifted)
  out[craneAt.safe] = hundredth(safe)
  out[craneAt.amplitude] = tenth(radius)
  out[craneAt.moment] = tenth(((lifted * radius * gravity) / moment) * 100)
  out[craneAt.load] = tenth((lifted / safe) * 100)
}

function writeLift(device: CityDevice, lift: Lift, t: number, out: Float64Array): void {
  const { salt, pushes, cheater, cheats, settings } = device
  const { moment = 800 } = settings.rated
  const through = (t - lift.from) / (lift.until - lift.from)
  const over = spanAt(pushes[craneAt.moment]!, lift.loadedFrom)
  const lied = cheater === 'overload_hidden' && spanAt(cheats, t) && unit(part(salt, 46), lift.number) < hiddenOften
  // What is too heavy is swung round and not run out: its radius stays, and with it its percentage.
  const straight = over !== undefined || lied
  const there = ease((through - 0.35) / 0.25)
  const radius = straight ? lift.pick : lift.pick + (lift.set - lift.pick) * there
  const farthest = straight ? lift.pick : Math.max(lift.pick, lift.set)
  const percent = over
    ? pushed(over, part(salt, 35), t)
    : lied
      ? 102 + 11 * unit(part(salt, 47), lift.number)
      : lift.percent
  const full = ((percent / 100) * moment) / (gravity * farthest)
  const hangs = t >= lift.loadedFrom && t < lift.loadedUntil
  const lifted = hangs ? full * (over ? 1 : 1 + 0.006 * wave(part(salt, 36), t, 7)) : 0.08
  writeLoad(device, lifted, radius, out)
  const back = ease((through - off) / (1 - off))
  out[craneAt.round] = tenth((lift.turn + lift.swing * (there - back) + 720) % 360)
  const down = ease(through / on) - ease((through - on) / 0.2) + ease((through - 0.6) / 0.15) - back
  out[craneAt.height] = tenth(5 + lift.depth * clamp(down, 0, 1))
}

/** At rest the jib turns with the wind. */
function park(device: CityDevice, t: number, out: Float64Array): void {
  const turned = now[air.direction]! + 180 + 12 * wave(part(device.salt, 37), t, 600)
  writeLoad(device, 0.08, 16, out)
  out[craneAt.round] = tenth(((turned % 360) + 360) % 360)
  out[craneAt.height] = 5
}

const rideSeconds = 200
const storey = 3

/** What a hoist's box truly sees: up with people and goods, and down again. */
export function sampleHoist(city: City, device: CityDevice, t: number, out: Float64Array): void {
  const { salt, pushes } = device
  weatherAt(city.weather, t, now)
  out[hoistAt.wind] = tenth(clamp(now[air.wind]! * 1.15 + 0.3 * wave(part(salt, 50), t, 40), 0.2, 9.8))
  out[hoistAt.back] = 0
  const ride = Math.floor(t / rideSeconds)
  const through = t / rideSeconds - ride
  const runs = activity(city.sites[device.site]!, ride * rideSeconds) > 0.1
  const push = spanAt(pushes[hoistAt.load]!, t)
  const top = 4 + Math.floor(unit(salt, 9) * 22)
  const to = 2 + Math.floor(unit(part(salt, 51), ride) * (top - 1))
  const persons = runs ? Math.floor(unit(part(salt, 52), ride) * 9) : 0
  const goods = runs ? 0.9 * unit(part(salt, 53), ride) : 0
  // An overloaded cage stays below with its door open: the limiter does not let it start.
  const up = push || !runs ? 0 : ease((through - 0.15) / 0.3) - ease((through - 0.6) / 0.3)
  const loaded = through < 0.55 ? 1 : 0.35
  const carried = push ? (pushed(push, part(salt, 54), t) / 100) * cage.load : (persons * 0.075 + goods) * loaded
  out[hoistAt.carried] = hundredth(carried)
  out[hoistAt.load] = tenth(push ? pushed(push, part(salt, 54), t) : (carried / cage.load) * 100)
  out[hoistAt.persons] = push ? cage.persons + 2 : Math.floor(persons * loaded)
  const height = up * (to - 1) * storey
  out[hoistAt.height] = tenth(height)
  out[hoistAt.floor] = 1 + Math.floor(height / storey + 0.02)
  const moving = !push && runs && ((through > 0.15 && through < 0.45) || (through > 0.6 && through < 0.9))
  out[hoistAt.speed] = moving ? tenth((((to - 1) * storey) / (0.3 * rideSeconds)) * (through < 0.5 ? 1 : -1)) : 0
  out[hoistAt.front] = push || (runs && (through < 0.12 || (through > 0.47 && through < 0.58))) ? 1 : 0
}
