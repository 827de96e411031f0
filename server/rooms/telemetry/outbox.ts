import { sql } from 'kysely'
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

/**
 * Writes down that devices have proved themselves, of each once while it waits: a device sends on until its act is done,
 * and what it brings about meanwhile must not lie behind a hundred repetitions. Answers those written now.
 */
export async function saveProven(tx: Db, ctx: Ctx, deviceIds: readonly string[]): Promise<string[]> {
  if (deviceIds.length === 0) return []
  const { rows } = await sql<{ device_id: string }>`
    insert into telemetry.happening (device_id, kind, detail, at)
    select one, 'live', 'null'::jsonb, ${ctx.now}::timestamptz from unnest(${[...deviceIds]}::uuid[]) one where not exists (
      select 1 from telemetry.happening h where h.device_id = one and h.kind = 'live' and h.done_at is null)
    returning device_id`.execute(tx)
  return rows.map(({ device_id }) => device_id)
}
