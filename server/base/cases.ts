import { waitKeysOf } from '@plumbline/core/access'
import type { ActLine, AnyWorkflow, CaseRow } from '@plumbline/core/workflow'
import { isOpen, waitsOf, type Workflow } from '@plumbline/core/workflow'
import { capacities, type Capacity } from '@plumbline/core/access'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from './context.ts'
import { read } from './context.ts'
import { type Db, prepared } from './db.ts'
import { Refused } from './errors.ts'
import { workflowsOf } from './room.ts'
import type { BaseTables } from './tables.ts'
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
  const rows = headings.map(({ before, after, now }): Row => {
    const was = before && lineOf(workflow, before)
    return { id: after.id, now, was, is: lineOf(workflow, after) }
  })
  const opened = rows.filter(({ was }) => !was)
  const moved = rows.filter((row): row is Moved => row.was !== null)
  if (opened.length > 0) await insertHeads(tx, workflow.name, opened)
  if (moved.length > 0) await updateHeads(tx, moved)
  await saveTimers(
    tx,
    workflow.name,
    rows.map(({ id, is }) => ({ id, timers: is.open ? is.timers : [] })),
  )
}

/** What a record says of itself, by the columns of base.case; `words` are still the texts that words are made of. */
function lineOf<S extends string, R extends { id: string; state: S | null }>(workflow: Workflow<S, R>, record: R) {
  const { projectId, subjects: _, ...head } = workflow.head(record)
  const state: string | null = record.state
  return {
    ...head,
    project_id: projectId,
    state,
    open: isOpen(workflow, record),
    waits: waitsOf(workflow, record, head),
  }
}

interface Row {
  id: string
  now: string
  was: Line | null
  is: Line
}
type Line = ReturnType<typeof lineOf>
type Moved = Row & { was: Line }

async function insertHeads(tx: Db, room: string, rows: readonly Row[]): Promise<void> {
  const lines = rows.map(({ id, now, is: { timers: _, ...is } }) => ({
    ...is,
    id,
    room,
    words: wordsOf(is.words),
    since: now,
    opened_at: now,
    closed_at: is.open ? null : now,
  }))
  await sql`insert into base.case
    select * from jsonb_populate_recordset(null::base.case, ${JSON.stringify(lines)}::jsonb)`.execute(tx)
}

const movable = [
  'number',
  'title',
  'state',
  'open',
  'project_id',
  'parties',
  'reach',
  'waits',
  'due',
  'tier',
  'words',
] as const

/** Writes the columns that moved in some row: one written anew is compressed anew, and words are dear to make besides. */
async function updateHeads(tx: Db, rows: readonly Moved[]): Promise<void> {
  const moved = movable.filter((name) => rows.some(({ was, is }) => !sameValue(was[name], is[name])))
  if (moved.length === 0) return
  const lines = rows.map(({ id, now, is }) => ({
    ...Object.fromEntries(moved.map((name) => [name, name === 'words' ? wordsOf(is.words) : is[name]])),
    id,
    since: now,
  }))
  const columns = moved.map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`)
  if (moved.includes('state')) columns.push(sql`since = case when c.state = r.state then c.since else r.since end`)
  if (moved.includes('open'))
    columns.push(sql`closed_at = case when r.open then null else coalesce(c.closed_at, r.since) end`)
  await sql`update base.case c set ${sql.join(columns)}
    from jsonb_populate_recordset(null::base.case, ${JSON.stringify(lines)}::jsonb) r where c.id = r.id`.execute(tx)
}

const sameValue = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other)

/** A timer that stands as it is wanted is not touched: even an update that changes nothing locks the row, and writes that. */
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
      where not exists (select 1 from base.timer t where t.case_id = w.id and t.action = w.action and t.at = w.at)
      on conflict (case_id, action) do update set at = excluded.at, tries = 0, error = null`.execute(tx)
}

const columnNames = `c.id, c.room, c.number, c.title, c.state, c.open, c.project_id as "projectId", s.name as "projectName", c.since, c.due, c.tier`
const columns = sql.raw(columnNames)

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
  const rows = await selectHeads(tx, ids)
  const workflows = workflowsOf(ctx.house.rooms)
  return rows.map((row) => labelled(workflows, row))
}

const selectHeads = prepared<Omit<CaseRow, 'stateLabel'>, [ids: readonly string[]]>(
  'case.heads',
  `select ${columnNames} from base.case c left join base.subject s on s.id = c.project_id where c.id = any($1)`,
)

export async function getHead(ctx: Ctx, tx: Db, id: string, room: string): Promise<CaseRow> {
  const [head] = await findHeads(ctx, tx, [id])
  if (!head || head.room !== room) throw new Refused('missing', room)
  return head
}

/** A case's history as its page shows it, oldest first. */
export async function history(ctx: Ctx, tx: Db, caseId: string): Promise<ActLine[]> {
  const rows = await selectActs(tx, caseId)
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

type ActLook = Pick<
  Selectable<BaseTables['base.act']>,
  'id' | 'topic' | 'from_state' | 'to_state' | 'actor_name' | 'capacity' | 'input' | 'done_at'
>
const selectActs = prepared<ActLook, [caseId: string]>(
  'case.acts',
  `select id, topic, from_state, to_state, actor_name, capacity, input, done_at from base.act where case_id = $1 order by id`,
)
