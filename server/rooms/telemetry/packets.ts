import { dayOf } from '@plumbline/core/kit'
import { sql } from 'kysely'
import type { Db, Lane } from '../../base/db.ts'
import { millisOf } from '../../base/instants.ts'
import { getRowType, knownRowType, type Rows, startRows } from '../../base/rows.ts'
import { type Layouts, layoutsOf, type Shape } from './layouts.ts'
import type { Reading } from './readings.ts'

/** The readings of one device, span and moment: a row of telemetry.packet. */
export interface Packet {
  /** At least one, as told; what a quantity says twice is not among `shape.places`. */
  readings: readonly Reading[]
  shape: Shape
  /** A letter for each value of the layout, blank for none; null when all are normal. */
  marks: string | null
}

/** What of the readings of each frame was new, and the packets it lies in. */
export interface Stored {
  /** For each group given, its readings that were not there before; the group itself when all are new. */
  fresh: (readonly Reading[])[]
  /** Packets of which something is new. */
  packets: readonly Packet[]
}

/** The readings of a batch laid out for storing: see `prepareReadings`. */
export interface Told {
  db: Db
  groups: readonly (readonly Reading[])[]
  parts: readonly Part[]
  packets: readonly Packet[]
}

/** A part of a frame: what it tells of one moment, and the packet that took it. */
interface Part {
  group: number
  readings: readonly Reading[]
  place: number
}

const madeDays = new WeakMap<Db, Set<string>>()
const rowType = 'telemetry.packet_told'

/**
 * Lays out the readings of frames, one group for each, and makes what must stand before the transaction begins: days,
 * layouts. Once they are known, nothing is asked of the database.
 */
export async function prepareReadings(db: Db, groups: readonly (readonly Reading[])[]): Promise<Told> {
  const { parts, moments } = gather(groups)
  const layouts = layoutsOf(db)
  await layouts.learn(db, moments)
  await makeDays(db, moments)
  await getRowType(db, rowType)
  return { db, groups, parts, packets: moments.map((readings) => packetOf(layouts, readings)) }
}

/** Makes the partitions of these moments' days, on a connection of its own: the day must stand before its first row. */
async function makeDays(db: Db, moments: readonly (readonly Reading[])[]): Promise<void> {
  const known = madeDays.get(db) ?? new Set<string>()
  madeDays.set(db, known)
  // By hours first: of a batch nearly all share one, and the day of an hour is asked less often than that of a moment.
  const hours = new Set(moments.map(([first]) => first!.at.slice(0, 13)))
  for (const hour of hours) {
    const day = dayOf(new Date(`${hour}:00:00.000Z`))
    if (known.has(day)) continue
    await sql`select telemetry.make_day(${day})`.execute(db)
    known.add(day)
  }
}

/** Puts what a batch tells of one moment together: the first telling of a quantity counts. */
function gather(groups: readonly (readonly Reading[])[]): { parts: Part[]; moments: (readonly Reading[])[] } {
  const parts: Part[] = []
  const moments: (readonly Reading[])[] = []
  const ofDevice = new Map<string, number[]>()
  for (const [group, all] of groups.entries()) {
    for (const told of momentsOf(all)) {
      const first = told[0]!
      const places = ofDevice.get(first.deviceId)
      const place = places?.find((one) => isSameMoment(moments[one]![0]!, first))
      if (place !== undefined) {
        const before = moments[place]!
        const more = told.filter(({ quantity }) => !before.some((one) => one.quantity === quantity))
        parts.push({ group, readings: more, place })
        if (more.length > 0) moments[place] = [...before, ...more]
        continue
      }
      if (places) places.push(moments.length)
      else ofDevice.set(first.deviceId, [moments.length])
      parts.push({ group, readings: told, place: moments.length })
      moments.push(told)
    }
  }
  return { parts, moments }
}

