import { baseOf, getModel } from '@plumbline/core/device'
import { addDays, startOf } from '@plumbline/core/kit'
import {
  type Alarm,
  type Bearings,
  heldTo,
  type ListedEvent,
  type PassageHour,
  pointed,
} from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { findDevice } from '../device/index.ts'
import { findEvents } from './events.ts'
import { findLatest, type LatestRow } from './latest.ts'
import { findChanges } from './looking-back.ts'
import type { Reading } from './readings.ts'
import { listAlarms } from './store.ts'

async function getDevice(tx: Db, id: string) {
  const device = await findDevice(tx, id)
  if (!device) throw new Refused('missing', 'device')
  return device
}

/** What the device's values are read against now. Refuses missing `device`. */
export function bearingsOf(ctx: Ctx, id: string): Promise<Bearings> {
  return read(ctx, async (tx) => {
    const device = await getDevice(tx, id)
    const latest = await findLatest(tx, [id])
    const promised = getModel(device.modelCode).quantities.map(({ code }) => code)
    const quantities = [...new Set([...promised, ...latest.map(({ quantity }) => quantity)])]
    const asked = { law: ctx.law(), device, at: Date.parse(ctx.now) }
    return {
      deviceId: id,
      name: device.name,
      kind: device.kind,
      projectId: device.projectId,
      projectName: device.projectName,
      rated: device.settings.rated,
      limits: quantities.flatMap((quantity) => heldTo({ ...asked, quantity })),
      moved: await movedOf(tx, latest.filter(moves)),
    }
  })
}

/** What is measured at a point of the ground or of a scaffold moves; an intrusion does not. */
function moves({ quantity, flag }: LatestRow): boolean {
  const base = baseOf(quantity)
  return flag === 'N' && base !== quantity && base !== 'intrusion' && pointed.has(base)
}

async function movedOf(tx: Db, latest: readonly LatestRow[]): Promise<Bearings['moved']> {
  const readings = latest.map((row): Reading => ({ ...row, span: 'r' }))
  const changes = await findChanges(tx, readings)
  return readings.flatMap((reading) => {
    const perDay = changes.get(reading)
    return perDay === undefined ? [] : [{ quantity: reading.quantity, perDay }]
  })
}

/** Red alarms of these devices that stand, for rooms above; of one device no more than anybody would read. */
export async function findRedAlarms(tx: Db, deviceIds: readonly string[]): Promise<Alarm[]> {
  const found: Alarm[] = []
  for (const deviceId of deviceIds)
    found.push(...(await listAlarms(tx, { deviceId, level: 'alarm', open: true, after: null, limit: 20 })))
  return found
}

const dayAsked = (ctx: Ctx, day: string | undefined) => {
  const chosen = day ?? ctx.today
  return { from: startOf(chosen).toISOString(), until: startOf(addDays(chosen, 1)).toISOString() }
}

/** How many events a page shows of one day. */
const shown = 100

/** Events of a day, newest first. Refuses missing `device`. */
export function eventsOf(ctx: Ctx, id: string, { kind, day }: { kind: ListedEvent; day?: string | undefined }) {
  return read(ctx, async (tx) => {
    await getDevice(tx, id)
    const asked = { deviceIds: [id], kinds: [kind], ...dayAsked(ctx, day), newestFirst: true, limit: shown + 1 }
    const found = await findEvents(tx, asked)
    return { rows: found.slice(0, shown).map(({ deviceId: _, ...event }) => event), more: found.length > shown }
  })
}

/** Passages of a day counted by hour, each hour present. Refuses missing `device`. */
export function passagesOf(
  ctx: Ctx,
  id: string,
  { day }: { day?: string | undefined },
): Promise<{ rows: PassageHour[] }> {
  const { from, until } = dayAsked(ctx, day)
  return read(ctx, async (tx) => {
    await getDevice(tx, id)
    const { rows } =
      await sql<PassageHour>`select h as "from", count(e.id) filter (where e.body->>'direction' = 'in') as "in",
        count(e.id) filter (where e.body->>'direction' = 'out') as "out"
      from generate_series(${from}::timestamptz, ${until}::timestamptz - interval '1 hour', interval '1 hour') h
      left join telemetry.event e on e.device_id = ${id} and e.kind = 'passage' and e.at >= h and e.at < h + interval '1 hour'
      group by h order by h`.execute(tx)
    return { rows }
  })
}
