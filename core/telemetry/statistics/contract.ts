import { z } from 'zod'
import { page, Paging } from '../../base/index.ts'
import { type AnyRoute, DayString } from '../../kit/index.ts'
import { ById, Instant } from '../../workflow/index.ts'
import { ExitFault } from './exits.ts'
import { exceedable, rankedQuantities } from './limits.ts'
import { Month } from './month.ts'
import {
  count,
  Covered,
  CuringHour,
  DayRow,
  DaysAsked,
  ExceedHour,
  ExitRate,
  ExitRow,
  Fresh,
  HourRow,
  Limit,
  Measured,
  MeterUse,
  Monitor,
  RankingRow,
  Rose,
  SiteHour,
  SiteScore,
  WindHour,
} from './views.ts'

const permission = 'telemetry.read' as const
const ofSite = {
  projectId: z.uuid().optional(),
  town: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
}
const dayAndOne = z.object({ from: DayString, until: DayString })

export const statisticsContract = {
  freshness: {
    method: 'GET',
    path: '/statistics/freshness',
    permission,
    title: '扬尘测点五分钟更新率，按镇街',
    reply: z.object({ at: Instant, minutes: z.number(), total: Fresh, towns: z.array(Fresh) }),
  },
  monitors: {
    method: 'GET',
    path: '/statistics/monitors',
    permission,
    title: '扬尘测点时效明细与离线原因',
    query: z.object({ town: ofSite.town, freshness: z.enum(['live', 'stale', 'never']).optional() }),
    reply: z.object({ rows: z.array(Monitor) }),
  },
  ranking: {
    method: 'GET',
    path: '/statistics/air',
    permission,
    title: '颗粒物月均浓度、排名、达标天数比例、同比与环比',
    query: z.object({
      month: Month.optional(),
      quantity: z.enum(rankedQuantities).default('a34004'),
      by: z.enum(['project', 'town']).default('project'),
    }),
    reply: Covered.extend({
      month: Month,
      quantity: z.enum(rankedQuantities),
      name: z.string(),
      unit: z.string(),
      /** The daily limits that stood in these days, the latest last. */
      limits: z.array(Limit),
      rows: z.array(RankingRow),
    }),
  },
  days: {
    method: 'GET',
    path: '/statistics/days',
    permission,
    title: '日均值明细：项目各测点，或一台设备',
    query: dayAndOne.extend({
      projectId: z.uuid().optional(),
      deviceId: z.uuid().optional(),
      quantity: z.string().max(40),
    }),
    reply: Measured.extend({ rows: z.array(DayRow), hoursLeast: z.number() }),
  },
  hours: {
    method: 'GET',
    path: '/devices/:id/hours',
    permission,
    title: '设备小时均值',
    params: ById,
    query: dayAndOne.extend({ quantity: z.string().max(40) }),
    reply: Measured.extend({
      deviceName: z.string(),
      projectId: z.uuid(),
      projectName: z.string(),
      rows: z.array(HourRow),
    }),
  },
  readings: {
    method: 'GET',
    path: '/devices/:id/readings',
    permission,
    title: '一小时内的原始读数',
    params: ById,
    query: z.object({ quantity: z.string().max(40), hour: Instant }),
    reply: Measured.extend({
      rows: z.array(
        z.object({ at: Instant, span: z.enum(['r', 'm', 'h', 'd']), value: z.number(), flag: z.string().nullable() }),
      ),
    }),
  },
  rose: {
    method: 'GET',
    path: '/projects/:id/wind',
    permission,
    title: '风玫瑰：十六方位与风力等级',
    params: ById,
    query: DaysAsked,
    reply: Rose,
  },
  windHours: {
    method: 'GET',
    path: '/projects/:id/wind/hours',
    permission,
    title: '风玫瑰各格的小时明细',
    params: ById,
    query: DaysAsked.extend({
      direction: z.coerce.number().int().min(0).max(15).optional(),
      /** 0 for calm. */
      level: z.coerce.number().int().min(0).max(6).optional(),
    }),
    reply: z.object({ rows: z.array(WindHour) }),
  },
  exceedances: {
    method: 'GET',
    path: '/statistics/exceedances',
    permission,
    title: '超标小时明细',
    query: Paging.extend({ ...ofSite, ...DaysAsked.shape, quantity: z.enum(exceedable).optional() }),
    reply: page(ExceedHour).extend({ counts: z.record(z.enum(exceedable), count), total: count, ...Covered.shape }),
  },
  offline: {
    method: 'GET',
    path: '/statistics/offline',
    permission,
    title: '没有有效小时均值的时段',
    query: Paging.extend({ ...ofSite, ...DaysAsked.shape }),
    reply: page(SiteHour.extend({ normal: count })).extend({ total: count, ...Covered.shape }),
  },
  exitRates: {
    method: 'GET',
    path: '/statistics/exits',
    permission,
    title: '车辆出场冲洗率、密闭率、车牌清晰率，按项目',
    query: DaysAsked.extend({ projectId: z.uuid().optional() }),
    reply: Covered.extend({ rows: z.array(ExitRate), grossMost: Limit }),
  },
  exits: {
    method: 'GET',
    path: '/statistics/exits/rows',
    permission,
    title: '车辆出场明细',
    query: Paging.extend({ ...DaysAsked.shape, projectId: z.uuid().optional(), fault: ExitFault.optional() }),
    reply: page(ExitRow),
  },
  energy: {
    method: 'GET',
    path: '/projects/:id/energy',
    permission,
    title: '水电用量：逐时与夜间占比',
    params: ById,
    query: DaysAsked,
    reply: Covered.extend({ meters: z.array(MeterUse) }),
  },
  curing: {
    method: 'GET',
    path: '/statistics/curing',
    permission,
    title: '标准养护室温湿度超出范围的小时',
    query: DaysAsked.extend({ projectId: z.uuid().optional() }),
    reply: Covered.extend({
      rooms: count,
      rows: z.array(CuringHour),
      range: z.object({ temperature: z.number(), off: z.number(), humidity: z.number(), clause: z.string() }),
    }),
  },
  scores: {
    method: 'GET',
    path: '/statistics/scores',
    permission,
    title: '工地环境评分与说明（不作为处罚依据）',
    query: z.object({ projectId: z.uuid().optional() }),
    reply: Covered.extend({ clause: z.string(), rows: z.array(SiteScore) }),
  },
} satisfies Record<string, AnyRoute>
