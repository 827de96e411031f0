import { isActuator } from '@plumbline/core/device'
import { addDays, type Day, startOf } from '@plumbline/core/kit'
import type { RunDay } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { findDevice } from '../../device/index.ts'

/** 运行时长 (ENV-07): from the states the actuator told. Refuses missing `device` and what is no actuator. */
export async function runsOf(ctx: Ctx, id: string, { days }: { days: number }) {
  const from = addDays(ctx.today, 1 - days)
  const gapMinutes = ctx.law().number('telemetry.refresh')
  const rows = await read(ctx, async (tx) => {
    const device = await findDevice(tx, id)
    if (!device) throw new Refused('missing', 'device')
    if (!isActuator(device.kind)) throw new Refused('unmet', 'device_not_actuator')
    return findRuns(tx, { deviceId: id, from, until: addDays(ctx.today, 1), gapMinutes })
  })
  return { from, gapMinutes, rows }
}

interface RunAsk {
  deviceId: string
  from: Day
  /** Not one of them. */
  until: Day
  gapMinutes: number
}

/**
 * A state holds until the next one is told, unless that is long in coming: then nobody knows, and it is not counted. What
 * runs across midnight belongs to both days.
 */
export async function findRuns(tx: Db, { deviceId, from, until, gapMinutes }: RunAsk): Promise<RunDay[]> {
  const [begins, ends] = [startOf(from).toISOString(), startOf(until).toISOString()]
  const gap = sql`make_interval(mins => ${gapMinutes}::int)`
  const { rows } = await sql<RunDay>`
    with told as (select quantity, at, value, flag, lead(at) over (partition by quantity order by at) as next
        from telemetry.reading where device_id = ${deviceId} and span = 'r' and quantity ~ '^SB[0-9]+$'
          and at >= ${begins}::timestamptz - ${gap} and at < ${ends}::timestamptz + ${gap}),
      held as (select substr(quantity, 3)::int as unit, at, next, value = 1 as running from told
        where next - at <= ${gap} and coalesce(flag, 'N') = 'N'),
      days as (select day::date as day, day at time zone 'Asia/Shanghai' as begins,
          (day + interval '1 day') at time zone 'Asia/Shanghai' as ends
        from generate_series(${from}::timestamp, ${until}::timestamp - interval '1 day', interval '1 day') day)
    select d.day, h.unit, coalesce(sum(p.seconds) filter (where h.running), 0)::float8 as running, sum(p.seconds)::float8 as known
    from held h join days d on h.next > d.begins and h.at < d.ends
      cross join lateral (select extract(epoch from least(h.next, d.ends) - greatest(h.at, d.begins)) as seconds) p
    group by 1, 2 order by 1 desc, 2`.execute(tx)
  return rows
}
