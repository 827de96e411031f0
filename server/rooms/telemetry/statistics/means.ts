import type { Day } from '@plumbline/core/kit'
import {
  type DayRow,
  dailyLimit,
  findQuantity,
  type HourRow,
  type Quantity,
  type Ranked,
  ranked,
  type Span,
} from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { findDevice } from '../../device/index.ts'
import { getProject } from '../../project/index.ts'
import { askedPeriod } from './period.ts'

function getQuantity(code: string): Pick<Quantity, 'name' | 'unit'> & { quantity: string } {
  const found = findQuantity(code)
  if (!found) throw new Refused('missing', 'quantity')
  return { quantity: code, name: found.name, unit: found.unit }
}

async function getDevice(tx: Db, id: string) {
  const device = await findDevice(tx, id)
  if (!device) throw new Refused('missing', 'device')
  return device
}

interface DaysAsk {
  from: Day
  until: Day
  projectId?: string | undefined
  deviceId?: string | undefined
  quantity: string
}

type Found = Omit<DayRow, 'limit' | 'good'>

/** The days behind a monthly mean: of one monitor, or of all of a project, whether in use or not. */
export async function daysOf(ctx: Ctx, ask: DaysAsk) {
  const measured = getQuantity(ask.quantity)
  const { from, until } = askedPeriod(ctx, ask)
  if ((ask.projectId === undefined) === (ask.deviceId === undefined))
    throw new Refused('malformed', 'device_or_project')
  const rows = await read(ctx, async (tx) => {
    if (ask.projectId) await getProject(tx, ask.projectId)
    else await getDevice(tx, ask.deviceId!)
    const among = ask.projectId ? sql`d.project_id = ${ask.projectId}` : sql`d.id = ${ask.deviceId}`
    const found =
      await sql<Found>`select t.device_id as "deviceId", d.name as "deviceName", t.day, t.hours, t.mean, t.min, t.max,
        t.valid, t.day_mean as "dayMean", t.night_mean as "nightMean"
      from device.device d join telemetry.day t on t.device_id = d.id and t.quantity = ${ask.quantity}
      where ${among} and t.day >= ${from}::date and t.day < ${until}::date
      order by t.day, d.name, d.id`.execute(tx)
    return found.rows
  })
  const isRanked = Object.hasOwn(ranked, ask.quantity)
  return {
    ...measured,
    hoursLeast: ctx.law().number('air.day_hours'),
    rows: rows.map((row) => {
      const limit = isRanked ? dailyLimit(ctx.house.law(row.day), ask.quantity as Ranked) : null
      const good = limit && row.valid && row.mean !== null ? row.mean <= limit.value : null
      return { ...row, limit, good }
    }),
  }
}

/** The hours behind a day, and the curve of a device. */
export async function hoursOf(ctx: Ctx, id: string, ask: { from: Day; until: Day; quantity: string }) {
  const measured = getQuantity(ask.quantity)
  const { begins, ends } = askedPeriod(ctx, ask)
  return read(ctx, async (tx) => {
    const device = await getDevice(tx, id)
    const { rows } =
      await sql<HourRow>`select hour, span::text as span, count, normal, mean, min, max, valid from telemetry.hour
      where device_id = ${id} and quantity = ${ask.quantity} and hour >= ${begins} and hour < ${ends} order by hour`.execute(
        tx,
      )
    const { name: deviceName, projectId, projectName } = device
    return { ...measured, deviceName, projectId, projectName, rows }
  })
}

interface RawRow {
  at: string
  span: Span
  value: number
  flag: string | null
}

/** What a device said in an hour, of all spans: the rows on which all stands. */
export async function readingsOf(ctx: Ctx, id: string, { quantity, hour }: { quantity: string; hour: string }) {
  const measured = getQuantity(quantity)
  return read(ctx, async (tx) => {
    await getDevice(tx, id)
    const { rows } = await sql<RawRow>`select at, span, value, flag from telemetry.reading
      where device_id = ${id} and quantity = ${quantity} and at >= date_trunc('hour', ${hour}::timestamptz, 'UTC')
        and at < date_trunc('hour', ${hour}::timestamptz, 'UTC') + interval '1 hour' order by at, span`.execute(tx)
    return { ...measured, rows }
  })
}
