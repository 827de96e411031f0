import type { EntryKind } from '@plumbline/core/evidence'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'

// The only place that sees this room's tables.

export interface Head {
  origin: string
  size: number
  act_in: string
  act_id: number
  use_in: string
  use_file: string
  use_case: string
}

/** A thing that becomes an entry, with the content its digests are of. */
export interface Thing {
  kind: EntryKind
  ref: string
  caseId: string
  actId: number | null
  fileId: string | null
  content: object
}

export interface EntryRow {
  seq: number
  kind: EntryKind
  ref: string
  caseId: string
  actId: number | null
  fileId: string | null
  salt: Buffer | null
  sha256: Buffer
  sm3: Buffer
  at: string
}

export async function openHead(tx: Db, origin: string): Promise<Head> {
  await sql`insert into evidence.log (origin) values (${origin}) on conflict do nothing`.execute(tx)
  const head = await lockHead(tx)
  if (head.origin !== origin) throw new Error(`the database's log is ${head.origin}, the key on disk is of ${origin}`)
  return head
}

export async function lockHead(tx: Db): Promise<Head> {
  const { rows } = await sql<Head>`select origin, size, act_in::text, act_id, use_in::text, use_file, use_case
    from evidence.log for update`.execute(tx)
  return rows[0]!
}

/** What an entry's content of an act is: everything the act's row says. */
const actContent = sql`jsonb_build_object('id', a.id, 'requestId', a.request_id, 'topic', a.topic, 'caseId', a.case_id,
  'from', a.from_state, 'to', a.to_state, 'actorId', a.actor_id, 'actorName', a.actor_name, 'capacity', a.capacity,
  'orgId', a.org_id, 'input', a.input, 'change', a.change, 'rules', a.rules, 'origin', a.origin, 'causedBy', a.caused_by,
  'doneAt', ${sayTime('a.done_at')})`
const fileContent = sql`jsonb_build_object('fileId', f.id, 'caseId', u.case_id, 'sha256', f.sha256, 'type', f.type,
  'name', f.name, 'size', f.size, 'takenAt', ${sayTime('f.taken_at')}, 'lon', f.lon, 'lat', f.lat, 'told', f.told,
  'createdBy', f.created_by, 'createdAt', ${sayTime('f.created_at')})`

/** An instant as text that no setting of the session changes. */
function sayTime(column: string) {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

const asAct = sql`'act' as kind, a.id::text as ref, a.case_id as "caseId", a.id as "actId", null::uuid as "fileId",
  ${actContent} as content`
const asFile = sql`'file' as kind, u.file_id || '/' || u.case_id as ref, u.case_id as "caseId", null::bigint as "actId",
  u.file_id as "fileId", ${fileContent} as content`

/** What was committed since the head, in the order in which it is entered. What an open transaction may precede must wait. */
export async function findNew(tx: Db, head: Head, limit: number): Promise<(Thing & { writtenIn: string })[]> {
  const { rows } = await sql<Thing & { writtenIn: string }>`
    select * from (
      (select a.written_in::text as "writtenIn", ${asAct} from base.act a
        where (a.written_in, a.id) > (${head.act_in}::xid8, ${head.act_id}::bigint)
          and a.written_in < pg_snapshot_xmin(pg_current_snapshot())
        order by a.written_in, a.id limit ${limit})
      union all
      (select u.used_in::text, ${asFile} from base.file_use u join base.file f on f.id = u.file_id
        where (u.used_in, u.file_id, u.case_id) > (${head.use_in}::xid8, ${head.use_file}::uuid, ${head.use_case}::uuid)
          and u.used_in < pg_snapshot_xmin(pg_current_snapshot())
        order by u.used_in, u.file_id, u.case_id limit ${limit})
    ) found order by "writtenIn"::xid8, kind, "actId", "fileId", "caseId"`.execute(tx)
  return rows
}

/** Writes entries and moves the head past them. Answers the log's new size. */
export async function addEntries(
  tx: Db,
  head: Head,
  rows: readonly (Omit<EntryRow, 'salt'> & { salt: Buffer; writtenIn: string })[],
): Promise<number> {
  if (rows.length === 0) return head.size
  const values = rows.map(({ seq, kind, caseId, actId, fileId, salt, sha256, sm3, at }) => ({
    ...{ seq, kind, caseId, actId, fileId, at },
    salt: salt.toString('hex'),
    sha256: sha256.toString('hex'),
    sm3: sm3.toString('hex'),
  }))
  await sql`insert into evidence.entry (seq, kind, case_id, act_id, file_id, salt, sha256, sm3, logged_at)
    select r.seq, r.kind, r."caseId", r."actId", r."fileId", decode(r.salt, 'hex'), decode(r.sha256, 'hex'), decode(r.sm3, 'hex'), r.at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(seq bigint, kind text, "caseId" uuid, "actId" bigint,
      "fileId" uuid, salt text, sha256 text, sm3 text, at timestamptz)`.execute(tx)
  const act = rows.findLast(({ kind }) => kind === 'act')
  const use = rows.findLast(({ kind }) => kind === 'file')
  const size = head.size + rows.length
  await sql`update evidence.log set size = ${size},
    act_in = ${act?.writtenIn ?? head.act_in}::xid8, act_id = ${act?.actId ?? head.act_id},
    use_in = ${use?.writtenIn ?? head.use_in}::xid8, use_file = ${use?.fileId ?? head.use_file},
    use_case = ${use?.caseId ?? head.use_case}`.execute(tx)
  return size
}

const entryColumns = sql`e.seq, e.kind, coalesce(e.act_id::text, e.file_id || '/' || e.case_id) as ref, e.case_id as "caseId",
  e.act_id as "actId", e.file_id as "fileId", e.salt, e.sha256, e.sm3, e.logged_at as at`

/** Entries [from, to) in order. */
export async function readEntries(tx: Db, from: number, to: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`select ${entryColumns} from evidence.entry e
    where e.seq >= ${from} and e.seq < ${to} order by e.seq`.execute(tx)
  return rows
}

/** The entries of a case, oldest first, as far as the reader sees the case. */
export async function entriesOfCase(tx: Db, caseId: string): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`select ${entryColumns} from evidence.entry e where e.case_id = ${caseId}
    order by e.seq`.execute(tx)
  return rows
}

