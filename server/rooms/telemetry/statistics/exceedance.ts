import { addDays, type Day, dayOf, daysBetween, startOf } from '@plumbline/core/kit'
import { type ExceedHour, exceedable, type Exceedable, hourlyLimit, type SiteHour } from '@plumbline/core/telemetry'
import { type RawBuilder, sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import { askedPeriod, paged, pageFrom, type Period, requireReached } from './period.ts'

const hour = 3_600_000

interface HourLimit {
  quantity: Exceedable
  hour: string
  value: number
}

/** The limit of each quantity in each hour of a period, by the law of its day. */
export function hourLimits(ctx: Ctx, { from, until }: Period): HourLimit[] {
  const days = Array.from({ length: daysBetween(from, until) }, (_, index) => addDays(from, index))
  return days.flatMap((day) => {
    const law = ctx.house.law(day)
    const begins = startOf(day).getTime()
    const hours = Array.from({ length: 24 }, (_, index) => begins + index * hour)
    return hours.flatMap((at) =>
      exceedable.flatMap((quantity): HourLimit[] => {
        const limit = hourlyLimit(law, quantity, at)
        return limit ? [{ quantity, hour: new Date(at).toISOString(), value: limit.value }] : []
      }),
    )
  })
}

export interface SiteAsk {
  projectId?: string | undefined
  town?: string | undefined
}

/** Monitors of one project, of one town, or of all that the reader reaches: conditions on `device.device d`. */
export const ofSites = ({ projectId, town }: SiteAsk): RawBuilder<unknown> => {
  if (projectId) return sql`d.kind = 'dust' and d.project_id = ${projectId}`
  return town ? sql`d.kind = 'dust' and d.district = ${town}` : sql`d.kind = 'dust'`
}

/**
 * Hours above the limit of their hour, of monitors told by `monitors (id)`: a relation (device_id, quantity, hour, mean).
 * The hours of each monitor and quantity are looked up by their key (`offset 0` keeps it so): the table holds years. What
 * lies below the least limit of all hours is left out before it is compared with its own.
 */
export function exceeding(
  ctx: Ctx,
  period: Period,
  monitors: RawBuilder<unknown>,
  wanted: readonly Exceedable[] = exceedable,
) {
  const limits = hourLimits(ctx, period).filter(({ quantity }) => wanted.includes(quantity))
  const least = [...Map.groupBy(limits, ({ quantity }) => quantity)].map(([quantity, of]) => ({
    quantity,
    value: Math.min(...of.map(({ value }) => value)),
  }))
  return sql`(
    select c.device_id, c.quantity, c.hour, c.mean
    from ${monitors} cross join unnest(${least.map((one) => one.quantity)}::text[], ${least.map((one) => one.value)}::float8[]) as x(quantity, least)
    cross join lateral (
      select h.device_id, h.quantity, h.hour, h.mean from telemetry.hour h
      where h.device_id = m.id and h.quantity = x.quantity and h.hour >= ${period.begins} and h.hour < ${period.ends}
        and h.valid and h.mean > x.least offset 0) c
    join unnest(${limits.map((one) => one.quantity)}::text[], ${limits.map((one) => one.hour)}::timestamptz[],
      ${limits.map((one) => one.value)}::float8[]) as l(quantity, hour, most)
      on l.quantity = c.quantity and l.hour = c.hour and c.mean > l.most)`
}

interface ListAsk extends SiteAsk {
  from?: Day | undefined
  until?: Day | undefined
  after?: string | undefined
  limit: number
}

type Found = Omit<ExceedHour, 'limit'>

/** 超标小时: valid hourly means above the limit of their hour, the newest first. Early warnings, no lawful measurement. */
export async function exceedancesOf(ctx: Ctx, ask: ListAsk & { quantity?: Exceedable | undefined }) {
  const period = askedPeriod(ctx, ask)
  const seen = pageFrom(ask.after)
  const monitors = sql`(select d.id from device.device d where ${ofSites(ask)}) m`
  const hits = sql`from ${exceeding(ctx, period, monitors, ask.quantity ? [ask.quantity] : exceedable)} h`
  const { found, counts } = await read(ctx, async (tx) => {
    await requireReached(tx, ask)
    return {
      found: (
        await sql<Found>`select d.id as "deviceId", d.name as "deviceName", d.project_id as "projectId",
          d.project_name as "projectName", x.quantity, x.hour, x.mean
        from (select h.* ${hits} order by h.hour desc, h.device_id, h.quantity offset ${seen} limit ${ask.limit + 1}) x
        join device.device d on d.id = x.device_id order by x.hour desc, d.id, x.quantity`.execute(tx)
      ).rows,
      counts: (
        await sql<{
          quantity: Exceedable
          count: number
        }>`select h.quantity, count(*) as count ${hits} group by 1`.execute(tx)
      ).rows,
    }
  })
  const of = (quantity: Exceedable) => counts.find((one) => one.quantity === quantity)?.count ?? 0
  const rows = found.map((row) => {
    const at = Date.parse(row.hour)
    return { ...row, limit: hourlyLimit(ctx.house.law(dayOf(new Date(at))), row.quantity, at)! }
  })
  return {
    ...paged(rows, seen, ask.limit),
    ...{ from: period.from, until: period.until },
    counts: { a34004: of('a34004'), a34002: of('a34002'), LA: of('LA') },
    total: counts.reduce((sum, { count }) => sum + count, 0),
  }
}

/**
 * 离线小时: hours of monitors in use without a valid mean of their lead quantity, the newest first. Hours in which the
 * house heard nobody do not count, nor those before the monitor first spoke.
 */
export async function offlineOf(ctx: Ctx, ask: ListAsk) {
  const period = askedPeriod(ctx, ask)
  const seen = pageFrom(ask.after)
  const gaps = sql`from device.device d cross join lateral (
      select hour from telemetry.heard where hour >= greatest(d.live_at, ${period.begins}) and hour < ${period.ends}
      except select hour from telemetry.hour where device_id = d.id and quantity = ${lead} and valid
        and hour >= ${period.begins} and hour < ${period.ends}) g
    where ${ofSites(ask)} and d.state = 'live'`
  const { found, total } = await read(ctx, async (tx) => {
    await requireReached(tx, ask)
    return {
      found: (
        await sql<SiteHour & { normal: number }>`select x.*, coalesce(h.normal, 0) as normal
        from (select d.id as "deviceId", d.name as "deviceName", d.project_id as "projectId", d.project_name as "projectName", g.hour
          ${gaps} order by g.hour desc, d.id offset ${seen} limit ${ask.limit + 1}) x
        left join telemetry.hour h on h.device_id = x."deviceId" and h.quantity = ${lead} and h.hour = x.hour
        order by x.hour desc, x."deviceId"`.execute(tx)
      ).rows,
      total: (await sql<{ count: number }>`select count(*) as count ${gaps}`.execute(tx)).rows[0]!.count,
    }
  })
  return { ...paged(found, seen, ask.limit), total, from: period.from, until: period.until }
}

/** By which quantity a monitor is called live. */
export const lead = 'a34004'
