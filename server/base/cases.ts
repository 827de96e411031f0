import { waitKeysOf } from '@plumbline/core/access'
import type { ActLine, AnyWorkflow, CaseRow } from '@plumbline/core/workflow'
import { isOpen, waitsOf, type Workflow } from '@plumbline/core/workflow'
import { capacities, type Capacity } from '@plumbline/core/access'
import { sql } from 'kysely'
import type { Ctx } from './context.ts'
import { read } from './context.ts'
import type { Db } from './db.ts'
import { Refused } from './errors.ts'
import { workflowsOf } from './room.ts'
import { wordsOf } from './words.ts'

export interface Heading<R> {
  /** The record before the step; null for one that was just opened. */
  before: R | null
  after: R
  now: string
}

/** Writes the rows of base.case and base.timer that follow from the records: derived by head(), never by hand. */
export async function saveHeads<S extends string, R extends { id: string; state: S | null }>(
  tx: Db,
  workflow: Workflow<S, R>,
  headings: readonly Heading<R>[],
): Promise<void> {
  const rows = headings.map((heading) => rowOf(workflow, heading))
  const opened = rows.filter((_, at) => headings[at]!.before === null)
  const moved = rows.filter((_, at) => headings[at]!.before !== null)
  if (opened.length > 0) await insertHeads(tx, opened)
  if (moved.length > 0) await updateHeads(tx, moved)
  await saveTimers(tx, workflow.name, rows)
}

function rowOf<S extends string, R extends { id: string; state: S | null }>(
  workflow: Workflow<S, R>,
  { before, after, now }: Heading<R>,
) {
  const head = workflow.head(after)
  const open = isOpen(workflow, after)
  // Words are dear to make and to index, and seldom change.
  const known = before && workflow.head(before).words
  const sameWords =
    known !== null && known.length === head.words.length && known.every((word, at) => word === head.words[at])
  return {
    ...head,
    id: after.id,
    room: workflow.name,
    state: after.state,
    open,
    waits: waitsOf(workflow, after),
    words: sameWords ? null : wordsOf(head.words),
    now,
    timers: open ? head.timers : [],
  }
}

type HeadRow = ReturnType<typeof rowOf>

const shape = sql`as r(id uuid, room text, number text, title text, state text, open boolean, "projectId" uuid, parties uuid[],
  reach text[], waits text[], due timestamptz, tier text, words text[], now timestamptz)`

const insertHeads = (tx: Db, rows: readonly HeadRow[]) =>
  sql`
    insert into base.case (id, room, number, title, state, open, project_id, parties, reach, waits, since, due, tier, words, opened_at, closed_at)
    select r.id, r.room, r.number, r.title, r.state, r.open, r."projectId", r.parties, r.reach, r.waits, r.now, r.due, r.tier,
           coalesce(r.words, '{}'), r.now, case when r.open then null else r.now end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) ${shape}`.execute(tx)

/** A value that did not change is left as it lies: written anew, it would be compressed anew and move every index. */
const updateHeads = (tx: Db, rows: readonly HeadRow[]) =>
  sql`
    update base.case c set number = r.number, title = r.title, state = r.state, open = r.open, project_id = r."projectId",
      parties = case when c.parties = r.parties then c.parties else r.parties end,
      reach = case when c.reach = r.reach then c.reach else r.reach end,
      waits = case when c.waits = r.waits then c.waits else r.waits end, due = r.due, tier = r.tier, words = coalesce(r.words, c.words),
      since = case when c.state = r.state then c.since else r.now end,
      closed_at = case when r.open then null else coalesce(c.closed_at, r.now) end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) ${shape} where c.id = r.id`.execute(tx)

async function saveTimers(
  tx: Db,
  room: string,
  rows: readonly { id: string; timers: { action: string; at: string }[] }[],
) {
  const wanted = rows.flatMap(({ id, timers }) => timers.map((timer) => ({ id, ...timer })))
  const ids = rows.map(({ id }) => id)
  const json = JSON.stringify(wanted)
  await sql`delete from base.timer t where t.case_id = any(${ids}) and not exists (
      select 1 from jsonb_to_recordset(${json}::jsonb) as w(id uuid, action text) where w.id = t.case_id and w.action = t.action)`.execute(
    tx,
  )
  if (wanted.length > 0)
    await sql`insert into base.timer (case_id, room, action, at)
      select w.id, ${room}, w.action, w.at from jsonb_to_recordset(${json}::jsonb) as w(id uuid, action text, at timestamptz)
      on conflict (case_id, action) do update set at = excluded.at, tries = 0, error = null where base.timer.at <> excluded.at`.execute(
      tx,
    )
}

const columns = sql<string>`c.id, c.room, c.number, c.title, c.state, c.open, c.project_id as "projectId", s.name as "projectName", c.since, c.due, c.tier`

const labelled = (workflows: readonly AnyWorkflow[], row: Omit<CaseRow, 'stateLabel'>): CaseRow => ({
  ...row,
  stateLabel: workflows.find(({ name }) => name === row.room)?.states[row.state]?.label ?? row.state,
})

export interface ListAsk {
  rooms: readonly string[]
  open?: boolean
  /** Cursor of the last row seen. */
  after?: string
  limit: number
}

