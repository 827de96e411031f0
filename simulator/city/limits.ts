import { baseOf, type DeviceKind, type DeviceSettings, noSettings } from '@plumbline/core/device'
import type { Day } from '@plumbline/core/kit'
import { lawOn } from '@plumbline/core/law'

/** The limits that hold on the city's first day: what is above or below them is an event, and what is calm is not. */
export interface LawLimits {
  /** µg/m³; above it a sprayer opens. */
  fine: number
  /** dB(A) */
  noiseDay: number
  noiseNight: number
  /** Seconds of the day. */
  dayBegins: number
  nightBegins: number
  /** Percent of a crane's rating. */
  lifts: { warn: number; alarm: number }
  /** m/s at which tower cranes stop. */
  wind: number
  /** Percent of a hoist's rating at which it must not start. */
  cage: number
  /** ℃ and percent of a curing room. */
  warmest: number
  driest: number
}

export function lawLimits(day: Day, region: string): LawLimits {
  const { number } = lawOn(day, region)
  return {
    fine: number('dust.pm25.spray_above'),
    noiseDay: number('noise.day'),
    noiseNight: number('noise.night'),
    dayBegins: number('noise.day_begins') * 3600,
    nightBegins: number('noise.night_begins') * 3600,
    lifts: { warn: number('lifting.moment.warn'), alarm: number('lifting.moment.alarm') },
    wind: number('lifting.wind.stop'),
    cage: number('hoist.load.stop'),
    warmest: number('curing.temperature') + number('curing.temperature_off'),
    driest: number('curing.humidity_least'),
  }
}

/** The plate of a machine and how high it stands: kN·m, t, m. */
interface Plate {
  moment: number
  load: number
  jib: number
  height: number
}

export const cranePlates: readonly Plate[] = [
  { moment: 800, load: 6, jib: 56, height: 58 },
  { moment: 1250, load: 8, jib: 60, height: 74 },
  { moment: 1600, load: 10, jib: 65, height: 90 },
]
/** Of each cage of the county's hoists: t and persons. */
export const cage = { load: 2, persons: 9 } as const

type Papers = DeviceSettings['limits']
const limit = (quantity: string, warn: number, alarm: number, ratePerDay: number | null, source: string) => ({
  quantity,
  warn,
  alarm,
  ratePerDay,
  source,
})

/**
 * The papers of this city's pits and formworks. They are facts of made-up devices, on the pattern of the plan seen in
 * standards 6.4 (a warning at 70 % of the alarm). The house lets the design document win over the law.
 */
const pitPapers: Papers = [
  limit('subside', 14, 20, 2, '基坑监测方案 第3章'),
  limit('displace', 21, 30, 3, '基坑监测方案 第3章'),
  limit('deepDisplace', 28, 40, 3, '基坑监测方案 第3章'),
  limit('waterLevel', 0.7, 1, 0.5, '基坑监测方案 第3章'),
  limit('axialForce', 490, 700, null, '基坑监测方案 第3章'),
]
const formworkPapers: Papers = [
  limit('axialForce', 21, 30, null, '高支模专项施工方案 第6章'),
  limit('subside', 7, 10, null, '高支模专项施工方案 第6章'),
  limit('displace', 7, 10, null, '高支模专项施工方案 第6章'),
  limit('tilt', 1, 1.5, null, '高支模专项施工方案 第6章'),
]

/** What is told of a device when it is entered. `which` chooses the plate of a crane. */
export function settingsOf(kind: DeviceKind, which: number): DeviceSettings {
  const { moment, load, jib, height } = cranePlates[which % cranePlates.length]!
  if (kind === 'crane') return { ...noSettings, rated: { moment, load, jib, height } }
  if (kind === 'hoist') return { ...noSettings, rated: { ...cage } }
  if (kind === 'pit') return { ...noSettings, limits: pitPapers }
  if (kind === 'formwork') return { ...noSettings, limits: formworkPapers }
  return noSettings
}

const read = new WeakMap<DeviceSettings, Map<string, PaperLimit>>()

export interface PaperLimit {
  warn: number
  alarm: number
}

/** What the papers of a device say of one of its quantities. Throws when they say nothing: nobody asks then. */
export function paperLimit(settings: DeviceSettings, quantity: string): PaperLimit {
  const limits = read.get(settings) ?? new Map<string, PaperLimit>()
  if (limits.size === 0) read.set(settings, limits)
  const known = limits.get(quantity)
  if (known) return known
  const { warn = null, alarm = null } = settings.limits.find((one) => one.quantity === baseOf(quantity)) ?? {}
  if (warn === null || alarm === null) throw new Error(`the papers set no limit for ${quantity}`)
  const found = { warn, alarm }
  limits.set(quantity, found)
  return found
}