/** A frame's readings by moment; nearly always all are of one. */
function momentsOf(group: readonly Reading[]): readonly (readonly Reading[])[] {
  const first = group[0]
  if (!first) return []
  if (group.every((one) => isSameMoment(one, first))) return [group]
  const parts: Reading[][] = []
  for (const one of group) {
    const part = parts.find((other) => isSameMoment(one, other[0]!))
    if (part) part.push(one)
    else parts.push([one])
  }
  return parts
}

const isSameMoment = (one: Reading, other: Reading) =>
  one.at === other.at && one.span === other.span && one.deviceId === other.deviceId

/**
 * Stores readings, each once by (device, span, time, quantity), in one statement, which is sent before this waits; only
 * what a frame adds to a moment that was known needs more.
 */
export async function storeReadings(lane: Lane, told: Told): Promise<Stored> {
  const { db, groups, packets } = told
  if (packets.length === 0) return { fresh: groups.map(() => []), packets: [] }
  const rows = encode(startRows(knownRowType(db, rowType), packets.length * 320), packets)
  const known = await lane.ask<{ place: number; layout: number | null }>('telemetry.packet', insertPackets, [rows])
  if (known.length === 0) return { fresh: freshOf(told, new Map()), packets }
  const partly = known.filter(({ place, layout }) => packets[place]!.shape.layout.id !== layout)
  const added = partly.length === 0 ? new Map<number, Packet>() : await complete(lane, told, partly)
  const left = new Map(known.map(({ place }) => [place, added.get(place) ?? null]))
  return {
    fresh: freshOf(told, left),
    packets: packets.flatMap((one, place) => (left.has(place) ? (left.get(place) ?? []) : [one])),
  }
}

function packetOf(layouts: Layouts, readings: readonly Reading[]): Packet {
  const shape = layouts.find(readings)
  if (!shape) throw new Error('a layout was not learned')
  return { readings, shape, marks: marksOf(readings, shape) }
}

function marksOf(readings: readonly Reading[], { layout, places }: Shape): string | null {
  if (readings.every(({ flag }) => flag === 'N')) return null
  return layout.quantities.map((_, index) => markOf(readings[places ? places[index]! : index]!)).join('')
}

function markOf({ flag }: Reading): string {
  if (flag !== null && flag.length !== 1) throw new RangeError('a mark is one letter')
  return flag ?? ' '
}

function encode(rows: Rows, packets: readonly Packet[]): Buffer {
  let received = ''
  let receivedAt = 0
  for (const [place, { readings, shape, marks }] of packets.entries()) {
    const first = readings[0]!
    if (first.receivedAt !== received) receivedAt = millisOf((received = first.receivedAt))
    rows.row()
    rows.int(place)
    rows.uuid(first.deviceId)
    rows.char(first.span)
    rows.instant(millisOf(first.at))
    rows.instant(receivedAt)
    rows.int(shape.layout.id)
    rows.text(marks)
    const { places, layout } = shape
    rows.doubles(layout.quantities.length, (index) => readings[places ? places[index]! : index]!.value)
  }
  return rows.done()
}

/** Answers only the packets of moments that were known, each with the layout known of it, if it can be seen yet. */
const insertPackets = `with told as materialized (select * from unnest($1::telemetry.packet_told[])),
  written as (insert into telemetry.packet (device_id, span, at, received_at, layout, marks, measured)
    select device_id, span, at, received_at, layout, marks, measured from told
    on conflict (device_id, span, at) do nothing returning device_id, span, at)
  select t.place, (select p.layout from telemetry.packet p where p.device_id = t.device_id and p.span = t.span and p.at = t.at) as layout
  from told t left join written w on w.device_id = t.device_id and w.at = t.at and w.span = t.span
  where w.at is null`

