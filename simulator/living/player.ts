import { getModel } from '@plumbline/core/device'
import {
  type Actuators,
  blankFrame,
  type City,
  type CityDevice,
  type Frame,
  read,
  type Sending,
  valuesAt,
} from '../city/index.ts'
import { openHj212Line } from '../lines/hj212.ts'
import type { DeviceLine, Hosts } from '../lines/line.ts'
import { openMqttLine } from '../lines/mqtt.ts'
import { openPushLine } from '../lines/push.ts'

/** A message that a device owes: of the moment `at`, or of the stretch of `seconds` that ends then (milliseconds). */
export interface Owed {
  at: number
  seconds: number
}

export interface Played {
  device: CityDevice
  /** What it kept while it could not send, oldest first: sent whenever it has nothing new to say. */
  kept?: readonly Owed[]
}

export interface PlayOptions {
  city: City
  actuators: Actuators
  hosts: Hosts
  /** Milliseconds of the clock by which the devices live. */
  clock: () => number
  devices: readonly Played[]
  /** A device's own period instead of its model's, in seconds. */
  periodSeconds?: number
}

export interface Playing {
  stop(): void
}

const lookMillis = 1_000
/** A device keeps a day of minutes while the platform is away. */
const mostOwed = 1_440

/** Instruments that say at once what has changed, and do not wait for their minute. */
const telling = new Set<CityDevice['kind']>(['perimeter', 'sprayer', 'fog_cannon', 'water_truck'])

/**
 * Plays devices of a city over real sockets, each on a line of its own and in its own time. What was not acknowledged is
 * sent again; what a device measured while the platform was away it sends when that is back.
 */
export async function playDevices(options: PlayOptions): Promise<Playing> {
  const { city, actuators, hosts, clock, devices } = options
  const lines: DeviceLine[] = []
  const timers: ReturnType<typeof setInterval>[] = []
  const stop = () => {
    for (const timer of timers) clearInterval(timer)
    for (const line of lines) line.close()
  }
  try {
    await Promise.all(
      devices.map(async ({ device, kept = [] }) => {
        const { protocol } = getModel(device.modelCode)
        if (protocol === 'modbus') return
        const open = protocol === 'hj212' ? openHj212Line : protocol === 'mqtt' ? openMqttLine : openPushLine
        const line = await open(city, device, hosts, (order) => actuators.order(device, order, clock()))
        lines.push(line)
        timers.push(playOne(options, device, line, [...kept]))
      }),
    )
  } catch (error) {
    stop()
    throw error
  }
  return { stop }
}

function playOne(
  { city, actuators, clock, periodSeconds }: PlayOptions,
  device: CityDevice,
  line: DeviceLine,
  kept: Owed[],
): ReturnType<typeof setInterval> {
  const model = getModel(device.modelCode)
  const period = (periodSeconds ?? Math.min(...model.quantities.map((one) => one.period))) * 1000
  const owed: Owed[] = []
  let sending = false
  let last = 0
  let seen = ''

  const send = async () => {
    if (sending) return
    sending = true
    for (let next: Owed | undefined; (next = owed.shift() ?? kept.shift());) {
      const frame = frameOf(city, device, next, actuators)
      if (frame) await line.send(frame, next.seconds)
    }
    sending = false
  }
  const changed = (now: number): boolean => {
    if (!telling.has(device.kind)) return false
    const values = valuesAt(city, device, now, { honest: true, effects: actuators })
    const { truckSpeed: _, ...told } = values ?? {}
    const before = seen
    seen = JSON.stringify(told)
    return before !== '' && before !== seen
  }
  const look = () => {
    const now = clock()
    const moment = Math.floor(now / period) * period
    const news = changed(now)
    if (moment <= last && !news) return
    owed.push(
      news ? { at: Math.floor(now / 1000) * 1000, seconds: 0 } : { at: moment, seconds: secondsOf(device, period) },
    )
    last = Math.max(last, moment)
    if (owed.length > mostOwed) owed.shift()
    // A line that is closed while it waits ends with it.
    send().catch(() => {})
  }
  look()
  return setInterval(look, lookMillis)
}

/** HJ 212 tells moments (2011); site messages tell what has happened since the last one. */
const secondsOf = ({ modelCode }: CityDevice, period: number): number =>
  getModel(modelCode).protocol === 'hj212' ? 0 : period / 1000

/** A message as a line takes it: site messages stand at the end of the stretch they tell of. */
function frameOf(city: City, device: CityDevice, { at, seconds }: Owed, effects: Actuators): Sending | undefined {
  const frame: Frame = blankFrame(device)
  const from = at - seconds * 1000
  // Who tells changes at once says what is; the others what the stretch held.
  const [t, length] = telling.has(device.kind) ? [at, 0] : [from, seconds]
  if (!read(city, frame, (t - city.start) / 1000, length, { honest: true, effects })) return undefined
  return { ...frame, at: from, told: from, sentAt: at, stored: false }
}

/** What a device kept since `from`, as means of `stepSeconds`, up to `until` (milliseconds). */
export function keptBetween(from: number, until: number, stepSeconds: number): Owed[] {
  const step = stepSeconds * 1000
  const list: Owed[] = []
  for (let at = (Math.floor(from / step) + 1) * step; at <= until; at += step) list.push({ at, seconds: stepSeconds })
  return list
}
