import { z } from 'zod'
import { DayString, Point } from '../kit/index.ts'
import { Instant } from '../workflow/index.ts'
import { ActuatorMode, DeviceKind } from './kinds.ts'

export const DeviceState = z.enum(['pending', 'live', 'retired'])
export type DeviceState = z.infer<typeof DeviceState>

/** HJ 212-2017 table 3: 24 characters; HJ/T 212-2005: 14. */
export const Mn = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z]{1,24}$/, '由 1 至 24 位字母或数字组成')
/** Six characters by the standard; some devices have more. Nothing that would end a field of a frame. */
export const DevicePassword = z.string().regex(/^[0-9A-Za-z]{1,16}$/, '由 1 至 16 位字母或数字组成')

export const UnitProfile = z.enum(['ng', 'ug', 'mg'])
export const CrcMode = z.enum(['strict', 'modbus', 'either'])
export const Ending = z.enum(['crlf', 'cr', 'none'])

/** A quantity's limits in the design document or the special construction plan of this place: they win over the law's. */
export const DesignLimit = z.object({
  /** With its measuring point, `subside@S1`, or without, for all points. */
  quantity: z.string().max(40),
  /** Both cumulative, by absolute value; `ratePerDay` is a change within 24 hours. Units of the quantity. */
  warn: z.number().nullable(),
  alarm: z.number().nullable(),
  ratePerDay: z.number().nullable(),
  /** The document and page that says so. */
  source: z.string().trim().min(2).max(120),
})
export type DesignLimit = z.infer<typeof DesignLimit>

/** Where a Modbus device is asked. */
export const ModbusAddress = z.object({
  host: z.string().trim().min(1).max(120),
  port: z.number().int().min(1).max(65_535),
  unit: z.number().int().min(0).max(255),
})

/** What must be known of one device beyond its model. */
export const DeviceSettings = z.object({
  limits: z.array(DesignLimit).max(200),
  /** From the machine's plate: rated load in t, rated moment in kN·m, persons, jib length and height in m. */
  rated: z.object({
    load: z.number().positive().max(2000).optional(),
    moment: z.number().positive().max(100_000).optional(),
    persons: z.number().int().positive().max(100).optional(),
    jib: z.number().positive().max(150).optional(),
    height: z.number().positive().max(600).optional(),
  }),
  modbus: ModbusAddress.nullable(),
})
export type DeviceSettings = z.infer<typeof DeviceSettings>
export const noSettings: DeviceSettings = { limits: [], rated: {}, modbus: null }

export const offlineCauses = {
  power: '断电',
  network: '断网',
  removed: '拆除或移位',
  repair: '维修、校准',
  fault: '设备故障',
  other: '其他',
} as const
export const OfflineCause = z.enum(Object.keys(offlineCauses) as [keyof typeof offlineCauses])
export type OfflineCause = z.infer<typeof OfflineCause>

/** A person on site forbids that an actuator starts, until a moment; stopping it is never forbidden. */
export const Interlock = z.object({ reason: z.string(), until: Instant, by: z.string(), at: Instant })
export type Interlock = z.infer<typeof Interlock>

/** Why a device is silent, and until which day that holds. It explains nothing once the device speaks again. */
export const Explanation = z.object({
  cause: OfflineCause,
  until: DayString,
  note: z.string(),
  by: z.string(),
  at: Instant,
})
export type Explanation = z.infer<typeof Explanation>

export const Device = z.object({
  id: z.uuid(),
  state: DeviceState.nullable(),
  modelCode: z.string(),
  kind: DeviceKind,
  mn: Mn,
  name: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  district: z.string(),
  /** Units of the project's parties: they see their devices. */
  parties: z.array(z.uuid()),
  unitProfile: UnitProfile,
  crcMode: CrcMode,
  ending: Ending,
  /** The sprayer or fog cannon that a dust monitor opens, and which of its units. */
  linkedTo: z.uuid().nullable(),
  linkedUnit: z.number().int().nullable(),
  /** Of what can be switched. */
  mode: ActuatorMode.nullable(),
  interlock: Interlock.nullable(),
  settings: DeviceSettings,
  point: Point.nullable(),
  liveAt: Instant.nullable(),
  enteredAt: Instant,
  /** Who sees to it that the device comes to life. */
  keeper: z.object({ personId: z.uuid(), name: z.string() }).nullable(),
  /** The last thing noted about it. */
  note: z.object({ text: z.string(), by: z.string(), at: Instant }).nullable(),
  explanation: Explanation.nullable(),
})
export type Device = z.infer<typeof Device>

