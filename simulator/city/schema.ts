import type { DeviceKind, DeviceSettings } from '@plumbline/core/device'
import type { Day, Point } from '@plumbline/core/kit'
import type { CheatKind } from '@plumbline/core/telemetry/credibility'
import type { County, Stage } from '../county/index.ts'
import type { LawLimits } from './limits.ts'
import type { Span } from './spans.ts'
import type { Weather } from './weather.ts'

export type { CheatKind }

export interface CityAsk {
  seed: number
  sites: number
  devices: number
  days: number
  /** The first day; the city begins at its 00:00 +08:00. */
  from: Day
  /** The county whose projects the sites belong to; the seed's own when absent. */
  county?: County
}

export interface Site {
  index: number
  key: string
  name: string
  /** Key of the county's project; a large one has several sites. */
  project: string
  town: string
  point: Point
  stage: Stage
  /** Works with storeys; else works along a line. */
  building: boolean
  salt: number
  /** How much dust its ground gives, about 1. */
  dusty: number
  workers: number
  /** Lorries of a full day. */
  lorries: number
  /** Minutes of the day. */
  begins: number
  ends: number
  /** How much of a full day is worked: by day, from `marginDays` before the first. */
  shares: Float32Array
  /** Concrete poured without a break, by day or into the night. */
  pours: Span[]
  /** The nearest other site; itself when there is none. */
  neighbour: number
  /** Its sprayers and fog cannons, by place in `City.devices`. */
  actuators: number[]
}

export type Cause =
  | 'earthwork'
  | 'lorries'
  | 'unloading'
  | 'demolition'
  | 'haze'
  | 'night_pour'
  | 'breaking'
  | 'heating_stuck'
  | 'humidifier_dry'
  | 'overload'
  | 'gale'
  | 'settlement'
  | 'pour'
  | 'intruder'

/** A stretch in which a quantity truly lies beyond its limit: from `floor` towards `peak`, never back over `floor`. */
export interface Push extends Span {
  kind: 'exceedance' | 'danger'
  cause: Cause
  level: 'warn' | 'alarm'
  limit: number
  floor: number
  peak: number
}

/** A truck that was ordered somewhere: on its way, then spraying there, then back to its round. */
export interface Journey {
  /** Seconds since the city began: sent off, there, done, back on its round. */
  from: number
  arrives: number
  until: number
  back: number
  start: Point
  to: Point
}

/** A settlement that does not stop: a straight line. */
export interface Trend {
  /** Seconds since the city began at which it passes the warning of its papers; mm per day. */
  crosses: number
  perDay: number
  /** It passes its limits as it comes, and keeps no room between calm and warned for a truth to be certain. */
  plain?: true
}

export interface Cheat extends Span {
  cheat: CheatKind
  /** What the cheater chose, by kind: seconds back, a factor, a step, a level. */
  by: number
}

export interface Cut extends Span {
  scope: 'device' | 'town'
}

export type FaultKind = 'clock' | 'sensor' | 'actuator' | 'false_trigger'
export interface Fault extends Span {
  fault: FaultKind
  /** Milliseconds for a clock, else 0. */
  by: number
}

export interface CityDevice {
  index: number
  /** The MN of HJ 212, and the number under which it is entered. */
  number: string
  password: string
  kind: DeviceKind
  modelCode: string
  name: string
  /** Place in `City.sites`. */
  site: number
  project: string
  town: string
  point: Point
  /** Number of the sprayer or fog cannon that a dust monitor opens. */
  opens: string | null
  settings: DeviceSettings
  quantities: readonly string[]
  salt: number
  /** How a pit moves that does not come to rest. */
  trend: Trend | null
  /** Where orders have sent it, in order. */
  journeys: Journey[]
  /** The way in which it is made to lie, if it is. */
  cheater: CheatKind | null
  /** What passes limits, by place in `quantities`. */
  pushes: Push[][]
  cheats: Cheat[]
  cuts: Cut[]
  faults: Fault[]
}

export interface Passed {
  cause: Cause
  quantity: string
  level: 'warn' | 'alarm'
  limit: number
  /** What no true value of the stretch falls back behind. */
  floor: number
  /** A cheat that lies over it, so that the device may not tell. */
  hiddenBy: CheatKind | null
}

/** What truly happened, `[from, until)` in milliseconds. `deviceId` is the device's number. */
export type Label = { deviceId: string; from: number; until: number } & (
  | { kind: 'exceedance'; detail: Passed }
  | { kind: 'danger'; detail: Passed }
  | { kind: 'cheat'; detail: { cheat: CheatKind; by: number } }
  | { kind: 'cut'; detail: { scope: Cut['scope'] } }
  | { kind: 'fault'; detail: { fault: FaultKind; by: number } }
)

export interface City {
  seed: number
  from: Day
  days: number
  /** Milliseconds of its beginning and its end. */
  start: number
  until: number
  county: County
  law: LawLimits
  weather: Weather
  sites: readonly Site[]
  devices: readonly CityDevice[]
  truth: readonly Label[]
}
