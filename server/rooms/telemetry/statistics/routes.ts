import { statisticsContract, weatherContract } from '@plumbline/core/telemetry'
import type { Serve } from '../../../base/http.ts'
import { curingOf } from './curing.ts'
import { exceedancesOf, offlineOf } from './exceedance.ts'
import { exitRatesOf, exitsOf } from './exits.ts'
import { amendForecast, enterForecast, forecastsOf, viewForecast } from './forecasts.ts'
import { freshnessOf, listMonitors } from './freshness.ts'
import { daysOf, hoursOf, readingsOf } from './means.ts'
import { energyOf } from './meters.ts'
import { rankingOf } from './ranking.ts'
import { weatherRisksOf } from './risks.ts'
import { scoresOf } from './scores.ts'
import { roseOf, windHoursOf } from './wind.ts'

export function statisticsRoutes(serve: Serve): void {
  const figures = statisticsContract
  serve(figures.freshness, freshnessOf)
  serve(figures.monitors, (ctx, { query }) => listMonitors(ctx, query))
  serve(figures.ranking, (ctx, { query }) => rankingOf(ctx, query))
  serve(figures.days, (ctx, { query }) => daysOf(ctx, query))
  serve(figures.hours, (ctx, { params, query }) => hoursOf(ctx, params.id, query))
  serve(figures.readings, (ctx, { params, query }) => readingsOf(ctx, params.id, query))
  serve(figures.rose, (ctx, { params, query }) => roseOf(ctx, params.id, query))
  serve(figures.windHours, (ctx, { params, query }) => windHoursOf(ctx, params.id, query))
  serve(figures.exceedances, (ctx, { query }) => exceedancesOf(ctx, query))
  serve(figures.offline, (ctx, { query }) => offlineOf(ctx, query))
  serve(figures.exitRates, (ctx, { query }) => exitRatesOf(ctx, query))
  serve(figures.exits, (ctx, { query }) => exitsOf(ctx, query))
  serve(figures.energy, (ctx, { params, query }) => energyOf(ctx, params.id, query))
  serve(figures.curing, (ctx, { query }) => curingOf(ctx, query))
  serve(figures.scores, (ctx, { query }) => scoresOf(ctx, query))

  serve(weatherContract.forecasts, (ctx, { query }) => forecastsOf(ctx, query))
  serve(weatherContract.enter, (ctx, { body }) => enterForecast(ctx, body))
  serve(weatherContract.forecast, (ctx, { params }) => viewForecast(ctx, params.id))
  serve(weatherContract.act, (ctx, { params, body }) => amendForecast(ctx, params.id, body))
  serve(weatherContract.risks, (ctx, { query }) => weatherRisksOf(ctx, query))
}
