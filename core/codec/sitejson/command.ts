import { isObject } from './entry.ts'
import { idPattern, unitHighest, type BadReason, type SiteProblem } from './message.ts'
import { findText, jsonOf } from './text.ts'
import { findInstant, sayInstant } from './time.ts'

/** Switches one unit of an actuator. The device carries out each id once and answers it in `replies`. */
export interface SwitchCommand {
  id: string
  /** Which pump, valve or engine, from 1. */
  unit: number
  on: boolean
  /** After this instant (ms) the command is void. */
  validTo: number
  /** The device switches itself off after this, even when the platform has fallen silent. */
  maxRunSeconds: number
  /** Where a vehicle is to work: it drives there first (degrees of WGS 84). */
  to?: { lon: number; lat: number }
}

/** The message that switches an actuator. */
export function switchCommand({ id, unit, on, validTo, maxRunSeconds, to }: SwitchCommand): Uint8Array {
  const said = { command: 'switch', id, unit, on, validTo: sayInstant(validTo), maxRunSeconds }
  return jsonOf(to ? { ...said, to: { lon: to.lon, lat: to.lat } } : said)
}

/** Sets the device's clock to the instant `now` (ms). */
export const clockCommand = (now: number): Uint8Array => jsonOf({ command: 'clock', time: sayInstant(now) })

/** The message is received and safe. Sent after it is kept; what was odd about it stands beside. */
export const ack = (id: string, problems: readonly SiteProblem[] = []): Uint8Array =>
  jsonOf(problems.length > 0 ? { ack: id, problems } : { ack: id })

/** The message is not taken, and will not be when it is sent again as it is. */
export const refusal = (reason: BadReason, path: string): Uint8Array =>
  jsonOf(path === '' ? { refused: reason } : { refused: reason, path })

/** What comes down to a device, as the device reads it. */
export type Down =
  | { kind: 'switch'; command: SwitchCommand }
  | { kind: 'clock'; time: number }
  | { kind: 'ack'; id: string }
  | { kind: 'refused'; reason: string }

/** The device's side, for the simulator: undefined for anything missing, malformed or unknown. */
export function findDown(bytes: Uint8Array): Down | undefined {
  let said: unknown
  try {
    said = JSON.parse(findText(bytes) ?? '')
  } catch {
    return undefined
  }
  if (!isObject(said)) return undefined
  if (said.command === 'switch') return findSwitch(said)
  if (said.command === 'clock') {
    const time = typeof said.time === 'string' ? findInstant(said.time) : undefined
    return time === undefined ? undefined : { kind: 'clock', time }
  }
  if (typeof said.ack === 'string') return { kind: 'ack', id: said.ack }
  return typeof said.refused === 'string' ? { kind: 'refused', reason: said.refused } : undefined
}

function findSwitch({ id, unit, on, validTo, maxRunSeconds, to }: Readonly<Record<string, unknown>>): Down | undefined {
  const until = typeof validTo === 'string' ? findInstant(validTo) : undefined
  if (typeof id !== 'string' || !idPattern.test(id) || typeof on !== 'boolean' || until === undefined) return undefined
  if (!isCount(unit) || unit > unitHighest || !isCount(maxRunSeconds)) return undefined
  const command = { id, unit, on, validTo: until, maxRunSeconds }
  if (to === undefined) return { kind: 'switch', command }
  return isPlace(to) ? { kind: 'switch', command: { ...command, to: { lon: to.lon, lat: to.lat } } } : undefined
}

function isPlace(value: unknown): value is { lon: number; lat: number } {
  if (!isObject(value)) return false
  const { lon, lat } = value
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1
