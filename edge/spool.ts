import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** The frames of one device that the platform does not have yet, in the order in which they came. */
export interface Spool {
  readonly length: number
  /** On disk, with what the platform has but whose file is not used up. */
  readonly bytes: number
  /** How many files were found broken: what stood behind the break is lost. A mere loss of power breaks none. */
  readonly damaged: number
  /** Answers when the frame is safe on disk; false when there is no room: what was acknowledged is never thrown away for it. */
  append(frame: Uint8Array): Promise<boolean>
  /** The first in the row; undefined when there is none. */
  first(): Promise<Uint8Array | undefined>
  /** The platform has the first: it goes. */
  drop(): Promise<void>
  close(): Promise<void>
}

export interface SpoolLimits {
  /** Bytes that may be kept for one device. */
  most: number
  /** How long a file grows: it is given up when the platform has all of it. */
  segment: number
}

interface Segment {
  path: string
  /** Where each frame begins, behind its head, and how long it is. */
  frames: { at: number; length: number }[]
  /** How many of them the platform has. */
  done: number
  size: number
}

/** Before each frame: its length, and the check value of its bytes. */
const headLength = 8
const usual: SpoolLimits = { most: 32 * 1024 * 1024, segment: 1024 * 1024 }

/**
 * A file of frames is only ever appended to; beside it a number says how many of them the platform has. That number is not
 * forced to disk: what it forgets is sent again, and counts once.
 */
export function openSpool(folder: string, given: Partial<SpoolLimits> = {}): Spool {
  const limits = { ...usual, ...given }
  mkdirSync(folder, { recursive: true })
  const { segments, damaged, last } = load(folder)
  let number = last
  let writing: { segment: Segment; file: FileHandle } | undefined
  let reading: { segment: Segment; file: FileHandle } | undefined
  let waiting: { frame: Uint8Array; done(kept: boolean): void; failed(error: unknown): void }[] = []
  let coming = 0
  let flushing: Promise<void> | undefined
  const sizeOf = () => segments.reduce((sum, { size }) => sum + size, 0)

  const begin = async (): Promise<{ segment: Segment; file: FileHandle }> => {
    number += 1
    const path = join(folder, `${String(number).padStart(10, '0')}.frames`)
    const segment: Segment = { path, frames: [], done: 0, size: 0 }
    const file = await open(path, 'a')
    // The name must be as safe as what will stand below it.
    syncFolder(folder)
    segments.push(segment)
    return { segment, file }
  }
  const endWriting = async () => {
    const ended = writing
    writing = undefined
    await ended?.file.close()
    tidy()
  }
  /** Files of which the platform has everything go, but the one that is written. */
  const tidy = () => {
    while (segments[0] && segments[0] !== writing?.segment && segments[0].done === segments[0].frames.length) {
      const { path } = segments.shift()!
      rmSync(path, { force: true })
      // The number goes last: without it all of them would be sent again.
      rmSync(doneOf(path), { force: true })
    }
  }
  /** Writes all that has come meanwhile at once, forces it to disk, and only then says so. */
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        if (writing && writing.segment.size >= limits.segment) await endWriting()
        writing ??= await begin()
        const { segment, file } = writing
        const records = batch.map(({ frame }) => recordOf(frame))
        await file.appendFile(Buffer.concat(records))
        await file.datasync()
        for (const { length } of records) {
          segment.frames.push({ at: segment.size + headLength, length: length - headLength })
          segment.size += length
        }
        for (const { done } of batch) done(true)
      } catch (error) {
        // Nobody knows what of it was written: the next frames go into a file of their own.
        await endWriting().catch(() => {})
        for (const { failed } of batch) failed(error)
      }
    }
    flushing = undefined
  }
  const fileOf = async (segment: Segment): Promise<FileHandle> => {
    if (reading?.segment === segment) return reading.file
    await reading?.file.close()
    reading = { segment, file: await open(segment.path, 'r') }
    return reading.file
  }
  const current = () => segments.find(({ done, frames }) => done < frames.length)

  return {
    damaged,
    get length() {
      return segments.reduce((sum, { done, frames }) => sum + frames.length - done, 0)
    },
    get bytes() {
      return sizeOf()
    },
    append: (frame) => {
      const size = frame.length + headLength
      if (sizeOf() + coming + size > limits.most) return Promise.resolve(false)
      coming += size
      return new Promise<boolean>((done, failed) => {
        waiting.push({ frame, done, failed })
        flushing ??= flush()
      }).finally(() => {
        coming -= size
      })
    },
    first: async () => {
      const segment = current()
      if (!segment) return undefined
      const { at, length } = segment.frames[segment.done]!
      const frame = Buffer.alloc(length)
      await (await fileOf(segment)).read(frame, 0, length, at)
      return frame
    },
    drop: async () => {
      const segment = current()
      if (!segment) return
      segment.done += 1
      const used = segment.done === segment.frames.length
      // Even the file that is written is given up when the platform has all of it, so that it does not take up room for ever.
      if (used && segment === writing?.segment && segment.size >= limits.segment / 8 && !flushing) await endWriting()
      if (used) tidy()
      if (segments.includes(segment)) writeFileSync(doneOf(segment.path), String(segment.done))
    },
    close: async () => {
      await flushing
      await endWriting()
      await reading?.file.close()
    },
  }
}

const doneOf = (path: string) => path.replace(/frames$/, 'done')

function recordOf(frame: Uint8Array): Buffer {
  const record = Buffer.alloc(headLength + frame.length)
  record.writeUInt32BE(frame.length)
  record.writeUInt32BE(crc32(frame), 4)
  record.set(frame, headLength)
  return record
}

function syncFolder(folder: string): void {
  const file = openSync(folder, 'r')
  fsyncSync(file)
  closeSync(file)
}

/** What stands on disk. A torn end was never acknowledged and is cut off. */
function load(folder: string): { segments: Segment[]; damaged: number; last: number } {
  const names = readdirSync(folder)
    .filter((name) => /^\d{10}\.frames$/.test(name))
    .toSorted()
  let damaged = 0
  const segments = names.map((name) => {
    const path = join(folder, name)
    const bytes = readFileSync(path)
    const { frames, end, broken } = framesIn(bytes)
    if (broken) damaged += 1
    if (end < bytes.length) truncateSync(path, end)
    return { path, frames, done: Math.min(findDone(path), frames.length), size: end }
  })
  return { segments, damaged, last: Number(names.at(-1)?.slice(0, 10) ?? 0) }
}

/** Frames up to the first that is cut short or does not fit its check value. Only the latter, with more behind it, is a break. */
function framesIn(bytes: Buffer): { frames: Segment['frames']; end: number; broken: boolean } {
  const frames: Segment['frames'] = []
  let at = 0
  while (at + headLength <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    const next = at + headLength + length
    if (next > bytes.length) break
    if (crc32(bytes.subarray(at + headLength, next)) !== bytes.readUInt32BE(at + 4))
      return { frames, end: at, broken: next < bytes.length }
    frames.push({ at: at + headLength, length })
    at = next
  }
  return { frames, end: at, broken: false }
}

function findDone(path: string): number {
  try {
    return Number(readFileSync(doneOf(path), 'utf8')) || 0
  } catch {
    return 0
  }
}
