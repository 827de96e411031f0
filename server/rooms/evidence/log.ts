import { canonical } from '@plumbline/core/kit'
import {
  checkpointText,
  entryText,
  type EntryKind,
  parseCheckpoint,
  parseNote,
  signText,
} from '@plumbline/core/evidence'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from '../../base/house.ts'
import { inTx } from '../../base/db.ts'
import { openSigner, type Signer } from './keys.ts'
import { type DiskTree, openTree, sha256, syncFolder, writeDurably } from './tree.ts'
import * as store from './store.ts'

/** The evidence log of a house: its entries stand in the database, its tree in `<DATA_DIR>/log`, served as it lies there. */
export interface EvidenceLog {
  readonly dir: string
  readonly signer: Signer
  readonly tree: DiskTree
  /** The last checkpoint as it was signed, without cosignatures. */
  readonly checkpoint: string
  /** Takes what was committed since, and signs a checkpoint when there was something. Answers how many entries came. */
  take(): Promise<number>
}

/** Entries that one transaction takes. */
const mostTaken = 2000

const hex = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/** Both digests of salt and content: what an entry says of its thing. */
export function digestsOf(salt: Uint8Array, content: string): { sha256: Buffer; sm3: Buffer } {
  const salted = Buffer.concat([salt, Buffer.from(content)])
  return { sha256: createHash('sha256').update(salted).digest(), sm3: createHash('sm3').update(salted).digest() }
}

export interface Subject {
  kind: EntryKind
  ref: string
}

/** The bytes that are hashed into a leaf. */
export const bytesOfEntry = (of: Subject, digests: { sha256: Uint8Array; sm3: Uint8Array }): Uint8Array =>
  Buffer.from(entryText({ ...of, sha256: hex(digests.sha256), sm3: hex(digests.sm3) }))

/**
 * Opens the log and brings the tree up to the database's entries: the process may have ended between the two. Throws when
 * the tree knows more entries than the database: somebody put an older database in its place.
 */
export async function openLog(house: House): Promise<EvidenceLog> {
  const { dataDir } = house.settings
  const dir = join(dataDir, 'log')
  mkdirSync(dir, { recursive: true })
  const signer = openSigner(dataDir, 'log', 'log', () => `plumbline/${randomBytes(6).toString('hex')}`)
  const origin = signer.signatory.name
  writeDurably(join(dir, 'key'), `${signer.line}\n`)

  const signed = existsSync(join(dir, 'checkpoint')) ? readFileSync(join(dir, 'checkpoint'), 'utf8') : undefined
  const tree = openTree(dir, signed === undefined ? 0 : sizeOf(signed))
  let checkpoint = signed ?? sign()
  const { size } = await inTx(house.db, ['d:'], (tx) => store.openHead(tx, origin))
  if (size < tree.size) throw new Error(`存证日志已有 ${tree.size} 条，数据库只有 ${size} 条：数据库被换成了较早的版本`)
  await catchUp(size)

  function sign(): string {
    const text = checkpointText({ origin, size: tree.size, root: tree.root })
    const note = `${text}\n${signText(sha256, signer.signatory, signer.sign, text)}`
    writeDurably(join(dir, 'checkpoint'), note)
    syncFolder(dir)
    return note
  }
  async function catchUp(to: number): Promise<void> {
    while (tree.size < to) {
      const from = tree.size
      const entries = await inTx(house.db, ['d:'], (tx) => store.readEntries(tx, from, Math.min(to, from + mostTaken)))
      if (entries.length === 0) throw new Error(`entry ${from} is not in the database`)
      tree.append(entries.map((entry) => bytesOfEntry(entry, entry)))
    }
    if (sizeOf(checkpoint) !== tree.size) checkpoint = sign()
  }

  return {
    dir,
    signer,
    tree,
    get checkpoint() {
      return checkpoint
    },
    take: async () => {
      const size = await inTx(house.db, ['d:'], async (tx) => {
        const head = await store.lockHead(tx)
        const things = await store.findNew(tx, head, mostTaken)
        const at = await house.clock.now()
        const rows = things.map((thing, index) => {
          const salt = randomBytes(16)
          return { ...thing, ...digestsOf(salt, canonical(thing.content)), salt, seq: head.size + index, at }
        })
        return store.addEntries(tx, head, rows)
      })
      const before = tree.size
      await catchUp(size)
      return tree.size - before
    },
  }
}

/** The size a signed checkpoint of ours tells. */
export function sizeOf(note: string): number {
  const parsed = parseNote(note)
  const checkpoint = parsed && parseCheckpoint(parsed.text)
  if (!checkpoint) throw new Error('the checkpoint on disk is damaged')
  return checkpoint.size
}
