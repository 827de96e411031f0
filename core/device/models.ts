import type { CrcMode, UnitProfile } from '../codec/hj212/index.ts'

export type DeviceKind = 'dust' | 'sprayer'
export const kindNames: Record<DeviceKind, string> = { dust: '扬尘噪声监测仪', sprayer: '喷淋控制器' }

/** What a model sends and takes. A new device on the market is a new row here, and a captured frame in a test. */
export interface DeviceModel {
  code: string
  vendor: string
  title: string
  kind: DeviceKind
  protocol: 'hj212'
  /** Codes of HJ 212-2017 tables B.2 and B.3 (SBn for equipment), and how many seconds lie between two values. */
  quantities: readonly { code: string; period: number }[]
  /** The quantity by whose freshness the whole device is called live. */
  lead: string
  unitProfile: UnitProfile
  crcMode: CrcMode
  /** How it is switched, and how many pumps or valves it has. */
  command?: { cn: '3901'; units: number }
}

const dust = ['a34004', 'a34002', 'a34001', 'LA', 'a01001', 'a01002', 'a01006', 'a01007', 'a01008']
const every = (period: number, codes: readonly string[]) => codes.map((code) => ({ code, period }))

/** Standards 3.5: the standard's unit is ng/m³; most shipped monitors say µg/m³, so the model tells. */
export const models = [
  {
    code: 'dust-ug',
    vendor: '通用',
    title: '扬尘噪声监测仪（µg/m³）',
    kind: 'dust',
    protocol: 'hj212',
    quantities: every(60, dust),
    lead: 'a34004',
    unitProfile: 'ug',
    crcMode: 'strict',
  },
  {
    code: 'dust-ng',
    vendor: '通用',
    title: '扬尘噪声监测仪（国标单位 ng/m³）',
    kind: 'dust',
    protocol: 'hj212',
    quantities: every(60, dust),
    lead: 'a34004',
    unitProfile: 'ng',
    crcMode: 'strict',
  },
  {
    code: 'dust-modbus',
    vendor: '通用',
    title: '扬尘噪声监测仪（µg/m³，MODBUS 校验）',
    kind: 'dust',
    protocol: 'hj212',
    quantities: every(60, dust),
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
    quantities: every(60, ['SB1']),
    lead: 'SB1',
    unitProfile: 'ug',
    crcMode: 'strict',
    command: { cn: '3901', units: 1 },
  },
] as const satisfies readonly DeviceModel[]

export const findModel = (code: string): DeviceModel | undefined => models.find((model) => model.code === code)

/** The model of a device in the register. Throws when there is none: a model is never removed. */
export function getModel(code: string): DeviceModel {
  const found = findModel(code)
  if (!found) throw new Error(`no device model ${code}`)
  return found
}
