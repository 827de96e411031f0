import { textOf } from './bytes.ts'
import { setFlag, type Message } from './message.ts'
import { areDigits, equals, opensData, semicolon, trimEnd, trimStart, wholeOf } from './scan.ts'
import { labelOf, wordOf } from './words.ts'

/** Reads `name=value;` pairs up to `CP=&&`; returns where the data area begins, or -1. */
export function readHeader(message: Message, bytes: Uint8Array, start: number, end: number): number {
  let index = start
  while (index < end) {
    if (opensData(bytes, index, end)) return index + 5
    const stop = readTidy(message, bytes, index, end)
    if (stop < 0) {
      index = trimStart(bytes, index, end)
      if (opensData(bytes, index, end)) return index + 5
      index = readLoose(message, bytes, index, end) + 1
    } else index = stop + 1
  }
  return -1
}

const pairOf = (name: string) => (name.charCodeAt(0) << 8) | name.charCodeAt(1)
const [qn, st, cn, pw, mn] = [pairOf('QN'), pairOf('ST'), pairOf('CN'), pairOf('PW'), pairOf('MN')]

/**
 * Reads one of the fields of every frame when it has the length that the standard gives it. Answers where its semicolon
 * stands, or -1 when it is anything else, of which nothing has been taken then.
 */
function readTidy(message: Message, bytes: Uint8Array, at: number, end: number): number {
  if (at + 28 > end) return -1
  if (bytes[at + 2] !== equals) return readTidyFlag(message, bytes, at)
  const from = at + 3
  const name = (bytes[at]! << 8) | bytes[at + 1]!
  const stop = from + (name === qn ? 17 : name === mn ? 24 : name === pw ? 6 : name === cn ? 4 : 2)
  if (bytes[stop] !== semicolon) return -1
  if (name === mn || name === pw) {
    const label = labelOf(bytes, from, stop, 24)
    if (label === undefined) return -1
    if (name === mn) message.mn = label
    else message.pw = label
    return stop
  }
  if (!areDigits(bytes, from, stop)) return -1
  if (name === qn) message.qn = seventeen(bytes, from)
  else if (name === cn) message.cn = wordOf(bytes, from, stop)
  else if (name === st) message.st = wordOf(bytes, from, stop)
  else return -1
  return stop
}

/** 'Flag=' and one or two digits. */
function readTidyFlag(message: Message, bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== equals || bytes[at] !== 70 || bytes[at + 1] !== 108) return -1
  if (bytes[at + 2] !== 97 || bytes[at + 3] !== 103) return -1
  const stop = bytes[at + 6] === semicolon ? at + 6 : at + 7
  const whole = bytes[stop] === semicolon ? wholeOf(bytes, at + 5, stop) : -1
  if (whole < 0) return -1
  setFlag(message, whole)
  return stop
}

function readLoose(message: Message, bytes: Uint8Array, start: number, end: number): number {
  let stop = start
  let sign = -1
  for (; stop < end; stop += 1) {
    const byte = bytes[stop]
    if (byte === semicolon) break
    if (byte === equals && sign < 0) sign = stop
  }
  const last = trimEnd(bytes, start, stop)
  if (last > start) {
    if (sign < 0) message.problems.push({ rule: 'field_malformed', field: textOf(bytes, start, last), text: '' })
    else readField(message, bytes, start, sign, last)
  }
  return stop
}

function readField(message: Message, bytes: Uint8Array, at: number, sign: number, last: number): void {
  const name = wordOf(bytes, at, trimEnd(bytes, at, sign))
  const from = trimStart(bytes, sign + 1, last)
  if (name === undefined) {
    message.problems.push({ rule: 'name_malformed', field: textOf(bytes, at, last), text: '' })
  } else if (name === 'QN' || name === 'ST' || name === 'CN') {
    readDigits(message, name, bytes, from, last)
  } else if (name === 'PW' || name === 'MN') {
    const label = labelOf(bytes, from, last, name === 'PW' ? 16 : 24)
    if (label === undefined) noteMalformed(message, name, bytes, from, last)
    else if (name === 'PW') message.pw = label
    else message.mn = label
  } else if (name === 'Flag' || name === 'PNUM' || name === 'PNO' || name === 'RF') {
    readWhole(message, name, bytes, from, last)
  } else message.fields.push({ name, text: textOf(bytes, from, last) })
}

function readDigits(message: Message, name: 'QN' | 'ST' | 'CN', bytes: Uint8Array, from: number, last: number): void {
  const length = name === 'QN' ? 17 : name === 'ST' ? 2 : 4
  if (last - from !== length || !areDigits(bytes, from, last)) noteMalformed(message, name, bytes, from, last)
  else if (name === 'QN') message.qn = seventeen(bytes, from)
  else if (name === 'ST') message.st = wordOf(bytes, from, last)
  else message.cn = wordOf(bytes, from, last)
}

function readWhole(
  message: Message,
  name: 'Flag' | 'PNUM' | 'PNO' | 'RF',
  bytes: Uint8Array,
  from: number,
  last: number,
): void {
  const whole = wholeOf(bytes, from, last)
  if (name === 'Flag' && whole >= 0 && whole <= 255) setFlag(message, whole)
  else if (name === 'PNUM' && whole >= 0) message.pnum = whole
  else if (name === 'PNO' && whole >= 0) message.pno = whole
  // HJ 212-2025 table 3 [S2b]: RF=1, or no such field.
  else if (name === 'RF' && whole === 1) message.resent = true
  else noteMalformed(message, name, bytes, from, last)
}

function noteMalformed(message: Message, field: string, bytes: Uint8Array, from: number, last: number): void {
  message.problems.push({ rule: 'field_malformed', field, text: textOf(bytes, from, last) })
}

/** Seventeen digits as text. No two QN are alike, so nothing is remembered; one call makes one flat string. */
function seventeen(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at]!,
    bytes[at + 1]!,
    bytes[at + 2]!,
    bytes[at + 3]!,
    bytes[at + 4]!,
    bytes[at + 5]!,
    bytes[at + 6]!,
    bytes[at + 7]!,
    bytes[at + 8]!,
    bytes[at + 9]!,
    bytes[at + 10]!,
    bytes[at + 11]!,
    bytes[at + 12]!,
    bytes[at + 13]!,
    bytes[at + 14]!,
    bytes[at + 15]!,
    bytes[at + 16]!,
  )
}
