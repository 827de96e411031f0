import { formOf, isSiteKind, type SiteField } from './kinds.ts'
import {
  bad,
  idPattern,
  largest,
  longestMessage,
  marks,
  note,
  pointPattern,
  sayName,
  wordPattern,
  type Decoded,
  type Mark,
  type SiteMessage,
  type SiteProblem,
} from './message.ts'
import { readEvent, readReply, readState } from './entries.ts'
import { isObject, noteUnknown, type Entry } from './entry.ts'
import { holdsIdentity, holdsIdentityWithin, holdsLongRow } from './personal.ts'
import { membersOf, scan } from './scan.ts'
import { findText } from './text.ts'
import { findInstant } from './time.ts'

/**
 * Decodes one message of a site device: UTF-8 JSON, at most 64 KiB. Never throws.
 * The message as a whole is refused when its envelope cannot be read or when it holds what must not be kept; a part that is
 * wrong is left out and told in `problems`, and the rest stands. `decodeSlowly` says the same; the tests hold the two together.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > longestMessage) return bad('too_long')
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bad('byte_order_mark')
  const text = findText(bytes)
  if (text === undefined) return bad('not_utf8')
  const seen = scan(bytes)
  if (seen.tooDeep) return bad('too_deep')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return bad('not_json')
  }
  const members = membersOf(value)
  if (members < 0) return bad('forbidden_key')
  // A key said twice was written twice and kept once.
  if (members !== seen.members) return bad('duplicate_key')
  if (holdsLongRow(bytes) && holdsIdentity(text)) return bad('personal_data')
  if (seen.escaped && holdsIdentityWithin(value)) return bad('personal_data')
  return isObject(value) ? readMessage(value) : bad('not_object')
}

const envelope = new Set(['id', 'deviceTime', 'kind', 'replies', 'states'])
const known = new Map<string, ReadonlySet<string>>()

function readMessage(object: Entry): Decoded {
  const { id, kind, replies, states } = object
  if (id === undefined || id === null) return bad('field_missing', 'id')
  if (typeof id !== 'string' || !idPattern.test(id)) return bad('field_malformed', 'id')
  if (kind === undefined || kind === null) return bad('field_missing', 'kind')
  if (typeof kind !== 'string') return bad('field_malformed', 'kind')
  if (!isSiteKind(kind)) return bad('kind_unknown', 'kind')
  const form = formOf(kind)
  const flags = form.fields.length + form.points.length > 0 ? object.flags : undefined
  const points = form.points.length > 0 ? object.points : undefined
  const events = form.events.length > 0 ? object.events : undefined
  if (flags !== undefined && flags !== null && !isObject(flags)) return bad('field_malformed', 'flags')
  if (!isList(points)) return bad('field_malformed', 'points')
  if (!isList(events)) return bad('field_malformed', 'events')
  if (!isList(replies)) return bad('field_malformed', 'replies')
  if (!isList(states)) return bad('field_malformed', 'states')

  const problems: SiteProblem[] = []
  const message: SiteMessage = {
    id,
    kind,
    dataTime: timeOf(object.deviceTime, problems),
    driverId: form.driver ? driverOf(object.driverId, problems) : undefined,
    values: [],
    events: [],
    replies: [],
    states: [],
    problems,
  }
  /** Where in `values` each name stands under which a flag may speak of it. */
  const names = new Map<string, number>()
  for (const field of form.fields) readValue(message, names, field, object[field.name], field.name, -1)
  if (points) readPoints(message, names, form.points, points)
  if (flags) readFlags(message, names, flags)
  message.events = listOf(events, 'events', (entry, path) => readEvent(form.events, entry, path, problems))
  message.replies = listOf(replies, 'replies', (entry, path) => readReply(entry, path, problems))
  message.states = listOf(states, 'states', (entry, path) => readState(entry, path, problems))
  noteUnknown(object, knownOf(kind), '', problems)
  return { ok: true, message }
}

/** The entries of a list that could be taken. */
function listOf<T>(
  list: unknown[] | null | undefined,
  name: string,
  read: (entry: unknown, path: string) => T | undefined,
): T[] {
  const taken: T[] = []
  if (!list) return taken
  for (let index = 0; index < list.length; index += 1) {
    const entry = read(list[index], `${name}[${index}]`)
    if (entry !== undefined) taken.push(entry)
  }
  return taken
}

