import type { DeviceKind } from '@plumbline/core/device'
import type { Project } from '@plumbline/core/project'
import { type Forecast, risksOf, type SiteRisk } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { getProject } from '../../project/index.ts'
import { liveFrom } from '../watching.ts'
import { findForecasts } from './forecasts.ts'

interface Running {
  id: string
  name: string
  kind: DeviceKind
  projectId: string
}

/** Machines and pits that report now. */
async function findRunning(tx: Db, since: string, projectId?: string): Promise<Running[]> {
  const { rows } = await sql<Running>`select d.id, d.name, d.kind, d.project_id as "projectId"
    from device.device d join device.line l on l.device_id = d.id
    where d.kind in ('crane', 'hoist', 'pit') and d.state <> 'retired' and l.fresh_at >= ${since}
      and ${projectId ? sql`d.project_id = ${projectId}` : sql`true`} order by d.name, d.id`.execute(tx)
  return rows
}

type Site = Pick<Project, 'id' | 'name' | 'district' | 'stage'>

/** The sites at work. */
async function findBuilding(tx: Db): Promise<Site[]> {
  const { rows } = await sql<Site>`select p.id, p.name, p.district, p.stage from project.project p
    where p.state = 'building' order by p.district, p.name, p.id`.execute(tx)
  return rows
}

/** The forecast of a site's town, or that of the county. */
const forecastFor = (district: string, forecasts: readonly Forecast[]): Forecast | undefined =>
  forecasts
    .filter((one) => district.startsWith(one.district))
    .toSorted((one, other) => other.district.length - one.district.length)[0]

interface Ask {
  day?: string | undefined
  projectId?: string | undefined
}

/** 天气风险提示 (ENV-09): what a day's forecast means for each site at work, or for one. */
export async function weatherRisksOf(ctx: Ctx, ask: Ask) {
  const day = ask.day ?? ctx.today
  const since = new Date(await liveFrom(ctx)).toISOString()
  const law = ctx.house.law(day)
  return read(ctx, async (tx) => {
    const forecasts = await findForecasts(tx, day)
    const sites = ask.projectId ? [await getProject(tx, ask.projectId)].filter(isAtWork) : await findBuilding(tx)
    const running = Map.groupBy(await findRunning(tx, since, ask.projectId), ({ projectId }) => projectId)
    const rows = sites.flatMap((site): SiteRisk[] => {
      const forecast = forecastFor(site.district, forecasts)
      if (!forecast) return []
      const risks = risksOf(law, forecast.weather, { stage: site.stage, running: running.get(site.id) ?? [] })
      // Of one site also the calm forecast is told.
      if (risks.length === 0 && !ask.projectId) return []
      return [{ projectId: site.id, projectName: site.name, forecast, risks }]
    })
    return { day, known: forecasts.length > 0, rows }
  })
}

const isAtWork = ({ state }: Pick<Project, 'state'>) => state === 'building'
