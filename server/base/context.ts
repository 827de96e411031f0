import type { Actor } from '@plumbline/core/access'
import { systemActor } from '@plumbline/core/access'
import { dayOf } from '@plumbline/core/kit'
import type { Law } from '@plumbline/core/law'
import type { Instant } from '@plumbline/core/workflow'
import { inTx, type Db } from './db.ts'
import type { House } from './house.ts'

/** What one request, one timer or one hearing works with. `now` is the legal clock; nothing below reads another. */
export interface Ctx {
  house: House
  db: Db
  actor: Actor
  now: Instant
  today: string
  /** The law of `today` in this region, recording which rules a decision used. */
  law(): Law
  /** Where the request came from: address and agent, kept with the act. */
  origin: string | null
  /** The act a listener answers to. */
  causedBy: number | null
}

/** Makes a context at the legal time now, or at the legal time given (a timer inside a jump of the clock). */
export async function contextOf(
  house: House,
  actor: Actor,
  more: Partial<Pick<Ctx, 'origin' | 'causedBy' | 'now'>> = {},
): Promise<Ctx> {
  const now = more.now ?? (await house.clock.now())
  const today = dayOf(new Date(now))
  return {
    house,
    db: house.db,
    actor,
    now,
    today,
    law: () => house.law(today),
    origin: more.origin ?? null,
    causedBy: more.causedBy ?? null,
  }
}

export const systemContext = (house: House, more: Partial<Pick<Ctx, 'causedBy' | 'now'>> = {}) =>
  contextOf(house, systemActor, more)

/** Reads with the reader's keys in force. */
export const read = <T>(ctx: Ctx, work: (tx: Db) => Promise<T>): Promise<T> => inTx(ctx.db, ctx.actor.keys, work)
