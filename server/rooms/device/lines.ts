import { type Device, maskPassword, type Spoken, type UnknownMn, type Verdict } from '@plumbline/core/device'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { tables } from './store.ts'

/** What a batch of frames added to a device's counters. */
export interface LineChange {
  deviceId: string
  address: string
  heardAt: string | null
  good: number
  bad: number
  refused: number
  quarantined: number
  duplicates: number
  skewMillis: number | null
}

/** Adds to the counters of lines, set-based; one row for each device. */
export async function noteLines(tx: Db, changes: readonly LineChange[]): Promise<void> {
  if (changes.length === 0) return
  await sql`insert into device.line as l (device_id, address, heard_at, good, bad, refused, quarantined, duplicates, skew_millis)
    select r."deviceId", r.address, r."heardAt", r.good, r.bad, r.refused, r.quarantined, r.duplicates, r."skewMillis"
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r("deviceId" uuid, address text, "heardAt" timestamptz,
      good bigint, bad bigint, refused bigint, quarantined bigint, duplicates bigint, "skewMillis" bigint) order by 1
    on conflict (device_id) do update set
      -- An address is only as good as what came from it: a frame that proved nothing does not move it.
      address = case when excluded.heard_at is null then l.address else excluded.address end,
      heard_at = coalesce(excluded.heard_at, l.heard_at), good = l.good + excluded.good, bad = l.bad + excluded.bad,
      refused = l.refused + excluded.refused, quarantined = l.quarantined + excluded.quarantined,
      duplicates = l.duplicates + excluded.duplicates, skew_millis = coalesce(excluded.skew_millis, l.skew_millis)`.execute(
    tx,
  )
}

/** Whether a device's socket is open. */
export async function noteConnected(tx: Db, deviceId: string, connected: boolean): Promise<void> {
  await sql`insert into device.line (device_id, connected) values (${deviceId}, ${connected})
    on conflict (device_id) do update set connected = excluded.connected`.execute(tx)
}

/** After a restart no socket of ours is open. */
export async function noteAllDisconnected(tx: Db): Promise<void> {
  await sql`update device.line set connected = false where connected`.execute(tx)
}

/** Notes normal values of lead quantities. Answers the devices that were not live before. */
export async function noteFresh(tx: Db, fresh: readonly { deviceId: string; at: string }[]): Promise<string[]> {
  if (fresh.length === 0) return []
  const { rows } = await sql<{ device_id: string }>`
    with told as (select "deviceId" as device_id, max(at) as at
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as r("deviceId" uuid, at timestamptz) group by 1),
    before as (select t.device_id from told t left join device.line l using (device_id)
      where coalesce(l.freshness, 'never') <> 'live'),
    written as (insert into device.line as l (device_id, freshness, fresh_at)
      select device_id, 'live', at from told order by device_id
      on conflict (device_id) do update set freshness = 'live', fresh_at = greatest(l.fresh_at, excluded.fresh_at))
    select device_id from before`.execute(tx)
  return rows.map(({ device_id }) => device_id)
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

export interface NewSpoken {
  deviceId: string
  way: Spoken['way']
  at: string
  raw: Uint8Array
  verdict: Verdict
  verified: boolean
  fault: Spoken['fault']
}

const hex = (raw: Uint8Array) => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('hex')

/** Writes down what was said, in the order given. */
export async function noteSpoken(tx: Db, spoken: readonly NewSpoken[]): Promise<void> {
  if (spoken.length === 0) return
  const rows = spoken.map((one) => ({ ...one, raw: hex(one.raw) }))
  await sql`insert into device.conversation (device_id, way, at, raw, verdict, verified, fault)
    select (r->>'deviceId')::uuid, r->>'way', (r->>'at')::timestamptz, decode(r->>'raw', 'hex'), r->>'verdict',
           (r->>'verified')::boolean, nullif(r->'fault', 'null'::jsonb)
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality e(r, place) order by place`.execute(tx)
}

/** A page of a conversation, newest first. Passwords are masked here, before the bytes leave the server. */
export async function listSpoken(
  tx: Db,
  deviceId: string,
  ask: { before: number | null; limit: number },
): Promise<Spoken[]> {
  const rows = await tables(tx)
    .selectFrom('device.conversation')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('id', '<', ask.before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('id', 'desc')
    .limit(ask.limit)
    .execute()
  return rows.map(({ id, way, at, raw, verdict, verified, fault }) => ({
    id,
    way,
    at,
    raw: Buffer.from(maskPassword(raw)).toString('base64'),
    verdict,
    verified,
    fault: fault as Spoken['fault'],
  }))
}

const keptPerDevice = 5000

/** Forgets what is older than `before`, and of one device what lies beyond the newest five thousand. */
export async function pruneSpoken(tx: Db, before: string): Promise<void> {
  await sql`delete from device.conversation where at < ${before}`.execute(tx)
  await sql`delete from device.conversation c using (
      select d.id, (select e.id from device.conversation e where e.device_id = d.id order by e.id desc offset ${keptPerDevice} limit 1) as last
      from device.device d) k where c.device_id = k.id and c.id <= k.last`.execute(tx)
}

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
