import { getModel } from '@plumbline/core/device'
import { millisOf } from '../base/instants.ts'
import type { LineChange, NewSpoken } from '../rooms/device/index.ts'
import type { Quarantined, Reading, Said } from '../rooms/telemetry/index.ts'
import type { KnownDevice, Moment, Outcome } from './judge.ts'

/** A frame's bytes and where they came from. */
export interface Heard {
  raw: Uint8Array
  address: string
}

const minute = 60_000
/** So many frames of one device that brought nothing new are written down in a minute; the rest is only counted. */
const idlePerMinute = 120
const askEvery = 10 * minute
const tellEvery = 1_000

/** What must be remembered between batches, so that neither a liar nor a broken clock fills the books. */
export function noteKeeper(machineNow: () => number = Date.now) {
  let since = machineNow()
  const idle = new Map<string, number>()
  const asked = new Map<string, number>()
  const told = new Map<string, number>()
  const notWithin = (millis: number, last: Map<string, number>, deviceId: string): boolean => {
    const before = last.get(deviceId)
    if (before !== undefined && machineNow() - before < millis) return false
    last.set(deviceId, machineNow())
    return true
  }
  return {
    mayNote(deviceId: string): boolean {
      if (machineNow() - since > minute) {
        idle.clear()
        since = machineNow()
      }
      const count = (idle.get(deviceId) ?? 0) + 1
      idle.set(deviceId, count)
      return count <= idlePerMinute
    },
    /** Whether a device is sent the time again. */
    mayAsk: (deviceId: string): boolean => notWithin(askEvery, asked, deviceId),
    /** Whether readers are told again of frames that prove nothing. */
    mayTell: (deviceId: string): boolean => notWithin(tellEvery, told, deviceId),
  }
}

export type NoteKeeper = ReturnType<typeof noteKeeper>

const badFrame: readonly string[] = ['crc', 'length', 'oversize', 'terminator']

/** What changes on each device's line, by device. */
export type Lines = Map<string, LineChange>

/** What a batch adds to each device's counters. A value older than `liveFrom` (milliseconds) makes no device live. */
export function linesOf(
  batch: readonly Heard[],
  outcomes: readonly Outcome[],
  fresh: readonly (readonly Reading[])[],
  now: string,
  liveFrom: number,
): Lines {
  const lines: Lines = new Map()
  for (const [index, { device, verdict, verified, skewMillis, late }] of outcomes.entries()) {
    if (!device) continue
    const line = lines.get(device.id) ?? blank(device.id, batch[index]!.address)
    lines.set(device.id, line)
    if (verified) {
      line.good += 1
      line.heardAt = now
      line.address = batch[index]!.address
    } else if (badFrame.includes(verdict)) line.bad += 1
    else line.refused += 1
    if (verdict === 'in_future' || verdict === 'too_old') line.quarantined += 1
    if (verdict === 'repeated') line.duplicates += 1
    if (skewMillis !== null) line.skewMillis = skewMillis
    const freshAt = late ? null : freshOf(leadOf(device.modelCode), fresh[index]!, liveFrom)
    if (freshAt !== null && (line.freshAt === null || line.freshAt < freshAt)) line.freshAt = freshAt
  }
  return lines
}

const blank = (deviceId: string, address: string): LineChange => ({
  deviceId,
  address,
  heardAt: null,
  freshAt: null,
  good: 0,
  bad: 0,
  refused: 0,
  quarantined: 0,
  duplicates: 0,
  skewMillis: null,
})

const leads = new Map<string, string>()

function leadOf(modelCode: string): string {
  const known = leads.get(modelCode) ?? getModel(modelCode).lead
  leads.set(modelCode, known)
  return known
}

/** `subside@S1` of `subside`: baseOf without its cutting. */
const isPointOf = (quantity: string, lead: string) =>
  quantity.length > lead.length && quantity[lead.length] === '@' && quantity.startsWith(lead)

/** When the quantity by which a device is called live last had a normal value among these. */
function freshOf(lead: string, readings: readonly Reading[], liveFrom: number): string | null {
  let latest: string | null = null
  for (const { quantity, flag, span, at } of readings) {
    if (flag !== 'N' || (span !== 'r' && span !== 'm')) continue
    if (quantity !== lead && !isPointOf(quantity, lead)) continue
    if ((latest === null || at > latest) && millisOf(at) >= liveFrom) latest = at
  }
  return latest
}

