import { z } from 'zod'
import { page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { ProjectFilter } from '../project/index.ts'
import { actBody, ById, caseView } from '../workflow/index.ts'
import { DeviceKind } from './kinds.ts'
import { Device, DeviceLine, DevicePassword, NewDevice, Spoken, UnknownMn } from './schema.ts'
import { deviceWorkflow } from './workflow.ts'

export const DeviceRow = Device.extend({ line: DeviceLine })
export type DeviceRow = z.infer<typeof DeviceRow>

const Beside = z.object({ id: z.uuid(), name: z.string(), mn: z.string(), kind: DeviceKind })

const Installed = z.object({
  key: z.string(),
  label: z.string(),
  /** Projects under way that must have dust monitoring, and how many of them have a monitor that has reported. */
  obliged: z.number(),
  equipped: z.number(),
  /** Opens the obliged in the list of projects. */
  filter: ProjectFilter,
})
export type Installed = z.infer<typeof Installed>

/** 扬尘监测设备安装率 by town and by class. `lacking`: the projects without, by town; `more` when they are not all named. */
export const InstallRates = z.object({
  total: Installed,
  town: z.array(Installed),
  tag: z.array(Installed),
  lacking: z.array(z.object({ id: z.uuid(), name: z.string(), town: z.string() })),
  more: z.boolean(),
})
export type InstallRates = z.infer<typeof InstallRates>

export const deviceContract = {
  list: {
    method: 'GET',
    path: '/devices',
    permission: 'device.read',
    title: '监测设备，按名称排列',
    query: Paging.extend({
      kind: DeviceKind.optional(),
      freshness: z.enum(['live', 'stale', 'never']).optional(),
      projectId: z.uuid().optional(),
      q: z.string().trim().max(60).optional(),
      retired: z.enum(['true', 'false']).default('false'),
    }),
    reply: page(DeviceRow).extend({ total: z.number() }),
  },
  unknown: {
    method: 'GET',
    path: '/devices/unknown',
    permission: 'device.onboard',
    title: '待认领的设备编号',
    reply: z.object({ rows: z.array(UnknownMn) }),
  },
  installed: {
    method: 'GET',
    path: '/devices/installed',
    permission: 'device.read',
    title: '扬尘监测设备安装率：镇街、类别',
    reply: InstallRates,
  },
  get: {
    method: 'GET',
    path: '/devices/:id',
    permission: 'device.read',
    title: '监测设备',
    params: ById,
    reply: caseView(Device).extend({
      line: DeviceLine,
      /** Devices of the same project: those it may be linked to, and those that are linked to it. */
      beside: z.array(Beside),
    }),
  },
  onboard: {
    method: 'POST',
    path: '/devices',
    permission: 'device.onboard',
    title: '登记设备',
    body: NewDevice.extend({ requestId: z.uuid(), password: DevicePassword }),
    reply: z.object({ id: z.uuid() }),
  },
  act: {
    method: 'POST',
    path: '/devices/:id/acts',
    permission: 'device.onboard',
    title: '办理设备：修改、参数与限值、联动、控制方式、停用',
    params: ById,
    body: actBody(deviceWorkflow, ['amend', 'configure', 'link', 'set_mode', 'retire']),
    reply: caseView(Device),
  },
  setPassword: {
    method: 'POST',
    path: '/devices/:id/password',
    permission: 'device.onboard',
    title: '重设设备通信密码',
    params: ById,
    body: z.object({ requestId: z.uuid(), password: DevicePassword }),
    reply: z.object({}),
  },
  conversation: {
    method: 'GET',
    path: '/devices/:id/conversation',
    permission: 'device.read',
    title: '设备会话：双向原始报文，新的在前',
    params: ById,
    query: z.object({
      after: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    reply: page(Spoken),
  },
} satisfies Record<string, AnyRoute>
