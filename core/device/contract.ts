import { z } from 'zod'
import { page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { ProjectFilter } from '../project/index.ts'
import { actBody, ById, caseView } from '../workflow/index.ts'
import { checkNames } from './checks.ts'
import { DeviceKind } from './kinds.ts'
import { Device, DeviceLine, DevicePassword, NewDevice, Spoken, UnknownMn, Verdict } from './schema.ts'
import { deviceWorkflow } from './workflow.ts'

export const DeviceRow = Device.extend({ line: DeviceLine })
export type DeviceRow = z.infer<typeof DeviceRow>

/** Where devices reach this server, and how far a clock may stand from ours. */
export const Doors = z.object({
  hj212: z.object({ host: z.string(), port: z.number() }),
  /** `outside`: an MQTT broker of somebody else's stands between; that it has acknowledged says nothing of us. */
  mqtt: z.object({ host: z.string(), port: z.number(), outside: z.boolean() }),
  push: z.object({ url: z.string() }),
})
export type Doors = z.infer<typeof Doors>

/** A device that has not come to life yet, how long, and which of the four checks it fails. */
export const Onboarding = DeviceRow.extend({
  hours: z.number(),
  stuck: z.boolean(),
  failing: z.enum(checkNames).nullable(),
})
export type Onboarding = z.infer<typeof Onboarding>

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

const Online = z.object({
  key: z.string(),
  label: z.string(),
  /** In use, and once alive. */
  devices: z.number(),
  live: z.number(),
  /** Silent, with a reason that an officer has given and that has not run out. */
  explained: z.number(),
  /** Opens them in the list of devices. */
  filter: z.record(z.string(), z.string()),
})
export type Online = z.infer<typeof Online>

/** 设备在线率 by town and by kind. */
export const OnlineRates = z.object({ total: Online, town: z.array(Online), kind: z.array(Online) })
export type OnlineRates = z.infer<typeof OnlineRates>

/** 扬尘监测设备安装率 by town and by class. `lacking`: the projects without, by town; `more` when they are not all named. */
export const InstallRates = z.object({
  total: Installed,
  town: z.array(Installed),
  tag: z.array(Installed),
  lacking: z.array(z.object({ id: z.uuid(), name: z.string(), town: z.string() })),
  more: z.boolean(),
})
export type InstallRates = z.infer<typeof InstallRates>

/** A frame that was not stored as it was sent, with the device under whose number it came. */
export const HeldBack = Spoken.extend({
  device: z.object({
    id: z.uuid(),
    name: z.string(),
    mn: z.string(),
    modelCode: z.string(),
    projectId: z.uuid(),
    projectName: z.string(),
  }),
})
export type HeldBack = z.infer<typeof HeldBack>

/** Where a page of a conversation goes on: the id of the last row shown. */
const spokenAfter = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional()

/** The password is typed, or the server makes one. A Modbus device has none. */
const passwordAsked = { password: DevicePassword.optional(), makePassword: z.boolean().default(false) }
/** The one the server made: told once. A request that was sent twice hears null the second time. */
const passwordMade = { password: z.string().nullable() }

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
      town: z
        .string()
        .regex(/^\d{9}$/)
        .optional(),
      state: z.enum(['pending', 'live']).optional(),
      /** Silent devices whose silence an officer has explained. */
      explained: z.enum(['true', 'false']).optional(),
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
  online: {
    method: 'GET',
    path: '/devices/online',
    permission: 'device.read',
    title: '设备在线率：镇街、设备类别；已说明原因的离线单列',
    reply: OnlineRates,
  },
  onboarding: {
    method: 'GET',
    path: '/devices/onboarding',
    permission: 'device.read',
    title: '接入中的设备：责任人、时长、未通过的核对，久的在前',
    query: z.object({ stuck: z.enum(['true']).optional() }),
    reply: z.object({
      rows: z.array(Onboarding),
      /** After so many hours a device is stuck; `total` and `stuck` are of all, also when they are not all listed. */
      hours: z.number(),
      total: z.number(),
      stuck: z.number(),
    }),
  },
  heldBack: {
    method: 'GET',
    path: '/devices/held-back',
    permission: 'device.read',
    title: '未入库报文：校验、格式、密码、时间有误的，新的在前',
    query: z.object({
      verdict: Verdict.optional(),
      projectId: z.uuid().optional(),
      after: spokenAfter,
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    reply: page(HeldBack),
  },
  doors: {
    method: 'GET',
    path: '/devices/doors',
    permission: 'device.onboard',
    title: '设备接入地址：端口、MQTT 服务、推送地址',
    reply: Doors,
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
      skewMinutes: z.number(),
      /** Who may be made its keeper; empty for those who may not choose. */
      officers: z.array(z.object({ personId: z.uuid(), name: z.string() })),
    }),
  },
  onboard: {
    method: 'POST',
    path: '/devices',
    permission: 'device.onboard',
    title: '登记设备',
    body: NewDevice.extend({ requestId: z.uuid(), ...passwordAsked }),
    reply: z.object({ id: z.uuid(), ...passwordMade }),
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
  tend: {
    method: 'POST',
    path: '/devices/:id/tending',
    permission: 'device.act',
    title: '照看设备：转交接入责任、记录接入情况、说明离线原因、设置与解除联锁',
    params: ById,
    body: actBody(deviceWorkflow, ['hand_over', 'note', 'explain_offline', 'interlock', 'release']),
    reply: caseView(Device),
  },
  setPassword: {
    method: 'POST',
    path: '/devices/:id/password',
    permission: 'device.onboard',
    title: '重设设备通信密码',
    params: ById,
    body: z.object({ requestId: z.uuid(), ...passwordAsked }),
    reply: z.object(passwordMade),
  },
  conversation: {
    method: 'GET',
    path: '/devices/:id/conversation',
    permission: 'device.read',
    title: '设备会话：双向原始报文，新的在前',
    params: ById,
    query: z.object({
      after: spokenAfter,
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    reply: page(Spoken),
  },
} satisfies Record<string, AnyRoute>