/** A list cut by reach, in order of due date, read from base.reach: one index range for each key, merged. */
export function listCases(ctx: Ctx, ask: ListAsk): Promise<{ rows: CaseRow[]; next: string | null }> {
  return readKeys(ctx, ctx.actor.keys, ask)
}

/** What waits for this person in this capacity, by due date, whatever the room. */
export function inbox(
  ctx: Ctx,
  ask: { after?: string; limit: number },
): Promise<{ rows: CaseRow[]; next: string | null }> {
  const waits = waitKeysOf(ctx.actor)
  const rooms = workflowsOf(ctx.house.rooms).map(({ name }) => name)
  return readKeys(ctx, waits, { ...ask, rooms, open: true })
}

async function readKeys(
  ctx: Ctx,
  keys: readonly string[],
  ask: ListAsk,
): Promise<{ rows: CaseRow[]; next: string | null }> {
  const { due, id } = cursorOf(ask.after)
  const opens = ask.open === undefined ? [true, false] : [ask.open]
  const limit = ask.limit + 1
  const found = await read(
    { ...ctx, actor: { ...ctx.actor, keys: [...ctx.actor.keys, ...waitKeysOf(ctx.actor)] } },
    (tx) =>
      sql<Omit<CaseRow, 'stateLabel'>>`
      with hit as (
        select distinct on (r.due, r.case_id) r.due, r.case_id
        from unnest(${keys}::text[]) k(key), unnest(${ask.rooms}::text[]) m(room), unnest(${opens}::boolean[]) o(open),
        lateral (select due, case_id from base.reach x
                 where x.key = k.key and x.room = m.room and x.open = o.open and (x.due, x.case_id) > (${due}::timestamptz, ${id}::uuid)
                 order by x.due, x.case_id limit ${limit}) r
        order by r.due, r.case_id limit ${limit})
      select ${columns} from hit join base.case c on c.id = hit.case_id left join base.subject s on s.id = c.project_id
      order by hit.due, hit.case_id`.execute(tx),
  )
  const workflows = workflowsOf(ctx.house.rooms)
  const rows = found.rows.slice(0, ask.limit).map((row) => labelled(workflows, row))
  const last = rows.at(-1)
  return { rows, next: found.rows.length > ask.limit && last ? `${last.due ?? 'infinity'}_${last.id}` : null }
}

const noId = '00000000-0000-0000-0000-000000000000'

export function cursorOf(after: string | undefined): { due: string; id: string } {
  if (!after) return { due: '-infinity', id: noId }
  const [, due, id] = /^(infinity|[\d:.TZ-]+)_([\da-f-]{36})$/.exec(after) ?? []
  if (!due || !id) throw new Refused('malformed', 'cursor')
  return { due, id }
}

/** Cases found by name, code, unit, place, contact, document number or pinyin initials. */
export async function searchCases(
  ctx: Ctx,
  ask: { q: string; rooms: readonly string[]; limit: number },
): Promise<CaseRow[]> {
  const wanted = wordsOf([ask.q], 'query')
  if (wanted.length === 0) return []
  const found = await read(ctx, (tx) =>
    sql<Omit<CaseRow, 'stateLabel'>>`
      select ${columns} from base.search(${wanted}, ${[...ask.rooms]}, ${ask.limit}) f(id)
      join base.case c on c.id = f.id left join base.subject s on s.id = c.project_id
      order by c.open desc, c.since desc, c.id`.execute(tx),
  )
  const workflows = workflowsOf(ctx.house.rooms)
  return found.rows.map((row) => labelled(workflows, row))
}

/** The case rows of these ids that the reader reaches, in any order. */
export async function findHeads(ctx: Ctx, tx: Db, ids: readonly string[]): Promise<CaseRow[]> {
  const found = await sql<
    Omit<CaseRow, 'stateLabel'>
  >`select ${columns} from base.case c left join base.subject s on s.id = c.project_id where c.id = any(${[...ids]})`.execute(
    tx,
  )
  const workflows = workflowsOf(ctx.house.rooms)
  return found.rows.map((row) => labelled(workflows, row))
}

export async function getHead(ctx: Ctx, tx: Db, id: string, room: string): Promise<CaseRow> {
  const [head] = await findHeads(ctx, tx, [id])
  if (!head || head.room !== room) throw new Refused('missing', room)
  return head
}

/** A case's history as its page shows it, oldest first. */
export async function history(ctx: Ctx, tx: Db, caseId: string): Promise<ActLine[]> {
  const rows = await tx
    .selectFrom('base.act')
    .select(['id', 'topic', 'from_state', 'to_state', 'actor_name', 'capacity', 'input', 'done_at'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  const workflows = workflowsOf(ctx.house.rooms)
  return rows.map((row) => {
    const [name = '', action = ''] = row.topic.split('.')
    const input = row.input as { note?: unknown; reason?: unknown } | null
    const note = input?.note ?? input?.reason
    return {
      id: row.id,
      topic: row.topic,
      label: workflows.find((workflow) => workflow.name === name)?.steps[action]?.label ?? row.topic,
      from: row.from_state,
      to: row.to_state,
      actorName: row.actor_name,
      capacity: row.capacity,
      capacityLabel: capacities[row.capacity as Capacity] ?? row.capacity,
      note: typeof note === 'string' && note ? note : null,
      doneAt: row.done_at,
    }
  })
}
