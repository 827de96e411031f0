import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** The weights that the templates use. Every one must have a character, for a heading may carry any name. */
const FACES = [
  '400Regular/NotoSansSC_400Regular.ttf',
  '500Medium/NotoSansSC_500Medium.ttf',
  '700Bold/NotoSansSC_700Bold.ttf',
]

const root = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))

/** The font files of the papers, as absolute paths. */
export const fontFiles = FACES.map((face) => `${root}/${face}`)

/** Code points that every face of the papers can draw. Reads the fonts once, at start. */
export async function drawable(): Promise<Set<number>> {
  const faces = await Promise.all(fontFiles.map(async (file) => characters(await readFile(file))))
  return new Set([...faces[0]!].filter((code) => faces.every((face) => face.has(code))))
}

/** The code points that a TrueType font maps to a glyph (OpenType 1.9, `cmap` formats 4 and 12). */
export function characters(font: Buffer): Set<number> {
  const tables = font.readUInt16BE(4)
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16
    if (font.toString('latin1', record, record + 4) === 'cmap') return readCmap(font, font.readUInt32BE(record + 8))
  }
  throw new Error('font without a cmap table')
}

function readCmap(font: Buffer, cmap: number): Set<number> {
  const found = new Set<number>()
  const subtables = font.readUInt16BE(cmap + 2)
  for (let i = 0; i < subtables; i++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4)
    const format = font.readUInt16BE(at)
    if (format === 4) readSegments(font, at, found)
    else if (format === 12) readGroups(font, at, found)
  }
  return found
}

/** Format 4: segments of the Basic Multilingual Plane; a code whose glyph is 0 has no picture. */
function readSegments(font: Buffer, at: number, found: Set<number>): void {
  const double = font.readUInt16BE(at + 6)
  const ends = at + 14
  const starts = ends + double + 2
  const deltas = starts + double
  const offsets = deltas + double
  for (let s = 0; s < double; s += 2) {
    const delta = font.readUInt16BE(deltas + s)
    const offset = font.readUInt16BE(offsets + s)
    const start = font.readUInt16BE(starts + s)
    for (let code = start; code <= font.readUInt16BE(ends + s) && code < 0xffff; code++) {
      const listed = offset === 0 ? code : font.readUInt16BE(offsets + s + offset + (code - start) * 2)
      const glyph = offset !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff
      if (glyph !== 0) found.add(code)
    }
  }
}

/** Format 12: groups of (first, last, first glyph) over all of Unicode. */
function readGroups(font: Buffer, at: number, found: Set<number>): void {
  const groups = font.readUInt32BE(at + 12)
  for (let g = 0; g < groups; g++) {
    const group = at + 16 + g * 12
    const first = font.readUInt32BE(group)
    const last = font.readUInt32BE(group + 4)
    const glyph = font.readUInt32BE(group + 8)
    for (let code = first; code <= last; code++) if (glyph + code - first !== 0) found.add(code)
  }
}
