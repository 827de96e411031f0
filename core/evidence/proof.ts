import { z } from 'zod'
import { equal, fromBase64, hexOf, join, utf8 } from './bytes.ts'
import { parseEntry } from './entry.ts'
import { type Hash, leafHash, rootFromInclusion } from './merkle.ts'
import { findSignature, parseCheckpoint, parseKey, parseNote, type Verify } from './note.ts'

/** Everything by which a stranger can check one thing without us: what `.proof` files hold. */
export const Proof = z.object({
  format: z.literal('plumbline/proof/v1'),
  /** The content that was entered, as canonical JSON, and the salt in hex. */
  content: z.string(),
  salt: z.string().regex(/^([0-9a-f]{2})*$/),
  entry: z.string(),
  seq: z.number().int().min(0),
  /** Base64, from the leaf upwards. */
  path: z.array(z.string()).max(64),
  /** The signed note with its cosignatures. */
  checkpoint: z.string(),
  /** Keys in one line each, as the log's owner tells them. Who checks should know them from elsewhere. */
  log: z.string(),
  witnesses: z.array(z.string()).max(32),
})
export type Proof = z.infer<typeof Proof>

/** The steps of checking, in order; each can be told apart in the answer. */
export const proofSteps = {
  file: '文件与存证的摘要一致',
  content: '内容与存证条目一致',
  inclusion: '条目在日志之中',
  log: '日志签名有效',
  witnesses: '见证方联署有效',
} as const
export type ProofStep = keyof typeof proofSteps

export interface Checked {
  steps: { step: ProofStep; ok: boolean; detail: string }[]
  /** Witnesses whose cosignature holds, with the time they tell, seconds since 1970. */
  witnessed: { name: string; seconds: number }[]
  ok: boolean
}

export interface Tools {
  sha256: Hash
  verify: Verify
}

/**
 * Checks a proof. `trusted` are the keys that the checker knows from elsewhere; without them those of the proof are used,
 * which shows only that it agrees with itself. `fileDigest`, SHA-256 in hex, is of the file the proof is said to be of.
 */
export function checkProof(
  { sha256, verify }: Tools,
  proof: Proof,
  { fileDigest, trusted }: { fileDigest?: string; trusted?: { log: string; witnesses: readonly string[] } } = {},
): Checked {
  const steps: Checked['steps'] = []
  const tell = (step: ProofStep, ok: boolean, detail: string) => steps.push({ step, ok, detail })
  const entry = parseEntry(proof.entry)

  if (fileDigest !== undefined) {
    const told = digestIn(proof.content)
    tell(
      'file',
      told === fileDigest,
      told === fileDigest ? fileDigest : `文件 ${fileDigest}，存证 ${told ?? '不是文件'}`,
    )
  }
  const salted = hexOf(sha256(join(bytesOfHex(proof.salt), utf8(proof.content))))
  tell('content', entry?.sha256 === salted, entry ? `${entry.kind} ${entry.ref}` : '条目无法识别')

  const note = parseNote(proof.checkpoint)
  const checkpoint = note && parseCheckpoint(note.text)
  const path = proof.path.map(fromBase64)
  const root =
    checkpoint && path.every((one) => one?.length === 32)
      ? rootFromInclusion(sha256, {
          index: proof.seq,
          size: checkpoint.size,
          leaf: leafHash(sha256, utf8(proof.entry)),
          proof: path as Uint8Array[],
        })
      : undefined
  const included = root !== undefined && equal(root, checkpoint!.root)
  tell('inclusion', included, checkpoint ? `第 ${proof.seq} 条，共 ${checkpoint.size} 条` : '检查点无法识别')

  const keys = trusted ?? proof
  const log = parseKey(sha256, keys.log)
  const signed =
    log?.signs === 'log' && log.name === checkpoint?.origin && note && findSignature(sha256, verify, note, log)
  tell('log', Boolean(signed), checkpoint?.origin ?? '')

  const witnesses = keys.witnesses.flatMap((line) => parseKey(sha256, line) ?? [])
  const witnessed = witnesses.flatMap((by) => {
    const found = by.signs === 'witness' && note ? findSignature(sha256, verify, note, by) : undefined
    return found?.seconds ? [{ name: by.name, seconds: found.seconds }] : []
  })
  // More than half of those known: a minority that lies or is away decides nothing.
  tell(
    'witnesses',
    witnessed.length * 2 > witnesses.length,
    `${witnesses.length} 家见证方中 ${witnessed.length} 家联署`,
  )
  return { steps, witnessed, ok: steps.every(({ ok }) => ok) }
}

const bytesOfHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

function digestIn(content: string): string | undefined {
  try {
    const { sha256 } = JSON.parse(content) as { sha256?: unknown }
    return typeof sha256 === 'string' ? sha256 : undefined
  } catch {
    return undefined
  }
}
