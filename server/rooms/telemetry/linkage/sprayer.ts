import { later, switchTerms, withheldBy } from '@plumbline/core/device'
import { type Alarm, getCause, spraying } from '@plumbline/core/telemetry'
import { sameId } from '../../../base/act.ts'
import type { Ctx } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { devicesOfProject, findDevice } from '../../device/index.ts'
import { findLastOrder, orderCommand, voidStarts } from '../commands.ts'
import { othersOpening } from '../store.ts'
import { saveWithheld, wasWithheld } from './withheld.ts'

interface Wanted {
  on: boolean
  /** When the reading was stored that brought it about. */
  orderedAt: string
}

/**
 * Orders the linked actuator on or off, unless another alarm keeps it running or people have it in their own hands. The
 * order is void when its time is over: what is carried out late, after a restart, opens nothing.
 */
export async function switchSprayer(tx: Db, ctx: Ctx, alarm: Alarm, { on, orderedAt }: Wanted): Promise<void> {
  if (!getCause(alarm.cause).sprays) return
  const device = await findDevice(tx, alarm.deviceId)
  if (!device?.linkedTo) return
  const unit = device.linkedUnit ?? 1
  const monitors = (await devicesOfProject(tx, device.projectId)).filter(({ linkedTo }) => linkedTo === device.linkedTo)
  const others = await othersOpening(tx, {
    sprayerId: device.linkedTo,
    monitors: monitors.map(({ id }) => id),
    causes: spraying,
    not: alarm.id,
  })
  // Read behind the lock: somebody may just have set it to manual, or forbidden it.
  const sprayer = await findDevice(tx, device.linkedTo)
  if (!sprayer || sprayer.state === 'retired' || others > 0) return
  const because = on ? withheldBy(sprayer, ctx.now) : null
  if (because) return saveWithheld(tx, alarm.id, { device: sprayer, because, at: ctx.now })
  // What it was not allowed to start is not its to stop; under people's hands an alarm only ends what an alarm began.
  if (!on && (await wasWithheld(tx, alarm.id))) return
  const ofUnit = { deviceId: sprayer.id, unit, now: ctx.now }
  if (!on) await voidStarts(tx, ofUnit)
  const last = await findLastOrder(tx, ofUnit)
  if (!on && sprayer.mode === 'manual' && !(last?.on && last.byAlarm)) return

  // Two alarms one after the other, or one after a person, wear the pump like one that flaps: the order waits for the rest.
  const { ttlMillis, maxRunSeconds, restMillis } = switchTerms(ctx.law())
  const rested = last ? later(last.at, restMillis) : ctx.now
  const dueAt = rested > ctx.now ? rested : ctx.now
  await orderCommand(tx, {
    id: sameId('command', alarm.id, on ? 'on' : 'off'),
    ...{ deviceId: sprayer.id, unit, on, alarmId: alarm.id, by: null, createdAt: ctx.now, dueAt },
    expiresAt: later(dueAt > ctx.now ? dueAt : orderedAt, ttlMillis),
    maxRunSeconds,
  })
}
