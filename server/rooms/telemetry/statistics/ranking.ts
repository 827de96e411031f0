import { addDays, type Day, daysBetween } from '@plumbline/core/kit'
import {
  addMonths,
  changeOf,
  dailyLimit,
  type Days,
  findQuantity,
  isEnough,
  monthOfDay,
  monthSoFar,
  type Ranked,
  type RankingRow,
  samePeriod,
  type StatisticLimit,
} from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { getTowns } from '../../project/index.ts'

type Period = 'now' | 'month' | 'year'

interface Site {
  key: string
  name: string
  town: string
  period: Period | null
  mean: number | null
  days: number
  judged: number
  good: number
}

const daysOf = ({ from, until }: Days): Day[] =>
  Array.from({ length: Math.max(0, daysBetween(from, until)) }, (_, index) => addDays(from, index))

/**
 * Monthly means of each project in three periods, in one query. A project's day is the mean of its monitors' valid days,
 * its month the mean of its days: a second monitor does not weigh twice.
 */
export async function findMonthMeans(
  tx: Db,
  quantity: Ranked,
  periods: Record<Period, Days>,
  limits: ReadonlyMap<Day, StatisticLimit>,
): Promise<Site[]> {
  const asked = JSON.stringify(Object.entries(periods).map(([period, days]) => ({ period, ...days })))
  const { rows } = await sql<Site>`
    with p as (select * from jsonb_to_recordset(${asked}::jsonb) as p(period text, "from" date, until date)),
    l as (select * from unnest(${[...limits.keys()]}::date[], ${[...limits.values()].map(({ value }) => value)}::float8[]) as l(day, most)),
    monitor as materialized (select id, project_id, project_name, district, state from device.device where kind = 'dust'),
    of_day as (
      select p.period, m.project_id, t.day, avg(t.mean) as mean
      from p cross join monitor m cross join lateral (
        -- by the key of each monitor, which the offset keeps: the table holds years
        select day, mean from telemetry.day where device_id = m.id and quantity = ${quantity}
          and day >= p."from" and day < p.until and valid offset 0) t
      group by 1, 2, 3),
    of_period as (
      select o.period, o.project_id, avg(o.mean) as mean, count(*) as days, count(l.most) as judged,
        count(*) filter (where o.mean <= l.most) as good
      from of_day o left join l on l.day = o.day group by 1, 2)
    select s.project_id as key, s.name, s.town, o.period, o.mean, coalesce(o.days, 0) as days,
      coalesce(o.judged, 0) as judged, coalesce(o.good, 0) as good
    from (select project_id, max(project_name) as name, max(district) as town, bool_or(state <> 'retired') as used
      from monitor group by 1) s left join of_period o on o.project_id = s.project_id
    where s.used or o.period = 'now' order by s.name, s.project_id`.execute(tx)
  return rows
}

interface Mean {
  mean: number | null
  days: number
}

interface Group {
  key: string
  name: string
  town: string
  townName: string
  now: Mean & { judged: number; good: number }
  month: Mean
  year: Mean
}

const none = { mean: null, days: 0, judged: 0, good: 0 }

function groupSites(rows: readonly Site[], towns: ReadonlyMap<string, string>): Group[] {
  return [...Map.groupBy(rows, ({ key }) => key)].map(([key, of]) => {
    const { name, town } = of[0]!
    const at = (period: Period) => of.find((row) => row.period === period) ?? none
    return { key, name, town, townName: towns.get(town) ?? town, now: at('now'), month: at('month'), year: at('year') }
  })
}

/** A town is the mean of its projects, each counted once; its days are those of all of them. */
function groupTowns(sites: readonly Group[]): Group[] {
  return [...Map.groupBy(sites, ({ town }) => town)].map(([town, of]) => {
    const { townName } = of[0]!
    const sum = (pick: (one: Group) => number) => of.reduce((total, one) => total + pick(one), 0)
    const mean = (period: Period): Mean => {
      const known = of.flatMap((one) => one[period].mean ?? [])
      return {
        mean: known.length > 0 ? known.reduce((total, one) => total + one, 0) / known.length : null,
        days: Math.max(0, ...of.map((one) => one[period].days)),
      }
    }
    const now = { ...mean('now'), judged: sum(({ now: { judged } }) => judged), good: sum(({ now: { good } }) => good) }
    return { key: town, name: townName, town, townName, now, month: mean('month'), year: mean('year') }
  })
}

interface RankingAsk {
  month?: string | undefined
  quantity: Ranked
  by: 'project' | 'town'
}

/** 月均浓度排名 (ENV-16): the lowest mean first; who has too few valid days is listed and not ranked. */
export async function rankingOf(ctx: Ctx, { month: asked, quantity, by }: RankingAsk) {
  const month = asked ?? monthOfDay(addDays(ctx.today, -1))
  const now = monthSoFar(month, ctx.today)
  const periods = { now, month: samePeriod(now, addMonths(month, -1)), year: samePeriod(now, addMonths(month, -12)) }
  const limits = new Map(
    daysOf(now).flatMap((day) => {
      const limit = dailyLimit(ctx.house.law(day), quantity)
      return limit ? [[day, limit] as const] : []
    }),
  )
  const { rows, towns } = await read(ctx, async (tx) => ({
    rows: await findMonthMeans(tx, quantity, periods, limits),
    towns: new Map((await getTowns(tx)).map(({ code, name }) => [code, name])),
  }))
  const sites = groupSites(rows, towns)
  const law = ctx.law()
  const seen = (of: Mean, days: Days) => ({ ...of, enough: isEnough(law, days, of.days) })
  const { name, unit } = findQuantity(quantity)!
  return {
    ...now,
    ...{ month, quantity, name, unit },
    limits: [...new Map([...limits.values()].map((limit) => [`${limit.clause} ${limit.value}`, limit])).values()],
    rows: ranked(
      (by === 'town' ? groupTowns(sites) : sites).map(({ now: { judged, good, mean, days }, ...group }) => {
        const [here, before, then] = [
          seen({ mean, days }, now),
          seen({ mean: group.month.mean, days: group.month.days }, periods.month),
          seen({ mean: group.year.mean, days: group.year.days }, periods.year),
        ]
        const against = (other: typeof here) => (here.enough && other.enough ? changeOf(here.mean, other.mean) : null)
        return {
          ...{ key: group.key, name: group.name, town: group.town, townName: group.townName, rank: null },
          ...{ month: here, lastMonth: before, lastYear: then, overMonth: against(before), overYear: against(then) },
          ...{ judged, good, goodShare: judged > 0 ? (good / judged) * 100 : null },
        }
      }),
    ),
  }
}

/** Those with enough days by their mean, each with its rank; the others behind them, by name. */
function ranked(rows: readonly RankingRow[]): RankingRow[] {
  const full = rows.filter(({ month }) => month.enough && month.mean !== null)
  const means = full.map(({ month }) => month.mean!)
  const rankOf = (mean: number) => 1 + means.filter((other) => other < mean).length
  return [
    ...full.map((row) => ({ ...row, rank: rankOf(row.month.mean!) })).sort((one, other) => one.rank - other.rank),
    ...rows.filter((row) => !full.includes(row)),
  ]
}
