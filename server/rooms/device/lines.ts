import { type Device, maskPassword, type UnknownMn } from '@plumbline/core/device'
import { sql } from 'kysely'
import type { Db, Lane } from '../../base/db.ts'
import { getRowType, knownRowType, startRows } from '../../base/rows.ts'
import { tables } from './store.ts'

/** What frames added to a device's counters; `freshAt` when they brought a normal value of its lead quantity, new enough. */
export interface LineChange {
  deviceId: string
  address: string
  heardAt: string | null
  freshAt: string | null
  good: number
  bad: number
  refused: number
  quarantined: number
  duplicates: number
  skewMillis: number | null
}

const rowType = 'device.line_told'
export const prepareLines = (db: Db) => getRowType(db, rowType)

/**
 * Adds to the counters of lines, set-based; one row for each device. Answers the devices that became live with it. The
 * statement is sent before this waits; `prepareLines` comes before.
 */
export async function noteLines(db: Db, lane: Lane, changes: readonly LineChange[]): Promise<string[]> {
  if (changes.length === 0) return []
  const rows = await lane.ask<{ device_id: string }>('device.line', upsertLines, [encode(db, changes)])
  return rows.map(({ device_id }) => device_id)
}

function encode(db: Db, changes: readonly LineChange[]): Buffer {
  const rows = startRows(knownRowType(db, rowType), changes.length * 180)
  for (const one of changes) {
    rows.row()
    rows.uuid(one.deviceId)
    rows.text(one.address)
    rows.instant(one.heardAt === null ? null : Date.parse(one.heardAt))
    rows.instant(one.freshAt === null ? null : Date.parse(one.freshAt))
    for (const count of [one.good, one.bad, one.refused, one.quarantined, one.duplicates]) rows.int(count)
    rows.double(one.skewMillis)
  }
  return rows.done()
}

const upsertLines = `with told as materialized (select * from unnest($1::device.line_told[])),
  asleep as (select t.device_id from told t left join device.line l on l.device_id = t.device_id
    where t.fresh_at is not null and coalesce(l.freshness, 'never') <> 'live'),
  written as (insert into device.line as l (device_id, address, heard_at, good, bad, refused, quarantined, duplicates, skew_millis,
      freshness, fresh_at)
    select device_id, address, heard_at, good, bad, refused, quarantined, duplicates, skew_millis,
      case when fresh_at is null then 'never' else 'live' end, fresh_at
    from told order by device_id
    on conflict (device_id) do update set
      -- An address is only as good as what came from it: a frame that proved nothing does not move it.
      address = case when excluded.heard_at is null then l.address else excluded.address end,
      heard_at = coalesce(excluded.heard_at, l.heard_at), good = l.good + excluded.good, bad = l.bad + excluded.bad,
      refused = l.refused + excluded.refused, quarantined = l.quarantined + excluded.quarantined,
      duplicates = l.duplicates + excluded.duplicates, skew_millis = coalesce(excluded.skew_millis, l.skew_millis),
      freshness = case when excluded.freshness = 'live' then 'live' else l.freshness end,
      fresh_at = greatest(l.fresh_at, excluded.fresh_at))
  select device_id from asleep`

/** Whether a device's socket is open. */
export async function noteConnected(tx: Db, deviceId: string, connected: boolean): Promise<void> {
  await sql`insert into device.line (device_id, connected) values (${deviceId}, ${connected})
    on conflict (device_id) do update set connected = excluded.connected`.execute(tx)
}

/** The same of many: a county's devices may all come back at once. */
export async function noteConnections(tx: Db, open: ReadonlyMap<string, boolean>): Promise<void> {
  if (open.size === 0) return
  await sql`insert into device.line (device_id, connected)
    select * from unnest(${[...open.keys()]}::uuid[], ${[...open.values()]}::boolean[]) order by 1
    on conflict (device_id) do update set connected = excluded.connected`.execute(tx)
}

/** After a restart no socket of ours is open. */
export async function noteAllDisconnected(tx: Db): Promise<void> {
  await sql`update device.line set connected = false where connected`.execute(tx)
}

/** Calls stale what has had no normal value since. Answers the devices concerned. */
export async function markStale(tx: Db, since: string): Promise<string[]> {
  const { rows } = await sql<{ device_id: string }>`update device.line set freshness = 'stale'
    where device_id in (select device_id from device.line where freshness = 'live' and fresh_at < ${since}
      order by device_id for update skip locked) returning device_id`.execute(tx)
  return rows.map(({ device_id }) => device_id)
}

export async function countFreshness(
  tx: Db,
  kind: Device['kind'],
): Promise<{ total: number; live: number; stale: number; never: number }> {
  const { rows } = await sql<{ freshness: 'live' | 'stale' | 'never'; count: number }>`
    select coalesce(l.freshness, 'never') as freshness, count(*) as count
    from device.device d left join device.line l on l.device_id = d.id
    where d.kind = ${kind} and d.state <> 'retired' group by 1`.execute(tx)
  const of = (freshness: string) => rows.find((row) => row.freshness === freshness)?.count ?? 0
  const [live, stale, never] = [of('live'), of('stale'), of('never')]
  return { total: live + stale + never, live, stale, never }
}

const hex = (raw: Uint8Array) => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('hex')

const unknownKept = 1000

/** Counts frames under numbers that nobody has entered. */
export async function countUnknown(
  tx: Db,
  heard: readonly { mn: string; at: string; address: string; raw: Uint8Array }[],
): Promise<void> {
  if (heard.length === 0) return
  const byMn = new Map<string, { mn: string; at: string; address: string; raw: string; count: number }>()
  for (const { mn, at, address, raw } of heard)
    byMn.set(mn, { mn, at, address, raw: hex(raw), count: (byMn.get(mn)?.count ?? 0) + 1 })
  await sql`insert into device.unknown as u (mn, first_seen, last_seen, count, address, raw)
    select r.mn, r.at, r.at, r.count, r.address, decode(r.raw, 'hex')
    from jsonb_to_recordset(${JSON.stringify([...byMn.values()])}::jsonb) as r(mn text, at timestamptz, address text, raw text, count bigint)
    order by 1
    on conflict (mn) do update set last_seen = excluded.last_seen, count = u.count + excluded.count,
      address = excluded.address, raw = excluded.raw`.execute(tx)
}

/** Numbers heard and not entered, the latest first. */
export async function listUnknown(tx: Db): Promise<UnknownMn[]> {
  const rows = await tables(tx)
    .selectFrom('device.unknown as u')
    .selectAll()
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('device.device as d')
            .select('d.id')
            .whereRef('d.mn', '=', 'u.mn')
            .where('d.state', '<>', 'retired'),
        ),
      ),
    )
    .orderBy('last_seen', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ mn, first_seen, last_seen, count, address, raw }) => ({
    mn,
    firstSeen: first_seen,
    lastSeen: last_seen,
    count,
    address,
    raw: Buffer.from(maskPassword(raw)).toString('base64'),
  }))
}

/** A number that was entered is unknown no more; those long silent, and all beyond a thousand, are forgotten. */
export async function pruneUnknown(tx: Db, before: string): Promise<void> {
  await sql`delete from device.unknown where last_seen < ${before}
    or mn in (select mn from device.unknown order by last_seen desc offset ${unknownKept})`.execute(tx)
}

export const forgetUnknown = async (tx: Db, mn: string): Promise<void> => {
  await tables(tx).deleteFrom('device.unknown').where('mn', '=', mn).execute()
}
