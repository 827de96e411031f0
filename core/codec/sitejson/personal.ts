import { isIdCard } from '../../kit/index.ts'
import { latinOf } from './text.ts'

/**
 * Eighteen characters of an identity number (GB 11643). Not inside a longer number or a hexadecimal digest, and not the
 * digits behind a decimal point.
 */
const numbers = /(?<![0-9a-f]|\d\.)\d{17}[\dXx](?![0-9a-f])/g

/** Whether a text holds an identity number: right check character, birthday in the calendar. */
export function holdsIdentity(text: string): boolean {
  for (const [found] of text.matchAll(numbers)) if (isIdCard(found)) return true
  return false
}

const stride = 17

/** Whether seventeen digits stand in a row: such a row covers every seventeenth place once, so only those are looked at. */
export function holdsLongRow(bytes: Uint8Array): boolean {
  for (let at = stride - 1; at < bytes.length; at += stride) {
    if (!isDigit(bytes[at]!)) continue
    let from = at
    let until = at + 1
    while (from > 0 && isDigit(bytes[from - 1]!)) from -= 1
    while (until < bytes.length && isDigit(bytes[until]!)) until += 1
    if (until - from >= stride) return true
  }
  return false
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57

/** `holdsIdentity` for every key and text of a value, for a number that was written with escapes. */
export function holdsIdentityWithin(value: unknown): boolean {
  if (typeof value === 'string') return holdsIdentity(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, part]) => holdsIdentity(key) || holdsIdentityWithin(part))
}

const driverNames = /("driverName"\s*:\s*")((?:[^"\\]|\\.)*)/g
const star = 42

/**
 * A message as it may be kept and shown: identity numbers and the driver's name covered, its length unchanged.
 * Works on any bytes, a refused message among them.
 */
export function coverPersonal(raw: Uint8Array): Uint8Array {
  const text = latinOf(raw)
  let covered: Uint8Array | undefined
  const cover = (from: number, until: number) => {
    covered ??= Uint8Array.from(raw)
    covered.fill(star, from, until)
  }
  for (const found of text.matchAll(numbers)) {
    if (isIdCard(found[0])) cover(found.index, found.index + found[0].length)
  }
  for (const found of text.matchAll(driverNames)) {
    const from = found.index + found[1]!.length
    cover(from, from + found[2]!.length)
  }
  return covered ?? raw
}
