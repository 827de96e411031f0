import { addDays, dayOf } from '@plumbline/core/kit'
import { type ScoreFacts, type ScorePart, scoreOf, type SiteScore } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { getTowns } from '../../project/index.ts'
import { exceeding, lead, ofSites } from './exceedance.ts'
import { countExits } from './exits.ts'
import { type Period, periodOf, requireReached } from './period.ts'

type Hours = Pick<ScoreFacts, 'hours' | 'validHours' | 'exceedHours'> & {
  projectId: string
  projectName: string
  town: string
}

/** By project: hours its monitors in use should have told, those with a valid mean, and those above a limit. */
async function countHours(tx: Db, ctx: Ctx, period: Period, projectId?: string): Promise<Hours[]> {
  const { begins, ends } = period
  const { rows } = await sql<Hours>`
    with monitor as materialized (select d.id, d.project_id, d.project_name, d.district, d.live_at from device.device d
      where d.state = 'live' and ${ofSites({ projectId })}),
    heard as materialized (select hour from telemetry.heard where hour >= ${begins} and hour < ${ends}),
    exceeds as (select device_id, count(distinct hour) as hours from ${exceeding(ctx, period, sql`monitor m`)} x group by 1)
    select m.project_id as "projectId", max(m.project_name) as "projectName", max(m.district) as town,
      coalesce(sum(g.hours), 0)::int as hours, coalesce(sum(v.hours), 0)::int as "validHours",
      coalesce(sum(e.hours), 0)::int as "exceedHours"
    from monitor m left join exceeds e on e.device_id = m.id
    cross join lateral (select count(*) as hours from heard where hour >= m.live_at) g
    cross join lateral (select count(*) as hours from (select hour, valid from telemetry.hour
      where device_id = m.id and quantity = ${lead} and hour >= greatest(m.live_at, ${begins}) and hour < ${ends} offset 0) t
      where t.valid) v
    group by 1 order by 2, 1`.execute(tx)
  return rows
}

interface Answers {
  projectId: string
  alarms: number
  slow: number
  minutes: number | null
}

/**
 * How long alarms raised in these days waited for a person. One that is over before `free` minutes and that nobody
 * acknowledged asked nothing of anybody; one that still waits has waited until now.
 */
async function countAnswers(tx: Db, ctx: Ctx, { begins, ends }: Period, projectId?: string): Promise<Answers[]> {
  const free = ctx.law().number('score.answer_free')
  const { rows } = await sql<Answers>`
    select project_id as "projectId", count(*) as alarms, avg(minutes) as minutes, count(*) filter (where minutes > ${free}) as slow
    from (select a.project_id, a.acknowledged_at,
        extract(epoch from coalesce(a.acknowledged_at, a.cleared_at, ${ctx.now}::timestamptz) - a.raised_at)::float8 / 60 as minutes
      from telemetry.alarm a where a.raised_at >= ${begins} and a.raised_at < ${ends}
        and ${projectId ? sql`a.project_id = ${projectId}` : sql`true`}) w
    where acknowledged_at is not null or minutes > ${free} group by 1`.execute(tx)
  return rows
}

/** The days of a score: as many as the rule says, up to the last whose hours are all made. */
async function scoredPeriod(tx: Db, ctx: Ctx): Promise<Period> {
  const { rows } = await sql<{ until: string }>`select until from telemetry.rolled`.execute(tx)
  const made = rows[0] ? dayOf(new Date(rows[0].until)) : ctx.today
  const until = made < ctx.today ? made : ctx.today
  return periodOf(addDays(until, -ctx.law().number('score.days')), until)
}

/** 工地环境评分 (ENV-17) of every site with a monitor in use, or of one; the best first. */
export async function scoresOf(ctx: Ctx, ask: { projectId?: string | undefined }) {
  const { projectId } = ask
  const law = ctx.law()
  return read(ctx, async (tx) => {
    await requireReached(tx, ask)
    const period = await scoredPeriod(tx, ctx)
    const hours = await countHours(tx, ctx, period, projectId)
    const answers = await countAnswers(tx, ctx, period, projectId)
    const exits = await countExits(tx, period, law.number('exit.gross_above'), projectId)
    const towns = new Map((await getTowns(tx)).map(({ code, name }) => [code, name]))
    const rows = hours.map(({ projectName, town, projectId: id, ...counted }): SiteScore => {
      const answered = answers.find((one) => one.projectId === id)
      const left = exits.find((one) => one.projectId === id)
      const facts: ScoreFacts = {
        ...counted,
        alarms: answered?.alarms ?? 0,
        answerMinutes: answered?.minutes ?? null,
        exits: left?.total ?? 0,
        unwashed: left?.faults.unwashed ?? 0,
      }
      const behind: Record<ScorePart, { of: number; hit: number }> = {
        exceed: { of: facts.validHours, hit: facts.exceedHours },
        answer: { of: facts.alarms, hit: answered?.slow ?? 0 },
        offline: { of: facts.hours, hit: facts.hours - facts.validHours },
        wash: { of: facts.exits, hit: facts.unwashed },
      }
      const { total, parts } = scoreOf(law, facts)
      return {
        ...{ projectId: id, projectName, town, townName: towns.get(town) ?? town, total },
        parts: parts.map((part) => ({ ...part, ...behind[part.part] })),
      }
    })
    rows.sort((one, other) => (other.total ?? -1) - (one.total ?? -1))
    return { from: period.from, until: period.until, clause: law.rule('score.days').clause, rows }
  })
}
