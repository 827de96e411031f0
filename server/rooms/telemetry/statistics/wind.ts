import type { Day } from '@plumbline/core/kit'
import { lastClass, levelsFrom, type WindHour } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import { getProject } from '../../project/index.ts'
import { askedPeriod, type Period } from './period.ts'

/** Speed and direction of the wind, by hours: an hour counts where its speed is valid, and its direction unless it is calm. */
const hoursOfWind = (projectId: string, { begins, ends }: Period, levels: readonly number[]) => sql`
  select s.device_id, d.name, d.project_name, s.hour, s.mean as speed, w.mean as degrees,
    least(width_bucket(s.mean, ${[...levels]}::float8[]), ${lastClass}) as level,
    case when s.mean >= ${levels[0]!}::float8 then floor((w.mean + 11.25) / 22.5)::int % 16 end as direction
  from device.device d join telemetry.hour s on s.device_id = d.id and s.quantity = 'a01007' and s.valid
  left join telemetry.hour w on w.device_id = s.device_id and w.quantity = 'a01008' and w.hour = s.hour and w.valid
  where d.project_id = ${projectId} and s.hour >= ${begins} and s.hour < ${ends}
    and (s.mean < ${levels[0]!}::float8 or w.mean is not null)`

interface Ask {
  from?: Day | undefined
  until?: Day | undefined
}

interface Bin {
  direction: number | null
  level: number
  hours: number
}

/** 风玫瑰 (ENV-08): in how many hours the wind blew from where, and how strong. */
export async function roseOf(ctx: Ctx, projectId: string, ask: Ask) {
  const period = askedPeriod(ctx, ask)
  const law = ctx.law()
  const levels = levelsFrom(law)
  const bins = await read(ctx, async (tx) => {
    await getProject(tx, projectId)
    const { rows } = await sql<Bin>`select direction, level, count(*) as hours
      from (${hoursOfWind(projectId, period, levels)}) h group by 1, 2 order by 1, 2`.execute(tx)
    return rows
  })
  const calm = bins.find(({ direction }) => direction === null)?.hours ?? 0
  return {
    ...{ from: period.from, until: period.until, levels, clause: law.rule('wind.level_1').clause },
    ...{ hours: bins.reduce((sum, { hours }) => sum + hours, 0), calm },
    bins: bins.flatMap(({ direction, ...bin }) => (direction === null ? [] : [{ direction, ...bin }])),
  }
}

export interface WindAsk extends Ask {
  direction?: number | undefined
  level?: number | undefined
}

/** The hours behind a part of the rose: of one direction, of one level (0: calm), of both, or all. */
export async function windHoursOf(ctx: Ctx, projectId: string, { direction, level, ...ask }: WindAsk) {
  const period = askedPeriod(ctx, ask)
  return read(ctx, async (tx) => {
    await getProject(tx, projectId)
    const { rows } =
      await sql<WindHour>`select device_id as "deviceId", name as "deviceName", ${projectId}::uuid as "projectId",
        project_name as "projectName", hour, speed, degrees
      from (${hoursOfWind(projectId, period, levelsFrom(ctx.law()))}) h
      where ${direction === undefined ? sql`true` : sql`direction = ${direction}`}
        and ${level === undefined ? sql`true` : sql`level = ${level}`} order by hour, device_id`.execute(tx)
    return { rows }
  })
}
