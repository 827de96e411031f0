import { canonical } from '@plumbline/core/kit'
import { type EntryLine, type LogView, type PaperView, type Proof } from '@plumbline/core/evidence'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Ctx, read } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import type { House } from '../../base/house.ts'
import { Bytes } from '../../base/http.ts'
import { caseRoomOf } from '../../base/room.ts'
import { getCounty } from '../../base/setting.ts'
import { type Cosigning, openCosigning } from './cosigning.ts'
import { bytesOfEntry, type EvidenceLog, openLog, sizeOf } from './log.ts'
import * as store from './store.ts'

interface Standing {
  log: EvidenceLog
  cosigning: Cosigning
}
const standing = new WeakMap<House, Promise<Standing>>()

/** The log of a house, opened once. One that could not be opened is tried again, and its error shown in the health. */
export function logOf(house: House): Promise<Standing> {
  const known = standing.get(house)
  if (known) return known
  const opening = openLog(house).then((log) => ({ log, cosigning: openCosigning(log, witnessList(house)) }))
  standing.set(house, opening)
  opening.catch(() => standing.delete(house))
  return opening
}

export const witnessList = ({ settings }: House) => settings.witnesses || join(settings.dataDir, 'witnesses')

/** Each second: what was committed is entered, and the witnesses are asked. They are not waited for. */
export async function keep({ house }: Ctx): Promise<void> {
  house.checks.set('evidence', () => checkLog(house))
  const { log, cosigning } = await logOf(house)
  await log.take()
  const behind = cosigning.lines.length === 0 || cosigning.lines.some(({ size }) => size !== log.tree.size)
  if (behind) void cosigning.ask()
}

async function checkLog(house: House): Promise<string> {
  const { log, cosigning } = await logOf(house)
  const bad = cosigning.lines.find(({ problem }) => problem === 'holds_more' || problem === 'other_root')
  if (bad) throw new Error(`见证方 ${bad.name} 持有的日志与本机不一致`)
  return `存证 ${log.tree.size} 条，${cosigning.lines.filter(({ problem, size }) => !problem && size !== null).length} 家见证`
}

export async function viewLog({ house }: Ctx): Promise<LogView> {
  const { log, cosigning } = await logOf(house)
  return {
    origin: log.signer.signatory.name,
    key: log.signer.line,
    size: log.tree.size,
    root: Buffer.from(log.tree.root).toString('base64'),
    witnessedSize: witnessedSize(cosigning),
    witnesses: [...cosigning.lines],
  }
}

const witnessedSize = ({ note, lines }: Cosigning) => (lines.length === 0 ? 0 : sizeOf(note))

/** The entries of a case the reader sees, and how many of its acts are not entered yet. */
export async function entriesOf(ctx: Ctx, caseId: string): Promise<{ rows: EntryLine[]; pending: number }> {
  const { cosigning } = await logOf(ctx.house)
  const witnessed = witnessedSize(cosigning)
  return read(ctx, async (tx) => {
    const seen = await tx.selectFrom('base.case').select('id').where('id', '=', caseId).executeTakeFirst()
    if (!seen) throw new Refused('missing', 'case')
    const entries = await store.entriesOfCase(tx, caseId)
    const rows = entries.map(({ seq, kind, actId, fileId, at }) => ({
      ...{ seq, kind, actId, fileId, at },
      witnessed: seq < witnessed,
    }))
    return { rows, pending: await store.countPending(tx, caseId) }
  })
}

/** What the QR code of a paper opens: told to anybody, and nothing of what the paper says. Refuses `missing` other files. */
export async function viewPaper({ db, house, now }: Ctx, id: string): Promise<PaperView> {
  const { cosigning } = await logOf(house)
  const row = await inTx(db, ['d:'], (tx) => store.findPaper(tx, id))
  if (!row) throw new Refused('missing', 'paper')
  const { workflow } = caseRoomOf(house.rooms, row.room)
  const { authority } = await getCounty(db)
  return {
    ...{ id, authority, sha256: row.sha256, issuedAt: row.issuedAt, asOf: now },
    name: row.name.replace(/\.pdf$/, ''),
    caseKind: workflow.title,
    caseState: workflow.states[row.state]!.label,
    caseOpen: row.open,
    entry: row.seq === null ? null : { seq: row.seq, at: row.at!, witnessed: row.seq < witnessedSize(cosigning) },
  }
}

/** Everything by which a stranger checks one entry. Refuses `missing` what is out of reach, `unmet` what was forgotten. */
export async function proofOf(ctx: Ctx, seq: number): Promise<Proof> {
  const { log, cosigning } = await logOf(ctx.house)
  return read(ctx, async (tx) => {
    const entry = await store.findEntry(tx, seq)
    if (!entry) throw new Refused('missing', 'entry')
    if (!entry.salt) throw new Refused('unmet', 'entry_forgotten')
    const content = (await store.readContents(tx, [entry])).get(seq)
    if (!content) throw new Refused('missing', 'entry')
    // The last that was witnessed, when it holds the entry already; else the log's own.
    const note = sizeOf(cosigning.note) > seq ? cosigning.note : log.checkpoint
    const size = sizeOf(note)
    if (size <= seq) throw new Refused('conflict', 'entry_pending')
    return {
      format: 'plumbline/proof/v1',
      content: canonical(content),
      salt: entry.salt.toString('hex'),
      entry: Buffer.from(bytesOfEntry(entry, entry)).toString(),
      seq,
      path: log.tree.inclusion(seq, size).map((one) => Buffer.from(one).toString('base64')),
      checkpoint: note,
      log: log.signer.line,
      witnesses: cosigning.lines.map(({ key }) => key),
    }
  })
}

const text = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' }

export async function sendCheckpoint({ house }: Ctx): Promise<Bytes> {
  const { log, cosigning } = await logOf(house)
  return new Bytes(Buffer.from(sizeOf(cosigning.note) > 0 ? cosigning.note : log.checkpoint), text)
}

export async function sendKey({ house }: Ctx): Promise<Bytes> {
  const { log } = await logOf(house)
  return new Bytes(Buffer.from(`${log.signer.line}\n`), text)
}

/** `0/x001/234.p/5` and the like: nothing but what the layout can name ever becomes a path. */
const tileName = /^(entries|\d{1,2})\/(x\d{3}\/)*\d{3}(\.p\/[1-9]\d{0,2})?$/

export async function sendTile({ house }: Ctx, name: string): Promise<Bytes> {
  const { log } = await logOf(house)
  const path = join(log.dir, 'tile', name)
  if (!tileName.test(name) || !existsSync(path)) throw new Refused('missing', 'tile')
  return new Bytes(readFileSync(path), {
    'content-type': 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
  })
}
