import { findQuantity, freshness, type Latest } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import type { Db, Lane } from '../../base/db.ts'
import { millisOf } from '../../base/instants.ts'
import { getRowType, knownRowType, startRows } from '../../base/rows.ts'
import type { Packet } from './packets.ts'
import { tables } from './readings.ts'

/** A packet, and for each place of its layout when the value there was last normal (milliseconds, -Infinity for never). */
interface Newest {
  packet: Packet
  at: number
  /** Undefined: all of the packet are normal, at its own time. */
  normalAt: readonly number[] | undefined
}

/** Newest values that wait to be written. */
export type Waiting = Map<string, Newest[]>

/** Takes stored packets into what waits. Hourly and daily means are not current values. */
export function addNewest(waiting: Waiting, packets: readonly Packet[]): void {
  for (const packet of packets) {
    const { deviceId, span, at } = packet.readings[0]!
    if (span === 'h' || span === 'd') continue
    const mine = waiting.get(deviceId)
    const one = { packet, at: millisOf(at), normalAt: undefined }
    if (!mine) {
      waiting.set(deviceId, [one])
      continue
    }
    const index = mine.findIndex((other) => other.packet.shape.layout.id === packet.shape.layout.id)
    if (index < 0) mine.push(one)
    else mine[index] = newerOf(mine[index]!, one)
  }
}

function newerOf(one: Newest, other: Newest): Newest {
  if (other.at >= one.at && other.packet.marks === null) return other
  const newer = other.at >= one.at ? other : one
  const normalAt = normalsOf(one).map((at, index) => Math.max(at, normalsOf(other)[index]!))
  return { ...newer, normalAt }
}

const normalsOf = ({ packet, at, normalAt }: Newest): readonly number[] =>
  normalAt ??
  packet.shape.layout.quantities.map((_, index) => ((packet.marks?.[index] ?? 'N') === 'N' ? at : -Infinity))

const rowType = 'telemetry.newest_told'
export const prepareLatest = (db: Db) => getRowType(db, rowType)

/** Writes what waits, one row for each device and layout. */
export async function saveLatest(db: Db, lane: Lane, waiting: Waiting): Promise<void> {
  if (waiting.size === 0) return
  const rows = startRows(knownRowType(db, rowType), waiting.size * 480)
  for (const newest of waiting.values())
    for (const one of newest) {
      const { readings, shape, marks } = one.packet
      const first = readings[0]!
      rows.row()
      rows.uuid(first.deviceId)
      rows.int(shape.layout.id)
      rows.instant(one.at)
      rows.instant(millisOf(first.receivedAt))
      rows.text(marks)
      const { places, layout } = shape
      rows.doubles(layout.quantities.length, (index) => readings[places ? places[index]! : index]!.value)
      rows.instants(normalsOf(one))
    }
  await lane.ask('telemetry.newest', upsertNewest, [rows.done()])
}

const upsertNewest = `insert into telemetry.newest as n (device_id, layout, at, received_at, marks, measured, normal_at)
  select device_id, layout, at, received_at, marks, measured, normal_at from unnest($1::telemetry.newest_told[])
  order by device_id, layout
  on conflict (device_id, layout) do update set at = greatest(n.at, excluded.at),
    received_at = case when excluded.at >= n.at then excluded.received_at else n.received_at end,
    marks = case when excluded.at >= n.at then excluded.marks else n.marks end,
    measured = case when excluded.at >= n.at then excluded.measured else n.measured end,
    normal_at = case when excluded.at >= n.at and excluded.marks is null then excluded.normal_at
      else array(select greatest(one, other) from unnest(n.normal_at, excluded.normal_at) with ordinality u(one, other, place) order by place) end`

/** What a crash left unwritten: the newest stored packets of every device are looked at once more. */
export async function catchUpLatest(ctx: Ctx, tx: Db): Promise<void> {
  const kept = ctx.law().number('telemetry.late') * 3_600_000
  const from = new Date(Date.parse(ctx.now) - kept).toISOString()
  await sql`insert into telemetry.newest as n (device_id, layout, at, received_at, marks, measured, normal_at)
    select distinct on (p.device_id, p.layout) p.device_id, p.layout, p.at, p.received_at, p.marks, p.measured,
      array(select case when coalesce(substr(p.marks, place, 1), 'N') = 'N' then p.at else '-infinity' end
        from generate_series(1, cardinality(p.measured)) place order by place)
    from device.device d cross join (values ('r'::"char"), ('m'::"char")) s(span)
    cross join lateral (select * from telemetry.packet k where k.device_id = d.id and k.span = s.span and k.at >= ${from}::timestamptz
      order by k.at desc limit ${lookedAtAgain}) p
    left join telemetry.newest w on w.device_id = p.device_id and w.layout = p.layout
    where d.state <> 'retired' and (w.at is null or p.at > w.at)
    order by p.device_id, p.layout, p.at desc
    on conflict (device_id, layout) do update set at = excluded.at, received_at = excluded.received_at, marks = excluded.marks,
      measured = excluded.measured,
      normal_at = array(select greatest(one, other) from unnest(n.normal_at, excluded.normal_at) with ordinality u(one, other, place) order by place)
      where excluded.at > n.at`.execute(tx)
}

/** Newest values are written once a second at the least: of one device more than this do not come meanwhile. */
const lookedAtAgain = 8

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
