import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

// Secrets at rest, such as identity numbers and private keys: AES-256-GCM, each bound to whose it is, and an HMAC by which
// equal ones are found without being read. The key lies beside the data, not in the database: whoever has only a dump of the
// one reads nothing.

/** What is sealed for one purpose cannot be opened for another. */
export interface Safe {
  /** Seals a text for its owner: nonce, ciphertext, tag. */
  seal(owner: string, text: string): Buffer
  /** Opens what `seal` made for the same owner. Throws when a byte, the owner, the purpose or the key is another. */
  unseal(owner: string, sealed: Buffer): string
  /** The same text has the same index; without the key nobody can try all there could be. */
  index(text: string): string
}

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

export function openSafe(dataDir: string, purpose: string): Safe {
  const keyFor = (use: 'seal' | 'index'): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey(dataDir), '', `plumbline ${purpose} ${use}`, 32))
  return {
    seal: (owner, text) => {
      const nonce = randomBytes(nonceBytes)
      const box = createCipheriv(cipher, keyFor('seal'), nonce)
      box.setAAD(Buffer.from(owner))
      return Buffer.concat([nonce, box.update(text, 'utf8'), box.final(), box.getAuthTag()])
    },
    unseal: (owner, sealed) => {
      const box = createDecipheriv(cipher, keyFor('seal'), sealed.subarray(0, nonceBytes))
      box.setAAD(Buffer.from(owner))
      box.setAuthTag(sealed.subarray(-tagBytes))
      return Buffer.concat([box.update(sealed.subarray(nonceBytes, -tagBytes)), box.final()]).toString('utf8')
    },
    index: (text) => createHmac('sha256', keyFor('index')).update(text).digest('hex'),
  }
}

/** The key file, made at first use. Written whole, then linked: of two processes that make it, one wins and both read it. */
function masterKey(dataDir: string): Buffer {
  const folder = join(dataDir, 'keys')
  // Named for the first who needed it.
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
