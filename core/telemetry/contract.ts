import { z } from 'zod'
import { type AnyRoute, DayString } from '../kit/index.ts'
import { ById, Instant } from '../workflow/index.ts'
import { DeviceKind } from '../device/index.ts'
import { Alarm } from './alarm.ts'
import { alarmRoutes, CommandRow } from './alarm-contract.ts'

const Freshness = z.enum(['live', 'stale', 'never'])

/** The last value of a quantity, and whether it may be shown as current. */
export const Latest = z.object({
  deviceId: z.uuid(),
  quantity: z.string(),
  name: z.string(),
  unit: z.string(),
  at: Instant.nullable(),
  value: z.number().nullable(),
  flag: z.string().nullable(),
  receivedAt: Instant.nullable(),
  freshness: Freshness,
})
export type Latest = z.infer<typeof Latest>

export const BucketView = z.object({
  from: Instant,
  until: Instant,
  count: z.number(),
  normal: z.number(),
  mean: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  valid: z.boolean(),
})
export type BucketView = z.infer<typeof BucketView>

export const SeriesView = z.object({
  quantity: z.string(),
  name: z.string(),
  unit: z.string(),
  step: z.enum(['hour', 'minute']),
  buckets: z.array(BucketView),
  /** The value above which an alarm is raised, with its clause; null where none is watched. */
  limit: z.object({ value: z.number(), clause: z.string() }).nullable(),
  validShare: z.number(),
})
export type SeriesView = z.infer<typeof SeriesView>

/** One device on a project's panel. */
export const SiteDevice = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: DeviceKind,
  freshness: Freshness,
  latest: z.array(Latest),
})
export type SiteDevice = z.infer<typeof SiteDevice>

export const telemetryContract = {
  latest: {
    method: 'GET',
    path: '/devices/:id/latest',
    permission: 'telemetry.read',
    title: '设备各因子最新值与时效',
    params: ById,
    reply: z.object({ rows: z.array(Latest), refreshMinutes: z.number() }),
  },
  series: {
    method: 'GET',
    path: '/devices/:id/series',
    permission: 'telemetry.read',
    title: '时段均值：一日逐时，或最近一小时逐分',
    params: ById,
    query: z.object({
      quantity: z.string().max(40),
      step: z.enum(['hour', 'minute']).default('hour'),
      /** Of the hourly series; today by default. */
      day: DayString.optional(),
    }),
    reply: SeriesView,
  },
  commands: {
    method: 'GET',
    path: '/devices/:id/commands',
    permission: 'telemetry.read',
    title: '设备的喷淋指令与回执，或者由其报警引起的，新的在前',
    params: ById,
    reply: z.object({ rows: z.array(CommandRow) }),
  },
  environment: {
    method: 'GET',
    path: '/projects/:id/environment',
    permission: 'telemetry.read',
    title: '项目环境监测：设备、最新值、报警',
    params: ById,
    reply: z.object({ devices: z.array(SiteDevice), alarms: z.array(Alarm) }),
  },
  online: {
    method: 'GET',
    path: '/telemetry/online',
    permission: 'telemetry.read',
    title: '扬尘测点在线数',
    reply: z.object({ total: z.number(), live: z.number(), stale: z.number(), never: z.number(), alarms: z.number() }),
  },
  ...alarmRoutes,
} satisfies Record<string, AnyRoute>
