import type { DeviceKind } from '@plumbline/core/device'
import { dustAt, sampleDust } from './instruments/dust.ts'
import { sampleFormwork, samplePit } from './instruments/ground.ts'
import {
  sampleMeter,
  samplePerimeter,
  sampleRoom,
  sampleTurnstile,
  sampleWeighbridge,
  sampleWheelWash,
} from './instruments/house.ts'
import { sampleTruck } from './instruments/truck.ts'
import { sampleCrane, sampleHoist } from './instruments/lifting.ts'
import { tenth } from './noise.ts'
import type { City, CityDevice, Site } from './schema.ts'

/** What people and orders have set running; without it nothing sprays. */
export interface Effects {
  /** For how many seconds an actuator has run at a moment (seconds since the city began); 0 when it stands still. */
  runsFor(device: CityDevice, t: number): number
  /** For how many seconds a water truck has sprayed a site. */
  wettedFor?(site: Site, t: number): number
}

function sprayedFor(city: City, device: CityDevice, t: number, effects: Effects | undefined): number {
  if (!effects) return 0
  const site = city.sites[device.site]!
  let longest = effects.wettedFor?.(site, t) ?? 0
  for (const index of site.actuators) longest = Math.max(longest, effects.runsFor(city.devices[index]!, t))
  return longest
}

/** What a device truly measures at a moment, in the order of its quantities. */
export function sample(city: City, device: CityDevice, t: number, out: Float64Array, effects?: Effects): void {
  switch (device.kind) {
    case 'dust':
      return sampleDust(city, device, t, out, sprayedFor(city, device, t, effects))
    case 'sprayer':
    case 'fog_cannon':
      out[0] = effects && effects.runsFor(device, t) > 0 ? 1 : 0
      return
    case 'crane':
      return sampleCrane(city, device, t, out)
    case 'hoist':
      return sampleHoist(city, device, t, out)
    case 'pit':
      return samplePit(city, device, t, out)
    case 'formwork':
      return sampleFormwork(city, device, t, out)
    case 'meter':
      return sampleMeter(city, device, t, out)
    case 'weighbridge':
      return sampleWeighbridge(city, device, t, out)
    case 'wheel_wash':
      return sampleWheelWash(city, device, t, out)
    case 'curing_room':
      return sampleRoom(city, device, t, out)
    case 'perimeter':
      return samplePerimeter(city, device, t, out)
    case 'turnstile':
      return sampleTurnstile(city, device, t, out)
    case 'water_truck':
      return sampleTruck(city, device, t, out)
  }
}

/** How a device sums an interval up, looking every so many seconds. */
interface Summary {
  /** The mean; the moment at which its first quantity is highest, all of it; the highest of each; the moment it begins. */
  by: 'mean' | 'worst' | 'highest' | 'moment'
  seconds: number
}

const plainly: Summary = { by: 'moment', seconds: 1 }
const summaries: Partial<Record<DeviceKind, Summary>> = {
  dust: { by: 'mean', seconds: 60 },
  // Load, radius and moment belong together: a mean of each would fit no lift.
  crane: { by: 'worst', seconds: 20 },
  hoist: { by: 'worst', seconds: 20 },
  perimeter: { by: 'highest', seconds: 15 },
  weighbridge: { by: 'highest', seconds: 20 },
  wheel_wash: { by: 'highest', seconds: 30 },
}

const scratch = new Float64Array(16)

/** What a device makes of the interval that begins at `t`; of a moment when it has no length. */
export function summarise(
  city: City,
  device: CityDevice,
  t: number,
  length: number,
  out: Float64Array,
  effects?: Effects,
): void {
  const { by, seconds } = summaries[device.kind] ?? plainly
  if (length <= seconds || by === 'moment') return sample(city, device, t, out, effects)
  if (by === 'mean') return meanOfDust(city, device, t, length, out, seconds, effects)
  const width = device.quantities.length
  for (let at = 0; at < length; at += seconds) {
    sample(city, device, t + at, scratch, effects)
    if (by === 'worst') {
      if (at > 0 && scratch[0]! <= out[0]!) continue
      for (let i = 0; i < width; i++) out[i] = scratch[i]!
    } else for (let i = 0; i < width; i++) out[i] = at === 0 ? scratch[i]! : Math.max(out[i]!, scratch[i]!)
  }
}

const radians = Math.PI / 180
/** ln 10 / 10: decibels to the logarithm of energy. */
const perDecibel = Math.LN10 / 10

/** Sound by energy, wind direction on the circle, the rest plainly: as HJ 212's statistics are made. */
function meanOfDust(
  city: City,
  device: CityDevice,
  t: number,
  length: number,
  out: Float64Array,
  seconds: number,
  effects: Effects | undefined,
): void {
  out.fill(0, 0, dustAt.direction + 1)
  let energy = 0
  let east = 0
  let north = 0
  let count = 0
  for (let at = 0; at < length; at += seconds) {
    sampleDust(city, device, t + at, scratch, sprayedFor(city, device, t + at, effects))
    for (let i = 0; i < dustAt.direction; i++) out[i]! += scratch[i]!
    energy += Math.exp(scratch[dustAt.noise]! * perDecibel)
    east += Math.sin(scratch[dustAt.direction]! * radians)
    north += Math.cos(scratch[dustAt.direction]! * radians)
    count += 1
  }
  for (let i = 0; i < dustAt.direction; i++)
    out[i] = i === dustAt.pressure ? hundredthOf(out[i]! / count) : tenth(out[i]! / count)
  out[dustAt.noise] = tenth(Math.log(energy / count) / perDecibel)
  out[dustAt.direction] = Math.floor(Math.atan2(east, north) / radians + 360) % 360
}

const hundredthOf = (value: number): number => Math.round(value * 100) / 100
