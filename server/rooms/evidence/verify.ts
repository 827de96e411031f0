import { canonical } from '@plumbline/core/kit'
import { leafHash, nodeHash, parseCheckpoint, parseNote, type Tree } from '@plumbline/core/evidence'
import type { AnyWorkflow, CaseHead } from '@plumbline/core/workflow'
import { sql } from 'kysely'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../base/db.ts'
import type { House } from '../../base/house.ts'
import type { AnyCaseRoom } from '../../base/room.ts'
import { bytesOfEntry, digestsOf } from './log.ts'
import * as store from './store.ts'
import { sha256 } from './tree.ts'

/** One thing that does not fit, with where, since when and who holds what it was. */
export interface Finding {
  kind:
    | 'entry_altered'
    | 'entry_missing'
    | 'act_altered'
    | 'act_missing'
    | 'act_not_entered'
    | 'file_not_entered'
    | 'record_differs'
    | 'record_missing'
    | 'head_differs'
    | 'file_altered'
    | 'file_missing'
    | 'log_shorter'
    | 'log_differs'
  /** What it is of: a case by its kind and number, a file by its name, an entry by its number. */
  what: string
  field?: string
  expected?: unknown
  found?: unknown
  /** The entry that holds it. */
  entry?: number
  at?: string
  by?: string
}

export interface Verified {
  entries: number
  acts: number
  records: number
  files: number
  findings: Finding[]
}

export interface Evidence {
  /** Folder of the log: its checkpoint is compared with what the database says. */
  dir: string
  /** Checkpoints that others hold. */
  held: readonly (Tree & { by: string })[]
}

const readAtOnce = 2000

/**
 * Derives everything again from the database: entries against the tree's root, acts and files against their entries,
 * records against the acts that made them, heads against the records. It uses nothing of what wrote them but their shapes.
 */
export async function verify(
  house: House,
  { dir, held }: Evidence,
  onProgress: (done: string) => void = () => {},
): Promise<Verified> {
  const findings: Finding[] = []
  const done = { entries: 0, acts: 0, records: 0, files: 0 }
  // One moment of the database, whatever is done meanwhile.
  const whole = house.db.transaction().setIsolationLevel('repeatable read')
  await whole.execute(async (tx) => {
    await sql`select base.enter(array['d:'])`.execute(tx)
    await verifyEntries(tx, house, { dir, held }, findings, done)
    onProgress(`${done.entries} 条存证`)
    for (const room of house.rooms.flatMap(({ cases }) => cases ?? [])) {
      await verifyRecords(tx, room, findings, done)
      onProgress(`${room.workflow.title}`)
    }
  })
  return { ...done, findings }
}

/** The roots of a growing tree: whole subtrees from the left, the largest first. */
function openFrontier() {
  const whole: { size: number; hash: Uint8Array }[] = []
  let size = 0
  return {
    add: (leaf: Uint8Array) => {
      let one = { size: 1, hash: leaf }
      while (whole.at(-1)?.size === one.size) {
        const left = whole.pop()!
        one = { size: one.size * 2, hash: nodeHash(sha256, left.hash, one.hash) }
      }
      whole.push(one)
      size += 1
    },
    get size() {
      return size
    },
    root: () =>
      whole.length === 0
        ? sha256(new Uint8Array(0))
        : whole.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(sha256, left, right)),
  }
}

async function verifyEntries(
  tx: Db,
  house: House,
  { dir, held }: Evidence,
  findings: Finding[],
  done: { entries: number; acts: number; files: number },
): Promise<void> {
  const own = readSigned(dir)
  const known = [...(own ? [{ by: '日志检查点', size: own.size, root: own.root }] : []), ...held]
  const frontier = openFrontier()
  const compare = () => {
    for (const one of known)
      if (one.size === frontier.size && Buffer.compare(one.root, frontier.root()) !== 0)
        findings.push({ kind: 'log_differs', what: `前 ${one.size} 条`, by: one.by })
  }
  for (let from = 0; ; from += readAtOnce) {
    const entries = await store.readEntries(tx, from, from + readAtOnce)
    const contents = await store.readContents(tx, entries)
    let next = from
    for (const entry of entries) {
      for (; next < entry.seq; next += 1)
        findings.push({ kind: 'entry_missing', what: `第 ${next} 条存证`, entry: next })
      next += 1
      done.entries += 1
      frontier.add(leafHash(sha256, bytesOfEntry(entry, entry)))
      compare()
      await verifyContent(house, entry, contents.get(entry.seq), findings, done)
    }
    if (entries.length === 0) break
  }
  for (const one of known)
    if (one.size > frontier.size)
      findings.push({ kind: 'log_shorter', what: `数据库有 ${frontier.size} 条存证`, expected: one.size, by: one.by })
  findings.push(...(await findNotEntered(tx)))
}

