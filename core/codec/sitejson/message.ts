import type { SiteKind } from './kinds.ts'

/** Longest message, in bytes. */
export const longestMessage = 65_536
/** Deepest nesting of objects and arrays; the form itself needs four. */
export const deepest = 8
/** Problems told of one message; a message with more of them is not better understood by a longer list. */
export const mostProblems = 50
/** A number beyond this has lost digits on its way. */
export const largest = Number.MAX_SAFE_INTEGER

/** The data marks of HJ 212-2017 table 8, used for every instrument. */
export const marks = ['N', 'F', 'M', 'S', 'D', 'C', 'T', 'B'] as const
export type Mark = (typeof marks)[number]

export const eventKinds = ['exit', 'passage', 'intrusion', 'cycle', 'track'] as const
export type EventKind = (typeof eventKinds)[number]

/** A vehicle leaves the site. `plate` is null when nothing could be read. */
export interface ExitBody {
  plate: string | null
  washed: boolean
  covered: boolean
  legible: boolean
  /** t */
  grossWeight?: number
}

/** A person passes a turnstile. The card is known by the SHA-256 digest that the gateway makes of its number. */
export interface PassageBody {
  cardDigest: string
  direction: 'in' | 'out'
}

/** Someone entered a zone of the perimeter. */
export interface IntrusionBody {
  zone: string
}

/** A lift from `at` to `endedAt` (ms): what was the most, and from where to where (standards 6.1, M). */
export interface CycleBody {
  endedAt: number
  maxLoad?: number
  maxMomentPercent?: number
  maxWindSpeed?: number
  startHeight?: number
  endHeight?: number
  startAmplitude?: number
  endAmplitude?: number
  startRound?: number
  endRound?: number
  driverId?: string
}

/** Where a vehicle was, in degrees of WGS 84. */
export interface TrackBody {
  lon: number
  lat: number
}

interface Happened<Kind extends EventKind, Body> {
  id: string
  /** ms */
  at: number
  kind: Kind
  body: Body
}

export type SiteEvent =
  | Happened<'exit', ExitBody>
  | Happened<'passage', PassageBody>
  | Happened<'intrusion', IntrusionBody>
  | Happened<'cycle', CycleBody>
  | Happened<'track', TrackBody>

/** What a device says to a command: taken, done, or not done. */
export interface CommandReply {
  commandId: string
  mark: 'accepted' | 'executed' | 'refused'
  code?: number
}

/** One pump, valve or engine of an actuator, and whether it really runs. */
export interface UnitState {
  unit: number
  running: boolean
}

/** `quantity` is the house's code, with `@point` where the number belongs to a measuring point. `flag`: null when not told. */
export interface SiteValue {
  quantity: string
  value: number
  flag: Mark | null
}

/** Why a part of a message was left out, or what is odd about it. A wrong part never becomes a value. */
export interface SiteProblem {
  rule:
    | 'field_missing'
    | 'field_malformed'
    | 'field_unknown'
    | 'time_malformed'
    | 'value_not_a_number'
    | 'value_too_large'
    | 'value_repeated'
    | 'flag_unknown'
    | 'flag_without_value'
    | 'event_unknown'
  path: string
}

export interface SiteMessage {
  id: string
  kind: SiteKind
  /** Milliseconds since 1970, or undefined when the device told no time or an impossible one. */
  dataTime: number | undefined
  driverId: string | undefined
  values: SiteValue[]
  events: SiteEvent[]
  replies: CommandReply[]
  states: UnitState[]
  problems: SiteProblem[]
}

/** Why a message as a whole is not taken. */
export type BadReason =
  | 'too_long'
  | 'byte_order_mark'
  | 'not_utf8'
  | 'too_deep'
  | 'not_json'
  | 'forbidden_key'
  | 'duplicate_key'
  | 'personal_data'
  | 'not_object'
  | 'field_missing'
  | 'field_malformed'
  | 'kind_unknown'

export type Decoded = { ok: true; message: SiteMessage } | { ok: false; reason: BadReason; path: string }

export const bad = (reason: BadReason, path = ''): Decoded => ({ ok: false, reason, path })

export function note(problems: SiteProblem[], rule: SiteProblem['rule'], path: string): void {
  if (problems.length < mostProblems) problems.push({ rule, path })
}

/** A name as sent, fit to be shown and stored: at most forty characters, what is no letter, digit or `_@.-` as '?'. */
export function sayName(name: string): string {
  const letters = Array.from(name.slice(0, 80)).slice(0, 40).join('')
  return letters.replace(/[^\p{L}\p{N}_@.-]/gu, '?')
}

/** Ids of messages, events, commands and drivers: ASCII that can stand in any log line. */
export const idPattern = /^[A-Za-z0-9_.:-]{1,64}$/
/** How a measuring point may be called, on the line and in the house alike. */
export const pointLongest = 24
export const pointPattern = new RegExp(`^[A-Za-z0-9_-]{1,${pointLongest}}$`)
export const digestPattern = /^[0-9a-f]{64}$/
export const wordPattern = /^[01]{32}$/
/** Capitals, digits and Chinese characters: 浙F12345, 浙FD12345, 粤Z1234港. */
export const platePattern = /^[A-Z0-9\u4e00-\u9fff]{4,12}$/
export const unitHighest = 999
export const codeHighest = 99_999
