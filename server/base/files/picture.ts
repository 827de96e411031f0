import { crc32 } from 'node:zlib'
import { Refused } from '../errors.ts'

/** What a picture's own structure says, read before any decoder touches it. */
export interface Frame {
  width: number
  height: number
  /** Whether a decoder must hold the whole picture at once (progressive JPEG, interlaced PNG, WebP). */
  whole: boolean
  /** The EXIF block, where there is one. */
  exif?: Buffer
}

const broken = (what: string) => new Refused('malformed', 'image_broken', { what })

/** Beginnings of other formats. A picture has no reason to carry one in the places where it may carry anything. */
const FOREIGN = /<(?:script|html|svg|!doctype|\?php|iframe|body)|%PDF-|PK\x03\x04|PK\x05\x06|MZ\x90\0/i

/** Refuses a passage beside the picture data that another program would run or open. */
function refuseForeign(passage: Buffer): void {
  if (FOREIGN.test(passage.toString('latin1'))) throw new Refused('malformed', 'file_polyglot')
}

/** Largest number of scans; cameras write about ten, each costs a pass over the whole picture. */
const MOST_SCANS = 64

/** Walks the segments of a JPEG (ITU-T T.81 annex B) from SOI to EOI, then what stands behind it. */
export function readJpeg(bytes: Buffer): Frame {
  const { end, ...frame } = walkJpeg(bytes, 0)
  readTrailer(bytes, end)
  return frame
}

function walkJpeg(bytes: Buffer, start: number): Frame & { end: number } {
  if (bytes.length < start + 4 || bytes.readUInt16BE(start) !== 0xffd8) throw broken('SOI')
  let at = start + 2
  let size: Pick<Frame, 'width' | 'height' | 'whole'> | undefined
  let exif: Buffer | undefined
  let scans = 0
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) throw broken('marker')
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) {
      if (!size || scans === 0) throw broken('no picture')
      return { ...size, exif, end: at + 2 }
    }
    if (at + 4 > bytes.length) break
    const next = at + 2 + bytes.readUInt16BE(at + 2)
    if (next < at + 4 || next > bytes.length) break
    const body = bytes.subarray(at + 4, next)
    if (isFrameHeader(marker)) {
      if (size || body.length < 6) throw broken('SOF')
      // Height 0 means "told later" (DNL); no camera writes it and the bounds could not be checked.
      size = { height: body.readUInt16BE(1), width: body.readUInt16BE(3), whole: marker !== 0xc0 && marker !== 0xc1 }
      if (size.width === 0 || size.height === 0) throw broken('size')
    } else if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe) {
      refuseForeign(body)
      if (marker === 0xe1 && !exif && body.toString('latin1', 0, 6) === 'Exif\0\0') exif = body
    }
    at = next
    if (marker === 0xda) {
      if (++scans > MOST_SCANS) throw new Refused('unmet', 'image_too_large')
      at = endOfScan(bytes, at)
    }
  }
  throw broken('cut off')
}

/** SOF0…SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** The next marker after entropy-coded data: stuffed zeros and restart markers belong to the scan. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1]!
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at
  }
  throw broken('cut off')
}

/**
 * Behind EOI cameras write further JPEGs (CIPA DC-007 multi-picture, HDR gain maps), zeros, and one maker a block that ends
 * in `SEFT`. Anything else, a motion photograph's film included, is refused.
 */
function readTrailer(bytes: Buffer, from: number): void {
  let at = from
  while (at < bytes.length) {
    if (bytes[at] === 0) at += 1
    else if (at + 4 <= bytes.length && bytes.readUInt16BE(at) === 0xffd8) at = walkJpeg(bytes, at).end
    else return readMakerBlock(bytes, at)
  }
}

function readMakerBlock(bytes: Buffer, from: number): void {
  const end = bytes.length
  const ends = end - from >= 12 && bytes.toString('latin1', end - 4) === 'SEFT'
  const head = ends ? end - 8 - bytes.readUInt32LE(end - 8) : -1
  if (head < from || bytes.toString('latin1', head, head + 4) !== 'SEFH')
    throw new Refused('malformed', 'file_polyglot')
  const block = bytes.subarray(from)
  if (block.includes('ftyp')) throw new Refused('malformed', 'file_polyglot')
  refuseForeign(block)
}

/** Walks the chunks of a PNG (W3C PNG, 5.3): each sum right, IEND the last byte of the file. */
export function readPng(bytes: Buffer): Frame {
  let at = 8
  let size: Frame | undefined
  let exif: Buffer | undefined
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) break
    const type = bytes.toString('latin1', at + 4, at + 8)
    const body = bytes.subarray(at + 8, end - 4)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw broken(type)
    if ((at === 8) !== (type === 'IHDR')) throw broken(type)
    if (type === 'IHDR') {
      if (length !== 13) throw broken(type)
      size = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), whole: body[12] !== 0 }
    } else if (type === 'acTL') throw new Refused('unmet', 'image_animated')
    else if (type === 'eXIf') exif = body
    else if (type !== 'IDAT' && type !== 'IEND') refuseForeign(body)
    at = end
    if (type === 'IEND') {
      if (!size) throw broken(type)
      if (length !== 0 || at !== bytes.length) throw new Refused('malformed', 'file_polyglot')
      return { ...size, exif }
    }
  }
  throw broken('cut off')
}

/** Walks the chunks of a still WebP (RFC 9649): the RIFF size is the file's size. */
export function readWebp(bytes: Buffer): Frame {
  const end = 8 + (bytes.length >= 12 ? bytes.readUInt32LE(4) : 0)
  if (end > bytes.length) throw broken('cut off')
  if (end < bytes.length) throw new Refused('malformed', 'file_polyglot')
  let at = 12
  let size: Frame | undefined
  let exif: Buffer | undefined
  while (at + 8 <= end) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (body.length !== length) throw broken(type)
    if (type === 'ANIM' || type === 'ANMF') throw new Refused('unmet', 'image_animated')
    const found = webpSize(type, body)
    // The canvas of VP8X and the picture inside may differ; the larger counts.
    if (found && (!size || found.width * found.height > size.width * size.height)) size = found
    if (type === 'EXIF') exif = body
    if (!['VP8 ', 'VP8L', 'VP8X', 'ALPH'].includes(type)) refuseForeign(body)
    at += 8 + length + (length % 2)
  }
  if (!size) throw broken('no picture')
  return { ...size, exif }
}

function webpSize(type: string, body: Buffer): Frame | undefined {
  if (type === 'VP8X' && body.length >= 10) {
    return { width: body.readUIntLE(4, 3) + 1, height: body.readUIntLE(7, 3) + 1, whole: true }
  }
  if (type === 'VP8 ' && body.length >= 10) {
    return { width: body.readUInt16LE(6) & 0x3fff, height: body.readUInt16LE(8) & 0x3fff, whole: true }
  }
  if (type === 'VP8L' && body.length >= 5) {
    const packed = body.readUInt32LE(1)
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, whole: true }
  }
  return undefined
}
