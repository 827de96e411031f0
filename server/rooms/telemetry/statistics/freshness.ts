import type { Monitor, Fresh } from '@plumbline/core/telemetry'
import { offlineReason } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { getTowns } from '../../project/index.ts'
import { liveFrom } from '../watching.ts'

interface Row {
  deviceId: string
  deviceName: string
  projectId: string
  projectName: string
  town: string
  connected: boolean
  heardAt: string | null
  freshAt: string | null
  good: number
  refused: number
}

const townNames = async (tx: Db) => new Map((await getTowns(tx)).map(({ code, name }) => [code, name]))

/** Each dust monitor in use, and since when it has been quiet: asked of the time itself, not of the mark of the last tick. */
async function findMonitors(tx: Db, since: string): Promise<Monitor[]> {
  const names = await townNames(tx)
  const { rows } = await sql<Row>`select d.id as "deviceId", d.name as "deviceName", d.project_id as "projectId",
      d.project_name as "projectName", d.district as town, coalesce(l.connected, false) as connected, l.heard_at as "heardAt",
      l.fresh_at as "freshAt", coalesce(l.good, 0) as good, coalesce(l.refused, 0) as refused
    from device.device d left join device.line l on l.device_id = d.id
    where d.kind = 'dust' and d.state <> 'retired' order by d.district, d.project_name, d.name, d.id`.execute(tx)
  return rows.map(({ connected, heardAt, good, refused, ...row }) => {
    const { freshAt } = row
    const freshness = freshAt === null ? 'never' : freshAt >= since ? 'live' : 'stale'
    const reason = freshness === 'live' ? null : offlineReason({ connected, heardAt, freshAt, good, refused }, since)
    return { ...row, townName: names.get(row.town) ?? row.town, freshness, reason }
  })
}

const present = async (ctx: Ctx) => {
  const since = new Date(await liveFrom(ctx)).toISOString()
  return read(ctx, (tx) => findMonitors(tx, since))
}

function countFresh(town: string, name: string, rows: readonly Monitor[]): Fresh {
  const of = (freshness: Monitor['freshness']) => rows.filter((row) => row.freshness === freshness).length
  const [live, stale, never] = [of('live'), of('stale'), of('never')]
  return {
    town,
    name,
    total: rows.length,
    live,
    stale,
    never,
    share: rows.length > 0 ? (live / rows.length) * 100 : null,
  }
}

/** 五分钟更新率 (ENV-03, IOT-06): how many monitors have a normal value no older than the law asks, by town. */
export async function freshnessOf(ctx: Ctx) {
  const rows = await present(ctx)
  const towns = [...Map.groupBy(rows, ({ town }) => town)].map(([town, of]) => countFresh(town, of[0]!.townName, of))
  return { at: ctx.now, minutes: ctx.law().number('telemetry.refresh'), total: countFresh('', '合计', rows), towns }
}

interface MonitorAsk {
  town?: string | undefined
  freshness?: Monitor['freshness'] | undefined
}

export async function listMonitors(ctx: Ctx, { town, freshness }: MonitorAsk) {
  const rows = await present(ctx)
  return {
    rows: rows.filter((row) => (!town || row.town === town) && (!freshness || row.freshness === freshness)),
  }
}
