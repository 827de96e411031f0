import { parseKey, sayKey, type Sign, type Signatory, type Signs, type Verify } from '@plumbline/core/evidence'
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSafe } from '../../base/seal.ts'
import { sha256, writeDurably } from './tree.ts'

/** An Ed25519 key that signs under a name. */
export interface Signer {
  signatory: Signatory
  /** The public key in one line, as others are told it. */
  line: string
  sign: Sign
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 public key. */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')

export const verifyEd25519: Verify = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: 'der', type: 'spki' })
  return verify(null, message, key, signature)
}

/** The key in `<dir>/<file>.key`, made at first use; the private half lies sealed under the key of its data directory. */
export function openSigner(dir: string, file: string, signs: Signs, makeName: () => string): Signer {
  const path = join(dir, 'keys', `${file}.key`)
  const safe = openSafe(dir, 'signer')
  if (!existsSync(path)) {
    mkdirSync(join(dir, 'keys'), { recursive: true, mode: 0o700 })
    const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    writeDurably(path, JSON.stringify({ name: makeName(), sealed: safe.seal(file, pem).toString('base64') }))
  }
  const { name, sealed } = JSON.parse(readFileSync(path, 'utf8')) as { name: string; sealed: string }
  return signerOf(name, signs, createPrivateKey(safe.unseal(file, Buffer.from(sealed, 'base64'))))
}

export function signerOf(name: string, signs: Signs, key: KeyObject): Signer {
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spkiHead.length)
  const signatory = { name, signs, publicKey }
  return { signatory, line: sayKey(sha256, signatory), sign: (message) => sign(null, message, key) }
}

/** Reads the public keys of a file, one in a line; empty lines and those that begin with # are passed over. */
export function readKeys(path: string): { signatory: Signatory; key: string; rest: string[] }[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/)
    if (words[0] === '' || words[0]!.startsWith('#')) return []
    const signatory = parseKey(sha256, words[0]!)
    if (!signatory) throw new Error(`${path}: not a key: ${line}`)
    return [{ signatory, key: words[0]!, rest: words.slice(1) }]
  })
}
