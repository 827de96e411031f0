import { deepest } from './message.ts'

/** What one pass over the bytes says before anything is parsed. */
export interface Scan {
  tooDeep: boolean
  /** Colons outside of texts: in well-formed JSON, the number of members that were written. */
  members: number
  /** A backslash stands in a text, so it may say other characters than its bytes do. */
  escaped: boolean
}

const quote = 34
const colon = 58
const openSquare = 91
const backslash = 92
const closeSquare = 93
const openCurly = 123
const closeCurly = 125

/** Passes over JSON in UTF-8, whose bytes beyond ASCII never look like punctuation. */
export function scan(bytes: Uint8Array): Scan {
  const end = bytes.length
  let tooDeep = false
  let members = 0
  let escaped = false
  let depth = 0
  for (let index = 0; index < end; index += 1) {
    const byte = bytes[index]!
    // Most of what stands outside of texts is digits, commas and spaces.
    if (byte < colon && byte !== quote) continue
    if (byte === quote) {
      for (index += 1; index < end && bytes[index] !== quote; index += 1) {
        if (bytes[index] !== backslash) continue
        escaped = true
        index += 1
      }
    } else if (byte === colon) members += 1
    else if (byte === openCurly || byte === openSquare) {
      depth += 1
      if (depth > deepest) tooDeep = true
    } else if (byte === closeCurly || byte === closeSquare) depth -= 1
  }
  return { tooDeep, members, escaped }
}

/** Counts the members that a parsed value holds, or -1 when one of them would reach into the prototype of a copy. */
export function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const part of value) {
      const within = membersOf(part)
      if (within < 0) return -1
      count += within
    }
    return count
  }
  const object = value as Record<string, unknown>
  for (const key in object) {
    if (key === '__proto__') return -1
    const part = object[key]
    count += 1
    if (typeof part !== 'object' || part === null) continue
    const within = membersOf(part)
    if (within < 0) return -1
    count += within
  }
  return count
}
