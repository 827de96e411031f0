import { inspectionWorkflow } from '@plumbline/core/inspection'
import type { Ctx } from '../../base/context.ts'
import { read } from '../../base/context.ts'
import type { HeardAct } from '../../base/room.ts'
import { noteMeasure } from './alarms.ts'
import { saveHappened } from './outbox.ts'
import * as store from './store.ts'
import * as kept from './watches.ts'

/** An inspection that an officer began because of an alarm is noted on the alarm (STAT-08). */
export async function followInspection(ctx: Ctx, act: HeardAct): Promise<void> {
  const { alarmId } = inspectionWorkflow.steps.start.input.parse(act.input)
  if (alarmId !== null) await noteMeasure(ctx, alarmId, { room: 'inspection', caseId: act.caseId })
}

/** A device that is given up raises nothing any more, and what it raised is over. */
export async function retireAlarms(ctx: Ctx, { caseId: deviceId, doneAt }: HeardAct): Promise<void> {
  await read(ctx, async (tx) => {
    await kept.lockDevices(tx, [deviceId])
    const open = await store.listAlarms(tx, { deviceId, open: true, after: null, limit: 200 })
    await kept.forgetAll(tx, deviceId)
    await saveHappened(
      tx,
      ctx,
      open.map(({ cause, quantity, raisedAt }) => ({
        deviceId,
        kind: 'cleared',
        detail: { cause, quantity, at: doneAt, value: null, raisedAt, because: 'retired' },
      })),
    )
  })
}
