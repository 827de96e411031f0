import { asciiOf } from './bytes.ts'
import { ampersand, comma, hash, packOf, semicolon } from './scan.ts'

/**
 * The same few words come in every frame: factor codes, suffixes, marks, the number and the password of the device.
 * They are remembered by their bytes, so that reading them again makes no string. Both memories are tables of fixed
 * size whose places are overwritten: a device that sends ever new words cannot make them grow. Only what has been
 * found well formed is remembered, so what is found there needs no second look.
 */
const places = 2048
const firsts = new Int32Array(places)
const seconds = new Int32Array(places)
const words: string[] = Array.from({ length: places }, () => '')

/** What a name may hold: A–Z a–z 0–9 and _. */
const inWord = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 128 && /\w/.test(String.fromCharCode(byte)) ? 1 : 0,
)

function areWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (inWord[bytes[index]!] === 0) return false
  return true
}

/** A name of the protocol (factor code, suffix, field): 1–24 characters of a word; undefined when it is not one. */
export function wordOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start
  if (length < 1 || length > 24) return undefined
  if (length > 8) return areWord(bytes, start, end) ? asciiOf(bytes, start, end) : undefined
  const middle = length > 4 ? start + 4 : end
  return knownWord(bytes, start, end, packOf(bytes, start, middle), packOf(bytes, middle, end))
}

/** A word of six bytes, which most factor codes have. The six must be there. */
export function wordOfSix(bytes: Uint8Array, at: number): string | undefined {
  const first = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  return knownWord(bytes, at, at + 6, first, (bytes[at + 4]! << 8) | bytes[at + 5]!)
}

/** Each word has two places side by side, so that two words of one frame seldom drive each other out. */
function knownWord(bytes: Uint8Array, start: number, end: number, first: number, second: number): string | undefined {
  const place = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b) >>> 21
  if (isAt(place, first, second, end - start)) return words[place]
  const beside = place ^ 1
  if (isAt(beside, first, second, end - start)) return words[beside]
  if (!areWord(bytes, start, end)) return undefined
  const free = words[place] === '' ? place : beside
  firsts[free] = first
  seconds[free] = second
  return (words[free] = asciiOf(bytes, start, end))
}

/** The length tells a word from one that begins with NUL and packs alike. */
const isAt = (place: number, first: number, second: number, length: number) =>
  firsts[place] === first && seconds[place] === second && words[place]!.length === length

const labels: string[] = Array.from({ length: 4096 }, () => '')

/** The number or the password of a device: 1 to `most` visible characters; undefined when it is anything else. */
export function labelOf(bytes: Uint8Array, start: number, end: number, most: number): string | undefined {
  const length = end - start
  if (length < 1 || length > most) return undefined
  const head = Math.imul(packOf(bytes, start, Math.min(end, start + 4)), 0x9e3779b1)
  const tail = packOf(bytes, Math.max(start, end - 4), end)
  const place = Math.imul(head ^ tail ^ length, 0x85ebca6b) >>> 20
  const known = labels[place]!
  if (isLabel(known, bytes, start, end)) return known
  return areVisible(bytes, start, end) ? (labels[place] = asciiOf(bytes, start, end)) : undefined
}

function isLabel(label: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (label.length !== end - start) return false
  for (let index = start; index < end; index += 1) if (label.charCodeAt(index - start) !== bytes[index]) return false
  return true
}

/** Visible ASCII without the signs that part a frame: what may be said back to the device in a frame of ours. */
function areVisible(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index]!
    if (byte < 33 || byte > 126) return false
    if (byte === ampersand || byte === comma || byte === hash || byte === semicolon) return false
  }
  return true
}
