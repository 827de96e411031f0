import { base64Of, equal, fromBase64, hexOf, join, utf8 } from './bytes.ts'
import { type Hash, hashSize, type Tree } from './merkle.ts'

/** Signature types of c2sp.org/signed-note: a log signs the text, a witness signs the text with a time. */
const types = { log: 1, witness: 4 } as const
export type Signs = keyof typeof types

/** Whom a signature is by. */
export interface Signatory {
  name: string
  signs: Signs
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array
}

/** Ed25519 of RFC 8032; core has no ciphers, so it is handed in. */
export type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean
export type Sign = (message: Uint8Array) => Uint8Array

const bytesOfKey = ({ signs, publicKey }: Signatory) => join(Uint8Array.of(types[signs]), publicKey)

const keyIdOf = (hash: Hash, one: Signatory): Uint8Array =>
  hash(join(utf8(`${one.name}\n`), bytesOfKey(one))).slice(0, 4)

/** A verifier key in one line, `name+id+key`, as C2SP tools are given it. */
export const sayKey = (hash: Hash, one: Signatory): string =>
  `${one.name}+${hexOf(keyIdOf(hash, one))}+${base64Of(bytesOfKey(one))}`

/** Reads such a line; undefined when it is damaged or of another type. */
export function parseKey(hash: Hash, line: string): Signatory | undefined {
  const [, name, id, key] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim()) ?? []
  const bytes = key === undefined ? undefined : fromBase64(key)
  if (name === undefined || bytes?.length !== 33) return undefined
  const signs = bytes[0] === types.log ? 'log' : bytes[0] === types.witness ? 'witness' : undefined
  if (!signs) return undefined
  const one = { name, signs, publicKey: bytes.slice(1) } as const
  return hexOf(keyIdOf(hash, one)) === id ? one : undefined
}

/** c2sp.org/tlog-checkpoint: what a log says of itself at a size. */
export interface Checkpoint extends Tree {
  origin: string
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${base64Of(root)}\n`

/** A signed note in its parts. `text` is what is signed, its last newline included. */
export interface Note {
  text: string
  signatures: { name: string; keyId: Uint8Array; bytes: Uint8Array }[]
}

export function parseNote(note: string): Note | undefined {
  const at = note.lastIndexOf('\n\n')
  if (at < 0 || !note.endsWith('\n')) return undefined
  const lines = note.slice(at + 2, -1).split('\n')
  const signatures = lines.map(parseSignature)
  if (signatures.length > 64 || signatures.some((one) => one === undefined)) return undefined
  return { text: note.slice(0, at + 1), signatures: signatures as Note['signatures'] }
}

function parseSignature(line: string): Note['signatures'][number] | undefined {
  const [, name, text] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? []
  const bytes = text === undefined ? undefined : fromBase64(text)
  if (name === undefined || !bytes || bytes.length < 5) return undefined
  return { name, keyId: bytes.slice(0, 4), bytes: bytes.slice(4) }
}

export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root] = text.split('\n')
  const bytes = root === undefined ? undefined : fromBase64(root)
  if (!origin || !size || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== hashSize) return undefined
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root: bytes } : undefined
}

const line = (hash: Hash, by: Signatory, signature: Uint8Array) =>
  `— ${by.name} ${base64Of(join(keyIdOf(hash, by), signature))}\n`

/** The log's own signature line under a text. */
export const signText = (hash: Hash, by: Signatory, sign: Sign, text: string): string =>
  line(hash, by, sign(utf8(text)))

const cosigned = (seconds: number, text: string) => utf8(`cosignature/v1\ntime ${seconds}\n${text}`)

function timeBytes(seconds: number): Uint8Array {
  const bytes = new Uint8Array(8)
  for (let [at, left] = [7, seconds]; at >= 0; at -= 1, left = Math.floor(left / 256)) bytes[at] = left % 256
  return bytes
}

/** A witness's line: it saw this checkpoint at a time, in seconds since 1970, and found it consistent with all before. */
export const cosignText = (hash: Hash, by: Signatory, sign: Sign, text: string, seconds: number): string =>
  line(hash, by, join(timeBytes(seconds), sign(cosigned(seconds, text))))

/** Whether a note carries this signatory's signature. `seconds` is told of a witness. A false signature is not one. */
export function findSignature(
  hash: Hash,
  verify: Verify,
  note: Note,
  by: Signatory,
): { seconds: number | null } | undefined {
  const id = keyIdOf(hash, by)
  for (const { name, keyId, bytes } of note.signatures) {
    if (name !== by.name || !equal(keyId, id)) continue
    if (by.signs === 'log') {
      if (verify(by.publicKey, utf8(note.text), bytes)) return { seconds: null }
    } else if (bytes.length === 72) {
      const seconds = bytes.slice(0, 8).reduce((value, byte) => value * 256 + byte, 0)
      if (verify(by.publicKey, cosigned(seconds, note.text), bytes.slice(8))) return { seconds }
    }
  }
  return undefined
}
