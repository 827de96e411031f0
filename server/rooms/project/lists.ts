import {
  authorities,
  duties,
  type DutyStanding,
  type Project,
  type ProjectCounts,
  type ProjectFilter,
  type ProjectRow,
  projectWorkflow,
  type ProjectSort,
  type ProjectState,
  sectors,
  sectorsOf,
  type Site,
  tags,
  tierLabels,
} from '@plumbline/core/project'
import type { Tier } from '@plumbline/core/workflow'
import { type RawBuilder, sql } from 'kysely'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { workflowsOf } from '../../base/room.ts'
import { wordsOf } from '../../base/words.ts'
import { type ProjectRecord, toProject } from './store.ts'

// Lists, counts and sites. What a reader sees is cut by row security; `withinReach` names the same rows once more by key,
// so that somebody with three projects does not wait for a walk through all of them.

const mostFound = 20_000
const tiers: readonly Tier[] = ['calm', 'yellow', 'red']

const rank = sql`case x.tier when 'red' then 2 when 'yellow' then 1 else 0 end`
/** The tier of an alarm is its own: 黄色提醒 and 红色锁定 are steps of the ladder of legal orders. */
const onLadder = sql`x.room <> 'alarm'`
const worst = sql<number>`(select coalesce(max(${rank}), 0) from base.case x where x.project_id = p.id and x.open and ${onLadder})`

/** The conditions of a filter on `project.project p`, joined by and, within what the reader holds keys to. */
const withinReach = (ctx: Ctx, filter: ProjectFilter): RawBuilder<unknown> =>
  sql.join(
    [
      sql`p.id in (select r.case_id from base.reach r where r.key = any(${[...ctx.actor.keys]}) and r.room = 'project')`,
      ...narrowing(filter),
    ],
    sql` and `,
  )

function narrowing(filter: ProjectFilter): RawBuilder<unknown>[] {
  const { q, town, sector, authority, state, tier, tag, duty, org, officer } = filter
  const words = q ? wordsOf([q], 'query') : []
  const all = [
    words.length > 0 && sql`p.id in (select f from base.search(${words}, ${['project']}, ${mostFound}) f)`,
    town && sql`p.district like ${`${town}%`}`,
    sector && sql`p.sector = ${sector}`,
    authority && sql`p.sector = any(${sectorsOf(authority)})`,
    state && sql`p.state = ${state}`,
    tier && sql`${worst} = ${tiers.indexOf(tier)}`,
    tag && sql`${tag} = any(p.tags)`,
    duty && sql`p.duties @> ${JSON.stringify([{ duty }])}::jsonb`,
    org && sql`p.parties @> ${JSON.stringify([{ orgId: org }])}::jsonb`,
    officer && sql`p.officers @> ${JSON.stringify([{ personId: officer }])}::jsonb`,
  ]
  return all.filter((one) => typeof one === 'object')
}

const orders: Record<ProjectSort, RawBuilder<unknown>> = {
  // Ids are made in the order of registration.
  registered: sql`p.id`,
  name: sql`p.name`,
  code: sql`p.code`,
  area: sql`coalesce(p.area, -1)`,
  cost: sql`coalesce(p.cost, -1)`,
  startDay: sql`coalesce(p.start_day, date '0001-01-01')`,
  completeness: sql`p.completeness`,
}

export type ListAsk = ProjectFilter & {
  after?: string | undefined
  limit: number
  sort: ProjectSort
  order: 'asc' | 'desc'
}

/** A page of the list; the cursor is the last row's id, whose place is looked up again. */
export async function listProjects(ctx: Ctx, ask: ListAsk): Promise<{ rows: ProjectRow[]; next: string | null }> {
  const more = { ...ask, limit: ask.limit + 1 }
  const found = await read(ctx, (tx) =>
    ask.sort === 'registered' && !ask.q ? walk(tx, ctx, more) : sorted(tx, ctx, more),
  )
  const rows = found.slice(0, ask.limit).map(toRow)
  return { rows, next: found.length > ask.limit ? rows.at(-1)!.id : null }
}

type Found = ProjectRecord & { rank: number }

const wayOf = ({ order }: ListAsk) =>
  order === 'desc' ? { direction: sql`desc`, beyond: sql`<` } : { direction: sql`asc`, beyond: sql`>` }

/** In the order of registration: one range of base.reach for each key, merged, so that a page costs the same at any size. */
async function walk(tx: Db, ctx: Ctx, ask: ListAsk): Promise<Found[]> {
  const { direction, beyond } = wayOf(ask)
  const ranges = [
    sql`x.key = k.key and x.room = 'project' and x.open = o.open and x.due = 'infinity'`,
    ...(ask.after ? [sql`x.case_id ${beyond} ${ask.after}::uuid`] : []),
    ...narrowing(ask),
  ]
  // Without a filter the project itself is read only for the rows of the page.
  const narrowed = narrowing(ask).length > 0 ? sql`join project.project p on p.id = x.case_id` : sql``
  const { rows } = await sql<Found>`
    with hit as (
      select distinct r.case_id as id from unnest(${[...ctx.actor.keys]}::text[]) k(key), unnest('{true,false}'::boolean[]) o(open),
        lateral (select x.case_id from base.reach x ${narrowed} where ${sql.join(ranges, sql` and `)}
                 order by x.case_id ${direction} limit ${ask.limit}) r
      order by 1 ${direction} limit ${ask.limit})
    select p.*, ${worst} as rank from hit join project.project p on p.id = hit.id order by p.id ${direction}`.execute(
    tx,
  )
  return rows
}

