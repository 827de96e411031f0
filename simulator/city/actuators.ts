import { distanceMeters, type Point } from '@plumbline/core/kit'
import { endJourney, sendTruck, truckAt } from './instruments/truck.ts'
import type { Effects } from './measure.ts'
import { unit } from './noise.ts'
import type { City, CityDevice } from './schema.ts'
import { type Span, spanAt } from './spans.ts'

/** An order to an actuator, whatever protocol brings it. */
export interface Order {
  id: string
  on: boolean
  /** Void after this moment, milliseconds. */
  validTo: number
  maxRunSeconds: number
  /** Where a vehicle is to work. */
  to?: Point
}

/** What an actuator says, and when. `state`: whether it really runs by then. */
export interface Saying {
  at: number
  say: 'accepted' | 'refused' | 'executed' | 'failed' | 'state'
  running: boolean
}

/** The actuators of a city: what they were told, and what they did. Its values follow from the orders alone. */
export interface Actuators extends Effects {
  /** Takes an order that arrives at `at` (milliseconds). Orders arrive in order of time; an id again changes nothing. */
  order(device: CityDevice, order: Order, at: number): Saying[]
  isRunning(device: CityDevice, at: number): boolean
}

/** Metres within which a truck's water settles a site's dust. */
const reach = 300

/** Sprayers, fog cannons and water trucks that answer, run, stop by themselves, and now and then do nothing though they say yes. */
export function makeActuators(city: City): Actuators {
  const runs = new Map<number, Span[]>()
  const told = new Map<string, Saying[]>()
  const seconds = (at: number) => (at - city.start) / 1000
  const runsOf = ({ index }: CityDevice) => {
    const known = runs.get(index) ?? []
    runs.set(index, known)
    return known
  }
  const runAt = (device: CityDevice, t: number) => spanAt(runs.get(device.index) ?? [], t)

  const put = (device: CityDevice, { on, maxRunSeconds }: Order, t: number) => {
    const now = runAt(device, t)
    if (now) now.until = on ? Math.max(now.until, t + maxRunSeconds) : t
    else if (on) runsOf(device).push({ from: t, until: t + maxRunSeconds })
  }
  const sent = new Set<CityDevice>()
  /** A truck says that it has done so when it begins to spray, however long its way is. */
  const drive = (device: CityDevice, { on, to, validTo, maxRunSeconds }: Order, at: number): Saying[] => {
    const accepted = at + 400 + Math.floor(600 * unit(device.salt, 300))
    const t = seconds(at)
    if (at > validTo || (on && !to)) return [{ at: accepted, say: 'refused', running: false }]
    const last = device.journeys.at(-1)
    // A new order ends the one before.
    if (last && t < last.until) endJourney(city, device, last, t)
    const begins = on ? city.start + sendTruck(city, device, to!, t, maxRunSeconds).arrives * 1000 : accepted + 300
    sent.add(device)
    return [
      { at: accepted, say: 'accepted', running: false },
      { at: begins, say: 'executed', running: on },
      { at: begins + 200, say: 'state', running: on },
    ]
  }
  const obey = (device: CityDevice, order: Order, at: number): Saying[] => {
    if (device.kind === 'water_truck') return drive(device, order, at)
    const running = runAt(device, seconds(at)) !== undefined
    const accepted = at + 80 + Math.floor(220 * unit(device.salt, 300))
    if (at > order.validTo) return [{ at: accepted, say: 'refused', running }]
    const executed = accepted + 300 + Math.floor(2500 * unit(device.salt, 301))
    const broken = spanAt(device.faults, seconds(at))?.fault === 'actuator'
    if (!broken) put(device, order, seconds(executed))
    // A broken one either tells of it, or says it has been done while nothing comes out of its nozzles.
    const honest = !broken || unit(device.salt, 302) < 0.5
    return [
      { at: accepted, say: 'accepted', running },
      { at: executed, say: broken && honest ? 'failed' : 'executed', running },
      { at: executed + 200, say: 'state', running: broken ? running : order.on },
    ]
  }
  return {
    order: (device, order, at) => {
      const key = `${device.number} ${order.id}`
      const sayings = told.get(key) ?? obey(device, order, at)
      told.set(key, sayings)
      return sayings
    },
    isRunning: (device, at) => runAt(device, seconds(at)) !== undefined,
    runsFor: (device, t) => {
      const run = runAt(device, t)
      return run ? t - run.from : 0
    },
    wettedFor: ({ point }, t) => {
      let longest = 0
      for (const truck of sent) {
        const at = truckAt(city, truck, t)
        const journey = truck.journeys.findLast(({ arrives, until }) => t >= arrives && t < until)
        if (at.spraying && journey && distanceMeters(at, point) < reach)
          longest = Math.max(longest, t - journey.arrives)
      }
      return longest
    },
  }
}
