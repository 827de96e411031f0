import { personContract as contract } from '@plumbline/core/person'
import type { Serve } from '../../base/http.ts'
import { change, list, register, reveal, view } from './service.ts'

export function personRoutes(serve: Serve): void {
  serve(contract.list, (ctx, { query }) => list(ctx, query))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.register, async (ctx, { body }) => view(ctx, (await register(ctx, body)).id))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.reveal, (ctx, { params, body }) => reveal(ctx, params.id, body))
}
