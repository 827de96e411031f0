import type { Device, Spoken, Verdict } from '@plumbline/core/device'
import { type Measurement, placeTime, type PlacingRule, type SiteEvent, type Span } from '@plumbline/core/telemetry'
import { isoOf } from '../base/instants.ts'
import type { Reading, Said } from '../rooms/telemetry/index.ts'

export type KnownDevice = Device & { password: string }

export interface Moment {
  /** The legal clock, as an instant and in milliseconds; and the machine's. */
  now: string
  legalNow: number
  machineNow: number
  placing: PlacingRule
}

/** What is to be made of a frame. Nothing of it has happened yet. */
export interface Outcome {
  /** Whose conversation it belongs to; undefined when nobody's. */
  device?: KnownDevice | undefined
  /** A number that nobody has entered, of a frame that was whole. */
  unknownMn?: string | undefined
  verdict: Verdict
  /** The number is proved: by check value and password of a frame, or by the line's own sign-in. */
  verified: boolean
  fault: Spoken['fault']
  readings: Reading[]
  events: (SiteEvent & { deviceId: string })[]
  /** Old data is stored, and raises and clears nothing. */
  late: boolean
  skewMillis: number | null
  said: Said | null
  /** Sent when all of the above is safe. */
  answers: Uint8Array[]
  /** The device's clock is wrong, or it asks for the time. */
  setClock: boolean
}

/** One question asked of a frame; the first that has an answer decides. */
export type Step<F> = (frame: F, device: KnownDevice | undefined, moment: Moment) => Outcome | null

/** An outcome of which nothing follows. */
export const nothing = {
  fault: null,
  readings: [],
  events: [],
  late: false,
  skewMillis: null,
  said: null,
  answers: [],
  setClock: false,
} satisfies Partial<Outcome>

/** Makes a judge of an ordered list: it is passed from top to bottom, and its last step always answers. */
export const judgeBy =
  <F>(steps: readonly Step<F>[]) =>
  (frame: F, device: KnownDevice | undefined, moment: Moment): Outcome => {
    for (const step of steps) {
      const outcome = step(frame, device, moment)
      if (outcome) return outcome
    }
    throw new Error('the list has an end')
  }

/** Known device? A whole frame under a number that nobody has entered is offered for onboarding. */
export const stranger = (number: string | undefined): Outcome => ({
  ...nothing,
  unknownMn: number,
  verdict: 'not_understood',
  verified: false,
})

/** In service? */
export const retired = (device: KnownDevice): Outcome | null =>
  device.state === 'retired' ? { ...nothing, device, verdict: 'retired', verified: false } : null

/**
 * Clock sane? Data from the future or too far back is set aside, and the device's clock is set; everything else becomes
 * readings at its place on the legal clock. `dataTime` in milliseconds as the device said it.
 */
export function taken(
  outcome: Outcome & { device: KnownDevice },
  span: Span,
  dataTime: number,
  measurements: readonly Measurement[],
  { now, legalNow, machineNow, placing }: Moment,
): Outcome {
  const placed = placeTime(dataTime, legalNow, machineNow, placing)
  if (!placed.ok) return { ...outcome, verdict: placed.fault, skewMillis: dataTime - legalNow, setClock: true }
  const at = isoOf(placed.at)
  const deviceId = outcome.device.id
  const readings = measurements.map(({ quantity, value, flag, span: of }): Reading => ({
    deviceId,
    quantity,
    span: of,
    at,
    value,
    flag,
    receivedAt: now,
  }))
  return {
    ...outcome,
    verdict: readings.length > 0 ? 'stored' : outcome.verdict,
    readings,
    late: placed.late,
    skewMillis: span === 'r' && !placed.late ? placed.at - legalNow : null,
  }
}
