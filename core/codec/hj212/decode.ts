import { asciiOf, textOf, wordOf } from './bytes.ts'
import { blankMessage, instantOf, kinds, noteMissing, setFlag, type Kind, type Message } from './message.ts'

const kindOf = new Map<string, Kind>(kinds.map((kind) => [kind, kind]))

const space = 32
const ampersand = 38
const comma = 44
const dash = 45
const dot = 46
const semicolon = 59
const equals = 61

/**
 * Decodes the data segment `bytes[start, end)` of a good frame in one pass over the bytes. Never throws.
 * `decodeSlowly` says the same on strings; the tests hold the two together.
 */
export function decode(bytes: Uint8Array, start = 0, end = bytes.length): Message {
  const message = blankMessage()
  const data = readHeader(message, bytes, start, end)
  if (data < 0) message.problems.push({ rule: 'field_missing', field: 'CP', text: '' })
  else {
    const close = closeOf(bytes, data, end)
    if (close < 0) message.problems.push({ rule: 'data_unclosed', field: 'CP', text: '' })
    readData(message, bytes, data, close < 0 ? end : close)
  }
  noteMissing(message)
  return message
}

/** Reads `name=value;` pairs up to `CP=&&`; returns where the data area begins, or -1. */
function readHeader(message: Message, bytes: Uint8Array, start: number, end: number): number {
  let index = start
  while (index < end) {
    while (index < end && bytes[index] === space) index += 1
    if (opensData(bytes, index, end)) return index + 5
    let stop = index
    let sign = -1
    for (; stop < end && bytes[stop] !== semicolon; stop += 1) if (sign < 0 && bytes[stop] === equals) sign = stop
    const last = trimEnd(bytes, index, stop)
    if (last > index) {
      if (sign < 0) message.problems.push({ rule: 'field_malformed', field: textOf(bytes, index, last), text: '' })
      else readHeaderField(message, bytes, index, sign, last)
    }
    index = stop + 1
  }
  return -1
}

/** 'CP=&&' */
function opensData(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at + 5 <= end &&
    bytes[at] === 67 &&
    bytes[at + 1] === 80 &&
    bytes[at + 2] === equals &&
    bytes[at + 3] === ampersand &&
    bytes[at + 4] === ampersand
  )
}

function closeOf(bytes: Uint8Array, start: number, end: number): number {
  for (let index = end - 2; index >= start; index -= 1) {
    if (bytes[index] === ampersand && bytes[index + 1] === ampersand) return index
  }
  return -1
}

function readHeaderField(message: Message, bytes: Uint8Array, at: number, sign: number, last: number): void {
  const name = wordOf(bytes, at, trimEnd(bytes, at, sign))
  const from = trimStart(bytes, sign + 1, last)
  const length = last - from
  switch (name) {
    case 'QN':
      if (length === 17 && areDigits(bytes, from, last)) message.qn = asciiOf(bytes, from, last)
      else wrong(message, 'QN', bytes, from, last)
      break
    case 'ST':
      if (length === 2 && areDigits(bytes, from, last)) message.st = wordOf(bytes, from, last)
      else wrong(message, 'ST', bytes, from, last)
      break
    case 'CN':
      if (length === 4 && areDigits(bytes, from, last)) message.cn = wordOf(bytes, from, last)
      else wrong(message, 'CN', bytes, from, last)
      break
    case 'PW':
      if (length > 0 && length <= 16 && areVisible(bytes, from, last)) message.pw = asciiOf(bytes, from, last)
      else wrong(message, 'PW', bytes, from, last)
      break
    case 'MN':
      if (length > 0 && length <= 24 && areVisible(bytes, from, last)) message.mn = asciiOf(bytes, from, last)
      else wrong(message, 'MN', bytes, from, last)
      break
    case 'Flag': {
      const flag = wholeOf(bytes, from, last)
      if (flag >= 0 && flag <= 255) setFlag(message, flag)
      else wrong(message, 'Flag', bytes, from, last)
      break
    }
    case 'PNUM':
    case 'PNO': {
      const count = wholeOf(bytes, from, last)
      if (count < 0) wrong(message, name, bytes, from, last)
      else if (name === 'PNUM') message.pnum = count
      else message.pno = count
      break
    }
    case undefined:
      message.problems.push({ rule: 'name_malformed', field: textOf(bytes, at, last), text: '' })
      break
    default:
      message.fields.push({ name, text: textOf(bytes, from, last) })
  }
}

function wrong(message: Message, field: string, bytes: Uint8Array, from: number, last: number): void {
  message.problems.push({ rule: 'field_malformed', field, text: textOf(bytes, from, last) })
}

/** Code and mark by turns: the marks of the group being read. Kept between calls only to spare the allocation. */
const marks: string[] = []