function knownOf(kind: SiteMessage['kind']): ReadonlySet<string> {
  const found = known.get(kind)
  if (found) return found
  const form = formOf(kind)
  const names = new Set([...envelope, ...form.fields.map((field) => field.name), ...form.unkept])
  if (form.fields.length + form.points.length > 0) names.add('flags')
  if (form.points.length > 0) names.add('points')
  if (form.events.length > 0) names.add('events')
  if (form.driver) names.add('driverId')
  known.set(kind, names)
  return names
}

const isList = (value: unknown): value is unknown[] | null | undefined =>
  value === undefined || value === null || Array.isArray(value)

function timeOf(time: unknown, problems: SiteProblem[]): number | undefined {
  const at = typeof time === 'string' ? findInstant(time) : undefined
  if (time === undefined || time === null) note(problems, 'field_missing', 'deviceTime')
  else if (at === undefined) note(problems, 'time_malformed', 'deviceTime')
  return at
}

function driverOf(driverId: unknown, problems: SiteProblem[]): string | undefined {
  if (driverId === undefined || driverId === null) return undefined
  if (typeof driverId === 'string' && idPattern.test(driverId)) return driverId
  note(problems, 'field_malformed', 'driverId')
  return undefined
}

/**
 * Reads one number; `entry` is where in `points` it stands, or -1. Null is the same as left out: a gateway that writes every
 * field says so of a sensor it has not.
 */
function readValue(
  message: SiteMessage,
  names: Map<string, number>,
  field: SiteField,
  sent: unknown,
  name: string,
  entry: number,
): void {
  if (sent === undefined || sent === null) return
  const wrong = (rule: SiteProblem['rule']) =>
    note(message.problems, rule, entry < 0 ? field.name : `points[${entry}].${field.name}`)
  let value = NaN
  if (field.quantity === 'warningWord') {
    if (typeof sent !== 'string' || !wordPattern.test(sent)) return wrong('field_malformed')
    value = wordOf(sent)
  } else if (typeof sent !== 'number') return wrong('value_not_a_number')
  else if (sent > largest || sent < -largest) return wrong('value_too_large')
  else value = sent
  if (entry >= 0 && names.has(name)) return wrong('value_repeated')
  names.set(name, message.values.length)
  // Minus nought is nought.
  message.values.push({ quantity: entry < 0 ? field.quantity : name, value: value + 0, flag: null })
}

/** The alarm word as a number: item n of the standard, the character n from the left, is the bit of value 2^n. */
function wordOf(text: string): number {
  let word = 0
  for (let item = 0; item < 32; item += 1) if (text.charCodeAt(item) === 49) word += 2 ** item
  return word
}

const knownOfPoint = new Map<readonly SiteField[], ReadonlySet<string>>()

function readPoints(
  message: SiteMessage,
  names: Map<string, number>,
  fields: readonly SiteField[],
  points: unknown[],
): void {
  let allowed = knownOfPoint.get(fields)
  if (!allowed) knownOfPoint.set(fields, (allowed = new Set(['point', ...fields.map((field) => field.name)])))
  for (let index = 0; index < points.length; index += 1) {
    const entry = points[index]
    const path = `points[${index}]`
    if (!isObject(entry)) {
      note(message.problems, 'field_malformed', path)
      continue
    }
    const { point } = entry
    if (typeof point !== 'string' || !pointPattern.test(point)) {
      note(message.problems, 'field_malformed', `${path}.point`)
      continue
    }
    for (const field of fields) {
      const sent = entry[field.name]
      if (sent === undefined) continue
      readValue(message, names, field, sent, `${field.quantity}@${point}`, index)
    }
    noteUnknown(entry, allowed, `${path}.`, message.problems)
  }
}

const isMark = (mark: unknown): mark is Mark => marks.includes(mark as Mark)

function readFlags(message: SiteMessage, names: Map<string, number>, flags: Entry): void {
  const { problems, values } = message
  for (const name in flags) {
    const mark = flags[name]
    if (mark === null) continue
    if (!isMark(mark)) {
      note(problems, 'flag_unknown', `flags.${sayName(name)}`)
      continue
    }
    const index = names.get(name)
    if (index === undefined) note(problems, 'flag_without_value', `flags.${sayName(name)}`)
    else values[index]!.flag = mark
  }
}