/** Adds up what changed on lines; `later` came after `earlier`. Neither is changed. */
export function joinLines(earlier: Lines, later: Lines): Lines {
  if (earlier.size === 0) return later
  const joined = new Map(earlier)
  for (const [id, two] of later) {
    const one = joined.get(id)
    joined.set(id, one ? addLine({ ...one }, two) : two)
  }
  return joined
}

/** The same into what has gathered, which is changed. */
export function gatherLines(gathered: Lines, later: Lines): void {
  for (const [id, two] of later) {
    const one = gathered.get(id)
    if (one) addLine(one, two)
    else gathered.set(id, two)
  }
}

function addLine(one: LineChange, two: LineChange): LineChange {
  if (two.heardAt !== null) one.address = two.address
  one.heardAt = two.heardAt ?? one.heardAt
  if (two.freshAt !== null && (one.freshAt === null || one.freshAt < two.freshAt)) one.freshAt = two.freshAt
  one.good += two.good
  one.bad += two.bad
  one.refused += two.refused
  one.quarantined += two.quarantined
  one.duplicates += two.duplicates
  one.skewMillis = two.skewMillis ?? one.skewMillis
  return one
}

/** The conversation of a batch: each frame, and what is answered to it. */
export function spokenOf(
  batch: readonly Heard[],
  outcomes: readonly Outcome[],
  now: string,
  mayNote: (deviceId: string) => boolean,
): NewSpoken[] {
  const spoken: NewSpoken[] = []
  for (const [index, { device, verdict, verified, fault, answers }] of outcomes.entries()) {
    if (!device || (verdict !== 'stored' && !mayNote(device.id))) continue
    const { raw } = batch[index]!
    spoken.push({ deviceId: device.id, at: now, way: 'in', raw, verdict, verified, fault, answers })
  }
  return spoken
}

/** What follows from a batch beside its readings, gathered in one walk. */
export interface Sorted {
  devices: Map<string, KnownDevice>
  /** Devices that have just proved themselves for the first time. */
  first: Set<string>
  /** New readings that came too late to raise or clear anything. */
  late: Set<Reading>
  /** Frames set aside because of their time, by what they claim. */
  quarantined: Quarantined[]
  said: Said[]
  /** Devices under whose number something came that proves nothing. */
  unproven: Set<string>
}

export function sortOut(
  outcomes: readonly Outcome[],
  fresh: readonly (readonly Reading[])[],
  { now, legalNow }: Moment,
): Sorted {
  const sorted: Sorted = {
    devices: new Map(),
    first: new Set(),
    late: new Set(),
    quarantined: [],
    said: [],
    unproven: new Set(),
  }
  for (const [index, { device, verdict, verified, late, said, skewMillis }] of outcomes.entries()) {
    if (!device) continue
    sorted.devices.set(device.id, device)
    if (device.state === 'pending' && verdict === 'stored') sorted.first.add(device.id)
    if (late) for (const reading of fresh[index]!) sorted.late.add(reading)
    if (said) sorted.said.push(said)
    if (!verified) sorted.unproven.add(device.id)
    if ((verdict === 'in_future' || verdict === 'too_old') && skewMillis !== null) {
      const at = new Date(legalNow + skewMillis).toISOString()
      sorted.quarantined.push({ deviceId: device.id, at, verdict, heardAt: now })
    }
  }
  return sorted
}

const unknownAtOnce = 50

/** Of a flood under invented numbers only so many are written down at once. */
export function unknownOf(batch: readonly Heard[], outcomes: readonly Outcome[], now: string) {
  if (!outcomes.some(({ unknownMn }) => unknownMn)) return []
  const mns = [...new Set(outcomes.flatMap(({ unknownMn }) => unknownMn ?? []))].slice(0, unknownAtOnce)
  return outcomes.flatMap(({ unknownMn }, index) => {
    if (!unknownMn || !mns.includes(unknownMn)) return []
    const { address, raw } = batch[index]!
    return [{ mn: unknownMn, at: now, address, raw }]
  })
}
