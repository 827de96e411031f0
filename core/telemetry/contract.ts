import { z } from 'zod'
import { page, Paging } from '../base/index.ts'
import { type AnyRoute, DayString } from '../kit/index.ts'
import { actBody, ById, caseView, Instant } from '../workflow/index.ts'
import { DeviceKind } from '../device/index.ts'
import { Alarm, alarmWorkflow } from './alarm.ts'
import { Command } from './command.ts'

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

export const CommandRow = Command.extend({ deviceName: z.string() })
export type CommandRow = z.infer<typeof CommandRow>

const AlarmMessage = z.object({
  recipient: z.string(),
  level: z.string(),
  createdAt: Instant,
  readAt: Instant.nullable(),
  escalated: z.boolean(),
})

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
      quantity: z.string().max(24),
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
  alarms: {
    method: 'GET',
    path: '/alarms',
    permission: 'telemetry.read',
    title: '监测报警，新的在前',
    query: Paging.extend({
      open: z.enum(['true', 'false']).optional(),
      projectId: z.uuid().optional(),
      deviceId: z.uuid().optional(),
    }),
    reply: page(Alarm),
  },
  alarm: {
    method: 'GET',
    path: '/alarms/:id',
    permission: 'telemetry.read',
    title: '监测报警',
    params: ById,
    reply: caseView(Alarm).extend({
      /** Values around the raising, as they were stored. */
      around: z.array(z.object({ at: Instant, value: z.number(), flag: z.string().nullable() })),
      commands: z.array(CommandRow),
      messages: z.array(AlarmMessage),
    }),
  },
  act: {
    method: 'POST',
    path: '/alarms/:id/acts',
    permission: 'device.act',
    title: '办理报警：确认',
    params: ById,
    body: actBody(alarmWorkflow, ['acknowledge']),
    reply: caseView(Alarm),
  },
} satisfies Record<string, AnyRoute>