/** For each group what was new of it. `left`: of packets not written, what was added to the row of their moment. */
function freshOf({ groups, parts, packets }: Told, left: ReadonlyMap<number, Packet | null>): (readonly Reading[])[] {
  const fresh: (readonly Reading[])[] = groups.map(() => [])
  for (const { group, readings, place } of parts) {
    const added = left.get(place)
    const mine = added === undefined ? once(readings, packets[place]!) : added ? ofBoth(readings, added) : []
    fresh[group] = fresh[group]!.length === 0 ? mine : [...fresh[group]!, ...mine]
  }
  return fresh
}

/** Without what a frame said a second time of the same quantity. */
const once = (readings: readonly Reading[], { readings: all, shape: { layout } }: Packet) =>
  all.length === layout.quantities.length
    ? readings
    : readings.filter((one) => all.find(({ quantity }) => quantity === one.quantity) === one)

const ofBoth = (readings: readonly Reading[], added: Packet) => readings.filter((one) => added.readings.includes(one))

interface Row {
  place: number
  layout: number
  quantities: string[]
}

/** Adds to the rows of known moments what they do not hold yet, under their lock. Answers what was added, by place. */
async function complete(
  lane: Lane,
  { db, packets }: Told,
  partly: readonly { place: number }[],
): Promise<Map<number, Packet>> {
  const layouts = layoutsOf(db)
  const wanted = partly.map(({ place }) => {
    const { deviceId, span, at } = packets[place]!.readings[0]!
    return { place, deviceId, span, at }
  })
  const { rows } = await sql<Row>`select w.place, p.layout, l.quantities
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(place int, "deviceId" uuid, span "char", at timestamptz)
    join telemetry.packet p on p.device_id = w."deviceId" and p.span = w.span and p.at = w.at
    join telemetry.layout l on l.id = p.layout order by p.device_id, p.span, p.at for update of p`.execute(lane.db)
  const added = new Map<number, Packet>()
  for (const { place, quantities } of rows) {
    const told = packets[place]!.readings
    const more = told.filter(
      (one, index) =>
        !quantities.includes(one.quantity) && told.findIndex(({ quantity }) => quantity === one.quantity) === index,
    )
    if (more.length === 0) continue
    const all = [...quantities.map((quantity) => ({ ...told[0]!, quantity })), ...more]
    await layouts.learn(db, [more, all])
    const packet = packetOf(layouts, more)
    await lane.ask('telemetry.packet.add', addToPacket, addition(packet, layouts.find(all)!.layout.id))
    added.set(place, packet)
  }
  return added
}

const addition = ({ readings }: Packet, layout: number) => [
  readings[0]!.deviceId,
  readings[0]!.span,
  readings[0]!.at,
  layout,
  readings.map(({ quantity }) => quantity),
  readings.map(({ value }) => value),
  readings.map(markOf).join(''),
]

/** Rewrites a row in the larger layout: old values keep theirs, new ones take their places. */
const addToPacket = `update telemetry.packet p set layout = $4, measured = f.measured, marks = nullif(f.marks, repeat('N', length(f.marks)))
  from (select array_agg(coalesce(o.value, n.value) order by w.place) as measured,
      string_agg(coalesce(o.mark, n.mark), '' order by w.place) as marks
    from telemetry.packet b
    join telemetry.layout was on was.id = b.layout
    cross join lateral (select u.quantity, u.place from telemetry.layout l, unnest(l.quantities) with ordinality u(quantity, place) where l.id = $4) w
    left join lateral (select b.measured[i.place] as value, substr(coalesce(b.marks, repeat('N', cardinality(b.measured))), i.place::int, 1) as mark
      from unnest(was.quantities) with ordinality i(quantity, place) where i.quantity = w.quantity) o on true
    left join lateral (select i.value, substr($7::text, i.place::int, 1) as mark
      from unnest($5::text[], $6::float8[]) with ordinality i(quantity, value, place) where i.quantity = w.quantity) n on true
    where b.device_id = $1 and b.span = $2::"char" and b.at = $3) f
  where p.device_id = $1 and p.span = $2::"char" and p.at = $3`
