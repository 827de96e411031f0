import { base64Of, fromBase64 } from './bytes.ts'
import { type Hash, hashSize, isConsistent, type Tree } from './merkle.ts'
import {
  type Checkpoint,
  findSignature,
  type Note,
  parseCheckpoint,
  parseNote,
  type Signatory,
  type Verify,
} from './note.ts'

/** What a log asks of a witness (c2sp.org/tlog-witness, add-checkpoint). */
export interface Asked {
  before: number
  proof: Uint8Array[]
  note: Note
  checkpoint: Checkpoint
}

export const askText = (before: number, proof: readonly Uint8Array[], note: string): string =>
  `old ${before}\n${proof.map((one) => `${base64Of(one)}\n`).join('')}\n${note}`

const mostHashes = 63

export function parseAsk(body: string): Asked | undefined {
  const end = body.indexOf('\n\n')
  if (end < 0) return undefined
  const [first, ...hashes] = body.slice(0, end).split('\n')
  const [, size] = /^old (0|[1-9]\d{0,15})$/.exec(first!) ?? []
  const proof = hashes.map(fromBase64)
  const note = parseNote(body.slice(end + 2))
  const checkpoint = note && parseCheckpoint(note.text)
  if (size === undefined || proof.length > mostHashes || proof.some((one) => one?.length !== hashSize)) return undefined
  return note && checkpoint && { before: Number(size), proof: proof as Uint8Array[], note, checkpoint }
}

/** What a witness answers: to cosign, or the status of c2sp.org/tlog-witness with the reason. */
export type Answer =
  | { status: 200 }
  | { status: 400 | 403 | 404 | 422; reason: string }
  /** It holds another checkpoint of this log: its size is told. */
  | { status: 409; held: number; reason: string }

/** Decides what a witness says to a checkpoint. `held` is the last it cosigned of this log; pure. */
export function witness(
  hash: Hash,
  verify: Verify,
  { before, proof, note, checkpoint }: Asked,
  log: Signatory | undefined,
  held: Tree | undefined,
): Answer {
  if (!log) return { status: 404, reason: `unknown log ${checkpoint.origin}` }
  if (!findSignature(hash, verify, note, log)) return { status: 403, reason: 'not signed by the log' }
  if (before > checkpoint.size) return { status: 400, reason: 'the old size is larger than the new one' }
  const size = held?.size ?? 0
  if (before !== size) return { status: 409, held: size, reason: 'the last cosigned size is another' }
  if (!held || size === 0)
    return proof.length === 0 ? { status: 200 } : { status: 422, reason: 'nothing precedes an empty tree' }
  if (isConsistent(hash, held, checkpoint, proof)) return { status: 200 }
  return checkpoint.size === size
    ? { status: 409, held: size, reason: 'another root at the same size' }
    : { status: 422, reason: 'the new tree does not begin with the old one' }
}
