import {
  matchPlan,
  type Plan,
  type PlanState,
  planWorkflow,
  type PlanYear,
  type Visit,
} from '@plumbline/core/inspection'
import type { ActAsk } from '@plumbline/core/workflow'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { act, open, sameId, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { getProject } from '../project/index.ts'
import { listVisits } from './store.ts'
import type { InspectionTables } from './tables.ts'

const tables = (db: Db) => db.withTables<InspectionTables>()

const toPlan = ({
  project_id,
  project_name,
  adopted_day,
  ...same
}: Selectable<InspectionTables['inspection.plan']>): Plan => ({
  ...same,
  projectId: project_id,
  projectName: project_name,
  adoptedDay: adopted_day,
})

async function load(tx: Db, ids: readonly string[]): Promise<Plan[]> {
  if (ids.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('inspection.plan')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(toPlan)
}

async function save(tx: Db, plans: readonly Plan[]): Promise<void> {
  const rows = plans.map(({ projectId, projectName, adoptedDay, ...same }) => ({
    ...same,
    project_id: projectId,
    project_name: projectName,
    adopted_day: adoptedDay,
  }))
  await sql`insert into inspection.plan
    select * from jsonb_populate_recordset(null::inspection.plan, ${JSON.stringify(rows)}::jsonb)
    on conflict (id) do update set state = excluded.state, items = excluded.items, adopted_day = excluded.adopted_day`.execute(
    tx,
  )
}

const room: CaseRoom<PlanState, Plan> = { workflow: planWorkflow, load, save }
export const planCases = asCaseRoom(room)

async function getPlan(tx: Db, id: string): Promise<Plan> {
  const [plan] = await load(tx, [id])
  if (!plan) throw new Refused('missing', 'plan')
  return plan
}

const caseOf = (ctx: Ctx, id: string) =>
  read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'plan')
    return { head, ...withSteps(ctx, room, await getPlan(tx, id)), acts: await history(ctx, tx, id) }
  })

type Proposal = z.output<typeof planWorkflow.steps.propose.input>

/** Drafts the plan of a project and year; a second one for the same year is a conflict. */
export async function propose(ctx: Ctx, { requestId, input }: { requestId: string; input: Proposal }) {
  const { record } = await open(ctx, room, { requestId, action: 'propose', input }, async (tx) => {
    const project = await getProject(tx, input.projectId)
    return {
      id: sameId('plan', requestId),
      state: null,
      projectId: project.id,
      projectName: project.name,
      district: project.district,
      year: input.year,
      items: [],
      adoptedDay: null,
    }
  }).catch((error: { constraint?: string }) => {
    throw error.constraint === 'plan_once' ? new Refused('conflict', 'plan_exists') : error
  })
  return caseOf(ctx, record.id)
}

export async function changePlan(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, room, id, ask)
  return caseOf(ctx, id)
}

/** A plan with what has come of it so far. */
export async function viewPlan(ctx: Ctx, id: string) {
  const seen = await caseOf(ctx, id)
  const { projectId, year, items } = seen.record
  const visits = await read(ctx, (tx) => listVisits(tx, { projectId, year }))
  return { ...seen, ...matchPlan(items, visits) }
}

/** INS-01: planned against done for every project of the year that the reader reaches, or for one. */
export function calendar(ctx: Ctx, ask: { year: number; projectId?: string | undefined }): Promise<PlanYear[]> {
  return read(ctx, async (tx) => {
    let query = tables(tx).selectFrom('inspection.plan').selectAll().where('year', '=', ask.year)
    if (ask.projectId) query = query.where('project_id', '=', ask.projectId)
    const plans = (await query.orderBy('project_name').execute()).map(toPlan)
    const visits = Map.groupBy(await listVisits(tx, ask), ({ projectId }) => projectId)
    return [...plans.map((plan) => yearOf(plan, visits.get(plan.projectId) ?? []))]
  })
}

const yearOf = (plan: Plan, visits: readonly Visit[]): PlanYear => ({
  planId: plan.id,
  projectId: plan.projectId,
  projectName: plan.projectName,
  stateLabel: plan.state && planWorkflow.states[plan.state].label,
  ...matchPlan(plan.items, visits),
})
