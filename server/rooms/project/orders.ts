import { act, sameId } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import { projectRoom } from './service.ts'
import * as store from './store.ts'

/**
 * Stops a project because of a legal order, as the system, for the room that owns the order. Repeating is harmless: an
 * order that already stops the project, or a project that is finished, is left alone.
 */
export async function stopByOrder(
  ctx: Ctx,
  projectId: string,
  order: { because: string; scope: string },
): Promise<void> {
  const project = await findStanding(ctx, projectId)
  if (store.isFinished(project) || project.stops.some(({ because }) => because === order.because)) return
  await act(ctx, projectRoom, projectId, {
    requestId: sameId('project.stop_by_order', projectId, order.because, ctx.causedBy ?? ''),
    action: 'stop_by_order',
    input: order,
  })
}

/** Lifts the stop of one order; the project goes on when no other stop stands. Repeating is harmless. */
export async function resumeByOrder(ctx: Ctx, projectId: string, order: { because: string }): Promise<void> {
  const project = await findStanding(ctx, projectId)
  if (project.state !== 'stopped' || !project.stops.some(({ because }) => because === order.because)) return
  await act(ctx, projectRoom, projectId, {
    requestId: sameId('project.resume_by_order', projectId, order.because, ctx.causedBy ?? ''),
    action: 'resume_by_order',
    input: order,
  })
}

const findStanding = (ctx: Ctx, id: string) => read(ctx, (tx) => store.get(tx, id))
