import { addDays, startOf } from '@plumbline/core/kit'
import type { Conservation, ProjectConservation, Rate, UnitRow } from '@plumbline/core/rectification'
import { sql } from 'kysely'
import { type Ctx, read } from '../../base/context.ts'
import { ranked } from './repeat.ts'

type Counts = Omit<ProjectConservation, 'holds'>

const judged = ({ issued, open, closed, withdrawn }: Omit<Conservation, 'holds'>): Conservation => ({
  issued,
  open,
  closed,
  withdrawn,
  holds: issued === open + closed + withdrawn,
})

/**
 * REC-11: what was issued is open, closed or withdrawn, per project and in total. Both sides are counted in one statement,
 * hence at one moment: `issued` from the acts that cannot be changed, the rest from the notices as they stand.
 */
export async function conservation(ctx: Ctx, ask: { projectId?: string | undefined }) {
  const of = (column: string) => (ask.projectId ? sql`and ${sql.ref(column)} = ${ask.projectId}` : sql``)
  const { rows } = await read(ctx, (tx) =>
    sql<Counts>`
      with issued as (
        select c.project_id, count(*) as n from base.act a join base.case c on c.id = a.case_id
        where a.topic = 'rectification.issue' ${of('c.project_id')} group by 1),
      standing as (
        select project_id, max(project_name) as name,
          count(*) filter (where state in ('issued', 'fixing', 'replied', 'confirmed', 'accepted')) as open,
          count(*) filter (where state = 'closed') as closed, count(*) filter (where state = 'withdrawn') as withdrawn
        from rectification.notice where issued_at is not null ${of('project_id')} group by 1)
      select coalesce(i.project_id, s.project_id) as "projectId", coalesce(s.name, '') as "projectName", coalesce(i.n, 0) as issued,
        coalesce(s.open, 0) as open, coalesce(s.closed, 0) as closed, coalesce(s.withdrawn, 0) as withdrawn
      from issued i full join standing s on s.project_id = i.project_id order by issued desc, 2`.execute(tx),
  )
  const sum = (pick: (row: Counts) => number) => rows.reduce((total, row) => total + pick(row), 0)
  return {
    total: judged({
      issued: sum(({ issued }) => issued),
      open: sum(({ open }) => open),
      closed: sum(({ closed }) => closed),
      withdrawn: sum(({ withdrawn }) => withdrawn),
    }),
    projects: rows.map(({ projectId, projectName, ...counts }) => ({ projectId, projectName, ...judged(counts) })),
  }
}

/** REC-13: per responsible unit. Withdrawn notices do not count. */
export async function units(ctx: Ctx, ask: { orgId?: string | undefined }): Promise<{ rows: UnitRow[] }> {
  const { rows } = await read(ctx, (tx) =>
    sql<UnitRow>`
      with notices as (
        select id, org_id, org_name, state, tier, served_at, closed_at, issued_at from rectification.notice
        where issued_at is not null and state <> 'withdrawn' ${ask.orgId ? sql`and org_id = ${ask.orgId}` : sql``}),
      counted as (
        select org_id, count(*) filter (where state <> 'accepted' and notice_state <> 'closed') as open,
          count(*) filter (where state = 'fixing' and due < ${ctx.now}) as overdue, count(*) filter (where nth > 1) as repeats
        from ${ranked(ask.orgId)} items group by 1)
      select n.org_id as "orgId", max(n.org_name) as "orgName", count(*) as notices, coalesce(max(c.open), 0) as "openItems",
        coalesce(max(c.overdue), 0) as "overdueItems", count(*) filter (where n.tier = 'red') as locked,
        round((percentile_cont(0.5) within group (order by extract(epoch from n.closed_at - n.served_at) / 86400)
          filter (where n.state = 'closed'))::numeric, 1)::float8 as "medianDays", coalesce(max(c.repeats), 0) as repeats
      from notices n left join counted c on c.org_id = n.org_id group by n.org_id
      order by "overdueItems" desc, "openItems" desc, 2`.execute(tx),
  )
  return { rows }
}

interface Period {
  from?: string | undefined
  to?: string | undefined
  projectId?: string | undefined
}

/** REC-14: the two rates over the notices issued in a period, each with the formula it was computed by. */
export async function rates(ctx: Ctx, { from, to, projectId }: Period): Promise<{ rows: Rate[] }> {
  const { rows } = await read(ctx, (tx) =>
    sql<{ issued: number; standing: number; closed: number }>`
      select count(*) as issued, count(*) filter (where state <> 'withdrawn') as standing, count(*) filter (where state = 'closed') as closed
      from rectification.notice where issued_at is not null ${from ? sql`and issued_at >= ${startOf(from).toISOString()}` : sql``}
        ${to ? sql`and issued_at < ${startOf(addDays(to, 1)).toISOString()}` : sql``}
        ${projectId ? sql`and project_id = ${projectId}` : sql``}`.execute(tx),
  )
  const { issued, standing, closed } = rows[0]!
  const rate = (numerator: number, denominator: number) => ({
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
  })
  return {
    rows: [
      {
        code: 'effective',
        title: '有效开单率',
        formula: '已下达且未撤回的文书数 ÷ 已下达的文书数',
        ...rate(standing, issued),
      },
      {
        code: 'closed',
        title: '整改闭合率',
        formula: '已闭合的文书数 ÷ 已下达且未撤回的文书数',
        ...rate(closed, standing),
      },
    ],
  }
}
