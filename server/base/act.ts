import { createHash } from 'node:crypto'
import { canonical } from '@plumbline/core/kit'
import { type ActAsk, decide, type Facts, type OpenStep, openSteps } from '@plumbline/core/workflow'
import { sql } from 'kysely'
import type { Ctx } from './context.ts'
import { saveHeads } from './cases.ts'
import { inTx, type Db } from './db.ts'
import { Refused } from './errors.ts'
import { listenersOf } from './hearing.ts'
import type { CaseRoom } from './room.ts'
import { requireNoHold } from './subjects.ts'

type Recorded = { id: string; state: string | null }

export interface Carried<R> {
  record: R
  /** The id of the act row; that of the first try when the request was a repeat. */
  actId: number
  repeated: boolean
}

/**
 * Carries out one step of a workflow: lock the case, decide purely, change, record one act, in one transaction.
 * A repeated request id is answered with the record as it stands; the same id with other input is a conflict.
 */
export function act<S extends string, R extends Recorded & { state: S | null }>(
  ctx: Ctx,
  room: CaseRoom<S, R>,
  id: string,
  ask: ActAsk,
): Promise<Carried<R>> {
  return settled(ctx, () =>
    inTx(ctx.db, ctx.actor.keys, async (tx) => {
      const seen = await tx
        .selectFrom('base.case')
        .select('id')
        .where('id', '=', id)
        .where('room', '=', room.workflow.name)
        .forUpdate()
        .executeTakeFirst()
      if (!seen) throw new Refused('missing', room.workflow.name)
      const [done, [record]] = await Promise.all([wasDone(tx, room.workflow.name, id, ask), room.load(tx, [id])])
      if (!record) throw new Error(`${room.workflow.name} ${id} has a case and no record`)
      return done ? { record, actId: done, repeated: true } : carry(tx, ctx, room, record, ask)
    }),
  )
}

/** Opens a case: a step from nothing, decided like any other. `propose` builds the record the step would open. */
export function open<S extends string, R extends Recorded & { state: S | null }>(
  ctx: Ctx,
  room: CaseRoom<S, R>,
  ask: ActAsk,
  propose: (tx: Db) => Promise<R>,
): Promise<Carried<R>> {
  return settled(ctx, () =>
    inTx(ctx.db, ctx.actor.keys, async (tx) => {
      const before = await findAct(tx, ask.requestId)
      if (before) {
        const [record] = await room.load(tx, [before.case_id])
        if (!record || before.topic !== `${room.workflow.name}.${ask.action}` || before.digest !== digestOf(ask.input))
          throw new Refused('conflict', 'request_id_reused')
        return { record, actId: before.id, repeated: true }
      }
      return carry(tx, ctx, room, await propose(tx), ask)
    }),
  )
}

/** The record and the steps its reader may take now: what every case page is answered with. */
export const withSteps = <S extends string, R extends Recorded & { state: S | null }>(
  ctx: Ctx,
  room: CaseRoom<S, R>,
  record: R,
): { record: R; steps: OpenStep[] } => ({
  record,
  steps: openSteps(room.workflow, record, ctx.actor),
})

/**
 * Two sends of one request, or two requests for one unique thing, may run at the same moment. The loser of a unique key
 * looks again: it is then answered like a repeat, or refused by the rule that the winner now breaks for it.
 */
async function settled<R>(ctx: Ctx, work: () => Promise<Carried<R>>): Promise<Carried<R>> {
  const carried = await work().catch((error: { code?: string }) => {
    if (error.code === uniqueViolation) return work()
    throw error
  })
  if (!carried.repeated) ctx.house.wake()
  return carried
}

const uniqueViolation = '23505'

