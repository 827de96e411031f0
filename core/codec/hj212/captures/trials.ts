import { textOf } from '../bytes.ts'
import { throughCipher, type BlockCipher } from '../cipher.ts'
import { decode } from '../decode.ts'
import { takeFrames } from '../frame.ts'
import { openParts, type Parts } from '../parts.ts'
import { decodeSlowly, isFrameSlowly } from '../slow.ts'
import { abuses, fittingSegment, joined, rawBytes, sealed, validFrame } from './abuse.ts'
import { pick, type Chance } from './made.ts'

/** What a run of trials has seen. A trial that finds a fault throws an Error that shows the bytes. */
export interface Tally {
  frames: number
  readings: number
  problems: number
  /** Frames put between the abuse, each of which must come out. */
  interleaved: number
  /** Spoiled frames that were taken, because they are whole by the reference too. */
  taken: number
  /** Good frames taken for another that is whole by the reference too: inside a longer one, or ciphertext as it stands. */
  swallowed: number
  /** The most bytes kept between two reads. */
  longestRest: number
  parts: Parts
}

export const openTally = (): Tally => ({
  frames: 0,
  readings: 0,
  problems: 0,
  interleaved: 0,
  taken: 0,
  swallowed: 0,
  longestRest: 0,
  parts: openParts({ uploads: 100, uploadsOfOne: 4, keptMillis: 1_000 }),
})

function fault(words: string, bytes: Uint8Array): never {
  const hex = Array.from(bytes.subarray(0, 4_000), (byte) => byte.toString(16).padStart(2, '0')).join('')
  throw new Error(`${words}\n${hex}`)
}

/** Both decoders say the same of `bytes[start, end)`, and every number is one. */
function decodeBoth(tally: Tally, bytes: Uint8Array, start: number, end: number) {
  const fast = decode(bytes, start, end)
  const slow = decodeSlowly(textOf(bytes, start, end))
  if (JSON.stringify(fast) !== JSON.stringify(slow)) fault('the two decoders differ', bytes.subarray(start, end))
  if (!fast.readings.every(({ value }) => Number.isFinite(value))) fault('not a number', bytes.subarray(start, end))
  tally.readings += fast.readings.length
  tally.problems += fast.problems.length
  return fast
}

/** One frame of the grammar: taken as one good frame, and both decoders say the same of it. */
export function agree(chance: Chance, tally: Tally): void {
  const segment = fittingSegment(chance)
  const frame = sealed(segment)
  const { frames, used } = takeFrames(frame, frame.length)
  const [good] = frames
  if (frames.length !== 1 || good?.kind !== 'good' || used !== frame.length) fault('a good frame was refused', frame)
  decodeBoth(tally, frame, good.dataStart, good.dataEnd)
  tally.frames += 1
}

/** The same frame as ciphertext: proved by its check value over the plain segment, and opened to the same message. */
export function agreeCiphered(
  chance: Chance,
  tally: Tally,
  { encrypt, decrypt }: { encrypt: BlockCipher; decrypt: BlockCipher },
): void {
  const plain = sealed(fittingSegment(chance))
  const segment = throughCipher(plain, 6, plain.length - 6, encrypt)
  if (!segment) return
  const frame = joined(plain.subarray(0, 6), segment, plain.subarray(-6))
  const { frames } = takeFrames(frame, frame.length, {
    toleranceOf: () => ({ crc: 'strict', ending: 'crlf', decrypt }),
  })
  const [good] = frames
  if (frames.length !== 1 || good?.kind !== 'good') fault('a good frame was refused', frame)
  // Ciphertext that begins as data do and fits the check value as it stands: once in 900 times 256.
  if (!good.decrypt && isFrameSlowly(frame)) tally.swallowed += 1
  else {
    const opened = decode(frame, good.dataStart, good.dataEnd, good)
    const said = decodeSlowly(textOf(plain, 6, plain.length - 6))
    if (JSON.stringify(opened) !== JSON.stringify(said)) fault('opened to something else', frame)
    tally.readings += opened.readings.length
  }
  tally.frames += 1
}

/** Reads a stream as it comes from a socket, in pieces; answers where the good frames are. */
function goodFrames(tally: Tally, stream: Uint8Array, sizeOf: () => number): ReadonlyMap<number, number> {
  const good = new Map<number, number>()
  let base = 0
  for (let come = 0; come < stream.length;) {
    const size = Math.max(1, sizeOf())
    come = Math.min(stream.length, come + size)
    const buffer = stream.subarray(base, come)
    const { frames, used } = takeFrames(buffer, buffer.length)
    for (const frame of frames) {
      if (frame.kind === 'good') good.set(base + frame.at, base + frame.end)
    }
    base += used
    tally.longestRest = Math.max(tally.longestRest, come - base)
    if (come - base > 1_036 + size) fault('more than a frame is kept', stream)
  }
  return good
}

/** Spoiled frames or raw bytes with good frames between them: nothing throws, nothing good is lost, nothing bad taken. */
export function abuse(chance: Chance, tally: Tally, raw: boolean): void {
  const pieces: { bytes: Uint8Array; valid: boolean }[] = [{ bytes: validFrame(chance), valid: true }]
  for (let count = 1 + chance(3); count > 0; count -= 1) {
    const bytes = raw ? rawBytes(chance) : pick(chance, Object.values(abuses))(chance)
    pieces.push({ bytes: chance(2) === 0 ? bytes : joined(bytes, '\r\n'), valid: false })
    pieces.push({ bytes: validFrame(chance), valid: true })
  }
  const stream = joined(...pieces.map(({ bytes }) => bytes))
  const size = chance(40) === 0 ? 1 : 1 + chance(700)
  const good = goodFrames(tally, stream, () => (size === 1 ? 1 : 1 + chance(size)))
  const whole = checkInterleaved(tally, pieces, good, stream)
  for (const [at, end] of good) {
    if (!isFrameSlowly(stream.subarray(at, end))) fault('taken, and wrong by the reference', stream.subarray(at, end))
    if (!whole.has(at)) tally.taken += 1
    const message = decodeBoth(tally, stream, at + 6, end - 6)
    tally.parts.note(message, tally.frames)
    if (tally.parts.size > 100) fault('too many uploads are remembered', stream)
  }
  tally.frames += pieces.length
}

/** Answers where the interleaved frames came out. */
function checkInterleaved(
  tally: Tally,
  pieces: readonly { bytes: Uint8Array; valid: boolean }[],
  good: ReadonlyMap<number, number>,
  stream: Uint8Array,
): ReadonlySet<number> {
  const whole = new Set<number>()
  let at = 0
  for (const { bytes, valid } of pieces) {
    const end = at + bytes.length
    if (valid && good.get(at) === end) whole.add(at)
    else if (valid) {
      const inside = [...good].some(([from, to]) => from < at && to >= end && isFrameSlowly(stream.subarray(from, to)))
      if (!inside) fault('a good frame was lost', stream)
      tally.swallowed += 1
    }
    if (valid) tally.interleaved += 1
    at = end
  }
  return whole
}
