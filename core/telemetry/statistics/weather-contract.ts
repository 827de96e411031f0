import { z } from 'zod'
import { type AnyRoute, DayString } from '../../kit/index.ts'
import { actBody, ById, caseView, OpenStepView } from '../../workflow/index.ts'
import { Forecast, forecastWorkflow } from './forecast.ts'

const RiskView = z.object({
  kind: z.enum(['lifting', 'earthwork', 'rain', 'pollution']),
  text: z.string(),
  clause: z.string(),
  devices: z.array(z.object({ id: z.uuid(), name: z.string() })),
})
export const SiteRisk = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  forecast: Forecast,
  risks: z.array(RiskView),
})
export type SiteRisk = z.infer<typeof SiteRisk>

/** A place for which a forecast may be entered, and the one that stands. */
const Place = z.object({
  district: z.string(),
  name: z.string(),
  forecast: Forecast.nullable(),
  steps: z.array(OpenStepView),
})
export type Place = z.infer<typeof Place>

const permission = 'telemetry.read' as const

export const weatherContract = {
  forecasts: {
    method: 'GET',
    path: '/weather/forecasts',
    permission,
    title: '天气预报：全县与各镇街',
    query: z.object({ day: DayString.optional() }),
    reply: z.object({ day: DayString, places: z.array(Place) }),
  },
  enter: {
    method: 'POST',
    path: '/weather/forecasts',
    permission: 'project.act',
    title: '录入天气预报',
    body: z.object({ requestId: z.uuid(), input: forecastWorkflow.steps.enter.input }),
    reply: caseView(Forecast),
  },
  forecast: {
    method: 'GET',
    path: '/weather/forecasts/:id',
    permission,
    title: '一份天气预报',
    params: ById,
    reply: caseView(Forecast),
  },
  act: {
    method: 'POST',
    path: '/weather/forecasts/:id/acts',
    permission: 'project.act',
    title: '更新天气预报',
    params: ById,
    body: actBody(forecastWorkflow, ['amend']),
    reply: caseView(Forecast),
  },
  risks: {
    method: 'GET',
    path: '/weather/risks',
    permission,
    title: '预报天气下有风险的在建项目',
    query: z.object({ day: DayString.optional(), projectId: z.uuid().optional() }),
    reply: z.object({
      day: DayString,
      /** False where nobody has entered a forecast for the day. */
      known: z.boolean(),
      rows: z.array(SiteRisk),
    }),
  },
} satisfies Record<string, AnyRoute>
