import { pourContract as contract } from '@plumbline/core/danger-work'
import type { Serve } from '../../base/http.ts'
import { apply, change, list, listWatchers, view } from './service.ts'

export function dangerWorkRoutes(serve: Serve): void {
  serve(contract.list, (ctx, { query }) => list(ctx, query))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.watchers, (ctx, { params }) => listWatchers(ctx, params.id))
  serve(contract.apply, (ctx, { body }) => apply(ctx, body))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
}
