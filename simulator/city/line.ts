import { forge } from './forge.ts'
import { type Effects, summarise } from './measure.ts'
import { bell } from './noise.ts'
import type { City, CityDevice } from './schema.ts'
import { spanAt } from './spans.ts'

/** One message of values. The same object and array are given again and again: copy what you keep. */
export interface Frame {
  device: CityDevice
  /** The moment measured, or the beginning of the interval, in milliseconds of true time. */
  at: number
  /** What the device's own clock says it is. */
  told: number
  /** HJ 212 table 8: N normal, D a fault of the instrument. */
  flag: 'N' | 'D'
  /** In the order of `device.quantities`, each in the house's unit. */
  values: Float64Array
}

/** A frame on its way: when it leaves the site, and whether it waited for the network. */
export interface Sending extends Frame {
  sentAt: number
  stored: boolean
}

export interface Asking {
  /** Values summed up over each step (HJ 212: 2051) instead of momentary ones (2011). */
  means?: boolean
  /** True values, before any cheat; silence and clock too are left out. */
  honest?: boolean
  effects?: Effects
}

/** How far a device's clock is wrong, in milliseconds. `setAt`: when the platform last set it; a cheater's ignores that. */
export function clockError({ salt, faults, cheats }: CityDevice, t: number, setAt = -Infinity): number {
  const since = setAt > -Infinity ? t - setAt : t
  const honest = (setAt > -Infinity ? 0 : 1500 * bell(salt, 200)) + 8 * bell(salt, 201) * (since / 1000)
  const fault = spanAt(faults, t)
  const cheat = spanAt(cheats, t)
  const wrong = fault?.fault === 'clock' && setAt < fault.from ? fault.by : 0
  return Math.round(honest + wrong + (cheat?.cheat === 'clock_drift' ? cheat.by * 1000 : 0))
}

/** A frame to be written into, for `read`. */
export const blankFrame = (device: CityDevice): Frame => ({
  device,
  at: 0,
  told: 0,
  flag: 'N',
  values: new Float64Array(device.quantities.length),
})

/** Writes what a device says of a moment, or of the `length` seconds that begin then. False: it says nothing. */
export function read(city: City, frame: Frame, t: number, length: number, { honest, effects }: Asking = {}): boolean {
  const { device, values } = frame
  frame.at = city.start + t * 1000
  frame.flag = 'N'
  const cheat = honest ? undefined : spanAt(device.cheats, t)
  if (cheat?.cheat === 'silent_when_bad') return false
  summarise(city, device, t, length, values, effects)
  if (cheat) forge(city, device, cheat, t, length, values, effects)
  if (spanAt(device.faults, t)?.fault === 'sensor') {
    frame.flag = 'D'
    values.fill(0)
  }
  // Intervals are counted by the device's own clock.
  const step = (length > 0 ? length : 1) * 1000
  const start = frame.at + (honest ? 0 : clockError(device, t))
  frame.told = city.start + Math.round((start - city.start) / step) * step
  return true
}

/** What a device says at a moment (milliseconds), by quantity; undefined when it is silent. */
export function valuesAt(
  city: City,
  device: CityDevice,
  at: number,
  asking?: Asking & { seconds?: number },
): Record<string, number> | undefined {
  const frame = blankFrame(device)
  if (!read(city, frame, (at - city.start) / 1000, asking?.seconds ?? 0, asking)) return undefined
  return Object.fromEntries(device.quantities.map((quantity, i) => [quantity, frame.values[i]!]))
}

/** What a device says in `[from, until)` (milliseconds), every so many seconds, in order. See `Frame` on keeping. */
export function* readingsOf(
  city: City,
  device: CityDevice,
  from: number,
  until: number,
  stepSeconds: number,
  asking: Asking = {},
): Generator<Frame> {
  const frame = blankFrame(device)
  const length = asking.means ? stepSeconds : 0
  const end = (until - city.start) / 1000
  for (let t = (from - city.start) / 1000; t < end; t += stepSeconds)
    if (read(city, frame, t, length, asking)) yield frame
}

/**
 * The whole city's frames in the order in which they leave the sites: means of every step when it is over, what a cut
 * held back when it has ended, oldest first. What a cut beyond `until` holds back comes last.
 */
export function* sendingsOf(
  city: City,
  from: number,
  until: number,
  stepSeconds: number,
  { devices = city.devices, ...asking }: Asking & { devices?: readonly CityDevice[] } = {},
): Generator<Sending> {
  const lines = devices.map((device): Line => ({
    frame: { ...blankFrame(device), sentAt: 0, stored: false },
    heldFrom: null,
  }))
  const seconds = (at: number) => (at - city.start) / 1000
  let t = seconds(from)
  for (; t < seconds(until); t += stepSeconds)
    for (const line of lines) {
      const leaves = t + stepSeconds
      if (spanAt(line.frame.device.cuts, leaves)) {
        line.heldFrom ??= t
        continue
      }
      if (line.heldFrom !== null) yield* release(city, line, t, leaves, stepSeconds, asking)
      line.frame.sentAt = city.start + leaves * 1000
      line.frame.stored = false
      if (read(city, line.frame, t, stepSeconds, asking)) yield line.frame
    }
  for (const line of lines) {
    const open = spanAt(line.frame.device.cuts, t)
    if (open) yield* release(city, line, t, open.until, stepSeconds, asking)
  }
}

/** A device on the way through time: since when its frames wait, if they do. */
interface Line {
  frame: Sending
  heldFrom: number | null
}

/** What has waited, up to the interval that begins before `before`. */
function* release(
  city: City,
  line: Line,
  before: number,
  leaves: number,
  stepSeconds: number,
  asking: Asking,
): Generator<Sending> {
  const { frame, heldFrom } = line
  line.heldFrom = null
  for (let t = heldFrom ?? before; t < before; t += stepSeconds) {
    frame.sentAt = city.start + leaves * 1000
    frame.stored = true
    if (read(city, frame, t, stepSeconds, asking)) yield frame
  }
}
