import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

// Identity numbers at rest: AES-256-GCM, each bound to its person, and an HMAC by which equal numbers are found without
// being read. The key lies beside the data, not in the database: whoever has only a dump of the one reads nothing.

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Seals a number for one person: nonce, ciphertext, tag. */
export function seal(dataDir: string, personId: string, idNumber: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const box = createCipheriv(cipher, keyFor(dataDir, 'seal'), nonce)
  box.setAAD(Buffer.from(personId))
  return Buffer.concat([nonce, box.update(idNumber, 'utf8'), box.final(), box.getAuthTag()])
}

/** Opens what `seal` made for the same person. Throws when a byte, the person or the key is another. */
export function unseal(dataDir: string, personId: string, sealed: Buffer): string {
  const box = createDecipheriv(cipher, keyFor(dataDir, 'seal'), sealed.subarray(0, nonceBytes))
  box.setAAD(Buffer.from(personId))
  box.setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([box.update(sealed.subarray(nonceBytes, -tagBytes)), box.final()]).toString('utf8')
}

/** The same number has the same index; without the key nobody can try the some 10^14 numbers there are. */
export const blindIndex = (dataDir: string, idNumber: string): string =>
  createHmac('sha256', keyFor(dataDir, 'index')).update(idNumber).digest('hex')

const keyFor = (dataDir: string, use: 'seal' | 'index'): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey(dataDir), '', `plumbline person ${use}`, 32))

/** The key file, made at first use. Written whole, then linked: of two processes that make it, one wins and both read it. */
function masterKey(dataDir: string): Buffer {
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'person')
  const known = readIfThere(path)
  if (known) return known
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  writeSync(file, randomBytes(32))
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  return readFileSync(path)
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
