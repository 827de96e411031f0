import { evidenceContract as contract } from '@plumbline/core/evidence'
import type { Serve } from '../../base/http.ts'
import { entriesOf, proofOf, sendCheckpoint, sendKey, sendTile, viewLog, viewPaper } from './service.ts'

export function routes(serve: Serve): void {
  serve(contract.log, (ctx) => viewLog(ctx))
  serve(contract.checkpoint, (ctx) => sendCheckpoint(ctx))
  serve(contract.key, (ctx) => sendKey(ctx))
  serve(contract.tile, (ctx) => sendTile(ctx, (ctx.request.params as { '*': string })['*']))
  serve(contract.paper, (ctx, { params }) => viewPaper(ctx, params.id))
  serve(contract.ofCase, (ctx, { params }) => entriesOf(ctx, params.id))
  serve(contract.proof, (ctx, { params }) => proofOf(ctx, params.seq))
}
