import { dayOf } from '@plumbline/core/kit'
import { type Bucket, findQuantity, freshness, type Latest, type Sample, type Span } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { TelemetryTables } from './tables.ts'

export const tables = (db: Db) => db.withTables<TelemetryTables>()

/** A value to be stored, already in the house's unit and on the legal clock. */
export interface Reading {
  deviceId: string
  quantity: string
  span: Span
  at: string
  value: number
  flag: string | null
  receivedAt: string
}

const madeDays = new WeakMap<Db, Set<string>>()

/** Makes the partitions of these instants' days, on a connection of its own: the day must stand before its first row. */
export async function makeDays(db: Db, instants: readonly string[]): Promise<void> {
  const known = madeDays.get(db) ?? new Set<string>()
  madeDays.set(db, known)
  const days = new Set(instants.map((at) => dayOf(new Date(at))))
  for (const day of days) {
    if (known.has(day)) continue
    await sql`select telemetry.make_day(${day})`.execute(db)
    known.add(day)
  }
}

/** Stores readings, each once by (device, quantity, span, time). Answers those that were not there before. */
export async function storeReadings(tx: Db, readings: readonly Reading[]): Promise<Reading[]> {
  if (readings.length === 0) return []
  const { rows } = await sql<{ place: number }>`
    with told as (select * from unnest(${readings.map((one) => one.deviceId)}::uuid[], ${readings.map((one) => one.quantity)}::text[],
        ${readings.map((one) => one.span)}::text[], ${readings.map((one) => one.at)}::timestamptz[],
        ${readings.map((one) => one.value)}::float8[], ${readings.map((one) => one.flag)}::text[],
        ${readings.map((one) => one.receivedAt)}::timestamptz[])
      with ordinality t(device_id, quantity, span, at, value, flag, received_at, place)),
    first as (select distinct on (device_id, quantity, span, at) * from told order by device_id, quantity, span, at, place),
    written as (insert into telemetry.reading (device_id, quantity, span, at, value, flag, received_at)
      select device_id, quantity, span, at, value, flag, received_at from first
      on conflict do nothing returning device_id, quantity, span, at)
    select f.place from written join first f using (device_id, quantity, span, at) order by f.place`.execute(tx)
  const stored = rows.map(({ place }) => readings[place - 1]!)
  await saveLatest(tx, stored)
  return stored
}

/** Of each quantity the newest value, and when it was last normal. Hourly and daily means are not current values. */
async function saveLatest(tx: Db, stored: readonly Reading[]): Promise<void> {
  const newest = new Map<string, Reading & { normalAt: string | null }>()
  for (const one of stored) {
    if (one.span === 'h' || one.span === 'd') continue
    const key = `${one.deviceId} ${one.quantity}`
    const before = newest.get(key)
    const normalAt = laterOf(before?.normalAt ?? null, one.flag === 'N' ? one.at : null)
    newest.set(key, { ...(before && before.at > one.at ? before : one), normalAt })
  }
  if (newest.size === 0) return
  await sql`insert into telemetry.latest as l (device_id, quantity, at, value, flag, received_at, normal_at)
    select r."deviceId", r.quantity, r.at, r.value, r.flag, r."receivedAt", r."normalAt"
    from jsonb_to_recordset(${JSON.stringify([...newest.values()])}::jsonb) as r("deviceId" uuid, quantity text, at timestamptz,
      value float8, flag text, "receivedAt" timestamptz, "normalAt" timestamptz) order by 1, 2
    on conflict (device_id, quantity) do update set
      at = greatest(l.at, excluded.at), normal_at = greatest(l.normal_at, excluded.normal_at),
      value = case when excluded.at >= l.at then excluded.value else l.value end,
      flag = case when excluded.at >= l.at then excluded.flag else l.flag end,
      received_at = case when excluded.at >= l.at then excluded.received_at else l.received_at end`.execute(tx)
}

const laterOf = (one: string | null, other: string | null) =>
  one === null || (other !== null && other > one) ? other : one

export interface LatestRow {
  deviceId: string
  quantity: string
  at: string
  value: number
  flag: string | null
  receivedAt: string
  normalAt: string | null
}

export async function findLatest(tx: Db, deviceIds: readonly string[]): Promise<LatestRow[]> {
  if (deviceIds.length === 0) return []
  const rows = await tables(tx)
    .selectFrom('telemetry.latest')
    .selectAll()
    .where('device_id', 'in', [...deviceIds])
    .execute()
  return rows.map(({ device_id, received_at, normal_at, ...same }) => ({
    ...same,
    deviceId: device_id,
    receivedAt: received_at,
    normalAt: normal_at,
  }))
}

/** Every quantity that a model promises, and any other that came, with its freshness. `since`: see liveSince. */
export function latestView(
  deviceId: string,
  promised: readonly string[],
  found: readonly LatestRow[],
  since: number,
): Latest[] {
  const own = new Map(found.filter((row) => row.deviceId === deviceId).map((row) => [row.quantity, row]))
  const codes = [...new Set([...promised, ...own.keys()])]
  return codes.map((code) => {
    const row = own.get(code)
    const quantity = findQuantity(code)
    const normal = row?.normalAt ? Date.parse(row.normalAt) : null
    return {
      deviceId,
      quantity: code,
      name: quantity?.name ?? code,
      unit: quantity?.unit ?? '',
      at: row?.at ?? null,
      value: row?.value ?? null,
      flag: row?.flag ?? null,
      receivedAt: row?.receivedAt ?? null,
      freshness: freshness(normal === null ? null : Math.min(0, normal - since), 0, 0),
    }
  })
}

/** Momentary values of one quantity in [from, until), oldest first. */
export async function findSamples(
  tx: Db,
  deviceId: string,
  quantity: string,
  from: string,
  until: string,
): Promise<{ at: string; value: number; flag: string | null }[]> {
  return tables(tx)
    .selectFrom('telemetry.reading')
    .select(['at', 'value', 'flag'])
    .where('device_id', '=', deviceId)
    .where('quantity', '=', quantity)
    .where('span', '=', 'r')
    .where('at', '>=', from)
    .where('at', '<', until)
    .orderBy('at')
    .execute()
}

export const sampleOf = ({ at, value, flag }: { at: string; value: number; flag: string | null }): Sample => ({
  at: Date.parse(at),
  value,
  flag: flag ?? undefined,
})

export const bucketView = ({ from, until, ...same }: Bucket) => ({
  ...same,
  from: new Date(from).toISOString(),
  until: new Date(until).toISOString(),
})
