import type { FailedListener } from '@plumbline/core/base'
import { sql } from 'kysely'
import { systemContext } from './context.ts'
import type { Db } from './db.ts'
import type { House } from './house.ts'
import type { HeardAct, Room } from './room.ts'

/** The listeners of a topic: one for each room that hears it. `evidence` may hear '*'. */
export const listenersOf = (rooms: readonly Room[], topic: string): string[] =>
  rooms.filter(({ hears }) => hears?.[topic] ?? hears?.['*']).map(({ name }) => name)

interface Waiting {
  act_id: number
  listener: string
  tries: number
}

/**
 * Lets rooms hear acts, in order for each case and listener. A listener that fails is tried again later, longer each
 * time, and shown to the operator; it holds up only its own case. Answers how many were heard.
 */
export async function hearOnce(house: House, atMost = 200): Promise<number> {
  const waiting = await findWaiting(house.db, atMost)
  for (const one of waiting) await hear(house, one)
  return waiting.length
}

const findWaiting = async (db: Db, atMost: number) =>
  (
    await sql<Waiting>`
    select act_id, listener, tries from base.hearing h
    where done_at is null and next_try <= now() and not exists (
      select 1 from base.hearing e where e.case_id = h.case_id and e.listener = h.listener and e.done_at is null and e.act_id < h.act_id)
    order by act_id limit ${atMost}`.execute(db)
  ).rows

async function hear(house: House, { act_id, listener, tries }: Waiting): Promise<void> {
  const room = house.rooms.find(({ name }) => name === listener)
  try {
    // The row is locked while the room listens: two workers never tell the same thing at once.
    await house.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{
        act_id: number
      }>`select act_id from base.hearing where act_id = ${act_id} and listener = ${listener}
        and done_at is null for update skip locked`.execute(tx)
      if (rows.length === 0) return
      const act = await heardAct(tx, act_id)
      const ctx = await systemContext(house, { causedBy: act_id })
      await (room?.hears?.[act.topic] ?? room?.hears?.['*'])?.(ctx, act)
      await sql`update base.hearing set done_at = now(), error = null where act_id = ${act_id} and listener = ${listener}`.execute(
        tx,
      )
    })
  } catch (error) {
    house.log.error({ err: error, listener, actId: act_id }, 'a listener failed')
    const waitSeconds = Math.min(3600, 2 ** tries)
    await sql`update base.hearing set tries = tries + 1, error = ${String(error)}, next_try = now() + make_interval(secs => ${waitSeconds})
      where act_id = ${act_id} and listener = ${listener}`.execute(house.db)
  }
}

async function heardAct(tx: Db, id: number): Promise<HeardAct> {
  await sql`select base.enter(array['d:'])`.execute(tx)
  const row = await tx.selectFrom('base.act').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    id: row.id,
    topic: row.topic,
    caseId: row.case_id,
    to: row.to_state,
    input: row.input,
    actorId: row.actor_id,
    doneAt: row.done_at,
  }
}

/** Listeners that keep failing, for the operator's page; in a transaction that reaches every act. */
export async function findPoisoned(tx: Db): Promise<FailedListener[]> {
  const { rows } = await sql<FailedListener>`
    select h.act_id as "actId", h.listener, a.topic, h.case_id as "caseId", h.tries, coalesce(h.error, '') as error, h.next_try as "nextTry"
    from base.hearing h join base.act a on a.id = h.act_id
    where h.done_at is null and h.tries > 0 order by h.act_id, h.listener limit 200`.execute(tx)
  return rows
}
