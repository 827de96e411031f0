import { inspectionContract as contract } from '@plumbline/core/inspection'
import type { Serve } from '../../base/http.ts'
import { exportInspections, listInspections, officerChoices, projectHistory } from './lists.ts'
import { calendar, changePlan, propose, viewPlan } from './plans.ts'
import { change, start, view } from './service.ts'

export function inspectionRoutes(serve: Serve): void {
  serve(contract.list, (ctx, { query }) => listInspections(ctx, query))
  serve(contract.export, (ctx, { query }) => exportInspections(ctx, query))
  serve(contract.officers, async (ctx, { query }) => ({ rows: await officerChoices(ctx, query.projectId) }))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.start, (ctx, { body }) => start(ctx, body))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.ofProject, (ctx, { params }) => projectHistory(ctx, params.id))
  serve(contract.calendar, async (ctx, { query }) => ({ rows: await calendar(ctx, query) }))
  serve(contract.plan, (ctx, { params }) => viewPlan(ctx, params.id))
  serve(contract.propose, (ctx, { body }) => propose(ctx, body))
  serve(contract.planAct, (ctx, { params, body }) => changePlan(ctx, params.id, body))
}
