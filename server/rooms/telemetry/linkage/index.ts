import { dispatchContract as dispatch, linkageContract as contract } from '@plumbline/core/telemetry'
import type { Serve } from '../../../base/http.ts'
import { callTruck, changeDispatch } from './dispatch.ts'
import { listDispatches, trucksFor, viewDispatch } from './dispatch-page.ts'
import { runsOf } from './runs.ts'
import { switchByHand } from './switching.ts'

export function linkageRoutes(serve: Serve): void {
  serve(contract.switch, (ctx, { params, body }) => switchByHand(ctx, params.id, body))
  serve(contract.runs, (ctx, { params, query }) => runsOf(ctx, params.id, query))
  serve(dispatch.list, (ctx, { query }) => listDispatches(ctx, query))
  serve(dispatch.get, (ctx, { params }) => viewDispatch(ctx, params.id))
  serve(dispatch.trucks, (ctx, { params }) => trucksFor(ctx, params.id))
  serve(dispatch.call, async (ctx, { body }) => viewDispatch(ctx, await callTruck(ctx, body)))
  serve(dispatch.act, async (ctx, { params, body }) => {
    await changeDispatch(ctx, params.id, body)
    return viewDispatch(ctx, params.id)
  })
}

export { dispatchCases, followTrucks } from './dispatch.ts'
export { switchSprayer } from './sprayer.ts'
export { findWithheld } from './withheld.ts'
