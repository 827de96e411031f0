import type { CrcMode, UnitProfile } from '../codec/hj212/index.ts'
import type { Register } from '../codec/modbus/index.ts'
import type { DeviceKind } from './kinds.ts'

/** How a device speaks. hj212: TCP. mqtt and push: the site message of codec/sitejson. modbus: it is asked. */
export type Protocol = 'hj212' | 'mqtt' | 'push' | 'modbus'
export const protocolNames: Record<Protocol, string> = {
  hj212: 'HJ 212（TCP）',
  mqtt: 'MQTT',
  push: 'HTTP 推送',
  modbus: 'Modbus-TCP 轮询',
}

/** What a model sends and takes. A new device on the market is a new row here, and a captured frame in a test. */
export interface DeviceModel {
  code: string
  vendor: string
  title: string
  kind: DeviceKind
  protocol: Protocol
  /**
   * Codes of quantities.ts, and how many seconds lie between two values. A code of a measured point stands
   * without its point here: `subside` promises `subside@S1` and whatever points there are.
   */
  quantities: readonly { code: string; period: number }[]
  /** The quantity by whose freshness the whole device is called live. */
  lead: string
  /** In which unit particulate matter is sent, and which check value (HJ 212). */
  unitProfile?: UnitProfile
  crcMode?: CrcMode
  registers?: readonly Register[]
  /** How many pumps or valves it switches. */
  units?: number
}

const every = (period: number, ...codes: string[]) => codes.map((code) => ({ code, period }))
const air = every(60, 'a34004', 'a34002', 'a34001', 'LA', 'a01001', 'a01002', 'a01006', 'a01007', 'a01008')
const crane = [
  ...['liftingCapacity', 'safeLiftingCapacity', 'loadPercent', 'momentPercent', 'amplitude', 'round', 'height'],
  ...['dipAngleX', 'dipAngleY', 'windSpeed'],
]
const hoist = ['currentLoad', 'loadPercent', 'personCount', 'floor', 'speed', 'height', 'doorFront', 'doorBack']
const pit = ['subside', 'displace', 'deepDisplace', 'waterLevel', 'axialForce']
const formwork = ['axialForce', 'subside', 'displace', 'tilt']

