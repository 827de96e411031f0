import { linkageContract as contract } from '@plumbline/core/telemetry'
import type { Serve } from '../../../base/http.ts'
import { runsOf } from './runs.ts'
import { switchByHand } from './switching.ts'

export function linkageRoutes(serve: Serve): void {
  serve(contract.switch, (ctx, { params, body }) => switchByHand(ctx, params.id, body))
  serve(contract.runs, (ctx, { params, query }) => runsOf(ctx, params.id, query))
}

export { switchSprayer } from './sprayer.ts'
export { findWithheld } from './withheld.ts'
