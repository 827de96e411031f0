import {
  type BadFrame,
  dataAnswer,
  findAddress,
  findSpraySaying,
  type Message,
  noticeAnswer,
  sayQn,
  setClock,
} from '@plumbline/core/codec/hj212'
import { measurementsOf, spanOf } from '@plumbline/core/telemetry'
import { judgeBy, type KnownDevice, type Moment, nothing, type Outcome, retired, stranger, taken } from '../judge.ts'

/** A frame as the socket delivered it: decoded, or bad with the reason. */
export type Frame = { kind: 'good'; message: Message } | { kind: 'bad'; bad: BadFrame }

export const numberOf = (frame: Frame): string | undefined =>
  frame.kind === 'good' ? frame.message.mn : frame.bad.claimedMn

/** Every frame passes this list, from top to bottom. */
export const judge = judgeBy<Frame>([
  // Wrong length, check value or ending: no answer, so that the device sends again. Shown under the number it claims.
  (frame, device) => {
    if (frame.kind === 'good') return null
    const { reason, declaredLength, actualLength, expectedCrc, givenCrc } = frame.bad
    const fault = { declaredLength, actualLength, expectedCrc, givenCrc }
    return { ...nothing, device, verdict: reason, verified: false, fault }
  },
  (frame, device) => (device ? null : stranger(numberOf(frame))),
  (_frame, device) => retired(device!),
  // HJ 212-2017 table 3: PW is the device's password.
  (frame, device) =>
    messageOf(frame).pw === device!.password
      ? null
      : { ...nothing, device, verdict: 'wrong_password', verified: false },
  switchAnswer,
  notice,
  upload,
  (_frame, device) => ({ ...nothing, device, verdict: 'not_understood', verified: true }),
])

function messageOf(frame: Frame): Message {
  if (frame.kind === 'bad') throw new Error('a bad frame has no message')
  return frame.message
}

/** 9011 and 9012: what a device says to a command of ours. */
function switchAnswer(frame: Frame, device: KnownDevice | undefined, { now }: Moment): Outcome | null {
  const saying = findSpraySaying(messageOf(frame))
  if (!saying || saying.kind === 'state') return null
  const said = { deviceId: device!.id, saying, at: now, stateAt: null }
  return { ...nothing, device, verdict: 'answered', verified: true, said }
}

/** 1013 asks for the time, 9015 is a sign of life (HJ 212-2025), 9013 and 9014 answer us. */
function notice(frame: Frame, device: KnownDevice | undefined): Outcome | null {
  const message = messageOf(frame)
  const { cn, qn, wantsAnswer } = message
  const outcome: Outcome = { ...nothing, device, verdict: 'answered', verified: true, setClock: cn === '1013' }
  if (cn === '9013' || cn === '9014') return outcome
  if (cn !== '1013' && cn !== '9015') return null
  const to = findAddress(message)
  return { ...outcome, answers: to && wantsAnswer ? [noticeAnswer(to, qn)] : [] }
}

/** 20xx: data. Answered when it asks for it, also when its values are not taken: sent again they would be no better. */
function upload(frame: Frame, device: KnownDevice | undefined, moment: Moment): Outcome | null {
  const message = messageOf(frame)
  const { cn, dataTime, qn, wantsAnswer } = message
  if (!cn?.startsWith('20')) return null
  const to = findAddress(message)
  const outcome = {
    ...nothing,
    device: device!,
    verdict: 'answered' as const,
    verified: true,
    answers: to && wantsAnswer ? [dataAnswer(to, qn)] : [],
  }
  const span = spanOf(cn)
  if (span === undefined) return outcome
  if (dataTime === undefined) return { ...outcome, verdict: 'no_time' }
  // Unit profile: the same quantity, unit and code, whoever made the device.
  const stored = taken(outcome, span, dataTime, measurementsOf(message.readings, span, device!.unitProfile), moment)
  const saying = findSpraySaying(message)
  const stateAt = stored.readings[0]?.at
  return saying?.kind === 'state' && stateAt !== undefined
    ? { ...stored, said: { deviceId: device!.id, saying, at: moment.now, stateAt } }
    : stored
}

/** The command that sets a device's clock, or undefined when a frame does not tell where to. */
export function clockCommand(frame: Frame, device: KnownDevice, legalNow: number): Uint8Array | undefined {
  const to = frame.kind === 'good' ? findAddress(frame.message) : undefined
  return to && setClock({ ...to, pw: device.password }, sayQn(legalNow), legalNow)
}
