import { z } from 'zod'
import { type Capacity, districtKeys } from '../../access/index.ts'
import { DayString } from '../../kit/index.ts'
import { defineWorkflow, Instant, stepOf } from '../../workflow/index.ts'

export const rains = { none: '无雨', light: '小雨', moderate: '中雨', heavy: '大雨', storm: '暴雨' } as const
export type Rain = keyof typeof rains
export const Rain = z.enum(Object.keys(rains) as [Rain, ...Rain[]])

/** 重污染天气预警等级, as the authority raises it. */
export const pollutions = { none: '无', blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' } as const
export type Pollution = keyof typeof pollutions
export const Pollution = z.enum(Object.keys(pollutions) as [Pollution, ...Pollution[]])

/** What is foretold of a day. */
export const Weather = z
  .object({
    /** The highest level of wind expected, 0 to 12. */
    windLevel: z.number().int().min(0).max(12),
    rain: Rain,
    low: z.number().min(-50).max(50),
    high: z.number().min(-50).max(50),
    pollution: Pollution,
    /** Where it was taken from: 县气象台 11 月 20 日 16 时预报. */
    source: z.string().trim().min(2).max(80),
  })
  .refine(({ low, high }) => low <= high, { path: ['high'], message: '最高气温不能低于最低气温' })
export type Weather = z.infer<typeof Weather>

/** 天气预报 of a town (nine digits) or of the whole county (six) for one day. */
export const Forecast = z.object({
  id: z.uuid(),
  state: z.enum(['issued']).nullable(),
  district: z.string(),
  districtName: z.string(),
  day: DayString,
  weather: Weather,
  enteredBy: z.string(),
  enteredAt: Instant,
})
export type Forecast = z.infer<typeof Forecast>

const step = stepOf<'issued', Forecast>()
const enterers = ['inspector', 'chief', 'clerk'] as const satisfies readonly Capacity[]
const reachOf = ({ district }: Forecast) => districtKeys(district)

/** 天气预报 (ENV-09): entered by an officer of the place; no outside feed is asked, since a station may have no internet. */
export const forecastWorkflow = defineWorkflow<'issued', Forecast>()({
  name: 'forecast',
  title: '天气预报',
  states: { issued: { label: '已发布', final: true } },
  steps: {
    enter: step({
      label: '录入预报',
      clause: 'house.weather',
      from: [null],
      to: 'issued',
      by: enterers,
      mine: reachOf,
      input: z.object({ district: z.string().regex(/^\d{6}(\d{3})?$/), day: DayString, weather: Weather }),
      guard: ({ input, law }) => (input.day < law.day ? 'forecast_of_the_past' : null),
      apply: ({ record, input, actor, now }) => ({
        ...record,
        weather: input.weather,
        enteredBy: actor.name,
        enteredAt: now,
      }),
    }),
    amend: step({
      label: '更新预报',
      clause: 'house.weather',
      from: ['issued'],
      to: 'stay',
      by: enterers,
      mine: reachOf,
      input: z.object({ weather: Weather }),
      guard: ({ record, law }) => (record.day < law.day ? 'forecast_of_the_past' : null),
      apply: ({ record, input, actor, now }) => ({
        ...record,
        weather: input.weather,
        enteredBy: actor.name,
        enteredAt: now,
      }),
    }),
  },
  head: (forecast) => ({
    number: null,
    title: `${forecast.day} ${forecast.districtName}天气预报`,
    projectId: null,
    subjects: [],
    parties: [],
    // Weather is no secret: whoever works in the county reads it.
    reach: [...reachOf(forecast), 'everybody'],
    due: null,
    tier: 'calm',
    timers: [],
    words: [],
  }),
})

/** 风力 5 级，中雨，8 至 15 ℃ */
export const sayWeather = ({ windLevel, rain, low, high }: Weather): string =>
  `风力 ${windLevel} 级，${rains[rain]}，${low} 至 ${high} ℃`