/** What was written before the point that the log has come to, and is not in it: the house did not write it. */
async function findNotEntered(tx: Db): Promise<Finding[]> {
  const { rows: acts } = await sql<{ id: number; topic: string; at: string }>`
    select a.id, a.topic, a.done_at as at from base.act a, evidence.log l
    where not exists (select 1 from evidence.entry e where e.act_id = a.id)
      and (a.written_in, a.id) <= (l.act_in, l.act_id) order by a.id limit 200`.execute(tx)
  const { rows: files } = await sql<{ name: string; at: string }>`
    select f.name, f.created_at as at from base.file_use u join base.file f on f.id = u.file_id, evidence.log l
    where not exists (select 1 from evidence.entry e where e.file_id = u.file_id and e.case_id = u.case_id)
      and (u.used_in, u.file_id, u.case_id) <= (l.use_in, l.use_file, l.use_case) order by f.id limit 200`.execute(tx)
  return [
    ...acts.map(({ id, topic, at }): Finding => ({ kind: 'act_not_entered', what: `${topic} 第 ${id} 号行为`, at })),
    ...files.map(({ name, at }): Finding => ({ kind: 'file_not_entered', what: `文件 ${name}`, at })),
  ]
}

async function verifyContent(
  house: House,
  entry: store.EntryRow,
  content: object | undefined,
  findings: Finding[],
  done: { acts: number; files: number },
): Promise<void> {
  const about = { entry: entry.seq, at: entry.at }
  const of = entry.kind === 'act' ? `第 ${entry.ref} 号行为` : `文件 ${entry.fileId}`
  if (entry.kind === 'act') done.acts += 1
  else done.files += 1
  if (!content) {
    findings.push({ kind: entry.kind === 'act' ? 'act_missing' : 'file_missing', what: of, ...about })
    return
  }
  // Forgotten on purpose: nobody can show what it was of.
  if (!entry.salt) return
  const digests = digestsOf(entry.salt, canonical(content))
  if (!digests.sha256.equals(entry.sha256) || !digests.sm3.equals(entry.sm3))
    findings.push({ kind: entry.kind === 'act' ? 'act_altered' : 'file_altered', what: of, ...about })
  if (entry.kind === 'act') return
  const file = content as { sha256: string; name: string }
  await house.files.get(file.sha256).catch((error: { rule?: string }) => {
    const kind = error.rule === 'file_missing' ? 'file_missing' : 'file_altered'
    findings.push({ kind, what: `文件 ${file.name}`, ...about })
  })
}

function readSigned(dir: string): Tree | undefined {
  const path = join(dir, 'checkpoint')
  return existsSync(path) ? parseCheckpoint(parseNote(readFileSync(path, 'utf8'))?.text ?? '') : undefined
}

interface ActTold {
  id: number
  case_id: string
  change: Record<string, { after: unknown }>
  actor_name: string
  at: string
  seq: number | null
}
type Told = Map<string, { value: unknown; act: ActTold }>

/** A record must be what its acts made of it, field by field, and its head what `head` says of it. */
async function verifyRecords(tx: Db, room: AnyCaseRoom, findings: Finding[], done: { records: number }): Promise<void> {
  const { name } = room.workflow
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows: cases } = await sql<HeadRow>`select id, number, title, state, open, tier, due, reach from base.case
      where room = ${name} and id > ${after} order by id limit ${readAtOnce}`.execute(tx)
    if (cases.length === 0) return
    after = cases.at(-1)!.id
    const ids = cases.map(({ id }) => id)
    const { rows: acts } = await sql<ActTold>`select a.id, a.case_id, a.change, a.actor_name, a.done_at as at, e.seq
      from base.act a left join evidence.entry e on e.act_id = a.id where a.case_id = any(${ids}) order by a.id`.execute(
      tx,
    )
    const told = new Map<string, Told>(ids.map((id) => [id, new Map()]))
    for (const act of acts)
      for (const [field, { after: value }] of Object.entries(act.change))
        told.get(act.case_id)!.set(field, { value, act })
    const records = new Map((await room.load(tx, ids)).map((record) => [record.id, record]))
    for (const row of cases) {
      done.records += 1
      const what = `${room.workflow.title} ${row.number ?? row.title}`
      const record = records.get(row.id)
      if (!record) findings.push({ kind: 'record_missing', what })
      else {
        findings.push(...compareRecord(what, record, told.get(row.id)!, room.follows ?? []))
        findings.push(...compareHead(what, row, room.workflow, record))
      }
    }
  }
}

const same = (a: unknown, b: unknown) => canonical(a ?? null) === canonical(b ?? null)

function compareRecord(what: string, record: object, told: Told, follows: readonly string[]): Finding[] {
  const fields = record as Record<string, unknown>
  return [...told].flatMap(([field, { value, act }]): Finding[] => {
    if (follows.includes(field) || same(fields[field], value)) return []
    const about = { ...(act.seq === null ? {} : { entry: act.seq }), at: act.at, by: act.actor_name }
    return [{ kind: 'record_differs', what, field, expected: value, found: fields[field], ...about }]
  })
}

interface HeadRow {
  id: string
  number: string | null
  title: string
  state: string
  open: boolean
  tier: string
  due: string | null
  reach: string[]
}

function compareHead(what: string, row: HeadRow, workflow: AnyWorkflow, record: { id: string; state: string | null }) {
  const head: CaseHead = workflow.head(record)
  const expected: Record<string, unknown> = {
    number: head.number,
    title: head.title,
    state: record.state,
    open: record.state !== null && !workflow.states[record.state]?.final,
    tier: head.tier,
    due: head.due,
    reach: head.reach.toSorted(),
  }
  const found: Record<string, unknown> = { ...row, reach: row.reach.toSorted() }
  return Object.entries(expected).flatMap(([field, value]): Finding[] =>
    same(value, found[field]) ? [] : [{ kind: 'head_differs', what, field, expected: value, found: found[field] }],
  )
}
