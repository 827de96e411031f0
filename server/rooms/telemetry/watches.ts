import type { Watch } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Db, prepared } from '../../base/db.ts'

/** The state of one watch as it is kept; there is none while its quantity is calm. */
export interface Kept {
  deviceId: string
  cause: string
  quantity: string
  state: Watch
}

/** What a watch has become; null: calm again, and not kept. */
export interface Change {
  deviceId: string
  cause: string
  quantity: string
  state: Watch | null
  /** When it is over whatever the values. */
  endsAt: string | null
}

const askActive = prepared<{ deviceId: string }, [deviceIds: readonly string[]]>(
  'telemetry.active',
  `select distinct device_id as "deviceId" from telemetry.watch where device_id = any($1::uuid[]) and cause <> 'silent'`,
)
/** Which of these devices have a watch that is not calm. Locks nothing. */
export async function findActive(tx: Db, deviceIds: readonly string[]): Promise<string[]> {
  return (await askActive(tx, deviceIds)).map(({ deviceId }) => deviceId)
}

/** Apart from the locks that others take by number. */
const space = 14
const askLocks = prepared<unknown, [deviceIds: readonly string[], space: number]>(
  'telemetry.lock',
  `select pg_advisory_xact_lock(hashtextextended(d::text, $2)) from unnest($1::uuid[]) d`,
)
/**
 * Locks the watches of these devices to the end of the transaction, those that are not there yet among them: two gateways
 * that hear one device see one order. Always in the order of the ids, so that no two wait for each other.
 */
export async function lockDevices(tx: Db, deviceIds: readonly string[]): Promise<void> {
  await askLocks(tx, deviceIds.toSorted(), space)
}

const askKept = prepared<Kept, [deviceIds: readonly string[]]>(
  'telemetry.watches',
  `select device_id as "deviceId", cause, quantity, state from telemetry.watch
    where device_id = any($1::uuid[]) and cause <> 'silent'`,
)
export const load = (tx: Db, deviceIds: readonly string[]): Promise<Kept[]> => askKept(tx, deviceIds)

export async function save(tx: Db, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  const over = JSON.stringify(changes.filter(({ state }) => state === null))
  await sql`delete from telemetry.watch w using jsonb_to_recordset(${over}::jsonb) as r("deviceId" uuid, cause text, quantity text)
    where w.device_id = r."deviceId" and w.cause = r.cause and w.quantity = r.quantity`.execute(tx)
  const standing = changes.flatMap(({ state, ...change }) =>
    state
      ? [{ ...change, state, raisedAt: state.raisedAt === null ? null : new Date(state.raisedAt).toISOString() }]
      : [],
  )
  if (standing.length === 0) return
  await sql`insert into telemetry.watch (device_id, cause, quantity, state, raised_at, ends_at)
    select r."deviceId", r.cause, r.quantity, r.state, r."raisedAt", r."endsAt"
    from jsonb_to_recordset(${JSON.stringify(standing)}::jsonb) as r("deviceId" uuid, cause text, quantity text, state jsonb,
      "raisedAt" timestamptz, "endsAt" timestamptz)
    on conflict (device_id, cause, quantity) do update
      set state = excluded.state, raised_at = excluded.raised_at, ends_at = excluded.ends_at`.execute(tx)
}

/** Watches whose time is over; locked. Those that a gateway holds at this moment are left for the next second. */
export async function takeEnded(tx: Db, now: string): Promise<Kept[]> {
  const { rows: ended } = await sql<{ deviceId: string }>`select distinct device_id as "deviceId" from telemetry.watch
    where ends_at <= ${now}`.execute(tx)
  if (ended.length === 0) return []
  const { rows: locked } = await sql<{ deviceId: string; got: boolean }>`
    select d as "deviceId", pg_try_advisory_xact_lock(hashtextextended(d::text, ${space})) as got
    from unnest(${ended.map(({ deviceId }) => deviceId).toSorted()}::uuid[]) d`.execute(tx)
  const ours = locked.filter(({ got }) => got).map(({ deviceId }) => deviceId)
  const { rows } = await sql<Kept>`select device_id as "deviceId", cause, quantity, state from telemetry.watch
    where ends_at <= ${now} and device_id = any(${ours}::uuid[])`.execute(tx)
  return rows
}

/** Nothing of the device is watched any more; its lock is held. */
export const forgetAll = (tx: Db, deviceId: string) =>
  sql`delete from telemetry.watch where device_id = ${deviceId}`.execute(tx)
