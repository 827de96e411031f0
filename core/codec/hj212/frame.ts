import { asciiOf } from './bytes.ts'
import { hasCiphertext, throughCipher, type BlockCipher } from './cipher.ts'
import { crcFits, crcOf, sayCrc, type CrcMode } from './crc.ts'
import { ampersand, hash } from './scan.ts'
import { labelOf } from './words.ts'

/** What one device is forgiven. Strict is the standard; the rest is chosen per device, by its claimed number. */
export interface Tolerance {
  crc: CrcMode
  /** 'cr' forgives a missing LF, 'none' a missing CR LF. */
  ending: 'crlf' | 'cr' | 'none'
  /** Its key, when it may send its data as ciphertext (HJ 212-2025). */
  decrypt?: BlockCipher
}

export interface TakeOptions {
  /** Longest data segment taken, in bytes. */
  maxData?: number
  toleranceOf?: (claimedMn: string | undefined) => Tolerance
}

/** A frame whose length, check value and ending are right; offsets into the buffer that was given. */
export interface GoodFrame {
  kind: 'good'
  at: number
  dataStart: number
  dataEnd: number
  /** Where the frame ends, its CR LF included. */
  end: number
  /** What opened the data area, when it is ciphertext. To be handed on: `decode(bytes, dataStart, dataEnd, frame)`. */
  decrypt?: BlockCipher
}

export type BadReason = 'length' | 'oversize' | 'crc' | 'terminator'

/** A frame that gets no answer. It is kept for the conversation view, under a number that nobody has verified. */
export interface BadFrame {
  kind: 'bad'
  reason: BadReason
  at: number
  end: number
  /** A copy of `[at, end)`. */
  raw: Uint8Array
  claimedMn?: string
  /** What the four digits say, when they are digits. */
  declaredLength?: number
  /** The length of the data segment as the line ending shows it. */
  actualLength?: number
  expectedCrc?: string
  givenCrc?: string
}

export type Frame = GoodFrame | BadFrame

/** HJ 212-2017 table 2: the data segment holds 0–1024 characters. */
export const longestData = 1024

/** '##' + four digits + four digits of check value + CR LF. */
const around = 12
const strict: Tolerance = { crc: 'strict', ending: 'crlf' }

const cr = 13
const lf = 10

/**
 * Cuts `buffer[0, end)` into frames. `used` bytes are done with: the caller drops them, keeps the rest and calls again
 * when more has come; the rest is never longer than one frame, so a bounded buffer (64 KiB) always has room.
 * The result does not depend on how the stream was cut into pieces. After a bad frame the next '##' is searched; its
 * declared length is not trusted. Bytes between frames are passed over.
 */
export function takeFrames(
  buffer: Uint8Array,
  end: number,
  options: TakeOptions = {},
): { frames: Frame[]; used: number } {
  const frames: Frame[] = []
  const maxData = options.maxData ?? longestData
  // Where the next CR stands: looked up once for all the heads before it, however many a stranger strings together.
  const line = { cr: -1 }
  let position = 0
  for (;;) {
    const at = buffer[position] === hash ? position : buffer.indexOf(hash, position)
    if (at < 0 || at >= end) return { frames, used: end }
    if (at + 2 >= end) {
      if (at + 1 < end && buffer[at + 1] !== hash) return { frames, used: end }
      return { frames, used: at }
    }
    if (buffer[at + 1] !== hash) {
      position = at + 2
      continue
    }
    // A stray '#' before a frame: the header is the last two of the row.
    if (buffer[at + 2] === hash) {
      position = at + 1
      continue
    }
    const verdict = judge(buffer, at, end, maxData, line, options.toleranceOf)
    const frame = typeof verdict === 'string' ? badFrame(buffer, at, end, maxData, verdict) : verdict
    if (!frame) return { frames, used: at }
    frames.push(frame)
    position = frame.end
  }
}

/** Good, the first thing that is wrong, or undefined while bytes are missing. */
function judge(
  buffer: Uint8Array,
  at: number,
  end: number,
  maxData: number,
  line: { cr: number },
  toleranceOf: TakeOptions['toleranceOf'],
): GoodFrame | BadReason | undefined {
  let length = 0
  for (let index = at + 2; index < at + 6; index += 1) {
    if (index >= end) return undefined
    const digit = buffer[index]! - 48
    if (digit < 0 || digit > 9) return 'length'
    length = length * 10 + digit
  }
  if (length > maxData) return 'oversize'
  const dataStart = at + 6
  const dataEnd = dataStart + length
  const tail = dataEnd + 4
  // Plain data holds no CR. One that comes too soon shows a length that lies, before the missing bytes are waited for.
  if (line.cr < dataStart) {
    const found = buffer.indexOf(cr, dataStart)
    line.cr = found < 0 ? buffer.length : found
  }
  const early = line.cr < tail && line.cr < end
  if (early && !findKey(buffer, dataStart, line.cr, toleranceOf)) return 'length'
  if (end < tail) return undefined
  const tolerance = toleranceOf ? toleranceOf(findClaimedMn(buffer, dataStart, dataEnd)) : strict
  const decrypt = proofOf(buffer, dataStart, dataEnd, tolerance)
  if (decrypt === undefined) return 'crc'
  const stop = endingOf(buffer, tail, end, tolerance.ending)
  if (typeof stop !== 'number') return stop
  return decrypt
    ? { kind: 'good', at, dataStart, dataEnd, end: stop, decrypt }
    : { kind: 'good', at, dataStart, dataEnd, end: stop }
}

