import { addDays, type Day, daysBetween, startOf } from '@plumbline/core/kit'
import type { Ctx } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { getProject } from '../../project/index.ts'

/** Legal days from `from` up to and without `until`, and the instants at which they begin and end. */
export interface Period {
  from: Day
  until: Day
  begins: string
  ends: string
}

const most = 400
const usual = 30

export const periodOf = (from: Day, until: Day): Period => ({
  from,
  until,
  begins: startOf(from).toISOString(),
  ends: startOf(until).toISOString(),
})

/** The days asked for; without them the thirty days that end today. Refuses malformed `period_wrong`. */
export function askedPeriod(ctx: Ctx, ask: { from?: Day | undefined; until?: Day | undefined }): Period {
  const until = ask.until ?? addDays(ctx.today, 1)
  const from = ask.from ?? addDays(until, -usual)
  const days = daysBetween(from, until)
  if (days < 1 || days > most) throw new Refused('malformed', 'period_wrong')
  return periodOf(from, until)
}

/** A page of rows that are counted from the first: `after` is how many were seen. */
export function pageFrom(after: string | undefined): number {
  if (after !== undefined && !/^\d{1,7}$/.test(after)) throw new Refused('malformed', 'cursor')
  return Number(after ?? 0)
}

export const paged = <Row>(
  found: readonly Row[],
  seen: number,
  limit: number,
): { rows: Row[]; next: string | null } => ({
  rows: found.slice(0, limit),
  next: found.length > limit ? String(seen + limit) : null,
})

/** Refuses missing project where one is asked for that the reader does not reach: no figure answers for it with nothing. */
export async function requireReached(tx: Db, { projectId }: { projectId?: string | undefined }): Promise<void> {
  if (projectId) await getProject(tx, projectId)
}
