import { baseContract as contract, District } from '@plumbline/core/base'
import { inbox, history, searchCases } from './cases.ts'
import { read } from './context.ts'
import { type Db, inTx } from './db.ts'
import { Refused } from './errors.ts'
import { findFile, receiveFile, sendFile, sendThumb, viewOf } from './files/index.ts'
import { checkHealth } from './health.ts'
import { findPoisoned } from './hearing.ts'
import { type Serve, taken } from './http.ts'
import { countUnread, listMessages, markRead } from './notify.ts'
import { workflowsOf } from './room.ts'
import { findSetting } from './setting.ts'
import { findHolds } from './subjects.ts'
import { findStuck, retryTimer } from './sweep.ts'

/** The routes of the tools themselves. */
export function baseRoutes(serve: Serve): void {
  serve(contract.health, (ctx) => checkHealth(ctx.house))
  // An operator is told of every failure, in cases too that he does not reach: of these only the step and the error.
  const failing = async (tx: Db) => ({ listeners: await findPoisoned(tx), timers: await findStuck(tx) })
  serve(contract.operations, ({ db }) => inTx(db, ['d:'], failing))
  serve(contract.retryTimer, async ({ db, house, actor }, { body }) => {
    const left = await inTx(db, ['d:'], async (tx) => {
      if (!(await retryTimer(tx, body))) throw new Refused('missing', 'timer')
      return failing(tx)
    })
    // The step itself is an act of the system; who set it going again is a matter of the house, and stands in its log.
    house.log.info({ timer: body, by: actor.name }, 'a timer was set going again')
    house.wake()
    return left
  })
  serve(contract.inbox, (ctx, { query }) => inbox(ctx, query))
  serve(contract.search, async (ctx, { query }) => {
    const rooms = workflowsOf(ctx.house.rooms)
      .map(({ name }) => name)
      .filter((name) => !query.room || query.room === name)
    return { rows: await searchCases(ctx, { q: query.q, rooms, limit: query.limit }) }
  })
  serve(contract.history, async (ctx, { params }) => ({
    rows: await read(ctx, async (tx) => {
      const seen = await tx.selectFrom('base.case').select('id').where('id', '=', params.id).executeTakeFirst()
      if (!seen) throw new Refused('missing', 'case')
      return history(ctx, tx, params.id)
    }),
  }))
  serve(contract.holds, async (ctx, { params }) => ({
    rows: await read(ctx, async (tx) => {
      const seen = await tx.selectFrom('base.subject').select('id').where('id', '=', params.id).executeTakeFirst()
      if (!seen) throw new Refused('missing', 'subject')
      return findHolds(tx, [params.id])
    }),
  }))
  // The towns are drawn by the room of projects and kept as a setting; of the drawing only code and name are told here.
  serve(contract.districts, async (ctx) => ({
    rows: District.array().safeParse(await findSetting(ctx.db, 'towns')).data ?? [],
  }))
  serve(contract.messages, async (ctx, { query }) => ({
    rows: await listMessages(ctx, query),
    unread: await countUnread(ctx),
  }))
  serve(contract.markRead, async (ctx, { body }) => {
    await markRead(ctx, body.ids)
    return { unread: await countUnread(ctx) }
  })
  serve(contract.upload, (ctx) => receiveFile(ctx))
  serve(contract.file, async (ctx, { params }) => sendFile(ctx, params.id))
  serve(contract.fileFacts, async (ctx, { params }) => viewOf(await findFile(ctx, params.id)))
  serve(contract.thumb, async (ctx, { params }) => sendThumb(ctx, params.id))
  serve(contract.stream, async (ctx) => {
    ctx.house.stream.attach(ctx.actor, ctx.visitor.sessionKey ?? '', ctx.reply.raw)
    return taken
  })
}