/** Acts of a case that are not entered yet. */
export async function countPending(tx: Db, caseId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from base.act a where a.case_id = ${caseId}
    and not exists (select 1 from evidence.entry e where e.act_id = a.id)`.execute(tx)
  return rows[0]!.count
}

export interface PaperRow {
  id: string
  name: string
  sha256: string
  issuedAt: string
  caseId: string
  room: string
  state: string
  open: boolean
  seq: number | null
  at: string | null
}

/** A paper that was printed here, with its case and its entry; in a transaction that reaches every case. */
export async function findPaper(tx: Db, id: string): Promise<PaperRow | undefined> {
  const { rows } =
    await sql<PaperRow>`select f.id, f.name, f.sha256, f.created_at as "issuedAt", c.id as "caseId", c.room,
      c.state, c.open, e.seq, e.logged_at as at
    from base.file f join base.file_use u on u.file_id = f.id join base.case c on c.id = u.case_id
      left join evidence.entry e on e.file_id = f.id and e.case_id = c.id
    where f.id = ${id} and f.told @> '{"paper": true}' order by e.seq limit 1`.execute(tx)
  return rows[0]
}

export async function findEntry(tx: Db, seq: number): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`select ${entryColumns} from evidence.entry e where e.seq = ${seq}`.execute(tx)
  return rows[0]
}

/** The content of what entries are of, as it stands now; what is gone is not there. */
export async function readContents(tx: Db, entries: readonly EntryRow[]): Promise<Map<number, object>> {
  const acts = entries.flatMap(({ seq, actId }) => (actId === null ? [] : [{ seq, actId }]))
  const files = entries.flatMap(({ seq, fileId, caseId }) => (fileId === null ? [] : [{ seq, fileId, caseId }]))
  const { rows } = await sql<{ seq: number; content: object }>`
    select r.seq, ${actContent} as content from jsonb_to_recordset(${JSON.stringify(acts)}::jsonb) as r(seq bigint, "actId" bigint)
      join base.act a on a.id = r."actId"
    union all
    select r.seq, ${fileContent} from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as r(seq bigint, "fileId" uuid, "caseId" uuid)
      join base.file_use u on u.file_id = r."fileId" and u.case_id = r."caseId" join base.file f on f.id = u.file_id`.execute(
    tx,
  )
  return new Map(rows.map(({ seq, content }) => [seq, content]))
}