/** The key of the device that the bytes up to here claim to come from. */
function findKey(
  buffer: Uint8Array,
  start: number,
  end: number,
  toleranceOf: TakeOptions['toleranceOf'],
): BlockCipher | undefined {
  return toleranceOf?.(findClaimedMn(buffer, start, end)).decrypt
}

/**
 * Whether the check value after the data fits it: null when it fits what came, the key when it fits what the key makes
 * of it, undefined when it fits neither. What looks like ciphertext is opened first, because one in 256 fits unopened.
 */
function proofOf(
  buffer: Uint8Array,
  start: number,
  end: number,
  { crc, decrypt }: Tolerance,
): BlockCipher | null | undefined {
  const given = hexAt(buffer, end)
  if (given < 0) return undefined
  if (!decrypt) return crcFits(buffer, start, end, given, crc) ? null : undefined
  const opened = throughCipher(buffer, start, end, decrypt)
  const fitsOpened = opened !== undefined && crcFits(opened, 0, opened.length, given, crc)
  if (fitsOpened && hasCiphertext(buffer, start, end)) return decrypt
  if (crcFits(buffer, start, end, given, crc)) return null
  return fitsOpened ? decrypt : undefined
}

/** Where the frame ends whose check value ends at `tail`; undefined while bytes of its line ending are missing. */
function endingOf(
  buffer: Uint8Array,
  tail: number,
  end: number,
  ending: Tolerance['ending'],
): number | 'terminator' | undefined {
  if (ending === 'none') return tail
  if (end < tail + 1) return undefined
  if (buffer[tail] !== cr) return 'terminator'
  if (ending === 'cr') return tail + 1
  if (end < tail + 2) return undefined
  return buffer[tail + 1] === lf ? tail + 2 : 'terminator'
}

/** Four hexadecimal digits of either case, or -1. */
function hexAt(buffer: Uint8Array, at: number): number {
  let value = 0
  for (let index = at; index < at + 4; index += 1) {
    const byte = buffer[index]!
    const lower = byte | 32
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

/** Describes a bad frame once its extent is certain; undefined until then. */
function badFrame(
  buffer: Uint8Array,
  at: number,
  end: number,
  maxData: number,
  first: BadReason,
): BadFrame | undefined {
  const extent = extentOf(buffer, at, end, maxData + around)
  if (extent === undefined) return undefined
  const dataStart = at + 6
  const declaredLength = declaredAt(buffer, at, extent)
  const actualLength = lineEndOf(buffer, dataStart, extent) - 4 - dataStart
  const whole = actualLength >= 0
  const reason = first === 'crc' && whole && actualLength !== declaredLength ? 'length' : first
  const dataEnd = whole ? actualLength + dataStart : dataStart + (declaredLength ?? Infinity)
  const frame: BadFrame = { kind: 'bad', reason, at, end: extent, raw: buffer.slice(at, extent) }
  const claimedMn = findClaimedMn(buffer, dataStart, Math.min(dataEnd, extent))
  if (claimedMn !== undefined) frame.claimedMn = claimedMn
  if (declaredLength !== undefined) frame.declaredLength = declaredLength
  if (whole) frame.actualLength = actualLength
  if (dataEnd + 4 <= extent) {
    frame.expectedCrc = sayCrc(crcOf(buffer, dataStart, dataEnd))
    frame.givenCrc = printable(buffer, dataEnd, dataEnd + 4)
  }
  return frame
}

/** A bad frame reaches to the end of its line, to the next '##', or to the longest frame there can be. */
function extentOf(buffer: Uint8Array, at: number, end: number, longest: number): number | undefined {
  for (let index = at + 2; index < end; index += 1) {
    if (index - at >= longest) return index
    const byte = buffer[index]
    if (byte === lf) return index + 1
    if (byte !== cr && byte !== hash) continue
    if (index + 1 >= end) return undefined
    if (byte === hash && buffer[index + 1] === hash) return index
    if (byte === cr) return buffer[index + 1] === lf ? index + 2 : index + 1
  }
  return undefined
}

/** Where the line's text ends when `[start, end)` closes with LF, CR or CR LF; else -Infinity. */
function lineEndOf(buffer: Uint8Array, start: number, end: number): number {
  if (end - 2 >= start && buffer[end - 1] === lf && buffer[end - 2] === cr) return end - 2
  return end > start && (buffer[end - 1] === lf || buffer[end - 1] === cr) ? end - 1 : -Infinity
}

function declaredAt(buffer: Uint8Array, at: number, extent: number): number | undefined {
  if (extent < at + 6) return undefined
  const digits = asciiOf(buffer, at + 2, at + 6)
  return /^\d{4}$/.test(digits) ? Number(digits) : undefined
}

/** The number in the header, which ends where the data area opens, or in garbage at the next head. */
function findClaimedMn(buffer: Uint8Array, start: number, end: number): string | undefined {
  for (let index = start; index + 3 < end; index += 1) {
    const byte = buffer[index]
    if (byte === ampersand || byte === hash) return undefined
    // 'MN=' at the start of a field
    if (byte !== 77 || buffer[index + 1] !== 78 || buffer[index + 2] !== 61) continue
    if (index > start && buffer[index - 1] !== 59) continue
    let stop = index + 3
    while (stop < end && stop < index + 27 && buffer[stop] !== 59) stop += 1
    return labelOf(buffer, index + 3, stop, 24) ?? (printable(buffer, index + 3, stop) || undefined)
  }
  return undefined
}

/** ASCII as it may be shown: whatever is not a visible character becomes '?'. */
function printable(buffer: Uint8Array, start: number, end: number): string {
  return asciiOf(buffer, start, end).replace(/[^\x20-\x7e]/g, '?')
}
