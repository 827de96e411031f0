import type { Device } from '@plumbline/core/device'
import { addDays, type Day, startOf } from '@plumbline/core/kit'
import {
  type CredibilityFinding,
  type DeviceDay,
  findingsOf,
  scoreOf,
  type Stretch,
  thresholdsOn,
} from '@plumbline/core/telemetry/credibility'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { findNeighbours, findPeople, findSprays, findVisits, limitsOf } from './site.ts'
import { findTold, type Told } from './series.ts'

/** What the detectors look at, by kind of device; other kinds are not judged. */
const looked: Partial<Record<Device['kind'], readonly string[]>> = {
  dust: ['a34004', 'a34002', 'a34001', 'LA', 'a01001', 'a01002'],
  crane: ['liftingCapacity', 'safeLiftingCapacity', 'momentPercent', 'amplitude', 'round', 'height'],
  hoist: ['currentLoad', 'height'],
}
export const judgedKinds = Object.keys(looked) as Device['kind'][]
export const isJudged = ({ kind }: Pick<Device, 'kind'>): boolean => looked[kind] !== undefined

export interface Judged {
  deviceId: string
  day: Day
  score: number
  suspect: boolean
  findings: CredibilityFinding[]
}

const hour = 3_600_000
/** kN·m in a t·m. */
const gravity = 9.80665

/** What a device told, by device and stretch: neighbours that are judged together are read once. */
export type Shelf = Map<string, Promise<Told>>

/**
 * Judges a device's day, up to `until` where it is not over. Null where the device told nothing of use in it. Reads with
 * the keys of `ctx`: the system's, since neighbours may stand behind the reader's wall.
 */
export async function judge(
  ctx: Ctx,
  device: Device,
  day: Day,
  { until, shelf = new Map() }: { until?: number; shelf?: Shelf } = {},
): Promise<Judged | null> {
  const quantities = looked[device.kind]
  if (!quantities) return null
  const law = ctx.house.law(day)
  const thresholds = thresholdsOn(law)
  const from = startOf(day).getTime()
  const window = { from, until: until ?? startOf(addDays(day, 1)).getTime() }
  const reach = { from: from - thresholds.history * hour, until: window.until }
  const told = await read(ctx, async (tx) => {
    const own = await toldBy(tx, shelf, device, reach)
    if (!Object.values(own.series).some((values) => values.some(({ at }) => at >= from))) return null
    return { own, ...(await around(tx, device, reach, shelf)) }
  })
  if (!told) return null
  const { own, ...beside } = told
  const deviceDay: DeviceDay = {
    ...window,
    ...{ periodSeconds: own.periodSeconds, series: own.series, clock: own.clock },
    ...beside,
    limits: device.kind === 'dust' ? limitsOf(law, device, quantities, from) : [],
    ratedMoment: device.settings.rated.moment ? device.settings.rated.moment / gravity : null,
  }
  const findings = findingsOf(deviceDay, thresholds)
  const { score, suspect } = scoreOf(findings, thresholds)
  return { deviceId: device.id, day, score, suspect, findings }
}

function toldBy(tx: Db, shelf: Shelf, device: Pick<Device, 'id' | 'kind'>, reach: Stretch): Promise<Told> {
  const key = `${device.id} ${reach.from} ${reach.until}`
  const known = shelf.get(key) ?? findTold(tx, device.id, looked[device.kind]!, reach)
  shelf.set(key, known)
  return known
}

type Beside = Pick<DeviceDay, 'neighbours' | 'sprays' | 'watched' | 'people'>

async function around(tx: Db, device: Device, reach: Stretch, shelf: Shelf): Promise<Beside> {
  if (device.kind !== 'dust')
    return { neighbours: [], sprays: [], watched: [], people: await findPeople(tx, device.projectId, reach) }
  const neighbours: { deviceId: string; series: Told['series'] }[] = []
  for (const id of await findNeighbours(tx, device))
    neighbours.push({ deviceId: id, series: (await toldBy(tx, shelf, { id, kind: 'dust' }, reach)).series })
  return {
    neighbours: neighbours.filter(({ series }) => Object.values(series).some((values) => values.length > 0)),
    sprays: await findSprays(tx, device, reach),
    watched: await findVisits(tx, device.projectId),
    people: null,
  }
}
