import { z } from 'zod'
import { assignedKey, type Capacity, districtKeys, type Key, partyKeys } from '../access/index.ts'
import { DayString, dayOf } from '../kit/index.ts'
import { type Broken, defineWorkflow, stepOf } from '../workflow/index.ts'
import { baseOf, findModel, getModel } from './models.ts'
import { ActuatorMode, isActuator } from './kinds.ts'
import { findQuantity } from './quantities.ts'
import { barrierOf, later, Switch, switchTerms } from './switching.ts'
import { type Device, DeviceFacts, DeviceSettings, type DeviceState, NewDevice, OfflineCause } from './schema.ts'

const step = stepOf<DeviceState, Device>()
const keepers = ['chief', 'admin', 'system'] as const satisfies readonly Capacity[]
const officers = ['inspector', 'chief', 'admin'] as const satisfies readonly Capacity[]
/** Who stands beside what is switched, and the officers of the place. */
const atHand = ['project_manager', 'safety_officer', 'inspector'] as const satisfies readonly Capacity[]
const reason = z.object({ reason: z.string().trim().min(2).max(200) })

/** Who sees what belongs to a device: the officers of its place, those assigned, and the parties of its project. */
export const deviceReach = (device: Pick<Device, 'district' | 'projectId' | 'parties'>): Key[] => [
  ...districtKeys(device.district),
  assignedKey(device.projectId),
  ...device.parties.flatMap((org) => partyKeys(device.projectId, org)),
]

/** Whom to turn to about a device; a listener's or a timer's act makes nobody its keeper. */
const keeperOf = ({ personId, name }: { personId: string | null; name: string }): Device['keeper'] =>
  personId === null ? null : { personId, name }

function brokenSettings({ modelCode }: Device, { limits, modbus }: DeviceSettings): Broken | string | null {
  const model = getModel(modelCode)
  if (model.protocol === 'modbus' && modbus === null) return 'device_address_missing'
  const strange = limits.find(
    ({ quantity }) => !findQuantity(quantity) || !model.quantities.some(({ code }) => code === baseOf(quantity)),
  )
  if (strange) return { rule: 'device_limit_unknown', detail: { quantity: strange.quantity } }
  const empty = limits.find(({ warn, alarm, ratePerDay }) => warn === null && alarm === null && ratePerDay === null)
  return empty ? { rule: 'device_limit_empty', detail: { quantity: empty.quantity } } : null
}

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
      guard: ({ input }) => {
        const model = findModel(input.modelCode)
        if (!model) return 'device_model_unknown'
        return model.protocol === 'modbus' && !input.modbus ? 'device_address_missing' : null
      },
      apply: ({ record, actor, now }) => ({ ...record, enteredAt: now, keeper: keeperOf(actor) }),
    }),
    hand_over: step({
      label: '转交接入责任',
      clause: 'house.onboarding',
      from: ['pending'],
      to: 'stay',
      by: ['chief', 'admin'],
      input: z.object({ personId: z.uuid() }),
      // The name is filled in by the room, which knows the officers.
      apply: ({ record, input }) => ({ ...record, keeper: { ...input, name: '' } }),
    }),
    note: step({
      label: '记录接入情况',
      clause: 'house.onboarding',
      from: ['pending', 'live'],
      to: 'stay',
      by: [...officers, 'project_manager'],
      input: z.object({ text: z.string().trim().min(2).max(200) }),
      apply: ({ record, input, actor, now }) => ({ ...record, note: { text: input.text, by: actor.name, at: now } }),
    }),
    explain_offline: step({
      label: '说明离线原因',
      clause: 'house.onboarding',
      from: ['live'],
      to: 'stay',
      by: officers,
      input: z.object({ cause: OfflineCause, until: DayString, note: z.string().trim().max(200).default('') }),
      guard: ({ input, now }) => {
        if (input.until < dayOf(new Date(now))) return 'offline_until_past'
        return input.cause === 'other' && input.note === '' ? 'offline_note_missing' : null
      },
      apply: ({ record, input, actor, now }) => ({ ...record, explanation: { ...input, by: actor.name, at: now } }),
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
      guard: ({ record, input }) => brokenSettings(record, input),
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
    switch: step({
      label: '启停设备',
      clause: 'house.actuator',
      from: ['pending', 'live'],
      to: 'stay',
      by: [...atHand, 'chief'],
      input: Switch,
      guard: ({ record, input, now, law }) => {
        // Read here, so that the act keeps the rules by which the order lives.
        switchTerms(law)
        return barrierOf(record, input, now)
      },
    }),
    interlock: step({
      label: '设置联锁，禁止启动',
      clause: 'house.actuator',
      from: ['pending', 'live'],
      to: 'stay',
      by: atHand,
      input: reason.extend({ hours: z.number().int().min(1) }),
      guard: ({ record, input, law }) => {
        if (!isActuator(record.kind)) return 'device_not_actuator'
        if (record.mode === 'automatic') return 'interlock_mode'
        const most = law.number('actuator.interlock_most')
        return input.hours > most ? { rule: 'interlock_too_long', detail: { most } } : null
      },
      apply: ({ record, input, actor, now }) => ({
        ...record,
        interlock: { reason: input.reason, until: later(now, input.hours * 3_600_000), by: actor.name, at: now },
      }),
    }),
    release: step({
      label: '解除联锁',
      clause: 'house.actuator',
      from: ['pending', 'live'],
      to: 'stay',
      by: [...atHand, 'system'],
      input: z.object({}),
      guard: ({ record }) => (record.interlock ? null : 'interlock_missing'),
      apply: ({ record }) => ({ ...record, interlock: null }),
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
    timers: device.interlock && device.state !== 'retired' ? [{ action: 'release', at: device.interlock.until }] : [],
    words: [device.name, device.mn, device.projectName],
  }),
})