async function carry<S extends string, R extends Recorded & { state: S | null }>(
  tx: Db,
  ctx: Ctx,
  room: CaseRoom<S, R>,
  record: R,
  ask: ActAsk,
): Promise<Carried<R>> {
  const { workflow } = room
  const step = workflow.steps[ask.action]
  if (!step) throw new Refused('malformed', 'action')
  if (step.heldBy) await requireNoHold(tx, workflow.head(record).subjects, step.heldBy)
  const facts: Facts<R, unknown> = { record, actor: ctx.actor, input: ask.input, now: ctx.now, law: ctx.law() }
  const decision = decide(workflow, ask.action, facts)
  if (!decision.ok) throw new Refused(decision.kind, decision.rule, decision.detail)

  // A new case needs its row before effects can refer to it; the heads are saved again when an effect changed the record.
  const opened = decision.from === null
  if (opened) await saveHeads(tx, workflow, [{ before: null, after: decision.record, now: ctx.now }])
  const after =
    (await room.effects?.[ask.action]?.(tx, ctx, { before: record, after: decision.record, input: ask.input })) ??
    decision.record
  await room.save(tx, [after], opened ? [] : [record])
  if (!opened || after !== decision.record)
    await saveHeads(tx, workflow, [{ before: opened ? decision.record : record, after, now: ctx.now }])
  const [actId] = await recordActs(tx, ctx, `${workflow.name}.${ask.action}`, [
    {
      requestId: ask.requestId,
      before: record,
      after,
      from: decision.from,
      to: decision.to,
      input: ask.input,
      rules: decision.rules,
      now: ctx.now,
    },
  ])
  return { record: after, actId: actId!, repeated: false }
}

export interface ActRow<R> {
  requestId: string
  before: R
  after: R
  from: string | null
  to: string
  input: unknown
  rules: readonly unknown[]
  now: string
}

/** Writes act rows and the hearings they cause, set-based. Answers their ids in order. */
export async function recordActs<R extends Recorded>(
  tx: Db,
  ctx: Ctx,
  topic: string,
  rows: readonly ActRow<R>[],
): Promise<number[]> {
  const { actor } = ctx
  const written = await sql<{ id: number }>`
    insert into base.act (request_id, digest, topic, case_id, from_state, to_state, actor_id, actor_name, capacity, org_id,
                          input, change, rules, origin, caused_by, done_at)
    select r."requestId", r.digest, ${topic}, r."caseId", r."from", r."to", ${actor.personId}::uuid, ${actor.name},
           ${actor.capacity}, ${actor.orgId}::uuid, r.input, r.change, r.rules, ${ctx.origin}, ${ctx.causedBy}::bigint, r.now
    from jsonb_to_recordset(${JSON.stringify(rows.map(actValues))}::jsonb) as r("requestId" uuid, digest text, "caseId" uuid,
         "from" text, "to" text, input jsonb, change jsonb, rules jsonb, now timestamptz)
    returning id`.execute(tx)
  const ids = written.rows.map(({ id }) => id)
  const listeners = listenersOf(ctx.house.rooms, topic)
  if (listeners.length > 0)
    await sql`insert into base.hearing (act_id, listener, case_id)
      select a.id, l.name, a.case_id from base.act a, unnest(${listeners}::text[]) l(name) where a.id = any(${ids})`.execute(
      tx,
    )
  return ids
}

const actValues = <R extends Recorded>(row: ActRow<R>) => ({
  requestId: row.requestId,
  digest: digestOf(row.input),
  caseId: row.after.id,
  from: row.from,
  to: row.to,
  input: row.input ?? {},
  change: changeOf(row.from === null ? {} : row.before, row.after),
  rules: row.rules,
  now: row.now,
})

/**
 * Before and after of every field of the record that the step changed; of an opening, of every field. So a record can be told
 * again from its acts alone.
 */
function changeOf(before: object, after: object) {
  const was = before as Record<string, unknown>
  const changed = Object.entries(after).filter(
    ([name, value]) => was[name] !== value && JSON.stringify(was[name]) !== JSON.stringify(value),
  )
  return Object.fromEntries(changed.map(([name, value]) => [name, { before: was[name] ?? null, after: value }]))
}

const findAct = (tx: Db, requestId: string) =>
  tx
    .selectFrom('base.act')
    .select(['id', 'topic', 'case_id', 'digest'])
    .where('request_id', '=', requestId)
    .executeTakeFirst()

async function wasDone(tx: Db, name: string, id: string, ask: ActAsk): Promise<number | null> {
  const done = await findAct(tx, ask.requestId)
  if (!done) return null
  if (done.topic !== `${name}.${ask.action}` || done.case_id !== id || done.digest !== digestOf(ask.input))
    throw new Refused('conflict', 'request_id_reused')
  return done.id
}

export const digestOf = (input: unknown) => createHash('sha256').update(canonical(input)).digest('hex')

/** The same words make the same id: for acts that a timer or a listener starts. */
export const sameId = (...words: (string | number)[]) =>
  createHash('sha256')
    .update(words.join('|'))
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
