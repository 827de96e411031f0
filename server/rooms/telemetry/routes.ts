import { telemetryContract as contract } from '@plumbline/core/telemetry'
import type { Serve } from '../../base/http.ts'
import {
  changeAlarm,
  commandsOf,
  environmentOf,
  latestOf,
  listAlarms,
  onlineOf,
  seriesOf,
  viewAlarm,
} from './service.ts'

export function telemetryRoutes(serve: Serve): void {
  serve(contract.latest, (ctx, { params }) => latestOf(ctx, params.id))
  serve(contract.series, (ctx, { params, query }) => seriesOf(ctx, params.id, query))
  serve(contract.commands, (ctx, { params }) => commandsOf(ctx, params.id))
  serve(contract.environment, (ctx, { params }) => environmentOf(ctx, params.id))
  serve(contract.online, onlineOf)
  serve(contract.alarms, (ctx, { query }) => listAlarms(ctx, query))
  serve(contract.alarm, (ctx, { params }) => viewAlarm(ctx, params.id))
  serve(contract.act, (ctx, { params, body }) => changeAlarm(ctx, params.id, body))
}
