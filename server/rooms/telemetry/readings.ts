import { type Bucket, type Sample, type Span } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { TelemetryTables } from './tables.ts'

/** Views of migrations/0013_ingest.sql: rows of frames, read one value at a time. */
type TelemetryViews = {
  'telemetry.reading': {
    device_id: string
    quantity: string
    span: Span
    at: string
    value: number
    flag: string | null
    received_at: string
  }
  'telemetry.latest': {
    device_id: string
    quantity: string
    at: string
    value: number
    flag: string | null
    received_at: string
    normal_at: string | null
  }
}

export const tables = (db: Db) => db.withTables<TelemetryTables & TelemetryViews>()

/** A value to be stored, already in the house's unit and on the legal clock. */
export interface Reading {
  deviceId: string
  quantity: string
  span: Span
  at: string
  value: number
  /** One letter, or null. */
  flag: string | null
  receivedAt: string
}

/**
 * Momentary values of one quantity in [from, until), oldest first. Asked of the rows of frames and not through the view
 * of readings: only the wanted value of each row is taken out.
 */
export async function findSamples(
  tx: Db,
  deviceId: string,
  quantity: string,
  from: string,
  until: string,
): Promise<{ at: string; value: number; flag: string | null }[]> {
  const { rows } = await sql<{ at: string; value: number; flag: string | null }>`
    select p.at, p.measured[l.place] as value,
      case when p.marks is null then 'N' else nullif(substr(p.marks, l.place, 1), ' ') end as flag
    from telemetry.packet p
    join (select id, array_position(quantities, ${quantity}) as place from telemetry.layout
      where span = 'r' and ${quantity} = any(quantities)) l on l.id = p.layout
    where p.device_id = ${deviceId} and p.span = 'r' and p.at >= ${from} and p.at < ${until} order by p.at`.execute(tx)
  return rows
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
