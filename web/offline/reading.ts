import { parseKey, Proof } from '@plumbline/core/evidence'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** What a reader handed in, read; or what is wrong with it, in a sentence. */
export type Read<T> = { value: T } | { fault: string }

/** The proofs the server makes are some kilobytes; what is far larger was chosen by mistake. */
export const mostProofBytes = 4 * 1024 * 1024

export function readProof(text: string): Read<Proof> {
  try {
    const read = Proof.safeParse(JSON.parse(text))
    return read.success ? { value: read.data } : { fault: '这不是存证的证明文件，或者它已经残缺。' }
  } catch {
    return { fault: '这不是存证的证明文件。' }
  }
}

/** Keys the checker knows from elsewhere. */
export interface KnownKeys {
  log?: string
  witnesses: readonly string[]
}

/** Reads keys, one in a line; a witness's address may follow its key. Empty lines and those that begin with # are passed over. */
export function readKeys(text: string): Read<KnownKeys> {
  const logs = new Set<string>()
  const witnesses = new Set<string>()
  for (const [at, line] of text.split('\n').entries()) {
    const key = line.trim().split(/\s+/)[0]!
    if (key === '' || key.startsWith('#')) continue
    const read = parseKey(sha256, key)
    if (!read) return { fault: `第 ${at + 1} 行不是公钥，或者抄写有误。` }
    ;(read.signs === 'log' ? logs : witnesses).add(key)
  }
  if (logs.size > 1) return { fault: '只能填写一个日志公钥。' }
  const [log] = logs
  return { value: { ...(log !== undefined && { log }), witnesses: [...witnesses] } }
}

/** Hash and signature by code that is audited and none of ours; RFC 8032 to the letter, as OpenSSL reads it. */
export const tools = {
  sha256,
  verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false })
    } catch {
      // A key that is not a point of the curve, a signature of another length.
      return false
    }
  },
}
