import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, type Key, partyKeys } from '../access/index.ts'
import { defineWorkflow, stepOf } from '../workflow/index.ts'
import { findModel } from './models.ts'
import { ActuatorMode, isActuator } from './kinds.ts'
import { type Device, DeviceFacts, DeviceSettings, type DeviceState, NewDevice } from './schema.ts'

const step = stepOf<DeviceState, Device>()
const keepers = ['chief', 'admin', 'system'] as const satisfies readonly Capacity[]
const reason = z.object({ reason: z.string().trim().min(2).max(200) })

/** Who sees what belongs to a device: the officers of its place, those assigned, and the parties of its project. */
export const deviceReach = (device: Pick<Device, 'district' | 'projectId' | 'parties'>): Key[] => [
  ...districtKeys(device.district),
  assignedKey(device.projectId),
  ...device.parties.flatMap((org) => partyKeys(device.projectId, org)),
]

/** 监测设备. The password never stands in an act: the room keeps it in a table of its own. */
export const deviceWorkflow = defineWorkflow<DeviceState, Device>()({
  name: 'device',
  title: '监测设备',
  states: { pending: { label: '待接入' }, live: { label: '已接入' }, retired: { label: '已停用', final: true } },
  steps: {
    onboard: step({
      label: '登记设备',
      clause: 'house.telemetry',
      from: [null],
      to: 'pending',
      by: keepers,
      input: NewDevice,
      guard: ({ input }) => (findModel(input.modelCode) ? null : 'device_model_unknown'),
    }),
    go_live: step({
      label: '首次收到有效数据',
      clause: 'house.telemetry',
      from: ['pending'],
      to: 'live',
      by: ['system'],
      input: z.object({}),
      apply: ({ record, now }) => ({ ...record, liveAt: now }),
    }),
    amend: step({
      label: '修改设备信息',
      clause: 'house.telemetry',
      from: ['pending', 'live'],
      to: 'stay',
      by: keepers,
      input: DeviceFacts,
      apply: ({ record, input }) => ({ ...record, ...input }),
    }),
    configure: step({
      label: '设置参数与限值',
      clause: 'house.telemetry',
      from: ['pending', 'live'],
      to: 'stay',
      by: keepers,
      input: DeviceSettings,
      apply: ({ record, input }) => ({ ...record, settings: input }),
    }),
    set_mode: step({
      label: '设置控制方式',
      clause: 'house.actuator',
      from: ['pending', 'live'],
      to: 'stay',
      by: keepers,
      input: reason.extend({ mode: ActuatorMode }),
      guard: ({ record }) => (isActuator(record.kind) ? null : 'device_not_actuator'),
      apply: ({ record, input }) => ({ ...record, mode: input.mode }),
    }),
    link: step({
      label: '设置喷淋联动',
      clause: 'xiuzhou.spray',
      from: ['pending', 'live'],
      to: 'stay',
      by: keepers,
      input: z.object({ sprayerId: z.uuid().nullable(), unit: z.number().int().min(1).max(99).default(1) }),
      guard: ({ record }) => (record.kind === 'dust' ? null : 'device_not_dust'),
      apply: ({ record, input }) => ({
        ...record,
        linkedTo: input.sprayerId,
        linkedUnit: input.sprayerId === null ? null : input.unit,
      }),
    }),
    set_password: step({
      label: '重设通信密码',
      clause: 'house.telemetry',
      from: ['pending', 'live'],
      to: 'stay',
      by: keepers,
      input: z.object({}),
    }),
    follow: step({
      label: '随项目信息更新',
      from: ['pending', 'live', 'retired'],
      to: 'stay',
      by: ['system'],
      input: z.object({ projectName: z.string(), district: z.string(), parties: z.array(z.uuid()) }),
      apply: ({ record, input }) => ({ ...record, ...input }),
    }),
    retire: step({
      label: '停用设备',
      clause: 'house.telemetry',
      from: ['pending', 'live'],
      to: 'retired',
      by: keepers,
      input: reason,
    }),
  },
  head: (device) => ({
    // A number that was given back may be entered again.
    number: device.state === 'retired' ? null : device.mn,
    title: device.name,
    projectId: device.projectId,
    subjects: [device.projectId],
    parties: device.parties,
    reach: deviceReach(device),
    due: null,
    tier: 'calm',
    timers: [],
    words: [device.name, device.mn, device.projectName],
  }),
})