/** Reads groups `name=value,name=value;` of the data area. */
function readData(message: Message, bytes: Uint8Array, start: number, end: number): void {
  const { readings } = message
  let group = readings.length
  let marked = 0
  let index = start
  while (index <= end) {
    let stop = index
    let sign = -1
    let hyphen = -1
    for (; stop < end; stop += 1) {
      const byte = bytes[stop]
      if (byte === comma || byte === semicolon) break
      if (sign >= 0) continue
      if (byte === equals) sign = stop
      else if (byte === dash) hyphen = stop
    }
    const from = trimStart(bytes, index, stop)
    const last = trimEnd(bytes, from, stop)
    if (last > from) {
      if (sign < 0) message.problems.push({ rule: 'field_malformed', field: textOf(bytes, from, last), text: '' })
      else marked = readItem(message, bytes, from, hyphen, sign, last, marked)
    }
    if (stop >= end || bytes[stop] === semicolon) {
      if (marked > 0) markReadings(message, group, marked)
      marked = 0
      group = readings.length
    }
    index = stop + 1
  }
}

/** Reads one `name=value`; returns how many places of `marks` are taken then. */
function readItem(
  message: Message,
  bytes: Uint8Array,
  at: number,
  hyphen: number,
  sign: number,
  last: number,
  marked: number,
): number {
  const nameEnd = trimEnd(bytes, at, sign)
  const from = trimStart(bytes, sign + 1, last)
  const code = wordOf(bytes, at, hyphen < 0 ? nameEnd : hyphen)
  const suffix = hyphen < 0 ? '' : wordOf(bytes, hyphen + 1, nameEnd)
  if (code === undefined || suffix === undefined) {
    message.problems.push({
      rule: 'name_malformed',
      field: textOf(bytes, at, nameEnd),
      text: textOf(bytes, from, last),
    })
    return marked
  }
  if (suffix === 'Flag') {
    const mark = (last - from <= 8 && wordOf(bytes, from, last)) || textOf(bytes, from, last)
    marks[marked] = code
    marks[marked + 1] = mark
    return marked + 2
  }
  const kind = kindOf.get(suffix)
  if (kind !== undefined) {
    const value = numberOf(bytes, from, last)
    if (value === value) message.readings.push({ code, kind, value, flag: undefined })
    else {
      const field = `${code}-${suffix}`
      message.problems.push({ rule: 'value_not_a_number', field, text: textOf(bytes, from, last) })
    }
    return marked
  }
  if (suffix === '' && code === 'DataTime') {
    message.dataTime = timeOf(bytes, from, last)
    if (message.dataTime !== undefined) return marked
    message.problems.push({ rule: 'time_malformed', field: code, text: textOf(bytes, from, last) })
  } else {
    message.fields.push({ name: suffix === '' ? code : `${code}-${suffix}`, text: textOf(bytes, from, last) })
  }
  return marked
}

/** A mark stands for every reading of its code in its group; said twice, the later one holds. */
function markReadings(message: Message, group: number, marked: number): void {
  for (let index = group; index < message.readings.length; index += 1) {
    const reading = message.readings[index]!
    for (let mark = marked - 2; mark >= 0; mark -= 2) {
      if (marks[mark] !== reading.code) continue
      reading.flag = marks[mark + 1]
      break
    }
  }
}

/**
 * A plain decimal of at most fifteen digits, or NaN. No exponent and no sign but minus: the formats N3.1 … N14.2 of the
 * standard have none. Fifteen digits and a power of ten up to 1e15 are exact, so one division rounds correctly.
 */
function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let index = start
  const negative = bytes[index] === dash && index < end
  if (negative) index += 1
  let whole = 0
  let digits = 0
  let point = -1
  for (; index < end; index += 1) {
    const byte = bytes[index]!
    if (byte === dot && point < 0) {
      point = digits
      continue
    }
    if (byte < 48 || byte > 57) return NaN
    whole = whole * 10 + byte - 48
    digits += 1
  }
  if (digits === 0 || digits > 15) return NaN
  const value = point < 0 ? whole : whole / powers[digits - point]!
  return negative && value !== 0 ? -value : value
}

const powers = Float64Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`))

/** `YYYYMMDDhhmmss` without making a string of it. */
function timeOf(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start !== 14 || !areDigits(bytes, start, end)) return undefined
  const pair = (at: number) => bytes[start + at]! * 10 + bytes[start + at + 1]! - 528
  return instantOf(pair(0) * 100 + pair(2), pair(4), pair(6), pair(8), pair(10), pair(12))
}

/** One to five digits, or -1. */
function wholeOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 5 || end === start || !areDigits(bytes, start, end)) return -1
  return Number(asciiOf(bytes, start, end))
}

function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (bytes[index]! < 48 || bytes[index]! > 57) return false
  return true
}

/** Visible ASCII without '&', '#' and ',': what may be said back to the device in a frame of ours. */
function areVisible(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index]!
    if (byte < 33 || byte > 126 || byte === ampersand || byte === comma || byte === 35) return false
  }
  return true
}

function trimStart(bytes: Uint8Array, start: number, end: number): number {
  let index = start
  while (index < end && bytes[index] === space) index += 1
  return index
}

function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let index = end
  while (index > start && bytes[index - 1] === space) index -= 1
  return index
}