export const models: readonly DeviceModel[] = [
  // Standards 3.5: the standard's unit is ng/m³; most shipped monitors say µg/m³, so the model tells.
  {
    code: 'dust-ug',
    vendor: '通用',
    title: '扬尘噪声监测仪（µg/m³）',
    kind: 'dust',
    protocol: 'hj212',
    quantities: air,
    lead: 'a34004',
    unitProfile: 'ug',
  },
  {
    code: 'dust-ng',
    vendor: '通用',
    title: '扬尘噪声监测仪（国标单位 ng/m³）',
    kind: 'dust',
    protocol: 'hj212',
    quantities: air,
    lead: 'a34004',
    unitProfile: 'ng',
  },
  {
    code: 'dust-modbus',
    vendor: '通用',
    title: '扬尘噪声监测仪（µg/m³，MODBUS 校验）',
    kind: 'dust',
    protocol: 'hj212',
    quantities: air,
    lead: 'a34004',
    unitProfile: 'ug',
    crcMode: 'either',
  },
  {
    code: 'sprayer-1',
    vendor: '通用',
    title: '喷淋控制器（单路）',
    kind: 'sprayer',
    protocol: 'hj212',
    quantities: every(60, 'SB1'),
    lead: 'SB1',
    units: 1,
  },
  {
    code: 'fog-cannon-1',
    vendor: '通用',
    title: '雾炮（HJ 212）',
    kind: 'fog_cannon',
    protocol: 'hj212',
    quantities: every(60, 'SB1'),
    lead: 'SB1',
    units: 1,
  },
  {
    code: 'fog-cannon-mqtt',
    vendor: '通用',
    title: '雾炮（MQTT）',
    kind: 'fog_cannon',
    protocol: 'mqtt',
    quantities: every(60, 'SB1'),
    lead: 'SB1',
    units: 1,
  },
  {
    code: 'water-truck',
    vendor: '通用',
    title: '洒水车车载终端',
    kind: 'water_truck',
    protocol: 'mqtt',
    quantities: every(30, 'truckSpeed', 'SB1'),
    lead: 'truckSpeed',
    units: 1,
  },
  // CRN-03: at least once in ten seconds.
  {
    code: 'crane-gbt37366',
    vendor: '通用',
    title: '塔式起重机安全监控（GB/T 37366 字段）',
    kind: 'crane',
    protocol: 'mqtt',
    quantities: every(10, ...crane),
    lead: 'momentPercent',
  },
  {
    code: 'hoist-gbt37537',
    vendor: '通用',
    title: '施工升降机安全监控（GB/T 37537 字段）',
    kind: 'hoist',
    protocol: 'mqtt',
    quantities: every(10, ...hoist, 'windSpeed'),
    lead: 'loadPercent',
  },
  {
    code: 'pit-logger',
    vendor: '通用',
    title: '基坑自动化监测采集仪',
    kind: 'pit',
    protocol: 'mqtt',
    quantities: every(60, ...pit),
    lead: 'subside',
  },
  // GEO-02: at least once a minute while concrete is poured; standards 6.5: every 30 s.
  {
    code: 'formwork-logger',
    vendor: '通用',
    title: '高支模监测采集仪',
    kind: 'formwork',
    protocol: 'mqtt',
    quantities: every(30, ...formwork),
    lead: 'axialForce',
  },
  {
    code: 'electricity-modbus',
    vendor: '通用',
    title: '三相电表（Modbus-TCP）',
    kind: 'meter',
    protocol: 'modbus',
    quantities: every(60, 'electricity', 'power'),
    lead: 'electricity',
    registers: [
      { register: 0, table: 'holding', type: 'u32', scale: 0.01, quantity: 'electricity' },
      { register: 2, table: 'holding', type: 'i32', scale: 0.001, quantity: 'power' },
    ],
  },
  {
    code: 'water-modbus',
    vendor: '通用',
    title: '水表（Modbus-TCP）',
    kind: 'meter',
    protocol: 'modbus',
    quantities: every(60, 'water'),
    lead: 'water',
    registers: [{ register: 0, table: 'holding', type: 'u32', scale: 0.001, quantity: 'water' }],
  },
  {
    code: 'meter-mqtt',
    vendor: '通用',
    title: '水电表（MQTT）',
    kind: 'meter',
    protocol: 'mqtt',
    quantities: every(60, 'electricity', 'power', 'water'),
    lead: 'electricity',
  },
  {
    code: 'curing-room-modbus',
    vendor: '通用',
    title: '标准养护室温湿度（Modbus-TCP）',
    kind: 'curing_room',
    protocol: 'modbus',
    quantities: every(60, 'roomTemperature', 'roomHumidity'),
    lead: 'roomTemperature',
    registers: [
      { register: 0, table: 'input', type: 'i16', scale: 0.1, quantity: 'roomTemperature' },
      { register: 1, table: 'input', type: 'u16', scale: 0.1, quantity: 'roomHumidity' },
    ],
  },
  {
    code: 'weighbridge',
    vendor: '通用',
    title: '出入口地磅',
    kind: 'weighbridge',
    protocol: 'mqtt',
    quantities: every(60, 'grossWeight'),
    lead: 'grossWeight',
  },
  {
    code: 'wheel-wash',
    vendor: '通用',
    title: '出口冲洗与车牌识别一体机',
    kind: 'wheel_wash',
    protocol: 'mqtt',
    quantities: every(60, 'SB1'),
    lead: 'SB1',
  },
  {
    code: 'perimeter',
    vendor: '通用',
    title: '周界入侵报警主机',
    kind: 'perimeter',
    protocol: 'push',
    quantities: every(60, 'intrusion'),
    lead: 'intrusion',
  },
  {
    code: 'turnstile',
    vendor: '通用',
    title: '实名制闸机',
    kind: 'turnstile',
    protocol: 'push',
    quantities: every(60, 'peopleInside'),
    lead: 'peopleInside',
  },
]

export const findModel = (code: string): DeviceModel | undefined => models.find((model) => model.code === code)

/** The model of a device in the register. Throws when there is none: a model is never removed. */
export function getModel(code: string): DeviceModel {
  const found = findModel(code)
  if (!found) throw new Error(`no device model ${code}`)
  return found
}

/** A code without its measuring point: `subside` of `subside@S1`. */
export const baseOf = (quantity: string): string => quantity.split('@', 1)[0]!
/** Whether a value of this quantity shows that the device lives. */
export const isLead = (model: DeviceModel, quantity: string): boolean => baseOf(quantity) === model.lead
