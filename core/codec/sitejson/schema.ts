import { z } from 'zod'
import { formOf, type SiteField, type SiteKind } from './kinds.ts'
import {
  codeHighest,
  digestPattern,
  idPattern,
  largest,
  marks,
  platePattern,
  pointPattern,
  unitHighest,
  wordPattern,
  type EventKind,
} from './message.ts'

export const Id = z.string().regex(idPattern)
export const PointName = z.string().regex(pointPattern)
export const DataMark = z.enum(marks)
export const Amount = z.number().min(-largest).max(largest)
export const Word = z.string().regex(wordPattern)

const timePattern =
  /^(?:[0-9]{14}|[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9](?:\.[0-9]{1,9})?(?:Z|[+-][0-9][0-9]:[0-9][0-9]))$/

/** The instant of a time as the language's own calendar reads it; undefined when there is no such time. */
export function calendarInstant(text: string): number | undefined {
  const whole = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6+08:00')
  const rest = /^(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(whole.slice(19))
  const wall = whole.slice(0, 19)
  const at = Date.parse(`${wall}Z`)
  if (!rest || Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== wall || wall < '1900') return undefined
  const [, fraction = '', sign, hours = '0', minutes = '0'] = rest
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000
  return at + Number(fraction.padEnd(3, '0').slice(0, 3)) + (sign === '-' ? ahead : -ahead)
}

/** The two forms of a time. */
export const Time = z
  .string()
  .regex(timePattern)
  .refine((text) => calendarInstant(text) !== undefined)
  .describe('ISO 8601 with seconds and an offset, or YYYYMMDDhhmmss in Asia/Shanghai')

const Exit = z.strictObject({
  plate: z.string().regex(platePattern).nullable().describe('number plate; null when nothing could be read'),
  washed: z.boolean().describe('wheels and body washed'),
  covered: z.boolean().describe('load closed in'),
  legible: z.boolean().describe('plate clean enough to be read'),
  grossWeight: Amount.nullish().describe('t'),
})
const Passage = z.strictObject({
  cardDigest: z.string().regex(digestPattern).describe('SHA-256 of the card number, 64 lower-case hexadecimal digits'),
  direction: z.enum(['in', 'out']),
})
const Intrusion = z.strictObject({ zone: PointName })
const Cycle = z.strictObject({
  endedAt: Time,
  maxLoad: Amount.nullish().describe('t'),
  maxMomentPercent: Amount.nullish().describe('%'),
  maxWindSpeed: Amount.nullish().describe('m/s'),
  startHeight: Amount.nullish().describe('m'),
  endHeight: Amount.nullish().describe('m'),
  startAmplitude: Amount.nullish().describe('m'),
  endAmplitude: Amount.nullish().describe('m'),
  startRound: Amount.nullish().describe('°'),
  endRound: Amount.nullish().describe('°'),
  driverId: Id.nullish(),
})
const Track = z.strictObject({
  lon: z.number().min(-180).max(180).describe('degrees, WGS 84'),
  lat: z.number().min(-90).max(90).describe('degrees, WGS 84'),
})

const event = <Kind extends EventKind, Body extends z.ZodType>(kind: Kind, body: Body) =>
  z.strictObject({ kind: z.literal(kind), id: Id, at: Time, body })

export const eventSchemas = {
  exit: event('exit', Exit),
  passage: event('passage', Passage),
  intrusion: event('intrusion', Intrusion),
  cycle: event('cycle', Cycle),
  track: event('track', Track),
} satisfies Record<EventKind, z.ZodType>

export const ReplySchema = z.strictObject({
  commandId: Id,
  mark: z.enum(['accepted', 'executed', 'refused']),
  code: z.int().min(0).max(codeHighest).nullish(),
})
export const StateSchema = z.strictObject({ unit: z.int().min(1).max(unitHighest), running: z.boolean() })

const valueSchema = ({ quantity, unit, title }: SiteField) =>
  (quantity === 'warningWord' ? Word : Amount).nullish().describe(`${title} (${unit})`)

const valueSchemas = (fields: readonly SiteField[]) =>
  Object.fromEntries(fields.map((field) => [field.name, valueSchema(field)]))

/** The published form of a kind's messages. Strict: what it takes whole, the decoders take without a word. */
export function messageSchema(kind: SiteKind): z.ZodType {
  const form = formOf(kind)
  const numbers = form.fields.length + form.points.length > 0
  const points = z.array(z.strictObject({ point: PointName, ...valueSchemas(form.points) }))
  const [first, ...others] = form.events.map((each) => eventSchemas[each])
  return z
    .strictObject({
      id: Id.describe('names the message; sent again, it counts once'),
      deviceTime: Time,
      kind: z.literal(kind),
      ...(form.driver ? { driverId: Id.nullish().describe('number of the driver, never a name') } : {}),
      ...valueSchemas(form.fields),
      ...(form.points.length > 0 ? { points: points.nullish().describe('one entry for each measuring point') } : {}),
      ...(numbers
        ? {
            flags: z
              .record(z.string(), DataMark.nullable())
              .nullish()
              .describe('data marks by the name of the value, of a point name@point'),
          }
        : {}),
      ...(first ? { events: z.array(z.union([first, ...others])).nullish() } : {}),
      replies: z.array(ReplySchema).nullish().describe('answers to commands'),
      states: z.array(StateSchema).nullish().describe('what the units of an actuator really do'),
      ...Object.fromEntries(form.unkept.map((name) => [name, z.unknown().optional().describe('accepted, not kept')])),
    })
    .describe(`message of a ${form.title}`)
}

/** The published form of a kind's messages as JSON Schema 2020-12. */
export function schemaOf(kind: SiteKind): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(messageSchema(kind), { target: 'draft-2020-12' }) }
}
