import { bytesOf } from './bytes.ts'
import { timeOf, zone } from './scan.ts'

/** The suffixes that carry a number (HJ 212-2017 6.6; the noise and equipment forms of annex C). */
export const kinds = [
  'Rtd',
  'Min',
  'Avg',
  'Max',
  'Cou',
  'ZsRtd',
  'ZsMin',
  'ZsAvg',
  'ZsMax',
  'Data',
  'DayData',
  'NightData',
  'RS',
  'RT',
] as const
export type Kind = (typeof kinds)[number]

/** One number as the device said it: no unit yet, the code as sent. */
export interface Reading {
  code: string
  kind: Kind
  value: number
  /** The data mark of table 8 (N F M S D C T B) that stands with it, or undefined when none does. */
  flag: string | undefined
}

/** A field of the data area that is no reading: SystemTime, QnRtn, RtdInterval … */
export interface Field {
  name: string
  text: string
}

/** Why a part of a frame was left out. A wrong part never becomes a number. */
export interface Problem {
  rule:
    | 'value_not_a_number'
    | 'time_malformed'
    | 'name_malformed'
    | 'field_malformed'
    | 'field_missing'
    | 'data_unclosed'
    | 'data_ciphered'
  field: string
  text: string
}

/** A data segment, decoded. What is absent or malformed is undefined and told in `problems`. */
export interface Message {
  /** Seventeen digits; names the exchange. Old devices leave it out, and that is no problem. */
  qn: string | undefined
  st: string | undefined
  cn: string | undefined
  pw: string | undefined
  mn: string | undefined
  /** `V5 V4 V3 V2 V1 V0 D A` (table 4); 0 when absent. */
  flag: number
  version: '2005' | '2017' | '2025' | 'unknown'
  /** Bit A. */
  wantsAnswer: boolean
  /** Bit D: this is packet `pno` of `pnum`. */
  split: boolean
  pnum: number | undefined
  pno: number | undefined
  /** RF=1 of HJ 212-2025: the data was not said in time and is sent afterwards. */
  resent: boolean
  /** DataTime in milliseconds since 1970. Sampling moment (2011, 2021), or start of the interval (2051, 2061, 2031, 2041). */
  dataTime: number | undefined
  readings: Reading[]
  fields: Field[]
  problems: Problem[]
}

/** A message of which nothing has been read yet. */
export function blankMessage(): Message {
  return {
    qn: undefined,
    st: undefined,
    cn: undefined,
    pw: undefined,
    mn: undefined,
    flag: 0,
    version: '2005',
    wantsAnswer: false,
    split: false,
    pnum: undefined,
    pno: undefined,
    resent: false,
    dataTime: undefined,
    readings: [],
    fields: [],
    problems: [],
  }
}

/** Writes the Flag and what its bits say. Versions: 000000 = 2005, 000001 = 2017, 000010 = 2025. */
export function setFlag(message: Message, flag: number): void {
  const bits = flag >> 2
  message.flag = flag
  message.version = bits === 1 ? '2017' : bits === 0 ? '2005' : bits === 2 ? '2025' : 'unknown'
  message.split = (flag & 2) !== 0
  message.wantsAnswer = (flag & 1) !== 0
}

/** ST, CN and MN are what every frame must say (6.3.2). */
export function noteMissing(message: Message): void {
  if (message.st === undefined) noteAbsent(message, 'ST')
  if (message.cn === undefined) noteAbsent(message, 'CN')
  if (message.mn === undefined) noteAbsent(message, 'MN')
}

function noteAbsent({ problems }: Message, field: string): void {
  if (!problems.some((problem) => problem.field === field)) problems.push({ rule: 'field_missing', field, text: '' })
}

/** The named field's text, or undefined. */
export function findField(message: Message, name: string): string | undefined {
  return message.fields.find((field) => field.name === name)?.text
}

/**
 * When the sample of a factor was taken, where it differs from DataTime (`a34004-SampleTime`), in milliseconds. One that
 * no calendar has is among the problems.
 */
export function findSampleTime(message: Message, code: string): number | undefined {
  return parseTime(findField(message, `${code}-SampleTime`) ?? '')
}

/** What the vendor says of the instrument beside the mark of table 8 (`a34004-EFlag`): four characters of its own. */
export function findEFlag(message: Message, code: string): string | undefined {
  return findField(message, `${code}-EFlag`) || undefined
}

/** `YYYYMMDDhhmmss` of an instant in milliseconds. */
export function sayTime(at: number): string {
  return new Date(at + zone).toISOString().replace(/\D/g, '').slice(0, 14)
}

/** `YYYYMMDDhhmmsszzz`, the form of a QN. */
export function sayQn(at: number): string {
  return new Date(at + zone).toISOString().replace(/\D/g, '').slice(0, 17)
}

/** The instant of `YYYYMMDDhhmmss` in milliseconds, or undefined when no calendar has it. */
export function parseTime(text: string): number | undefined {
  const bytes = bytesOf(text)
  return timeOf(bytes, 0, bytes.length)
}
