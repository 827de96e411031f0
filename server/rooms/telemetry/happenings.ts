import { sql } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { read } from '../../base/context.ts'
import { goLive } from '../device/index.ts'
import { clearAlarm, levelAlarm, raiseAlarm } from './alarms.ts'
import type { Happened } from './watching.ts'

/** A happening that failed this often is left for the operator. */
const givenUp = 20

type Row = Happened & { id: number; at: string }

/**
 * Carries out what the readings brought about, in order, each as an act of its own. Every act is named by its facts, so
 * that two processes, or one after a crash, do it once. One that fails is tried again at the next call and stops only
 * its own device.
 */
export async function settleHappenings(ctx: Ctx): Promise<number> {
  const { rows } = await read(ctx, (tx) =>
    sql<Row>`select id, device_id as "deviceId", kind, detail, at from telemetry.happening
      where done_at is null and tries < ${givenUp} order by id limit 500`.execute(tx),
  )
  const stopped = new Set<string>()
  for (const row of rows) if (!stopped.has(row.deviceId) && !(await settleOne(ctx, row))) stopped.add(row.deviceId)
  return rows.length
}

async function settleOne(ctx: Ctx, { id, deviceId, kind, detail, at }: Row): Promise<boolean> {
  try {
    if (kind === 'live') await goLive(ctx, deviceId)
    else if (kind === 'raised') await raiseAlarm(ctx, deviceId, detail!, at)
    else if (kind === 'upgraded') await levelAlarm(ctx, 'upgrade', deviceId, detail!)
    else if (kind === 'downgraded') await levelAlarm(ctx, 'downgrade', deviceId, detail!)
    else await clearAlarm(ctx, deviceId, detail!, at)
    await read(ctx, (tx) => sql`update telemetry.happening set done_at = ${ctx.now} where id = ${id}`.execute(tx))
    return true
  } catch (error) {
    ctx.house.log.error({ err: error, happening: id }, 'a happening failed')
    await read(ctx, (tx) =>
      sql`update telemetry.happening set tries = tries + 1, error = ${String(error)} where id = ${id}`.execute(tx),
    )
    return false
  }
}
