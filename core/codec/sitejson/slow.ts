import type { z } from 'zod'
import { formOf, isSiteKind, type SiteField } from './kinds.ts'
import {
  bad,
  deepest,
  longestMessage,
  note,
  sayName,
  type CommandReply,
  type Decoded,
  type SiteEvent,
  type SiteMessage,
  type UnitState,
} from './message.ts'
import { holdsIdentity, holdsIdentityWithin } from './personal.ts'
import { readJson } from './reader.ts'
import {
  Amount,
  calendarInstant,
  DataMark,
  eventSchemas,
  Id,
  PointName,
  ReplySchema,
  StateSchema,
  Time,
  Word,
} from './schema.ts'
import { latinOf } from './text.ts'

/**
 * The reference decoder: a reader of JSON written from RFC 8259 and the published zod forms, part by part. Many times
 * slower than `decode`; it serves the tests and nobody else.
 */
export function decodeSlowly(bytes: Uint8Array): Decoded {
  if (bytes.length > longestMessage) return bad('too_long')
  const latin = latinOf(bytes)
  if (latin.startsWith('\xef\xbb\xbf')) return bad('byte_order_mark')
  const text = utf8Of(latin)
  if (text === undefined) return bad('not_utf8')
  if (depthOf(text) > deepest) return bad('too_deep')
  const { value, wellFormed, repeatedKey } = readJson(text)
  if (!wellFormed) return bad('not_json')
  if (holdsKey(value, '__proto__')) return bad('forbidden_key')
  if (repeatedKey) return bad('duplicate_key')
  if (holdsIdentity(text) || holdsIdentityWithin(value)) return bad('personal_data')
  return isRecord(value) ? readMessage(value) : bad('not_object')
}

