import { clamp, hundredth, part, tenth, unit, wave } from '../noise.ts'
import type { City, CityDevice, Site } from '../schema.ts'
import { spanAt } from '../spans.ts'
import { activity, dayAt, dayBook, peopleInside } from '../work.ts'
import { pushed } from './dust.ts'

const hour = 3600

/** What a site draws in an hour: huts and lamps, and what its work takes. */
function powerIn(site: Site, salt: number, hourNumber: number): number {
  const work = activity(site, (hourNumber + 0.5) * hour)
  const full = 40 + 140 * unit(salt, 20)
  return 4 + 8 * unit(salt, 21) + full * work * (0.75 + 0.4 * unit(part(salt, 22), hourNumber))
}

/** Counters at the beginning of every hour, kWh: a sum that follows from the device alone. */
const counters = new WeakMap<CityDevice, Float64Array>()

function counterOf(city: City, device: CityDevice): Float64Array {
  const known = counters.get(device)
  if (known) return known
  const site = city.sites[device.site]!
  const sums = new Float64Array(city.days * 24 + 2)
  sums[0] = 2000 + 40_000 * unit(device.salt, 23)
  for (let i = 1; i < sums.length; i++) sums[i] = sums[i - 1]! + powerIn(site, device.salt, i - 1)
  counters.set(device, sums)
  return sums
}

/** m³ of water that go with a kWh on this site. */
const waterPerKwh = (salt: number): number => 0.05 + 0.06 * unit(salt, 24)

export function sampleMeter(city: City, device: CityDevice, t: number, out: Float64Array): void {
  const { quantities, salt } = device
  const sums = counterOf(city, device)
  const x = clamp(t / hour, 0, sums.length - 1)
  const n = Math.min(Math.floor(x), sums.length - 2)
  const step = sums[n + 1]! - sums[n]!
  const counter = sums[n]! + step * (x - n)
  for (let i = 0; i < quantities.length; i++) {
    const quantity = quantities[i]
    if (quantity === 'electricity') out[i] = hundredth(counter)
    else if (quantity === 'water') out[i] = hundredth(counter * waterPerKwh(salt))
    else out[i] = hundredth(step * (1 + 0.05 * wave(part(salt, 25), t, 120)))
  }
}

/** A curing room keeps 20 ℃ and nearly full humidity; what leaves the band is pushed. */
export function sampleRoom(_city: City, device: CityDevice, t: number, out: Float64Array): void {
  const { salt, pushes } = device
  const hot = spanAt(pushes[0]!, t)
  const dry = spanAt(pushes[1]!, t)
  const warmth = 20 + 0.8 * wave(part(salt, 26), t, 5400) + 0.3 * wave(part(salt, 27), t, 300)
  const damp = 97.2 + 0.9 * wave(part(salt, 28), t, 4800) + 0.4 * wave(part(salt, 29), t, 300)
  out[0] = tenth(hot ? pushed(hot, part(salt, 26), t) : warmth)
  out[1] = tenth(dry ? pushed(dry, part(salt, 28), t) : damp)
}

/** For how many seconds a lorry stands on the bridge, and is washed before it. */
const weighed = 40
const washed = 75

export function sampleWeighbridge(city: City, device: CityDevice, t: number, out: Float64Array): void {
  out[0] = 0
  for (const { at, grossWeight } of dayBook(city.sites[device.site]!, dayAt(t)).lorries)
    if (t >= at && t < at + weighed) out[0] = grossWeight
}

export function sampleWheelWash(city: City, device: CityDevice, t: number, out: Float64Array): void {
  out[0] = 0
  for (const lorry of dayBook(city.sites[device.site]!, dayAt(t)).lorries)
    if (lorry.washed && t >= lorry.at - washed && t < lorry.at) out[0] = 1
}

/** Each zone by itself; a false trigger is seen in the first. */
export function samplePerimeter(_city: City, { pushes, faults }: CityDevice, t: number, out: Float64Array): void {
  for (let i = 0; i < pushes.length; i++) out[i] = spanAt(pushes[i]!, t) ? 1 : 0
  if (spanAt(faults, t)?.fault === 'false_trigger') out[0] = 1
}

export function sampleTurnstile(city: City, device: CityDevice, t: number, out: Float64Array): void {
  out[0] = peopleInside(city.sites[device.site]!, t)
}
