import { isAmount, isObject, noteUnknown, type Entry } from './entry.ts'
import {
  codeHighest,
  digestPattern,
  eventKinds,
  idPattern,
  note,
  platePattern,
  pointPattern,
  unitHighest,
  type CommandReply,
  type CycleBody,
  type EventKind,
  type ExitBody,
  type IntrusionBody,
  type PassageBody,
  type SiteEvent,
  type SiteProblem,
  type TrackBody,
  type UnitState,
} from './message.ts'
import { findInstant } from './time.ts'

/** An entry of a list is taken whole or left out: the first field that is wrong is told. */
function findWrong(problems: SiteProblem[], path: string): undefined {
  note(problems, 'field_malformed', path)
  return undefined
}

const eventFields = new Set(['id', 'at', 'kind', 'body'])
const replyFields = new Set(['commandId', 'mark', 'code'])
const stateFields = new Set(['unit', 'running'])

/** An event of one of the kinds that such a device has; undefined, and told, when it cannot be taken. */
export function readEvent(
  allowed: readonly EventKind[],
  entry: unknown,
  path: string,
  problems: SiteProblem[],
): SiteEvent | undefined {
  if (!isObject(entry)) return findWrong(problems, path)
  const { id, at: time, body } = entry
  const kind = eventKinds.find((each) => each === entry.kind)
  if (kind === undefined || !allowed.includes(kind)) {
    note(problems, 'event_unknown', `${path}.kind`)
    return undefined
  }
  if (typeof id !== 'string' || !idPattern.test(id)) return findWrong(problems, `${path}.id`)
  const at = typeof time === 'string' ? findInstant(time) : undefined
  if (at === undefined) return findWrong(problems, `${path}.at`)
  if (!isObject(body)) return findWrong(problems, `${path}.body`)
  const event = eventOf(kind, id, at, body)
  if (typeof event === 'string') return findWrong(problems, `${path}.body.${event}`)
  noteUnknown(body, bodyFields[kind], `${path}.body.`, problems)
  noteUnknown(entry, eventFields, `${path}.`, problems)
  return event
}

/** The event, or the name of the first field of its body that is wrong. */
function eventOf(kind: EventKind, id: string, at: number, entry: Entry): SiteEvent | string {
  switch (kind) {
    case 'exit': {
      const body = exitOf(entry)
      return typeof body === 'string' ? body : { id, at, kind, body }
    }
    case 'passage': {
      const body = passageOf(entry)
      return typeof body === 'string' ? body : { id, at, kind, body }
    }
    case 'intrusion': {
      const body = intrusionOf(entry)
      return typeof body === 'string' ? body : { id, at, kind, body }
    }
    case 'cycle': {
      const body = cycleOf(entry)
      return typeof body === 'string' ? body : { id, at, kind, body }
    }
    case 'track': {
      const body = trackOf(entry)
      return typeof body === 'string' ? body : { id, at, kind, body }
    }
  }
}

const cycleNumbers = [
  'maxLoad',
  'maxMomentPercent',
  'maxWindSpeed',
  'startHeight',
  'endHeight',
  'startAmplitude',
  'endAmplitude',
  'startRound',
  'endRound',
] as const

const bodyFields: Record<EventKind, ReadonlySet<string>> = {
  exit: new Set(['plate', 'washed', 'covered', 'legible', 'grossWeight']),
  passage: new Set(['cardDigest', 'direction']),
  intrusion: new Set(['zone']),
  cycle: new Set(['endedAt', ...cycleNumbers, 'driverId']),
  track: new Set(['lon', 'lat']),
}

function exitOf({ plate, washed, covered, legible, grossWeight }: Entry): ExitBody | string {
  if (plate !== null && (typeof plate !== 'string' || !platePattern.test(plate))) return 'plate'
  if (typeof washed !== 'boolean') return 'washed'
  if (typeof covered !== 'boolean') return 'covered'
  if (typeof legible !== 'boolean') return 'legible'
  const body: ExitBody = { plate, washed, covered, legible }
  if (grossWeight === undefined || grossWeight === null) return body
  if (!isAmount(grossWeight)) return 'grossWeight'
  body.grossWeight = grossWeight
  return body
}

function passageOf({ cardDigest, direction }: Entry): PassageBody | string {
  if (typeof cardDigest !== 'string' || !digestPattern.test(cardDigest)) return 'cardDigest'
  return direction === 'in' || direction === 'out' ? { cardDigest, direction } : 'direction'
}

function intrusionOf({ zone }: Entry): IntrusionBody | string {
  return typeof zone === 'string' && pointPattern.test(zone) ? { zone } : 'zone'
}

function cycleOf(entry: Entry): CycleBody | string {
  const endedAt = typeof entry.endedAt === 'string' ? findInstant(entry.endedAt) : undefined
  if (endedAt === undefined) return 'endedAt'
  const body: CycleBody = { endedAt }
  for (const name of cycleNumbers) {
    const sent = entry[name]
    if (sent === undefined || sent === null) continue
    if (!isAmount(sent)) return name
    body[name] = sent
  }
  const { driverId } = entry
  if (driverId === undefined || driverId === null) return body
  if (typeof driverId !== 'string' || !idPattern.test(driverId)) return 'driverId'
  body.driverId = driverId
  return body
}

function trackOf({ lon, lat }: Entry): TrackBody | string {
  if (!isAmount(lon) || lon < -180 || lon > 180) return 'lon'
  return isAmount(lat) && lat >= -90 && lat <= 90 ? { lon, lat } : 'lat'
}

/** What a device says to a command. */
export function readReply(entry: unknown, path: string, problems: SiteProblem[]): CommandReply | undefined {
  if (!isObject(entry)) return findWrong(problems, path)
  const { commandId, mark, code } = entry
  if (typeof commandId !== 'string' || !idPattern.test(commandId)) return findWrong(problems, `${path}.commandId`)
  if (mark !== 'accepted' && mark !== 'executed' && mark !== 'refused') return findWrong(problems, `${path}.mark`)
  const reply: CommandReply = { commandId, mark }
  if (code !== undefined && code !== null) {
    if (!isWhole(code, 0, codeHighest)) return findWrong(problems, `${path}.code`)
    reply.code = code
  }
  noteUnknown(entry, replyFields, `${path}.`, problems)
  return reply
}

/** What one unit of an actuator really does. */
export function readState(entry: unknown, path: string, problems: SiteProblem[]): UnitState | undefined {
  if (!isObject(entry)) return findWrong(problems, path)
  const { unit, running } = entry
  if (!isWhole(unit, 1, unitHighest)) return findWrong(problems, `${path}.unit`)
  if (typeof running !== 'boolean') return findWrong(problems, `${path}.running`)
  noteUnknown(entry, stateFields, `${path}.`, problems)
  return { unit, running }
}

const isWhole = (value: unknown, low: number, high: number): value is number =>
  Number.isInteger(value) && (value as number) >= low && (value as number) <= high
