import { rectificationContract as contract } from '@plumbline/core/rectification'
import type { Serve } from '../../base/http.ts'
import { exportLedger } from './export.ts'
import { conservation, rates, units } from './figures.ts'
import { ledger, list } from './ledger.ts'
import { change, draft, unordered, view } from './service.ts'

export function rectificationRoutes(serve: Serve): void {
  serve(contract.list, (ctx, { query }) => list(ctx, query))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.draft, (ctx, { body }) => draft(ctx, body))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.unordered, (ctx, { params }) => unordered(ctx, params.id))
  serve(contract.ledger, (ctx, { query }) => ledger(ctx, query))
  serve(contract.ledgerExport, (ctx, { query }) => exportLedger(ctx, query))
  serve(contract.conservation, (ctx, { query }) => conservation(ctx, query))
  serve(contract.units, (ctx, { query }) => units(ctx, query))
  serve(contract.rates, (ctx, { query }) => rates(ctx, query))
}
