import type { Device } from '@plumbline/core/device'
import { dayOf, distanceMeters } from '@plumbline/core/kit'
import type { Law } from '@plumbline/core/law'
import { causesOf, limitOf } from '@plumbline/core/telemetry'
import type { DeviceDay, Stretch, TimedValue } from '@plumbline/core/telemetry/credibility'
import { sql } from 'kysely'
import type { Db } from '../../../base/db.ts'
import { devicesOfProject } from '../../device/index.ts'
import { findInspections } from '../../inspection/index.ts'
import { findTold, iso } from './series.ts'

// What the house knows of a device's site in a day, besides what the device itself told.

/** As many stations around one as the thresholds were set on (core/telemetry/credibility/lab). */
const mostNeighbours = 6

type Placed = Pick<Device, 'id' | 'district' | 'point'>

/** The nearest monitors of the same town; where places are not known, any of the town. */
export async function findNeighbours(tx: Db, device: Placed): Promise<string[]> {
  const { rows } = await sql<Placed>`select id, district, point from device.device
    where kind = 'dust' and state = 'live' and district = ${device.district} and id <> ${device.id} order by id`.execute(
    tx,
  )
  const { point } = device
  const away = (other: Placed) => (point && other.point ? distanceMeters(point, other.point) : Number.MAX_VALUE)
  return rows
    .map((other) => ({ id: other.id, away: away(other) }))
    .toSorted((a, b) => a.away - b.away)
    .slice(0, mostNeighbours)
    .map(({ id }) => id)
}

interface Order {
  on: boolean
  at: string
  most: number
}

/** When the linked sprayer ran: as it proved by our commands, and as its own state said. */
export async function findSprays(tx: Db, { linkedTo, linkedUnit }: Device, stretch: Stretch): Promise<Stretch[]> {
  if (linkedTo === null) return []
  const unit = linkedUnit ?? 1
  const { rows } =
    await sql<Order>`select on_off as on, coalesce(effective_at, executed_at) as at, max_run_seconds as most
    from telemetry.command where device_id = ${linkedTo} and unit = ${unit} and refused_code is null
      and created_at >= ${iso(stretch.from)} and created_at < ${iso(stretch.until)}
      and coalesce(effective_at, executed_at) is not null order by at`.execute(tx)
  const ordered = rows.flatMap(({ on, at, most }, i): Stretch[] => {
    if (!on) return []
    const from = Date.parse(at)
    const off = rows.slice(i + 1).find((later) => !later.on)
    return [{ from, until: Math.min(off ? Date.parse(off.at) : Infinity, from + most * 1000) }]
  })
  const state = `SB${unit}`
  const { series, periodSeconds } = await findTold(tx, linkedTo, [state], stretch)
  const running = (series[state] ?? []).filter(({ value }) => value === 1)
  return [...ordered, ...running.map(({ at }) => ({ from: at, until: at + periodSeconds * 1000 }))]
}

/** When officers were on site: from the beginning of a visit to the handing in of its record, on the same day. */
export async function findVisits(tx: Db, projectId: string): Promise<Stretch[]> {
  const day = (at: string) => dayOf(new Date(at))
  return (await findInspections(tx, projectId)).flatMap(({ visitedAt, submittedAt }) =>
    submittedAt && submittedAt > visitedAt && day(submittedAt) === day(visitedAt)
      ? [{ from: Date.parse(visitedAt), until: Date.parse(submittedAt) }]
      : [],
  )
}

/** How many people were inside, over all turnstiles of the site; null where it has none that tells. */
export async function findPeople(tx: Db, projectId: string, stretch: Stretch): Promise<TimedValue[] | null> {
  const gates = (await devicesOfProject(tx, projectId)).filter(
    ({ kind, state }) => kind === 'turnstile' && state === 'live',
  )
  const told: { gate: number; at: number; value: number }[] = []
  for (const [gate, { id }] of gates.entries()) {
    const { series } = await findTold(tx, id, ['peopleInside'], stretch)
    told.push(
      ...(series['peopleInside'] ?? []).flatMap(({ at, value, flag }) => (flag === 'N' ? [{ gate, at, value }] : [])),
    )
  }
  const inside = new Map<number, number>()
  const counts = told
    .sort((a, b) => a.at - b.at)
    .flatMap(({ gate, at, value }): TimedValue[] => {
      inside.set(gate, value)
      // Before every gate has spoken nobody can say how many are inside.
      if (inside.size < gates.length) return []
      return [{ at, value: [...inside.values()].reduce((sum, each) => sum + each, 0), flag: 'N' }]
    })
  return counts.length > 0 ? counts : null
}

const hour = 3_600_000
/** An hour of the day and one of the night, whatever the region calls them. */
const [noon, night] = [12 * hour, 23 * hour]

/** What the site would not like to exceed: the limits of the values themselves, by day and by night. */
export function limitsOf(law: Law, device: Device, quantities: readonly string[], begins: number): DeviceDay['limits'] {
  const limits = quantities.flatMap((quantity) =>
    causesOf(device.kind, quantity)
      .filter(({ measure }) => measure === 'value')
      .flatMap((cause) =>
        [noon, night].flatMap((at) => {
          const limit = limitOf(cause, { law, device, quantity, at: begins + at }, 'warn')
          return limit ? [{ quantity, value: limit.centre + limit.value }] : []
        }),
      ),
  )
  return [...new Map(limits.map((each) => [`${each.quantity} ${each.value}`, each])).values()]
}
