import { countInstalled, deviceContract as contract } from '@plumbline/core/device'
import { read } from '../../base/context.ts'
import { Refused } from '../../base/errors.ts'
import type { Serve } from '../../base/http.ts'
import { listObliged } from '../project/index.ts'
import { listHeldBack, listSpoken } from './conversation.ts'
import * as lines from './lines.ts'
import { doorsOf, listOnboarding, listOnline, onboard, setPassword } from './onboarding.ts'
import { change, view } from './service.ts'
import * as store from './store.ts'

export function deviceRoutes(serve: Serve): void {
  serve(contract.list, async (ctx, { query }) => {
    const ask = {
      ...{ ...query, retired: query.retired === 'true', after: cursorOf(query.after), limit: query.limit + 1 },
      ...{ explained: query.explained && query.explained === 'true', today: ctx.today },
    }
    const found = await read(ctx, (tx) => store.list(tx, ask))
    const rows = found.rows.slice(0, query.limit)
    const last = rows.at(-1)
    return {
      rows,
      total: found.total,
      next: found.rows.length > query.limit && last ? `${last.id}_${last.name}` : null,
    }
  })
  serve(contract.unknown, async (ctx) => ({ rows: await read(ctx, lines.listUnknown) }))
  serve(contract.installed, async (ctx) =>
    countInstalled(await listObliged(ctx, 'dust'), await read(ctx, store.findMonitored)),
  )
  serve(contract.online, listOnline)
  serve(contract.onboarding, (ctx, { query }) => listOnboarding(ctx, query.stuck === 'true'))
  serve(contract.heldBack, async (ctx, { query: { after, limit, ...same } }) => {
    const before = after === undefined ? null : Number(after)
    const found = await read(ctx, (tx) => listHeldBack(tx, { ...same, before, limit: limit + 1 }))
    const rows = found.slice(0, limit)
    return { rows, next: found.length > limit ? String(rows.at(-1)!.id) : null }
  })
  serve(contract.doors, async (ctx) => doorsOf(ctx))
  serve(contract.get, (ctx, { params }) => view(ctx, params.id))
  serve(contract.onboard, (ctx, { body }) => onboard(ctx, body))
  serve(contract.act, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.tend, (ctx, { params, body }) => change(ctx, params.id, body))
  serve(contract.setPassword, (ctx, { params, body }) => setPassword(ctx, params.id, body))
  serve(contract.conversation, async (ctx, { params, query }) => {
    const found = await read(ctx, async (tx) => {
      if (!(await store.find(tx, params.id))) throw new Refused('missing', 'device')
      const before = query.after === undefined ? null : Number(query.after)
      return listSpoken(tx, params.id, { before, limit: query.limit + 1 })
    })
    const rows = found.slice(0, query.limit)
    return { rows, next: found.length > query.limit ? String(rows.at(-1)!.id) : null }
  })
}

function cursorOf(after: string | undefined): { id: string; name: string } | null {
  if (after === undefined) return null
  const [, id, name] = /^([\da-f-]{36})_(.*)$/.exec(after) ?? []
  if (!id || name === undefined) throw new Refused('malformed', 'cursor')
  return { id, name }
}