/** UTF-8 as addresses spell it: `decodeURIComponent` refuses what is none (ECMA-262 19.2.6.5). */
function utf8Of(latin: string): string | undefined {
  try {
    return decodeURIComponent(latin.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`))
  } catch {
    return undefined
  }
}

/** How deep brackets nest once the texts are taken out, in well-formed JSON and in any other. */
function depthOf(text: string): number {
  const brackets = text.replace(/"(?:[^"\\]|\\[^]?)*(?:"|$)/g, '').match(/[[\]{}]/g) ?? []
  let depth = 0
  return brackets.reduce((most, bracket) => Math.max(most, (depth += /[[{]/.test(bracket) ? 1 : -1)), 0)
}

type Fields = Record<string, unknown>

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function holdsKey(value: unknown, wanted: string): boolean {
  if (Array.isArray(value)) return value.some((part) => holdsKey(part, wanted))
  return isRecord(value) && Object.keys(value).some((key) => key === wanted || holdsKey(value[key], wanted))
}

const isTold = (value: unknown): boolean => value !== undefined && value !== null

function readMessage(object: Fields): Decoded {
  for (const [name, fits] of [
    ['id', Id.safeParse(object.id).success],
    ['kind', typeof object.kind === 'string'],
  ] as const) {
    if (!isTold(object[name])) return bad('field_missing', name)
    if (!fits) return bad('field_malformed', name)
  }
  if (!isSiteKind(object.kind)) return bad('kind_unknown', 'kind')
  const form = formOf(object.kind)
  const lists = [form.points.length > 0 && 'points', form.events.length > 0 && 'events', 'replies', 'states']
  const flagged = form.fields.length + form.points.length > 0
  if (flagged && isTold(object.flags) && !isRecord(object.flags)) return bad('field_malformed', 'flags')
  for (const list of lists) {
    if (list && isTold(object[list]) && !Array.isArray(object[list])) return bad('field_malformed', list)
  }
  const entriesOf = (name: string) => (lists.includes(name) ? ((object[name] ?? []) as unknown[]) : [])
  const message: SiteMessage = {
    id: object.id as string,
    kind: object.kind,
    dataTime: undefined,
    driverId: undefined,
    values: [],
    events: [],
    replies: [],
    states: [],
    problems: [],
  }
  readEnvelope(message, object, form.driver)
  const names = new Map<string, SiteMessage['values'][number]>()
  for (const field of form.fields) readValue(message, names, field, object[field.name], field.name, field.name)
  entriesOf('points').forEach((entry, index) => readPoint(message, names, form.points, entry, `points[${index}]`))
  for (const [name, mark] of flagged ? Object.entries((object.flags ?? {}) as Fields) : []) {
    if (mark === null) continue
    const { success, data } = DataMark.safeParse(mark)
    const value = names.get(name)
    if (!success) note(message.problems, 'flag_unknown', `flags.${sayName(name)}`)
    else if (!value) note(message.problems, 'flag_without_value', `flags.${sayName(name)}`)
    else value.flag = data
  }
  entriesOf('events').forEach((entry, index) => readEvent(message, form.events, entry, `events[${index}]`))
  entriesOf('replies').forEach((entry, index) => {
    const reply = readEntry(message, ReplySchema, entry, `replies[${index}]`)
    if (reply) message.replies.push(reply as CommandReply)
  })
  entriesOf('states').forEach((entry, index) => {
    const state = readEntry(message, StateSchema, entry, `states[${index}]`)
    if (state) message.states.push(state as UnitState)
  })
  const known = ['id', 'deviceTime', 'kind', ...form.fields.map((field) => field.name), ...form.unkept, ...lists]
  noteOthers(message, object, [...known, flagged && 'flags', form.driver && 'driverId'], '')
  return { ok: true, message }
}

function readEnvelope(message: SiteMessage, { deviceTime, driverId }: Fields, driver: boolean): void {
  const time = Time.safeParse(deviceTime)
  if (time.success) message.dataTime = calendarInstant(time.data)
  if (!isTold(deviceTime)) note(message.problems, 'field_missing', 'deviceTime')
  else if (message.dataTime === undefined) note(message.problems, 'time_malformed', 'deviceTime')
  if (!driver || !isTold(driverId)) return
  message.driverId = Id.safeParse(driverId).data
  if (message.driverId === undefined) note(message.problems, 'field_malformed', 'driverId')
}

function readValue(
  message: SiteMessage,
  names: Map<string, SiteMessage['values'][number]>,
  field: SiteField,
  sent: unknown,
  name: string,
  path: string,
): void {
  if (!isTold(sent)) return
  const { problems, values } = message
  const word = field.quantity === 'warningWord'
  const { success } = (word ? Word : Amount).safeParse(sent)
  if (!success) {
    const rule = word ? 'field_malformed' : typeof sent === 'number' ? 'value_too_large' : 'value_not_a_number'
    note(problems, rule, path)
  } else if (names.has(name)) note(problems, 'value_repeated', path)
  else {
    const told = word ? Number.parseInt([...(sent as string)].toReversed().join(''), 2) : (sent as number) + 0
    const value = { quantity: name === field.name ? field.quantity : name, value: told, flag: null }
    values.push(value)
    names.set(name, value)
  }
}

function readPoint(
  message: SiteMessage,
  names: Map<string, SiteMessage['values'][number]>,
  fields: readonly SiteField[],
  entry: unknown,
  path: string,
): void {
  if (!isRecord(entry)) return note(message.problems, 'field_malformed', path)
  const { success, data } = PointName.safeParse(entry.point)
  if (!success) return note(message.problems, 'field_malformed', `${path}.point`)
  for (const field of fields) {
    readValue(message, names, field, entry[field.name], `${field.quantity}@${data}`, `${path}.${field.name}`)
  }
  noteOthers(message, entry, ['point', ...fields.map((field) => field.name)], `${path}.`)
}

function readEvent(message: SiteMessage, allowed: readonly string[], entry: unknown, path: string): void {
  if (!isRecord(entry)) return note(message.problems, 'field_malformed', path)
  const schema = Object.entries(eventSchemas).find(([kind]) => kind === entry.kind && allowed.includes(kind))?.[1]
  if (!schema) return note(message.problems, 'event_unknown', `${path}.kind`)
  const event = readEntry(message, schema, entry, path) as Fields | undefined
  if (!event) return
  const { plate, ...body } = event.body as Fields
  const told = withoutNull(body) as Fields
  if (typeof told.endedAt === 'string') told.endedAt = calendarInstant(told.endedAt)
  const { id, kind } = event
  const at = calendarInstant(event.at as string)
  message.events.push({ id, at, kind, body: kind === 'exit' ? { plate, ...told } : told } as unknown as SiteEvent)
}

/** An entry through its published form; keys that the form does not know are told and forgiven. */
function readEntry(message: SiteMessage, schema: z.ZodType, entry: unknown, path: string): unknown {
  const { success, data, error } = schema.safeParse(entry)
  if (success) return withoutNull(data)
  const wrong = error.issues.find((issue) => issue.code !== 'unrecognized_keys')
  if (wrong) {
    note(message.problems, 'field_malformed', [path, ...wrong.path].join('.'))
    return undefined
  }
  const clean = structured(entry as Fields)
  for (const issue of error.issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const holder = issue.path.length === 0 ? clean : (clean.body as Fields)
    for (const key of issue.keys) {
      if (holder[key] !== null) note(message.problems, 'field_unknown', [path, ...issue.path, sayName(key)].join('.'))
      delete holder[key]
    }
  }
  return withoutNull(schema.parse(clean))
}

/** A copy whose keys, and those of its body, may be taken away. */
const structured = (entry: Fields): Fields =>
  isRecord(entry.body) ? { ...entry, body: { ...entry.body } } : { ...entry }

const withoutNull = (value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, part]) => isTold(part))) : value

function noteOthers(message: SiteMessage, object: Fields, known: readonly (string | false)[], path: string): void {
  for (const [key, value] of Object.entries(object)) {
    if (!known.includes(key) && value !== null) note(message.problems, 'field_unknown', path + sayName(key))
  }
}
