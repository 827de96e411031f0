import type { Day } from '@plumbline/core/kit'
import { consumption, findQuantity, isNight, type MeterUse, sumUsed } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { getProject } from '../../project/index.ts'
import { askedPeriod, type Period } from './period.ts'

interface Row {
  deviceId: string
  deviceName: string
  quantity: 'electricity' | 'water'
  hour: string
  min: number
  max: number
}

const counters = ['electricity', 'water']

/** The hours of a project's counters in a period, each counter's last hour before it included. */
async function findCounters(tx: Db, projectId: string, { begins, ends }: Period): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select d.id as "deviceId", d.name as "deviceName", h.quantity, h.hour, h.min, h.max
    from device.device d cross join unnest(${counters}::text[]) q(code)
    cross join lateral (
      (select quantity, hour, min, max from telemetry.hour
        where device_id = d.id and quantity = q.code and hour < ${begins} and normal > 0 order by hour desc limit 1)
      union all
      (select quantity, hour, min, max from telemetry.hour
        where device_id = d.id and quantity = q.code and hour >= ${begins} and hour < ${ends} and normal > 0)) h
    where d.project_id = ${projectId} and d.kind = 'meter' order by d.name, d.id, h.quantity, h.hour`.execute(tx)
  return rows
}

/** 能耗 (ENG-01): what each meter of a project used by the hour, and which part of it at night. */
export async function energyOf(ctx: Ctx, projectId: string, ask: { from?: Day | undefined; until?: Day | undefined }) {
  const period = askedPeriod(ctx, ask)
  const rows = await read(ctx, async (tx) => {
    await getProject(tx, projectId)
    return findCounters(tx, projectId, period)
  })
  const law = ctx.law()
  const night = (at: number) => isNight(law, at)
  const meters = [...Map.groupBy(rows, ({ deviceId, quantity }) => `${deviceId} ${quantity}`).values()].flatMap(
    (of): MeterUse[] => {
      const { deviceId, deviceName, quantity } = of[0]!
      const hours = of.map(({ hour, min, max }) => ({ at: Date.parse(hour), min, max }))
      const within = hours.filter(({ at }) => at >= Date.parse(period.begins))
      if (within.length === 0) return []
      const before = hours.length > within.length ? hours[0]! : null
      const used = consumption(before, within)
      const { name, unit } = findQuantity(quantity)!
      return [
        {
          ...{ deviceId, deviceName, quantity, name, unit, ...sumUsed(used, night) },
          hours: used.map(({ at, ...one }) => ({ hour: new Date(at).toISOString(), ...one, night: night(at) })),
        },
      ]
    },
  )
  return { from: period.from, until: period.until, meters }
}
