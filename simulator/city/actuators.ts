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

/** Sprayers and fog cannons that answer, run, stop by themselves, and now and then do nothing though they say yes. */
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
  const obey = (device: CityDevice, order: Order, at: number): Saying[] => {
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
  }
}