/** What can be told of a device when it is entered or corrected. */
export const DeviceFacts = z.object({
  name: z.string().trim().min(2).max(60),
  unitProfile: UnitProfile,
  crcMode: CrcMode,
  ending: Ending,
  point: Point.nullable(),
})

export const NewDevice = DeviceFacts.partial({ unitProfile: true, crcMode: true, ending: true, point: true }).extend({
  modelCode: z.string().max(40),
  mn: Mn,
  projectId: z.uuid(),
  modbus: ModbusAddress.optional(),
})
export type NewDevice = z.infer<typeof NewDevice>

/** What is known of a device's line: kept beside the register, not in acts. */
export const DeviceLine = z.object({
  address: z.string().nullable(),
  connected: z.boolean(),
  /** The last frame that was verified. */
  heardAt: Instant.nullable(),
  good: z.number(),
  /** Wrong check value, length or ending, under this device's claimed number. */
  bad: z.number(),
  /** Wrong password. */
  refused: z.number(),
  quarantined: z.number(),
  duplicates: z.number(),
  /** How far the device's clock stood from ours at its last data. */
  skewMillis: z.number().nullable(),
  freshness: z.enum(['live', 'stale', 'never']),
  /** When its lead quantity last had a normal value. */
  freshAt: Instant.nullable(),
})
export type DeviceLine = z.infer<typeof DeviceLine>

export const silentLine: DeviceLine = {
  address: null,
  connected: false,
  heardAt: null,
  good: 0,
  bad: 0,
  refused: 0,
  quarantined: 0,
  duplicates: 0,
  skewMillis: null,
  freshness: 'never',
  freshAt: null,
}

/** What became of a frame. */
export const Verdict = z.enum([
  'stored',
  'answered',
  'repeated',
  'crc',
  'length',
  'oversize',
  'terminator',
  'wrong_password',
  'retired',
  'in_future',
  'too_old',
  'no_time',
  'not_understood',
  'sent',
  'replaced',
  'parts_missing',
])
export type Verdict = z.infer<typeof Verdict>

/** One frame of a conversation as it is kept and shown; the password is masked. */
export const Spoken = z.object({
  id: z.number(),
  way: z.enum(['in', 'out', 'note']),
  at: Instant,
  /** Base64 of the bytes. */
  raw: z.string(),
  verdict: Verdict,
  /** Its number was only claimed: the check value or the password did not prove it. */
  verified: z.boolean(),
  fault: z
    .object({
      declaredLength: z.number().optional(),
      actualLength: z.number().optional(),
      expectedCrc: z.string().optional(),
      givenCrc: z.string().optional(),
      /** Why a site message as a whole was not taken, and which parts of one were left out. */
      reason: z.string().optional(),
      path: z.string().optional(),
      problems: z.array(z.object({ rule: z.string(), path: z.string() })).optional(),
      /** How many parts an upload has, and the first of those that did not come (HJ 212-2017 table C.50). */
      pnum: z.number().optional(),
      missing: z.array(z.number()).optional(),
    })
    .nullable(),
})
export type Spoken = z.infer<typeof Spoken>

/** A number that nobody has entered, offered for onboarding. */
export const UnknownMn = z.object({
  mn: z.string(),
  firstSeen: Instant,
  lastSeen: Instant,
  count: z.number(),
  address: z.string(),
  /** Base64 of the last frame, password masked. */
  raw: z.string(),
})
export type UnknownMn = z.infer<typeof UnknownMn>
