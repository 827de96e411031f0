import { type Sample } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { Reading } from './readings.ts'

const hour = 3_600_000
const day = 24 * hour
/** How old yesterday's value may be: a survey that paused for longer tells no daily rate. */
const oldest = 48 * hour

/** How far each quantity moved within 24 hours, per day, against the last normal value that is at least a day old. */
export async function findChanges(tx: Db, readings: readonly Reading[]): Promise<Map<Reading, number>> {
  const asked = [...new Set(readings)].map((reading) => {
    const at = Date.parse(reading.at)
    return { reading, at, from: new Date(at - oldest).toISOString(), until: new Date(at - day).toISOString() }
  })
  const told = asked.map(({ reading: { deviceId, quantity }, from, until }, place) => ({
    place,
    deviceId,
    quantity,
    from,
    until,
  }))
  const { rows } = await sql<{ place: number; at: string; value: number }>`
    select k.place, r.at, r.value
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as k(place int, "deviceId" uuid, quantity text, "from" timestamptz, until timestamptz)
    cross join lateral (select at, value from telemetry.reading r
      where r.device_id = k."deviceId" and r.quantity = k.quantity and r.span in ('r', 'm') and r.flag = 'N'
        and r.at > k."from" and r.at <= k.until order by r.at desc limit 1) r`.execute(tx)
  return new Map(
    rows.map((row) => {
      const { reading, at } = asked[row.place]!
      return [reading, ((reading.value - row.value) * day) / (at - Date.parse(row.at))]
    }),
  )
}

/**
 * For each asked reading the normal values of its quantity from a moment (milliseconds) on that were there before `stored`
 * came, oldest first.
 */
export async function findSamplesSince(
  tx: Db,
  asked: readonly { reading: Reading; from: number }[],
  stored: readonly Reading[],
): Promise<Pick<Sample, 'at' | 'value'>[][]> {
  if (asked.length === 0) return []
  const told = asked.map(({ reading: { deviceId, quantity }, from }, place) => ({
    ...{ place, deviceId, quantity, from: new Date(from).toISOString() },
  }))
  const { rows } = await sql<{ place: number; at: string; value: number; span: string }>`
    select k.place, r.at, r.value, r.span
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as k(place int, "deviceId" uuid, quantity text, "from" timestamptz)
    join telemetry.reading r on r.device_id = k."deviceId" and r.quantity = k.quantity and r.at > k."from"
      and r.span in ('r', 'm') and r.flag = 'N'
    order by k.place, r.at`.execute(tx)
  const now = new Set(stored.map(wordsOf))
  const found: Pick<Sample, 'at' | 'value'>[][] = asked.map(() => [])
  for (const { place, at, value, span } of rows) {
    const { deviceId, quantity } = asked[place]!.reading
    if (!now.has(wordsOf({ deviceId, quantity, span, at }))) found[place]!.push({ at: Date.parse(at), value })
  }
  return found
}

const wordsOf = ({ deviceId, quantity, span, at }: { deviceId: string; quantity: string; span: string; at: string }) =>
  `${deviceId} ${quantity} ${span} ${Date.parse(at)}`

/** Values in [from, until), oldest first: momentary ones, or, of a device that sends none, its means of minutes. */
export async function findValues(
  tx: Db,
  deviceId: string,
  quantity: string,
  from: string,
  until: string,
): Promise<{ at: string; value: number; flag: string | null }[]> {
  const { rows } = await sql<{ at: string; value: number; flag: string | null; span: string }>`
    select at, value, flag, span from telemetry.reading where device_id = ${deviceId} and quantity = ${quantity}
      and span in ('r', 'm') and at >= ${from} and at < ${until} order by at`.execute(tx)
  const kept = rows.some(({ span }) => span === 'r') ? 'r' : 'm'
  return rows.filter(({ span }) => span === kept).map(({ at, value, flag }) => ({ at, value, flag }))
}