/** In any other order, or searched: all that match are put in order. */
async function sorted(tx: Db, ctx: Ctx, ask: ListAsk): Promise<Found[]> {
  const by = orders[ask.sort]
  const { direction, beyond } = wayOf(ask)
  const from = ask.after
    ? sql`and (${by}, p.id) ${beyond} (select ${by}, p.id from project.project p where p.id = ${ask.after})`
    : sql``
  const { rows } = await sql<Found>`
    select p.*, ${worst} as rank from project.project p where ${withinReach(ctx, ask)} ${from}
    order by ${by} ${direction}, p.id ${direction} limit ${ask.limit}`.execute(tx)
  return rows
}

function toRow({ rank, ...record }: Found): ProjectRow {
  const { stops: _, registeredOn: __, startedAt: ___, ...row } = toProject(record)
  return { ...row, stateLabel: projectWorkflow.states[record.state].label, tier: tiers[rank]! }
}

/** The sites of a map: open ones unless a state is asked for. */
export async function listSites(ctx: Ctx, filter: ProjectFilter): Promise<Site[]> {
  const open = filter.state ? sql`` : sql`and p.state in ('registered', 'building', 'stopped')`
  const { rows } = await read(ctx, (tx) =>
    sql<Omit<Site, 'tier'> & { rank: number }>`
      select p.id, p.name, p.lon, p.lat, p.state, coalesce(t.rank, 0) as rank
      from project.project p ${loud} where ${withinReach(ctx, filter)} ${open} order by p.id`.execute(tx),
  )
  return rows.map(({ rank, ...site }) => ({ ...site, tier: tiers[rank]! }))
}

/** The few projects that are not calm, grouped once instead of looked up for each row. */
const loud = sql`left join (select x.project_id, max(${rank}) as rank from base.case x
  where x.open and x.tier <> 'calm' and ${onLadder} group by x.project_id) t on t.project_id = p.id`

/** How many projects there are of every kind, each count with the filter that opens its rows. */
export async function countProjects(ctx: Ctx, filter: ProjectFilter): Promise<ProjectCounts> {
  const { rows } = await read(ctx, (tx) =>
    sql<{ by: string; key: string; label: string | null; count: number }>`
      with hit as (
        select p.district, p.town, p.sector, p.state, p.tags, p.duties, coalesce(t.rank, 0) as rank
        from project.project p ${loud} where ${withinReach(ctx, filter)})
      select 'total' as by, '' as key, null as label, count(*) from hit
      union all select 'town', district, max(town), count(*) from hit group by district
      union all select 'sector', sector, null, count(*) from hit group by sector
      union all select 'state', state, null, count(*) from hit group by state
      union all select 'tier', rank::text, null, count(*) from hit group by rank
      union all select 'tag', tag, null, count(*) from hit, unnest(tags) tag group by tag
      union all select 'duty', d->>'duty', null, count(*) from hit, jsonb_array_elements(duties) d group by 2
      order by 1, 2`.execute(tx),
  )
  const of = (by: string) => rows.filter((row) => row.by === by)
  const counted = (by: keyof ProjectFilter, labelOf: (key: string) => string) =>
    of(by).map(({ key, label, count }) => ({
      key,
      label: label ?? labelOf(key),
      count,
      filter: { ...filter, [by]: key },
    }))
  const sector = counted('sector', (key) => sectors[key as keyof typeof sectors].label)
  return {
    total: of('total')[0]!.count,
    town: counted('town', (key) => key),
    sector,
    authority: (Object.keys(authorities) as (keyof typeof authorities)[]).flatMap((key) => {
      const count = sector
        .filter((one) => sectorsOf(key).some((name) => name === one.key))
        .reduce((n, one) => n + one.count, 0)
      return count > 0 ? [{ key, label: authorities[key], count, filter: { ...filter, authority: key } }] : []
    }),
    state: counted('state', (key) => projectWorkflow.states[key as ProjectState].label),
    tier: of('tier').map(({ key, count }) => {
      const tier = tiers[Number(key)]!
      return { key: tier, label: tierLabels[tier], count, filter: { ...filter, tier } }
    }),
    tag: counted('tag', (key) => tags[key as keyof typeof tags]),
    duty: counted('duty', (key) => duties[key as keyof typeof duties]),
  }
}

export type Obliged = Pick<Project, 'id' | 'name' | 'district' | 'town' | 'tags'>

/** The projects under way within reach that must have a system, by town and name: other rooms count who has it. */
export async function listObliged(ctx: Ctx, duty: DutyStanding['duty']): Promise<Obliged[]> {
  const { rows } = await read(ctx, (tx) =>
    sql<Obliged>`select p.id, p.name, p.district, p.town, p.tags from project.project p
      where ${withinReach(ctx, { duty, state: 'building' })} order by p.district, p.name, p.id`.execute(tx),
  )
  return rows
}

/** The worst tier of a project's open cases that the reader sees. */
export async function worstTier(tx: Db, projectId: string): Promise<Tier> {
  const { rows } = await sql<{
    rank: number
  }>`select ${worst} as rank from (select ${projectId}::uuid as id) p`.execute(tx)
  return tiers[rows[0]!.rank]!
}

/** A project's cases by room, apart from itself. */
export async function countCases(ctx: Ctx, tx: Db, projectId: string) {
  const { rows } = await sql<{ room: string; open: number; total: number }>`
    select room, count(*) filter (where open) as open, count(*) as total from base.case
    where project_id = ${projectId} and room <> 'project' group by room order by room`.execute(tx)
  const workflows = workflowsOf(ctx.house.rooms)
  return rows.map((row) => ({ ...row, title: workflows.find(({ name }) => name === row.room)?.title ?? row.room }))
}
