import { Refused } from '../errors.ts'
import { inflate } from './inflate.ts'

/** Names of actions and forms that make a document act when it is opened (ISO 32000-1, 12.6.4 and 12.7.8). */
const ACTIVE = named(['JavaScript', 'Launch', 'Rendition', 'RichMedia', 'SubmitForm', 'ImportData'])
const FORM_SCRIPT = new RegExp(`${named(['XFA']).source}\\s*(?:\\[|\\d+\\s+\\d+\\s+R)`)
const ENCRYPT = named(['Encrypt'])
const OBJECT_STREAM = named(['ObjStm'])
const IMAGE = named(['Image'])

/** Longest that an escaped name can be: `#4a` for each letter, with its slash. */
const OVERLAP = 64
/** All that a document may inflate to, pictures apart. */
const MOST_INFLATED = 128 * 1024 * 1024
const MOST_STREAMS = 10_000
const LONGEST_DICTIONARY = 4096

/** A PDF name in any of its spellings: each letter may be written `#` and its number in hex (ISO 32000-1, 7.3.5). */
function named(names: string[]): RegExp {
  const hex = (letter: string) =>
    letter
      .charCodeAt(0)
      .toString(16)
      .replace(/[a-f]/, (d) => `[${d}${d.toUpperCase()}]`)
  const spelt = names.map((name) => [...name].map((letter) => `(?:${letter}|#${hex(letter)})`).join(''))
  return new RegExp(`/(?:${spelt.join('|')})(?![A-Za-z])`)
}

/**
 * Looks for active content in the bytes as they stand (a cross reference may point anywhere) and in everything they deflate.
 * What cannot be looked into is refused: `pdf_encrypted`, `pdf_unreadable`. Also `pdf_active`, `pdf_broken`, `archive_bomb`,
 * `file_polyglot`.
 */
export async function inspectPdf(bytes: Buffer): Promise<void> {
  const text = bytes.toString('latin1')
  if (!/^%PDF-[12]\.\d/.test(text)) throw new Refused('malformed', 'pdf_broken')
  const end = text.lastIndexOf('%%EOF')
  if (end < 0) throw new Refused('malformed', 'pdf_broken')
  if (/[^\s\0]/.test(text.slice(end + 5))) throw new Refused('malformed', 'file_polyglot')
  if (endsAsZip(bytes)) throw new Refused('malformed', 'file_polyglot')
  if (ENCRYPT.test(text)) throw new Refused('unmet', 'pdf_encrypted')
  refuseActive(text)
  await inflateStreams(bytes, text)
}

function refuseActive(text: string): void {
  if (ACTIVE.test(text) || FORM_SCRIPT.test(text)) throw new Refused('unmet', 'pdf_active')
}

async function inflateStreams(bytes: Buffer, text: string): Promise<void> {
  let inflated = 0
  let streams = 0
  let previous = 0
  let close = 0
  for (const found of text.matchAll(/stream\r?\n/g)) {
    if (text.startsWith('end', found.index - 3)) continue
    if (++streams > MOST_STREAMS) throw new Refused('unmet', 'archive_bomb')
    const start = found.index + found[0].length
    const before = text.slice(Math.max(previous, found.index - LONGEST_DICTIONARY), found.index)
    const dictionary = before.slice(before.lastIndexOf(' obj') + 1)
    previous = start
    // Searched once for each end, not once for each beginning: ten thousand beginnings may share one end.
    if (close >= 0 && close < start) close = text.indexOf('endstream', start)
    const body = bytes.subarray(start, close < 0 ? bytes.length : close)
    const objects = OBJECT_STREAM.test(dictionary)
    if (objects) refuseVeiled(dictionary)
    if (!isZlib(body) || (IMAGE.test(dictionary) && !objects)) continue
    const { size, ended } = await inflate(body, {
      raw: false,
      most: MOST_INFLATED - inflated,
      overlap: OVERLAP,
      see: refuseActive,
    })
    inflated += size
    if (inflated > MOST_INFLATED) throw new Refused('unmet', 'archive_bomb')
    if (objects && !ended) throw new Refused('unmet', 'pdf_unreadable')
  }
}

/** An object stream that is not plainly deflated could hide names from this reader; no writer needs that. */
function refuseVeiled(dictionary: string): void {
  const filters = dictionary.match(/\/(?:[A-Za-z0-9]+Decode|Fl|LZW|A85|AHx|RL)\b/g) ?? []
  const plain =
    filters.length === 0 || (filters.length === 1 && (filters[0] === '/FlateDecode' || filters[0] === '/Fl'))
  const indirect = /\/Filter\s+\d/.test(dictionary)
  if (!plain || indirect || /#/.test(dictionary) || /\/Predictor/.test(dictionary))
    throw new Refused('unmet', 'pdf_unreadable')
}

/** A zlib header (RFC 1950, 2.2): deflate, and a check sum divisible by 31. */
const isZlib = (body: Buffer) => body.length > 2 && (body[0]! & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0

/** Whether an unzipping program would find an archive in these bytes: an end record that leads to a directory. */
function endsAsZip(bytes: Buffer): boolean {
  const tail = Math.max(0, bytes.length - 22 - 0xffff)
  for (
    let at = bytes.indexOf('PK\x05\x06', tail, 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\x05\x06', at + 1, 'latin1')
  ) {
    if (at + 22 > bytes.length) return false
    const directory = at - bytes.readUInt32LE(at + 12)
    if (directory >= 0 && bytes.toString('latin1', directory, directory + 4) === 'PK\x01\x02') return true
  }
  return false
}
