import type { LineChange, NewSpoken } from '../rooms/device/index.ts'
import type { Outcome } from './judge.ts'

/** A frame's bytes and where they came from. */
export interface Heard {
  raw: Uint8Array
  address: string
}

const minute = 60_000
/** So many unproven frames of one device are written down in a minute; the rest is only counted. */
const unprovenPerMinute = 120
const askEvery = 10 * minute
const tellEvery = 1_000

/** What must be remembered between batches, so that neither a liar nor a broken clock fills the books. */
export function noteKeeper(machineNow: () => number = Date.now) {
  let since = machineNow()
  const unproven = new Map<string, number>()
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
        unproven.clear()
        since = machineNow()
      }
      const count = (unproven.get(deviceId) ?? 0) + 1
      unproven.set(deviceId, count)
      return count <= unprovenPerMinute
    },
    /** Whether a device is sent the time again. */
    mayAsk: (deviceId: string): boolean => notWithin(askEvery, asked, deviceId),
    /** Whether readers are told again of frames that prove nothing. */
    mayTell: (deviceId: string): boolean => notWithin(tellEvery, told, deviceId),
  }
}

export type NoteKeeper = ReturnType<typeof noteKeeper>

const badFrame: readonly string[] = ['crc', 'length', 'oversize', 'terminator']

/** What a batch adds to each device's counters. */
export function linesOf(batch: readonly Heard[], outcomes: readonly Outcome[], now: string): LineChange[] {
  const byDevice = new Map<string, LineChange>()
  for (const [index, { device, verdict, verified, skewMillis }] of outcomes.entries()) {
    if (!device) continue
    const line = byDevice.get(device.id) ?? blank(device.id, batch[index]!.address)
    byDevice.set(device.id, line)
    if (verified) {
      line.good += 1
      line.heardAt = now
      line.address = batch[index]!.address
    } else if (badFrame.includes(verdict)) line.bad += 1
    else line.refused += 1
    if (verdict === 'in_future' || verdict === 'too_old') line.quarantined += 1
    if (verdict === 'repeated') line.duplicates += 1
    if (skewMillis !== null) line.skewMillis = skewMillis
  }
  return [...byDevice.values()]
}

const blank = (deviceId: string, address: string): LineChange => ({
  deviceId,
  address,
  heardAt: null,
  good: 0,
  bad: 0,
  refused: 0,
  quarantined: 0,
  duplicates: 0,
  skewMillis: null,
})

/** The conversation of a batch: each frame, and what is answered to it. */
export function spokenOf(
  batch: readonly Heard[],
  outcomes: readonly Outcome[],
  now: string,
  mayNote: (deviceId: string) => boolean,
): NewSpoken[] {
  return outcomes.flatMap(({ device, verdict, verified, fault, answers }, index): NewSpoken[] => {
    if (!device || (!verified && !mayNote(device.id))) return []
    const common = { deviceId: device.id, at: now }
    return [
      { ...common, way: 'in', raw: batch[index]!.raw, verdict, verified, fault },
      ...answers.map((raw): NewSpoken => ({
        ...common,
        way: 'out',
        raw,
        verdict: 'sent',
        verified: true,
        fault: null,
      })),
    ]
  })
}
