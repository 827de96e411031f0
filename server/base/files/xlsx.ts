import { crc32 } from 'node:zlib'
import { Refused } from '../errors.ts'
import { inflate } from './inflate.ts'

const MOST_ENTRIES = 1000
/** All entries together, inflated: a sheet of 100,000 rows of ten columns has some 40 MB of XML. */
const MOST_INFLATED = 64 * 1024 * 1024
const MOST_ROWS = 100_000
const MOST_COLUMNS = 512
/** Longer than any passage that must be seen in one piece: a cell's opening tag. */
const OVERLAP = 512

interface Entry {
  name: string
  method: number
  crc: number
  packed: number
  size: number
  offset: number
}

const broken = (what: string) => new Refused('malformed', 'xlsx_broken', { what })
const bomb = () => new Refused('unmet', 'archive_bomb')

/**
 * Checks a workbook as an archive (its directory, every entry inflated once, lengths and sums as declared), then as a
 * workbook (no macros, no document types, sheets within bounds). Refuses `xlsx_broken`, `xlsx_active`, `archive_bomb`,
 * `sheet_too_large`, `file_polyglot`.
 */
export async function inspectXlsx(bytes: Buffer): Promise<void> {
  const entries = readDirectory(bytes)
  const names = entries.map((entry) => entry.name)
  if (!names.includes('[Content_Types].xml') || !names.includes('xl/workbook.xml')) {
    throw new Refused('unmet', 'file_type_not_allowed', { type: 'application/zip' })
  }
  for (const name of names) refuseName(name)
  if (new Set(names.map((name) => name.toLowerCase())).size !== names.length) throw broken('names')
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > MOST_INFLATED) throw bomb()
  for (const entry of entries) await inspectEntry(bytes, entry)
}

/** The central directory (APPNOTE 6.3.10, 4.3.12–4.3.16); everything in one disk, in 32 bits, with nothing around it. */
function readDirectory(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0 || end + 22 > bytes.length) throw broken('end record')
  if (end + 22 + bytes.readUInt16LE(end + 20) !== bytes.length) throw new Refused('malformed', 'file_polyglot')
  const count = bytes.readUInt16LE(end + 10)
  const start = bytes.readUInt32LE(end + 16)
  if (count > MOST_ENTRIES) throw bomb()
  if (start + bytes.readUInt32LE(end + 12) !== end) throw broken('directory')
  const entries: Entry[] = []
  let at = start
  while (at < end) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) throw broken('directory')
    const nameLength = bytes.readUInt16LE(at + 28)
    if ((bytes.readUInt16LE(at + 8) & 0x41) !== 0) throw new Refused('unmet', 'xlsx_active', { what: 'encrypted' })
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  if (at !== end || entries.length !== count) throw broken('directory')
  refuseOverlaps(bytes, entries, start)
  return entries
}

/** Entries that share bytes make a bomb of any size from a small file (Fifield 2019); bytes before the first hide a program. */
function refuseOverlaps(bytes: Buffer, entries: Entry[], directory: number): void {
  const inOrder = entries.toSorted((a, b) => a.offset - b.offset)
  if (inOrder[0]?.offset !== 0) throw new Refused('malformed', 'file_polyglot')
  inOrder.forEach((entry, i) => {
    const next = inOrder[i + 1]?.offset ?? directory
    if (dataStart(bytes, entry) + entry.packed > next) throw bomb()
  })
}

/** Where an entry's data begins; its local header must agree with the directory about its name. */
function dataStart(bytes: Buffer, entry: Entry): number {
  const at = entry.offset
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50) throw broken(entry.name)
  const nameEnd = at + 30 + bytes.readUInt16LE(at + 26)
  if (bytes.toString('utf8', at + 30, nameEnd) !== entry.name) throw broken(entry.name)
  return nameEnd + bytes.readUInt16LE(at + 28)
}

/** No way out of the folder, and nothing that is a program or another archive. */
function refuseName(name: string): void {
  if (/[\\\0:]|^\/|(?:^|\/)\.\.?(?:\/|$)/.test(name)) throw broken('names')
  if (
    /vbaProject|activeX|\.(?:exe|dll|js|vbs|bat|zip|rar|7z|gz|xlsx|xlsm|docx|html?|svg)$|^xl\/(?:embeddings|macrosheets)\//i.test(
      name,
    )
  ) {
    throw new Refused('unmet', 'xlsx_active', { what: name })
  }
}

async function inspectEntry(bytes: Buffer, entry: Entry): Promise<void> {
  const start = dataStart(bytes, entry)
  const data = bytes.subarray(start, start + entry.packed)
  const see = watch(entry.name)
  let crc = 0
  let size = entry.packed
  const sum = (piece: string, part: Buffer) => {
    crc = crc32(part, crc)
    see(piece)
  }
  if (entry.method === 0) sum(data.toString('latin1'), data)
  else if (entry.method === 8) {
    const result = await inflate(data, { raw: true, most: entry.size, overlap: OVERLAP, see: sum })
    // More than declared is a lie with a purpose, less is damage.
    if (result.size > entry.size) throw bomb()
    if (!result.ended) throw broken(entry.name)
    size = result.size
  } else throw broken(entry.name)
  if (size !== entry.size || crc !== entry.crc) throw broken(entry.name)
}

/** What is looked for in one entry, piece by piece. */
function watch(name: string): (piece: string) => void {
  if (!/\.(?:xml|rels|vml)$/i.test(name)) return () => {}
  const sheet = name.startsWith('xl/worksheets/')
  let first = true
  return (piece) => {
    // Another encoding would hide every word from this reader.
    if (first && /^(?:\xff\xfe|\xfe\xff|\0)/.test(piece)) throw broken(name)
    first = false
    if (/<!(?:DOCTYPE|ENTITY)/i.test(piece)) throw new Refused('unmet', 'xlsx_active', { what: 'DOCTYPE' })
    if (/macroEnabled/i.test(piece)) throw new Refused('unmet', 'xlsx_active', { what: 'macro' })
    if (sheet) refuseFarCells(piece)
  }
}

/** One cell at XFD1048576 makes a reader build the whole sheet. A tag too long to be seen in one piece is no tag of a sheet. */
function refuseFarCells(piece: string): void {
  if (/<(?:\w+:)?(?:c|row|dimension)\s[^<>]{256}/.test(piece)) throw broken('sheet')
  for (const [, place] of piece.matchAll(
    /<(?:\w+:)?(?:c|row|dimension)\s(?:[^<>]*?\s)?(?:r|ref)\s*=\s*["']([^"'<>]*)["']/g,
  )) {
    const [, column, row] = /^(?:[A-Z]+\d+:)?([A-Z]*)(\d+)$/.exec(place!) ?? []
    if (!row) throw broken('sheet')
    if (Number(row) > MOST_ROWS || columnNumber(column!) > MOST_COLUMNS) {
      throw new Refused('unmet', 'sheet_too_large', { rows: MOST_ROWS, columns: MOST_COLUMNS })
    }
  }
}

const columnNumber = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
