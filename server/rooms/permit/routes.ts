import { permitContract as contract } from '@plumbline/core/permit'
import type { Serve } from '../../base/http.ts'
import { change, list, submit, view } from './service.ts'

export function permitRoutes(serve: Serve): void {
  serve(contract.list, (ctx, { query }) => list(ctx, query))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.submit, (ctx, { body }) => submit(ctx, body))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
}
