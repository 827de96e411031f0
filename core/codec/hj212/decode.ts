import { textOf } from './bytes.ts'
import { type BlockCipher, looksCiphered, throughCipher } from './cipher.ts'
import { readHeader } from './header.ts'
import { blankMessage, kinds, noteMissing, type Kind, type Message } from './message.ts'
import {
  closeOf,
  comma,
  dash,
  equals,
  isDataTime,
  numberOf,
  packOf,
  packText,
  semicolon,
  tidy,
  tidyNumber,
  timeOf,
  trimEnd,
  trimStart,
} from './scan.ts'
import { wordOf, wordOfSix } from './words.ts'

export interface DecodeOptions {
  /** Given when the data area is ciphertext (HJ 212-2025): opens it. A good frame carries the one that opened it. */
  decrypt?: BlockCipher
}

/**
 * Decodes the data segment `bytes[start, end)` of a good frame in one pass over the bytes. Never throws, unless
 * `decrypt` does. `decodeSlowly` says the same on strings; the tests hold the two together.
 */
export function decode(bytes: Uint8Array, start = 0, end = bytes.length, { decrypt }: DecodeOptions = {}): Message {
  const plain = decrypt && throughCipher(bytes, start, end, decrypt)
  return plain ? decodePlain(plain, 0, plain.length) : decodePlain(bytes, start, end)
}

function decodePlain(bytes: Uint8Array, start: number, end: number): Message {
  const message = blankMessage()
  const data = readHeader(message, bytes, start, end)
  if (data < 0) message.problems.push({ rule: 'field_missing', field: 'CP', text: '' })
  else {
    const close = closeOf(bytes, data, end)
    if (close < 0) message.problems.push({ rule: 'data_unclosed', field: 'CP', text: '' })
    const last = close < 0 ? end : close
    if (message.version !== '2025' || !looksCiphered(bytes, data, last)) readData(message, bytes, data, last)
    else message.problems.push({ rule: 'data_ciphered', field: 'CP', text: '' })
  }
  noteMissing(message)
  return message
}

/** Code and mark by turns: the marks of the group being read. Kept between calls only to spare the allocation. */
const marks: string[] = []
let marked = 0

/** Reads groups `name=value,name=value;` of the data area. */
function readData(message: Message, bytes: Uint8Array, start: number, end: number): void {
  const { readings } = message
  let group = 0
  marked = 0
  for (let index = start; index <= end;) {
    let stop = readTidy(message, bytes, index, end)
    if (stop < 0) stop = readLoose(message, bytes, index, end)
    if (stop >= end || bytes[stop] === semicolon) {
      if (marked > 0) markReadings(message, group)
      marked = 0
      group = readings.length
    }
    index = stop + 1
  }
}

const [rtd, avg, min, max] = [packText('Rtd'), packText('Avg'), packText('Min'), packText('Max')]
const [flag, data] = [packText('Flag'), packText('Data')]

/**
 * Reads one item as nearly all are written: a known suffix, a short number or a mark of one letter, no spaces. Answers
 * where the item ends, or -1 when it is anything else, of which nothing has been taken then.
 */
function readTidy(message: Message, bytes: Uint8Array, at: number, end: number): number {
  let hyphen = at + 6
  // Six bytes of code, five of suffix and sign, one of value.
  if (hyphen + 6 > end) return -1
  if (bytes[hyphen] !== dash) hyphen = bytes[at + 2] === dash ? at + 2 : bytes[at + 3] === dash ? at + 3 : -1
  if (hyphen < 0) return readTidyTime(message, bytes, at, end)
  const code = hyphen === at + 6 ? wordOfSix(bytes, at) : wordOf(bytes, at, hyphen)
  if (code === undefined) return -1
  if (bytes[hyphen + 4] === equals) {
    const suffix = (bytes[hyphen + 1]! << 16) | (bytes[hyphen + 2]! << 8) | bytes[hyphen + 3]!
    const kind =
      suffix === rtd ? 'Rtd' : suffix === avg ? 'Avg' : suffix === min ? 'Min' : suffix === max ? 'Max' : null
    return kind === null ? -1 : readTidyNumber(message, code, kind, bytes, hyphen + 5, end)
  }
  if (bytes[hyphen + 5] !== equals) return -1
  const suffix = packOf(bytes, hyphen + 1, hyphen + 5)
  if (suffix === data) return readTidyNumber(message, code, 'Data', bytes, hyphen + 6, end)
  if (suffix !== flag || !endsItem(bytes, hyphen + 7, end)) return -1
  const mark = wordOf(bytes, hyphen + 6, hyphen + 7)
  if (mark === undefined) return -1
  marks[marked] = code
  marks[marked + 1] = mark
  marked += 2
  return hyphen + 7
}

