import { liveContract as live, telemetryContract as contract } from '@plumbline/core/telemetry'
import type { Serve } from '../../base/http.ts'
import { alarmCounts, changeAlarm, listAlarms, viewAlarm } from './alarm-page.ts'
import { linkageRoutes } from './linkage/index.ts'
import { bearingsOf, eventsOf, passagesOf } from './live.ts'
import { setRoster, viewRoster } from './roster.ts'
import { commandsOf, environmentOf, latestOf, onlineOf, seriesOf } from './service.ts'
import { credibilityRoutes } from './credibility/index.ts'
import { statisticsRoutes } from './statistics/index.ts'

export function telemetryRoutes(serve: Serve): void {
  serve(contract.latest, (ctx, { params }) => latestOf(ctx, params.id))
  serve(contract.series, (ctx, { params, query }) => seriesOf(ctx, params.id, query))
  serve(contract.commands, (ctx, { params }) => commandsOf(ctx, params.id))
  serve(live.bearings, (ctx, { params }) => bearingsOf(ctx, params.id))
  serve(live.events, (ctx, { params, query }) => eventsOf(ctx, params.id, query))
  serve(live.passages, (ctx, { params, query }) => passagesOf(ctx, params.id, query))
  serve(contract.environment, (ctx, { params }) => environmentOf(ctx, params.id))
  serve(contract.online, onlineOf)
  serve(contract.alarms, (ctx, { query }) => listAlarms(ctx, query))
  serve(contract.alarmCounts, alarmCounts)
  serve(contract.roster, viewRoster)
  serve(contract.setRoster, (ctx, { body }) => setRoster(ctx, body))
  serve(contract.alarm, (ctx, { params }) => viewAlarm(ctx, params.id))
  serve(contract.act, (ctx, { params, body }) => changeAlarm(ctx, params.id, body))
  linkageRoutes(serve)
  statisticsRoutes(serve)
  credibilityRoutes(serve)
}
