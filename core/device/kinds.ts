import { z } from 'zod'

export const DeviceKind = z.enum([
  'dust',
  'sprayer',
  'fog_cannon',
  'water_truck',
  'crane',
  'hoist',
  'pit',
  'formwork',
  'meter',
  'weighbridge',
  'wheel_wash',
  'curing_room',
  'perimeter',
  'turnstile',
])
export type DeviceKind = z.infer<typeof DeviceKind>

export const kindNames: Record<DeviceKind, string> = {
  dust: '扬尘噪声监测仪',
  sprayer: '喷淋控制器',
  fog_cannon: '雾炮',
  water_truck: '洒水车',
  crane: '塔式起重机监控',
  hoist: '施工升降机监控',
  pit: '基坑监测',
  formwork: '高支模监测',
  meter: '水电表',
  weighbridge: '地磅',
  wheel_wash: '车辆冲洗',
  curing_room: '标准养护室',
  perimeter: '周界入侵报警',
  turnstile: '实名制闸机',
}

/** What can be switched by an order of ours. */
export const actuatorKinds: readonly DeviceKind[] = ['sprayer', 'fog_cannon']
export const isActuator = (kind: DeviceKind): boolean => actuatorKinds.includes(kind)

/** What an order of ours may go to: an actuator, and a vehicle that is sent somewhere to spray there. */
export const takesOrders = (kind: DeviceKind): boolean => isActuator(kind) || kind === 'water_truck'

/** manual: people only. automatic: alarms switch it. interlocked: alarms switch it unless a person on site forbids it. */
export const ActuatorMode = z.enum(['manual', 'automatic', 'interlocked'])
export type ActuatorMode = z.infer<typeof ActuatorMode>
export const modeNames: Record<ActuatorMode, string> = { manual: '手动', automatic: '自动', interlocked: '联锁' }