function readTidyNumber(
  { readings }: Message,
  code: string,
  kind: Kind,
  bytes: Uint8Array,
  from: number,
  end: number,
): number {
  const stop = tidyNumber(bytes, from, end)
  if (stop >= 0) readings.push({ code, kind, value: tidy[0]!, flag: undefined })
  return stop
}

/** 'DataTime=' and fourteen digits. */
function readTidyTime(message: Message, bytes: Uint8Array, at: number, end: number): number {
  const stop = at + 23
  if (bytes[at + 8] !== equals || !isDataTime(bytes, at) || !endsItem(bytes, stop, end)) return -1
  const time = timeOf(bytes, at + 9, stop)
  if (time === undefined) return -1
  message.dataTime = time
  return stop
}

const endsItem = (bytes: Uint8Array, at: number, end: number) =>
  at === end || (at < end && (bytes[at] === comma || bytes[at] === semicolon))

/** Reads any item, spaces and all; answers where it ends. */
function readLoose(message: Message, bytes: Uint8Array, start: number, end: number): number {
  let stop = start
  let sign = -1
  let hyphen = -1
  for (; stop < end; stop += 1) {
    const byte = bytes[stop]
    if (byte === comma || byte === semicolon) break
    if (sign >= 0) continue
    if (byte === equals) sign = stop
    else if (byte === dash) hyphen = stop
  }
  const from = trimStart(bytes, start, stop)
  const last = trimEnd(bytes, from, stop)
  if (last > from) {
    if (sign < 0) message.problems.push({ rule: 'field_malformed', field: textOf(bytes, from, last), text: '' })
    else readItem(message, bytes, from, hyphen, sign, last)
  }
  return stop
}

const kindByName = new Map<string, Kind>(kinds.map((kind) => [kind, kind]))

/** Reads one `name=value`. */
function readItem(message: Message, bytes: Uint8Array, at: number, hyphen: number, sign: number, last: number): void {
  const nameEnd = trimEnd(bytes, at, sign)
  const from = trimStart(bytes, sign + 1, last)
  const code = wordOf(bytes, at, hyphen < 0 ? nameEnd : hyphen)
  const suffix = hyphen < 0 ? '' : wordOf(bytes, hyphen + 1, nameEnd)
  const text = () => textOf(bytes, from, last)
  if (code === undefined || suffix === undefined) {
    message.problems.push({ rule: 'name_malformed', field: textOf(bytes, at, nameEnd), text: text() })
    return
  }
  if (suffix === 'Flag') {
    marks[marked] = code
    marks[marked + 1] = wordOf(bytes, from, last) ?? text()
    marked += 2
    return
  }
  const name = suffix === '' ? code : `${code}-${suffix}`
  const kind = kindByName.get(suffix)
  if (kind !== undefined) {
    const value = numberOf(bytes, from, last)
    if (Number.isNaN(value)) message.problems.push({ rule: 'value_not_a_number', field: name, text: text() })
    else message.readings.push({ code, kind, value, flag: undefined })
    return
  }
  const isTime = name === 'DataTime' || suffix === 'SampleTime'
  const time = isTime ? timeOf(bytes, from, last) : undefined
  if (name === 'DataTime') message.dataTime = time
  if (isTime && time === undefined) message.problems.push({ rule: 'time_malformed', field: name, text: text() })
  else if (name !== 'DataTime') message.fields.push({ name, text: text() })
}

/** A mark stands for every reading of its code in its group; said twice, the later one holds. */
function markReadings({ readings }: Message, group: number): void {
  for (let index = group; index < readings.length; index += 1) {
    const reading = readings[index]!
    for (let mark = marked - 2; mark >= 0; mark -= 2) {
      if (marks[mark] !== reading.code) continue
      reading.flag = marks[mark + 1]
      break
    }
  }
}
