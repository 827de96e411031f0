import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import { Refused } from '../errors.ts'
import type { Shot } from './exif.ts'
import { inspectImage } from './image.ts'
import type { ImageType } from './image.ts'
import { inspectPdf } from './pdf.ts'
import { inspectXlsx } from './xlsx.ts'

export { publicCopy, thumbnail } from './image.ts'

export type FileType = ImageType | 'application/pdf' | typeof XLSX

export interface Inspected extends Shot {
  type: FileType
  /** Without a dot: jpg, png, webp, pdf, xlsx. */
  ext: string
  /** The claimed name, made safe to show and to save under, with the extension of the true type. */
  name: string
  sha256: string
  size: number
  /** Pixels as displayed; only of pictures. */
  width?: number
  height?: number
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Largest file, in bytes. Read by the upload route too, so that a longer body is never taken in. */
export const MOST_BYTES = 20 * 1024 * 1024

const kinds: Record<FileType, { ext: string; inspect: (bytes: Buffer) => Promise<Partial<Inspected> | void> }> = {
  'image/jpeg': { ext: 'jpg', inspect: (bytes) => inspectImage(bytes, 'image/jpeg') },
  'image/png': { ext: 'png', inspect: (bytes) => inspectImage(bytes, 'image/png') },
  'image/webp': { ext: 'webp', inspect: (bytes) => inspectImage(bytes, 'image/webp') },
  'application/pdf': { ext: 'pdf', inspect: inspectPdf },
  [XLSX]: { ext: 'xlsx', inspect: inspectXlsx },
}

/**
 * What a stranger's bytes really are; the claimed name decides nothing. HEIC is not allowed: the image library here cannot
 * decode it, and a file that we cannot look into we do not take.
 * Refuses `malformed` file_empty, file_type_unknown, file_polyglot, image_broken, pdf_broken, xlsx_broken; `unmet`
 * file_too_big, file_type_not_allowed, image_too_large, image_animated, pdf_active, pdf_encrypted, pdf_unreadable,
 * xlsx_active, sheet_too_large, archive_bomb.
 */
export async function inspectFile(bytes: Buffer, claimedName: string): Promise<Inspected> {
  if (bytes.length === 0) throw new Refused('malformed', 'file_empty')
  if (bytes.length > MOST_BYTES) throw new Refused('unmet', 'file_too_big', { size: bytes.length, most: MOST_BYTES })
  const type = await typeOf(bytes)
  const { ext, inspect } = kinds[type]
  return {
    type,
    ext,
    name: safeName(claimedName, ext),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    ...(await inspect(bytes)),
  }
}

async function typeOf(bytes: Buffer): Promise<FileType> {
  // Every archive that begins as one is looked into by our own reader: the library would inflate entries to guess its kind.
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50) return XLSX
  const found = await fileTypeFromBuffer(bytes)
  if (!found) throw new Refused('malformed', 'file_type_unknown')
  // An animated PNG is a PNG; its own reader says why it is refused.
  if (found.mime === 'image/apng') return 'image/png'
  if (!(found.mime in kinds)) throw new Refused('unmet', 'file_type_not_allowed', { type: found.mime })
  return found.mime as FileType
}

/** The last part of a path, without what would turn or hide its ending (controls, direction overrides), at most 80 characters. */
function safeName(claimed: string, ext: string): string {
  const last = claimed.normalize('NFC').split(/[\\/]/).at(-1)!
  const stem = last
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}"<>:|?*]/gu, '')
    .trim()
  return `${[...stem].slice(0, 80).join('').replace(/^\.+/, '') || '未命名'}.${ext}`
}
