import { addDays } from '@plumbline/core/kit'
import { sql } from 'kysely'
import { type Ctx, read } from '../../base/context.ts'
import { pruneQuarantined } from './late.ts'

const droppedOn = new WeakMap<Ctx['house'], string>()

/** Once in a legal day: raw readings beyond their term are dropped by the day, and the list of frames set aside is cut. */
export async function forgetOld(ctx: Ctx): Promise<void> {
  if (droppedOn.get(ctx.house) === ctx.today) return
  const law = ctx.law()
  const before = (days: number) => addDays(ctx.today, -days)
  await sql`select telemetry.drop_days(${before(law.number('telemetry.keep_raw'))})`.execute(ctx.db)
  await read(ctx, (tx) => pruneQuarantined(tx, before(law.number('telemetry.keep_raw'))))
  droppedOn.set(ctx.house, ctx.today)
}
