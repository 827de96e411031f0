import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { tables } from './readings.ts'
import type { Happened } from './watching.ts'

/** Writes down what is to be carried out as an act, in the transaction of what brought it about. */
export async function saveHappened(tx: Db, ctx: Ctx, happened: readonly Happened[]): Promise<void> {
  if (happened.length === 0) return
  const values = happened.map(({ deviceId, kind, detail }) => ({
    device_id: deviceId,
    kind,
    detail: JSON.stringify(detail),
    at: ctx.now,
    done_at: null,
    error: null,
  }))
  await tables(tx).insertInto('telemetry.happening').values(values).execute()
}
