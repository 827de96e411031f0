import {
  type BadFrame,
  dataAnswer,
  findAddress,
  findSpraySaying,
  type Message,
  noticeAnswer,
} from '@plumbline/core/codec/hj212'
import type { Device, Spoken, Verdict } from '@plumbline/core/device'
import { measurementsOf, placeTime, type PlacingRule, spanOf } from '@plumbline/core/telemetry'
import type { Reading, Said } from '../rooms/telemetry/index.ts'

/** A frame as the socket delivered it: decoded, or bad with the reason. */
export interface Heard {
  raw: Uint8Array
  address: string
  frame: { kind: 'good'; message: Message } | { kind: 'bad'; bad: BadFrame }
}

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
  device?: KnownDevice
  /** A number that nobody has entered, of a frame that was whole. */
  unknownMn?: string
  verdict: Verdict
  /** Check value and password prove the number. */
  verified: boolean
  fault: Spoken['fault']
  readings: Reading[]
  /** Old data is stored, and raises and clears nothing. */
  late: boolean
  skewMillis: number | null
  said: Said | null
  /** Sent when all of the above is safe. */
  answers: Uint8Array[]
  /** The device's clock is wrong, or it asks for the time. */
  setClock: boolean
}

type Step = (heard: Heard, device: KnownDevice | undefined, moment: Moment) => Outcome | null

const none = {
  fault: null,
  readings: [],
  late: false,
  skewMillis: null,
  said: null,
  answers: [],
  setClock: false,
} satisfies Partial<Outcome>

/** Every frame passes this list, from top to bottom; the first step with an answer decides. The last always has one. */
const steps: readonly Step[] = [
  // Wrong length, check value or ending: no answer, so that the device sends again. Shown under the number it claims.
  (heard, device) => {
    if (heard.frame.kind === 'good') return null
    const { reason, declaredLength, actualLength, expectedCrc, givenCrc } = heard.frame.bad
    return {
      ...none,
      device,
      verdict: reason,
      verified: false,
      fault: { declaredLength, actualLength, expectedCrc, givenCrc },
    }
  },
  // Known device?
  ({ frame }, device) =>
    device || frame.kind === 'bad'
      ? null
      : { ...none, unknownMn: frame.message.mn, verdict: 'not_understood', verified: false },
  (_heard, device) => (device!.state === 'retired' ? { ...none, device, verdict: 'retired', verified: false } : null),
  // HJ 212-2017 table 3: PW is the device's password.
  (heard, device) =>
    messageOf(heard).pw === device!.password ? null : { ...none, device, verdict: 'wrong_password', verified: false },
  sprayerAnswer,
  notice,
  upload,
  (_heard, device) => ({ ...none, device, verdict: 'not_understood', verified: true }),
]

export function judge(heard: Heard, device: KnownDevice | undefined, moment: Moment): Outcome {
  for (const step of steps) {
    const outcome = step(heard, device, moment)
    if (outcome) return outcome
  }
  throw new Error('the list has an end')
}

function messageOf({ frame }: Heard): Message {
  if (frame.kind === 'bad') throw new Error('a bad frame has no message')
  return frame.message
}

/** 9011 and 9012: what a device says to a command of ours. */
function sprayerAnswer(heard: Heard, device: KnownDevice | undefined, { now }: Moment): Outcome | null {
  const saying = findSpraySaying(messageOf(heard))
  if (!saying || saying.kind === 'state') return null
  const said = { deviceId: device!.id, saying, at: now, stateAt: null }
  return { ...none, device, verdict: 'answered', verified: true, said }
}

/** 1013 asks for the time, 9015 is a sign of life (HJ 212-2025), 9013 and 9014 answer us. */
function notice(heard: Heard, device: KnownDevice | undefined): Outcome | null {
  const message = messageOf(heard)
  const { cn, qn, wantsAnswer } = message
  const outcome: Outcome = { ...none, device, verdict: 'answered', verified: true, setClock: cn === '1013' }
  if (cn === '9013' || cn === '9014') return outcome
  if (cn !== '1013' && cn !== '9015') return null
  const to = findAddress(message)
  return { ...outcome, answers: to && wantsAnswer ? [noticeAnswer(to, qn)] : [] }
}

/** 20xx: data. Answered when it asks for it, also when its values are not taken: sent again they would be no better. */
function upload(heard: Heard, device: KnownDevice | undefined, moment: Moment): Outcome | null {
  const message = messageOf(heard)
  const { cn, dataTime, qn, wantsAnswer } = message
  if (!cn?.startsWith('20')) return null
  const to = findAddress(message)
  const outcome: Outcome = {
    ...none,
    device,
    verdict: 'answered',
    verified: true,
    answers: to && wantsAnswer ? [dataAnswer(to, qn)] : [],
  }
  const span = spanOf(cn)
  if (span === undefined) return outcome
  if (dataTime === undefined) return { ...outcome, verdict: 'no_time' }

  // Clock sane? Data from the future or too far back is set aside, and the device's clock is set.
  const { legalNow, machineNow, placing, now } = moment
  const placed = placeTime(dataTime, legalNow, machineNow, placing)
  if (!placed.ok) return { ...outcome, verdict: placed.fault, skewMillis: dataTime - legalNow, setClock: true }

  // Unit profile: the same quantity, unit and code, whoever made the device.
  const at = new Date(placed.at).toISOString()
  const readings = measurementsOf(message.readings, span, device!.unitProfile).map((one) => ({
    ...one,
    deviceId: device!.id,
    at,
    receivedAt: now,
  }))
  const saying = findSpraySaying(message)
  return {
    ...outcome,
    verdict: readings.length > 0 ? 'stored' : 'answered',
    readings,
    late: placed.late,
    skewMillis: span === 'r' && !placed.late ? placed.at - legalNow : null,
    said: saying?.kind === 'state' ? { deviceId: device!.id, saying, at: now, stateAt: at } : null,
  }
}
