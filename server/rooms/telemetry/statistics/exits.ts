import type { Day } from '@plumbline/core/kit'
import { type ExitFault, type ExitRate, type ExitRow, faultsOf, type SiteEvent } from '@plumbline/core/telemetry'
import { type RawBuilder, sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { askedPeriod, paged, pageFrom, type Period, requireReached } from './period.ts'

type ExitBody = Extract<SiteEvent, { kind: 'exit' }>['body']

/** Each fault as a condition on `telemetry.event e`; core/telemetry/statistics/exits.ts says the same of one exit. */
const faulty = (most: number): Record<ExitFault, RawBuilder<boolean>> => ({
  unwashed: sql`not (e.body->>'washed')::boolean`,
  uncovered: sql`not (e.body->>'covered')::boolean`,
  illegible: sql`(not (e.body->>'legible')::boolean or e.body->>'plate' is null)`,
  overload: sql`coalesce((e.body->>'grossWeight')::float8 > ${most}::float8, false)`,
})

interface Ask {
  from?: Day | undefined
  until?: Day | undefined
  projectId?: string | undefined
}

const exits = ({ begins, ends }: Period, projectId: string | undefined) => sql`telemetry.event e
  join device.device d on d.id = e.device_id
  where e.kind = 'exit' and e.at >= ${begins} and e.at < ${ends} and ${projectId ? sql`d.project_id = ${projectId}` : sql`true`}`

type Counted = Pick<ExitRate, 'projectId' | 'projectName' | 'total' | 'weighed'> & ExitRate['faults']

/** Exits by project, and how many had each fault (ENV-12, 13, 14). */
export async function countExits(tx: Db, period: Period, most: number, projectId?: string): Promise<ExitRate[]> {
  const fault = faulty(most)
  const { rows } =
    await sql<Counted>`select d.project_id as "projectId", max(d.project_name) as "projectName", count(*) as total,
      count(*) filter (where e.body ? 'grossWeight') as weighed, count(*) filter (where ${fault.unwashed}) as unwashed,
      count(*) filter (where ${fault.uncovered}) as uncovered, count(*) filter (where ${fault.illegible}) as illegible,
      count(*) filter (where ${fault.overload}) as overload
    from ${exits(period, projectId)} group by 1 order by unwashed desc, 2, 1`.execute(tx)
  return rows.map(({ unwashed, uncovered, illegible, overload, ...row }) => {
    const without = (count: number) => ((row.total - count) / row.total) * 100
    return {
      ...row,
      faults: { unwashed, uncovered, illegible, overload },
      washed: without(unwashed),
      covered: without(uncovered),
      legible: without(illegible),
    }
  })
}

/** 冲洗率、密闭率、车牌清晰率. */
export async function exitRatesOf(ctx: Ctx, ask: Ask) {
  const period = askedPeriod(ctx, ask)
  const law = ctx.law()
  const value = law.number('exit.gross_above')
  const { unit, clause } = law.rule('exit.gross_above')
  const rows = await read(ctx, async (tx) => {
    await requireReached(tx, ask)
    return countExits(tx, period, value, ask.projectId)
  })
  return { from: period.from, until: period.until, rows, grossMost: { value, unit, clause } }
}

type Found = Omit<ExitRow, 'plate' | 'grossWeight' | 'faults'> & { body: ExitBody }

/** The exits themselves, the newest first: all, or those with one fault. */
export async function exitsOf(
  ctx: Ctx,
  ask: Ask & { fault?: ExitFault | undefined; after?: string | undefined; limit: number },
) {
  const period = askedPeriod(ctx, ask)
  const seen = pageFrom(ask.after)
  const most = ctx.law().number('exit.gross_above')
  const { rows } = await read(ctx, async (tx) => {
    await requireReached(tx, ask)
    return sql<Found>`select d.id as "deviceId", d.name as "deviceName", d.project_id as "projectId", d.project_name as "projectName",
        e.id, e.at, e.body
      from ${exits(period, ask.projectId)} and ${ask.fault ? faulty(most)[ask.fault] : sql`true`}
      order by e.at desc, e.id desc, d.id offset ${seen} limit ${ask.limit + 1}`.execute(tx)
  })
  const listed = rows.map(({ body, ...row }) => ({
    ...row,
    plate: body.plate,
    grossWeight: body.grossWeight ?? null,
    faults: faultsOf(body, most),
  }))
  return paged(listed, seen, ask.limit)
}
