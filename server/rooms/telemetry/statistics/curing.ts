import type { Day } from '@plumbline/core/kit'
import type { CuringHour } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { askedPeriod, type Period, requireReached } from './period.ts'

interface Range {
  temperature: number
  off: number
  humidity: number
}

type Found = Omit<CuringHour, 'faults'> & { warm: boolean; dry: boolean }

/**
 * Hours of curing rooms whose valid mean lay outside the range (ENV-10): the specimens that lay there then are marked by
 * them. A door that stands open for a delivery moves no hourly mean out of range.
 */
export async function findCuringHours(
  tx: Db,
  { begins, ends }: Period,
  range: Range,
  projectId?: string,
): Promise<CuringHour[]> {
  const { temperature, off, humidity } = range
  const { rows } = await sql<Found>`
    select * from (
      select d.id as "deviceId", d.name as "deviceName", d.project_id as "projectId", d.project_name as "projectName", h.hour,
        max(h.mean) filter (where h.quantity = 'roomTemperature') as temperature,
        max(h.mean) filter (where h.quantity = 'roomHumidity') as humidity,
        coalesce(bool_or(h.quantity = 'roomTemperature' and abs(h.mean - ${temperature}::float8) > ${off}::float8), false) as warm,
        coalesce(bool_or(h.quantity = 'roomHumidity' and h.mean < ${humidity}::float8), false) as dry
      from device.device d join telemetry.hour h on h.device_id = d.id and h.quantity in ('roomTemperature', 'roomHumidity')
      where d.kind = 'curing_room' and ${projectId ? sql`d.project_id = ${projectId}` : sql`true`} and h.valid
        and h.hour >= ${begins} and h.hour < ${ends}
      group by d.id, h.hour) x
    where warm or dry order by hour desc, "deviceId"`.execute(tx)
  return rows.map(({ warm, dry, ...row }) => ({
    ...row,
    faults: [...(warm ? (['temperature'] as const) : []), ...(dry ? (['humidity'] as const) : [])],
  }))
}

export async function curingOf(
  ctx: Ctx,
  ask: { from?: Day | undefined; until?: Day | undefined; projectId?: string | undefined },
) {
  const period = askedPeriod(ctx, ask)
  const law = ctx.law()
  const range = {
    temperature: law.number('curing.temperature'),
    off: law.number('curing.temperature_off'),
    humidity: law.number('curing.humidity_least'),
  }
  return read(ctx, async (tx) => {
    await requireReached(tx, ask)
    const { rows } = await sql<{ count: number }>`select count(*) as count from device.device d
      where d.kind = 'curing_room' and d.state <> 'retired' and ${ask.projectId ? sql`d.project_id = ${ask.projectId}` : sql`true`}`.execute(
      tx,
    )
    return {
      ...{ from: period.from, until: period.until, rooms: rows[0]!.count },
      range: { ...range, clause: law.rule('curing.temperature').clause },
      rows: await findCuringHours(tx, period, range, ask.projectId),
    }
  })
}
