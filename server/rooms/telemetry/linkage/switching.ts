import { type Device, getModel, later, type Switch, switchTerms } from '@plumbline/core/device'
import { sameId } from '../../../base/act.ts'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { findLines, switchActuator } from '../../device/index.ts'
import { findLastOrder, listCommands, orderCommand } from '../commands.ts'
import { namesOf } from '../service.ts'

/**
 * A person starts or stops an actuator. To stop is never refused but for what the register says; to start needs a line,
 * a rest since the last switch, and no earlier order still unanswered.
 */
export async function switchByHand(ctx: Ctx, id: string, ask: Switch & { requestId: string }) {
  await switchActuator(ctx, id, ask, (tx, now, device) => order(tx, now, device, ask))
  return read(ctx, async (tx) => ({ rows: await listCommands(tx, { deviceId: id }, namesOf(tx)) }))
}

async function order(
  tx: Db,
  ctx: Ctx,
  device: Device,
  { requestId, unit, on }: Switch & { requestId: string },
): Promise<void> {
  const { ttlMillis, maxRunSeconds, restMillis } = switchTerms(ctx.law())
  if (on) await requireReady(tx, ctx, device, { unit, restMillis })
  await orderCommand(tx, {
    id: sameId('command', requestId),
    ...{ deviceId: device.id, unit, on, alarmId: null },
    by: { personId: ctx.actor.personId!, name: ctx.actor.name },
    ...{ createdAt: ctx.now, dueAt: ctx.now, expiresAt: later(ctx.now, ttlMillis), maxRunSeconds },
  })
}

async function requireReady(
  tx: Db,
  ctx: Ctx,
  device: Device,
  { unit, restMillis }: { unit: number; restMillis: number },
): Promise<void> {
  if (!(await isReachable(tx, ctx, device))) throw new Refused('unmet', 'actuator_offline')
  const last = await findLastOrder(tx, { deviceId: device.id, unit, now: ctx.now })
  if (last?.pending) throw new Refused('conflict', 'actuator_pending')
  const until = last && later(last.at, restMillis)
  if (until && until > ctx.now) throw new Refused('unmet', 'actuator_rest', { until })
}

/** Whether an order has a way to the device: its line is open, or, behind a broker of somebody else's, it speaks. */
async function isReachable(tx: Db, ctx: Ctx, { id, modelCode }: Device): Promise<boolean> {
  const line = (await findLines(tx, [id])).get(id)
  const outside = getModel(modelCode).protocol === 'mqtt' && Boolean(ctx.house.settings.mqttUrl)
  return outside ? line?.freshness === 'live' : line?.connected === true
}
