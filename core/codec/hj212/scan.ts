/** Reading numbers, times and edges from bytes. */

export const hash = 35
export const ampersand = 38
export const comma = 44
export const dash = 45
export const semicolon = 59
export const equals = 61
const dot = 46
const space = 32

export const powers = Float64Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`))

/**
 * A plain decimal of at most fifteen digits, or NaN. No exponent and no sign but minus: the formats N3.1 … N14.2 of the
 * standard have none. Fifteen digits and a power of ten up to 1e15 are exact, so one division rounds correctly.
 */
export function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let index = start
  const negative = index < end && bytes[index] === dash
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

/** The value that `tidyNumber` has just read. */
export const tidy = new Float64Array(1)

/**
 * Reads a number of at most nine digits up to its separator, comma or semicolon, or up to `end`; the value goes into
 * `tidy`. Answers where it ends, or -1 for anything else, which is then read by `numberOf`.
 */
export function tidyNumber(bytes: Uint8Array, start: number, end: number): number {
  let index = start
  let whole = 0
  let point = -1
  for (; index < end; index += 1) {
    const byte = bytes[index]!
    if (byte >= 48 && byte <= 57) whole = (whole * 10 + byte - 48) | 0
    else if (byte === dot && point < 0) point = index
    else if (byte === comma || byte === semicolon) break
    else return -1
  }
  const digits = index - start - (point < 0 ? 0 : 1)
  if (digits < 1 || digits > 9) return -1
  tidy[0] = point < 0 ? whole : whole / powers[index - point - 1]!
  return index
}

/** Devices speak the time of Asia/Shanghai: +08:00, without summer time since 1991. */
export const zone = 8 * 3_600_000
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The instant of `YYYYMMDDhhmmss` in milliseconds; undefined when no calendar has it, or before 1900. */
export function timeOf(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start !== 14 || !areDigits(bytes, start, end)) return undefined
  const year = pairOf(bytes, start) * 100 + pairOf(bytes, start + 2)
  const month = pairOf(bytes, start + 4)
  const day = pairOf(bytes, start + 6)
  const hour = pairOf(bytes, start + 8)
  const minute = pairOf(bytes, start + 10)
  const second = pairOf(bytes, start + 12)
  if (year < 1900 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > monthDays[month - 1]! && !(leap && month === 2 && day === 29)) return undefined
  // Days since 1970-01-01, counted in years that begin in March, so that the leap day is a year's last.
  const march = month > 2 ? year : year - 1
  const leaps = Math.floor(march / 4) - Math.floor(march / 100) + Math.floor(march / 400)
  const days = march * 365 + leaps + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 719_469
  return (days * 24 + hour) * 3_600_000 + minute * 60_000 + second * 1000 - zone
}

const pairOf = (bytes: Uint8Array, at: number) => bytes[at]! * 10 + bytes[at + 1]! - 528

/** A whole number of one to five digits, or -1. */
export function wholeOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 5 || end === start || !areDigits(bytes, start, end)) return -1
  let whole = 0
  for (let index = start; index < end; index += 1) whole = whole * 10 + bytes[index]! - 48
  return whole
}

export function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (bytes[index]! < 48 || bytes[index]! > 57) return false
  return true
}

export function trimStart(bytes: Uint8Array, start: number, end: number): number {
  let index = start
  while (index < end && bytes[index] === space) index += 1
  return index
}

export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let index = end
  while (index > start && bytes[index - 1] === space) index -= 1
  return index
}

/** Up to four bytes as one number, the last byte lowest. */
export function packOf(bytes: Uint8Array, start: number, end: number): number {
  let pack = 0
  for (let index = start; index < end; index += 1) pack = (pack << 8) | bytes[index]!
  return pack
}

export const packText = (text: string) => [...text].reduce((pack, letter) => (pack << 8) | letter.charCodeAt(0), 0)

const dataWord = packText('Data')
const timeWord = packText('Time')

/** Whether the eight bytes at `at` are 'DataTime'. */
export const isDataTime = (bytes: Uint8Array, at: number) =>
  packOf(bytes, at, at + 4) === dataWord && packOf(bytes, at + 4, at + 8) === timeWord

/** 'CP=&&' */
export function opensData(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at + 5 <= end &&
    bytes[at] === 67 &&
    bytes[at + 1] === 80 &&
    bytes[at + 2] === equals &&
    bytes[at + 3] === ampersand &&
    bytes[at + 4] === ampersand
  )
}

/** Where the last '&&' stands, or -1. */
export function closeOf(bytes: Uint8Array, start: number, end: number): number {
  for (let index = end - 2; index >= start; index -= 1) {
    if (bytes[index] === ampersand && bytes[index + 1] === ampersand) return index
  }
  return -1
}
