import { orgContract as contract } from '@plumbline/core/org'
import type { Serve } from '../../base/http.ts'
import { change, list, register, view } from './service.ts'

export function orgRoutes(serve: Serve): void {
  serve(contract.list, (ctx, { query }) => list(ctx, query))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.register, async (ctx, { body }) => view(ctx, (await register(ctx, body)).id))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
}
