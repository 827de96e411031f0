import type { Effect } from '@plumbline/core/workflow'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { Ctx } from './context.ts'
import { type Db, prepared } from './db.ts'
import { Refused } from './errors.ts'

export interface Hold {
  id: string
  subjectId: string
  effect: Effect
  caseId: string
  /** Of the case that placed it. */
  room: string
  number: string | null
  title: string
  clause: string
  item: string
  placedAt: string
}

/**
 * Locks the subjects for share and refuses when a hold forbids the step. Placing a hold locks them for update, so no race
 * slips past: either the step was first, or it sees the hold.
 */
export async function requireNoHold(tx: Db, subjectIds: readonly string[], effects: readonly Effect[]): Promise<void> {
  if (subjectIds.length === 0) return
  await lockSubjects(tx, subjectIds, 'shared')
  const holds = await findHolds(tx, subjectIds)
  const inTheWay = holds.filter(({ effect }) => effects.includes(effect))
  if (inTheWay.length > 0) throw new Refused('unmet', 'held', inTheWay)
}

/** Locks subjects to the end of the transaction, whether or not the actor sees them. Throws when one does not exist. */
const lockSubjects = (tx: Db, ids: readonly string[], how: 'shared' | 'alone') =>
  sql`select base.lock_subjects(${[...new Set(ids)]}, ${how === 'alone'})`.execute(tx)

/** The holds in force on these subjects, the oldest first. They bind, and are named, whoever asks. */
export async function findHolds(tx: Db, subjectIds: readonly string[]): Promise<Hold[]> {
  if (subjectIds.length === 0) return []
  return selectHolds(tx, subjectIds)
}

const selectHolds = prepared<Hold, [subjectIds: readonly string[]]>(
  'hold.on',
  `select id, "subjectId", effect, "caseId", room, number, title, clause, item, "placedAt" from base.holds_on($1)`,
)

/** Places a hold, once for each subject, effect and case, under the subject's lock. */
export async function placeHolds(
  tx: Db,
  ctx: Ctx,
  holds: readonly { subjectId: string; effect: Effect; caseId: string; clause: string; item: string; at?: string }[],
): Promise<void> {
  if (holds.length === 0) return
  await lockSubjects(
    tx,
    holds.map(({ subjectId }) => subjectId),
    'alone',
  )
  const rows = holds.map((hold) => ({ ...hold, id: randomUUID(), at: hold.at ?? ctx.now }))
  await sql`insert into base.hold (id, subject_id, effect, case_id, clause, item, placed_at)
    select r.id, r."subjectId", r.effect, r."caseId", r.clause, r.item, r.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "subjectId" uuid, effect text, "caseId" uuid, clause text, item text, at timestamptz)
    on conflict (subject_id, effect, case_id) where lifted_at is null do nothing`.execute(tx)
}

/** Lifts every hold that a case placed. */
export async function liftHolds(tx: Db, ctx: Ctx, caseId: string): Promise<void> {
  const held = await tx
    .selectFrom('base.hold')
    .select('subject_id')
    .where('case_id', '=', caseId)
    .where('lifted_at', 'is', null)
    .execute()
  if (held.length === 0) return
  await lockSubjects(
    tx,
    held.map(({ subject_id }) => subject_id),
    'alone',
  )
  await tx
    .updateTable('base.hold')
    .set({ lifted_at: ctx.now })
    .where('case_id', '=', caseId)
    .where('lifted_at', 'is', null)
    .execute()
}

/** Writes subjects, new or changed. Their standing is left alone. */
export async function saveSubjects(
  tx: Db,
  subjects: readonly {
    id: string
    kind: 'project' | 'org' | 'person' | 'device'
    name: string
    district: string
    reach: readonly string[]
  }[],
): Promise<void> {
  if (subjects.length === 0) return
  await sql`insert into base.subject (id, kind, name, district, reach)
    select r.id, r.kind, r.name, r.district, array(select jsonb_array_elements_text(r.reach))
    from jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb) as r(id uuid, kind text, name text, district text, reach jsonb)
    on conflict (id) do update set name = excluded.name, district = excluded.district, reach = excluded.reach`.execute(
    tx,
  )
}

/** The next document number of a kind in a year, without gaps: the row stays locked to the end of the transaction. */
export async function nextSerial(tx: Db, kind: string, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`insert into base.serial (kind, year, last) values (${kind}, ${year}, 1)
    on conflict (kind, year) do update set last = base.serial.last + 1 returning last`.execute(tx)
  return rows[0]!.last
}
