import {
  ack,
  clockCommand as clockMessage,
  type Decoded,
  refusal,
  type SiteMessage,
} from '@plumbline/core/codec/sitejson'
import type { DeviceKind } from '@plumbline/core/device'
import { eventOf, type Measurement, measurement, placeTime } from '@plumbline/core/telemetry'
import { judgeBy, type KnownDevice, type Moment, nothing, type Outcome, retired, stranger, taken } from '../judge.ts'

/** A site message as it came, over MQTT or by HTTP push. */
export interface SiteFrame {
  /** From the topic or the address. */
  number: string
  /** With which the line signed in; null when a broker or a signature has vouched for the number. */
  secret: string | null
  decoded: Decoded
}

/** Every site message passes this list, from top to bottom. */
export const judge = judgeBy<SiteFrame>([
  ({ number }, device) => (device ? null : stranger(number)),
  (_frame, device) => retired(device!),
  // The password may have been changed since the line signed in.
  ({ secret }, device) =>
    secret === null || secret === device!.password
      ? null
      : { ...nothing, device, verdict: 'wrong_password', verified: false },
  ({ decoded }, device) => (decoded.ok ? null : notTaken(device!, decoded.reason, decoded.path)),
  (frame, device) => {
    const { kind } = messageOf(frame)
    return device!.kind === (kind satisfies DeviceKind) ? null : notTaken(device!, 'kind_unknown', '/kind')
  },
  upload,
])

function messageOf({ decoded }: SiteFrame): SiteMessage {
  if (!decoded.ok) throw new Error('a bad message says nothing')
  return decoded.message
}

/** Sent again it would be no better: it is answered with the reason, and shown. */
const notTaken = (device: KnownDevice, reason: Parameters<typeof refusal>[0], path: string): Outcome => ({
  ...nothing,
  device,
  verdict: 'not_understood',
  verified: true,
  fault: { reason, path },
  answers: [refusal(reason, path)],
})

function upload(frame: SiteFrame, device: KnownDevice | undefined, moment: Moment): Outcome {
  const message = messageOf(frame)
  const outcome = {
    ...nothing,
    device: device!,
    verdict: 'answered' as const,
    verified: true,
    fault: message.problems.length > 0 ? { problems: message.problems } : null,
    answers: [ack(message.id, message.problems)],
    said: saidOf(message, device!, moment),
    events: eventsOf(message, device!, moment),
  }
  const measured = measurementsOf(message)
  if (measured.length === 0) return { ...outcome, verdict: outcome.events.length > 0 ? 'stored' : 'answered' }
  if (message.dataTime === undefined) return { ...outcome, verdict: 'no_time' }
  return taken(outcome, 'r', message.dataTime, measured, moment)
}

function measurementsOf({ values, states }: SiteMessage): Measurement[] {
  const switches = states.map(({ unit, running }) => ({ quantity: `SB${unit}`, value: running ? 1 : 0, flag: 'N' }))
  const all = [...values, ...switches, ...loadPercentOf(values)]
  // A value without a mark is taken for normal: these instruments have no marks of their own.
  return all.flatMap(({ quantity, value, flag }) => measurement(quantity, value, flag ?? 'N') ?? [])
}

/** Standards 6.1: cranes tell the load and what is allowed at this amplitude, not always the share. */
function loadPercentOf(values: SiteMessage['values']): SiteMessage['values'] {
  const find = (code: string) => values.find(({ quantity }) => quantity === code)
  const [load, allowed] = [find('liftingCapacity'), find('safeLiftingCapacity')]
  if (find('loadPercent') || !load || !allowed || !(allowed.value > 0)) return []
  const flag = load.flag === 'N' || load.flag === null ? allowed.flag : load.flag
  return [{ quantity: 'loadPercent', value: Math.round((load.value / allowed.value) * 1000) / 10, flag }]
}

/** The first thing a message says to an order of ours; devices answer each order with a message of its own. */
function saidOf({ replies, states, dataTime }: SiteMessage, device: KnownDevice, { now }: Moment): Outcome['said'] {
  const [reply] = replies
  if (reply) {
    const { commandId: qn, mark, code = mark === 'refused' ? 2 : 1 } = reply
    const kind = mark === 'executed' ? 'executed' : 'accepted'
    return { deviceId: device.id, saying: { kind, qn, ok: mark !== 'refused', code }, at: now, stateAt: null }
  }
  if (states.length === 0) return null
  const at = dataTime ?? Date.parse(now)
  const units = states.map(({ unit, running }) => ({ unit, state: running ? 1 : 0 }))
  const stateAt = dataTime === undefined ? null : new Date(at).toISOString()
  return { deviceId: device.id, saying: { kind: 'state', at, units }, at: now, stateAt }
}

/** Events stand at their own moment on the legal clock; those of an impossible moment are left out. */
function eventsOf({ events }: SiteMessage, device: KnownDevice, moment: Moment): Outcome['events'] {
  return events.flatMap((told) => {
    const placed = placeTime(told.at, moment.legalNow, moment.machineNow, moment.placing)
    return placed.ok ? [{ ...eventOf(told, new Date(placed.at).toISOString()), deviceId: device.id }] : []
  })
}

/** The message that sets a device's clock. */
export const clockCommand = (_device: KnownDevice, legalNow: number): Uint8Array => clockMessage(legalNow)
