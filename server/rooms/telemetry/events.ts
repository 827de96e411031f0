import type { EventKind, SiteEvent } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'

/** What happened at a device, on the legal clock. */
export type DeviceEvent = SiteEvent & { deviceId: string }

/** Stores events, each once by (device, kind, time, id). Answers those that were not there before, in the order given. */
export async function storeEvents<E extends DeviceEvent>(tx: Db, ctx: Ctx, events: readonly E[]): Promise<E[]> {
  if (events.length === 0) return []
  const told = events.map((one, place) => ({ ...one, place }))
  const { rows } = await sql<{ place: number }>`
    with told as (select distinct on ("deviceId", kind, at, id) *
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as r("deviceId" uuid, kind text, at timestamptz, id text, body jsonb, place int)
      order by "deviceId", kind, at, id, place),
    written as (insert into telemetry.event (device_id, kind, at, id, body, received_at)
      select "deviceId", kind, at, id, body, ${ctx.now} from told on conflict do nothing returning device_id, kind, at, id)
    select t.place from written w join told t on t."deviceId" = w.device_id and t.kind = w.kind and t.at = w.at and t.id = w.id
    order by t.place`.execute(tx)
  return rows.map(({ place }) => events[place]!)
}

/** Which events are wanted: of these devices, of these kinds or of all, in [from, until); oldest first unless told. */
export interface EventAsk {
  deviceIds: readonly string[]
  kinds?: readonly EventKind[]
  from: string
  until: string
  newestFirst?: boolean
  limit?: number
}

export async function findEvents(tx: Db, ask: EventAsk): Promise<DeviceEvent[]> {
  const { deviceIds, kinds, from, until, newestFirst = false, limit = 10_000 } = ask
  if (deviceIds.length === 0) return []
  const order = newestFirst ? sql`at desc, id desc` : sql`at, id`
  const { rows } = await sql<DeviceEvent>`select device_id as "deviceId", kind, at, id, body from telemetry.event
    where device_id = any(${[...deviceIds]}) and (${kinds === undefined} or kind = any(${[...(kinds ?? [])]})) and at >= ${from} and at < ${until}
    order by ${order} limit ${limit}`.execute(tx)
  return rows
}
