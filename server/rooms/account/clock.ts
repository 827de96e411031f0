import { clockWorkflow, type ClockRecord } from '@plumbline/core/account'
import { systemActor } from '@plumbline/core/access'
import { act, open } from '../../base/act.ts'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { getCounty } from '../../base/setting.ts'

const clockId = '00000000-0000-4000-8000-0000000c10c0'

/** The demo clock is a case of its own, so that moving it is an act like any other. */
const room: CaseRoom<'running', ClockRecord> = {
  workflow: clockWorkflow,
  load: async (tx, ids) => {
    const { region } = await getCounty(tx)
    return ids.map((id) => ({ id, state: 'running' as const, region }))
  },
  save: async () => {},
  effects: {
    move: async (tx: Db, ctx: Ctx, { input }) => {
      await ctx.house.clock.jumpTo(tx, (input as { to: string }).to)
    },
  },
}
export const clockCases = asCaseRoom(room)

const dayMillis = 86_400_000

/** Moves legal time forward and carries out, in order, everything that falls due on the way. */
export async function moveClock(
  ctx: Ctx,
  ask: { requestId: string; to?: string | undefined; days?: number | undefined },
): Promise<{ from: string; to: string }> {
  if (!(await ctx.house.clock.isDemo())) throw new Refused('forbidden', 'clock_is_real')
  const to = ask.to ?? new Date(Date.parse(ctx.now) + (ask.days ?? 1) * dayMillis).toISOString()
  const system = { ...ctx, actor: systemActor }
  const known = await ctx.db.transaction().execute(async (tx) => {
    await tx.executeQuery(tx.selectNoFrom((eb) => eb.fn('base.enter', [eb.val(['d:'])]).as('entered')).compile())
    return tx.selectFrom('base.case').select('id').where('id', '=', clockId).executeTakeFirst()
  })
  if (!known) {
    const { region } = await getCounty(ctx.db)
    await open(system, room, { requestId: clockId, action: 'start', input: {} }, async () => ({
      id: clockId,
      state: null,
      region,
    }))
  }
  await act(ctx, room, clockId, { requestId: ask.requestId, action: 'move', input: { to } })
  ctx.house.clock.forget()
  await ctx.house.settle()
  return { from: ctx.now, to }
}
