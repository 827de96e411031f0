import type { FailedTimer } from '@plumbline/core/base'
import { decide, type Facts } from '@plumbline/core/workflow'
import { sql } from 'kysely'
import { type ActRow, recordActs, sameId } from './act.ts'
import { saveHeads } from './cases.ts'
import { type Ctx, systemContext } from './context.ts'
import { inTx, type Db } from './db.ts'
import type { House } from './house.ts'
import { type AnyCaseRoom, caseRoomOf, type Done } from './room.ts'

interface Due {
  case_id: string
  room: string
  action: string
  at: string
}

/**
 * Carries out what fell due, oldest first. Inside a jump of the demo clock each step is stamped with its own legal time;
 * otherwise with the time at which it was really done. Answers how many timers it took.
 */
export async function sweepOnce(house: House, atMost = 2000): Promise<number> {
  const ctx = await systemContext(house)
  const due = await inTx(
    house.db,
    ctx.actor.keys,
    async (tx) =>
      (
        await sql<Due>`select case_id, room, action, at from base.timer t where at <= ${ctx.now} and tries < ${givenUp}
      and not exists (select 1 from base.timer e where e.case_id = t.case_id and e.at < t.at)
      order by at, room, action, case_id limit ${atMost}`.execute(tx)
      ).rows,
  )
  for (const group of neighbours(due)) await ringAll(house, ctx, group)
  if (due.length > 0) house.wake()
  return due.length
}

/** A timer that failed this often is left for the operator. */
const givenUp = 8

/** Timers that keep failing, for the operator's page; in a transaction that reaches every case. */
export async function findStuck(tx: Db): Promise<FailedTimer[]> {
  const { rows } = await sql<FailedTimer>`
    select case_id as "caseId", room, action, at, tries, coalesce(error, '') as error, tries >= ${givenUp} as "givenUp"
    from base.timer where tries > 0 order by at, case_id limit 200`.execute(tx)
  return rows
}

/** Sets a timer that was given up going again, from its first try. Answers whether there was one. */
export async function retryTimer(tx: Db, { caseId, action }: Pick<FailedTimer, 'caseId' | 'action'>): Promise<boolean> {
  const { numAffectedRows } = await sql`update base.timer set tries = 0, error = null
    where case_id = ${caseId} and action = ${action} and tries >= ${givenUp}`.execute(tx)
  return numAffectedRows === 1n
}

/** One transaction for the group; when it fails, one for each case, so that a poisoned case stops only itself. */
async function ringAll(house: House, ctx: Ctx, group: readonly Due[]): Promise<void> {
  try {
    await ring(house, ctx, group)
  } catch (error) {
    if (group.length > 1) for (const one of group) await ringAll(house, ctx, [one])
    else {
      house.log.error({ err: error, timer: group[0] }, 'a timer failed')
      await inTx(house.db, ctx.actor.keys, (tx) =>
        sql`update base.timer set tries = tries + 1, error = ${String(error)} where case_id = ${group[0]!.case_id} and action = ${group[0]!.action}`.execute(
          tx,
        ),
      )
    }
  }
}

async function ring(house: House, ctx: Ctx, group: readonly Due[]): Promise<void> {
  const { room, action } = group[0]!
  const jump = await house.clock.jump()
  const stamped = (at: string) => (jump && at > jump.from && at <= jump.to ? at : ctx.now)
  await inTx(house.db, ctx.actor.keys, async (tx) => {
    const ids = group.map(({ case_id }) => case_id)
    const [, { rows }] = await Promise.all([
      // Every statement of a sweep names its rows. The planner cannot know that the system reaches all there is, and would
      // rather read a small register whole by its reach.
      sql`set local enable_bitmapscan = off`.execute(tx),
      sql<Due>`select case_id, room, action, at from base.timer where case_id = any(${ids}) and action = ${action}
        and at <= ${ctx.now} order by at, case_id for update skip locked`.execute(tx),
    ])
    await actMany(
      tx,
      ctx,
      caseRoomOf(house.rooms, room),
      action,
      rows.map(({ case_id, at }) => ({ id: case_id, at, now: stamped(at) })),
    )
  })
}

/** Runs of the same room and action: the order of legal time is kept between runs. */
function neighbours(rows: readonly Due[]): Due[][] {
  const groups: Due[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last && last[0]!.room === row.room && last[0]!.action === row.action) last.push(row)
    else groups.push([row])
  }
  return groups
}

/**
 * The same step for many cases in one transaction: lock the batch, decide each purely, write set-based. The request id is
 * made from the case, the step and its time, so that a second run changes nothing. A case that refuses loses its timer
 * and keeps its state: the facts moved on between setting and ringing.
 */
export async function actMany(
  tx: Db,
  ctx: Ctx,
  room: AnyCaseRoom,
  action: string,
  due: readonly { id: string; at: string; now: string }[],
): Promise<void> {
  const ids = due.map(({ id }) => id)
  const { rows: locked } = await sql<{
    id: string
  }>`select id from base.case where id = any(${ids}) order by id for update skip locked`.execute(tx)
  const free = new Set(locked.map(({ id }) => id))
  const records = new Map((await room.load(tx, [...free])).map((record) => [record.id, record]))
  const law = ctx.law()
  const rows: ActRow<{ id: string; state: string | null }>[] = []
  const refused: string[] = []
  for (const { id, at, now } of due) {
    const record = records.get(id)
    if (!record) continue
    const facts: Facts<typeof record, unknown> = { record, actor: ctx.actor, input: {}, now, law }
    const decision = decide(room.workflow, action, facts)
    if (!decision.ok) refused.push(id)
    else {
      requireSilenced(room, action, decision.record as typeof record, at)
      rows.push({
        requestId: sameId(room.workflow.name, action, id, at),
        before: record,
        after: decision.record as typeof record,
        from: decision.from,
        to: decision.to,
        input: {},
        rules: decision.rules,
        now,
      })
    }
  }
  if (refused.length > 0)
    await sql`delete from base.timer where action = ${action} and case_id = any(${refused})`.execute(tx)
  if (rows.length === 0) return
  const after = await manyEffects(tx, ctx, room, action, rows)
  await room.save(
    tx,
    after,
    rows.map(({ before }) => before),
  )
  await saveHeads(
    tx,
    room.workflow,
    rows.map(({ before, now }, at) => ({ before, after: after[at]!, now })),
  )
  await recordActs(
    tx,
    ctx,
    `${room.workflow.name}.${action}`,
    rows.map((row, at) => ({ ...row, after: after[at]! })),
  )
}

/** A step that leaves its own timer set at the same time would ring for ever: a bug of its head(). */
function requireSilenced(
  room: AnyCaseRoom,
  action: string,
  after: { id: string; state: string | null },
  at: string,
): void {
  if (room.workflow.head(after).timers.some((timer) => timer.action === action && timer.at <= at))
    throw new Error(`${room.workflow.name}.${action} did not silence its timer`)
}

async function manyEffects(
  tx: Db,
  ctx: Ctx,
  room: AnyCaseRoom,
  action: string,
  rows: readonly ActRow<{ id: string; state: string | null }>[],
) {
  const done: Done<{ id: string; state: string | null }>[] = rows.map(({ before, after }) => ({
    before,
    after,
    input: {},
  }))
  const many = room.manyEffects?.[action]
  if (many) {
    await many(tx, ctx, done)
    return rows.map(({ after }) => after)
  }
  const one = room.effects?.[action]
  const after = []
  for (const [at, each] of done.entries())
    after.push((await one?.(tx, { ...ctx, now: rows[at]!.now }, each)) ?? each.after)
  return after
}
