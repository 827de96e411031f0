import { credibilityContract as contract } from '@plumbline/core/telemetry'
import type { Serve } from '../../../base/http.ts'
import { decideDoubt, viewDoubt } from './doubts.ts'
import { credibilityOf, doubtedOf, suspectsOf } from './pages.ts'

export function credibilityRoutes(serve: Serve): void {
  serve(contract.device, (ctx, { params, query }) => credibilityOf(ctx, params.id, query))
  serve(contract.project, (ctx, { params }) => doubtedOf(ctx, params.id))
  serve(contract.suspects, (ctx, { query }) => suspectsOf(ctx, query))
  serve(contract.doubt, (ctx, { params }) => viewDoubt(ctx, params.id))
  serve(contract.act, (ctx, { params, body }) => decideDoubt(ctx, params.id, body))
}
