import { dustAt } from './instruments/dust.ts'
import { craneAt, warningOf } from './instruments/lifting.ts'
import { type Effects, summarise } from './measure.ts'
import { clamp, hundredth, part, tenth, unit, wave } from './noise.ts'
import type { Cheat, City, CityDevice } from './schema.ts'
import { air, airOf, weatherAt } from './weather.ts'

/** Where dust and noise stand in a frame: what a cheater of a dust monitor cares for. */
const particles = [dustAt.fine, dustAt.coarse, dustAt.total] as const
const told = [...particles, dustAt.noise] as const

const scratch = new Float64Array(16)
const now = airOf()

/**
 * Puts the cheater's values in place of the true ones. Each kind does what somebody on a site would do with a hose, a
 * bag, a screwdriver or the box's service menu; none knows how anybody looks for it.
 */
export function forge(
  city: City,
  device: CityDevice,
  cheat: Cheat,
  t: number,
  length: number,
  out: Float64Array,
  effects?: Effects,
): void {
  const { by } = cheat
  switch (cheat.cheat) {
    case 'spray_sensor':
      return mist(cheat, t, out)
    case 'covered_inlet':
      return cover(city, device, cheat, t, out)
    case 'frozen':
      summarise(city, device, cheat.from, length, scratch, effects)
      return copy(told, scratch, out)
    case 'quantised':
      for (const i of particles) out[i] = Math.max(by, Math.round(out[i]! / by) * by)
      return
    case 'clipped':
      return clip(city, device, by, t, out)
    case 'replayed':
      summarise(city, device, t - by, length, out, effects)
      return
    case 'order_broken':
      out[dustAt.coarse] = tenth(out[dustAt.coarse]! * by)
      out[dustAt.total] = tenth(out[dustAt.total]! * by)
      return
    case 'unit_flip':
      for (const i of particles) out[i] = Math.round((out[i]! / by) * 1000) / 1000
      return
    case 'copied_neighbour':
      summarise(city, city.devices[by]!, t, length, scratch, effects)
      for (const i of told) out[i] = tenth(scratch[i]! * (1 + 0.004 * wave(part(device.salt, 130 + i), t, 300)))
      return
    case 'night_mask':
      return mask(city, device, t, out)
    case 'moment_mismatch':
      out[craneAt.moment] = tenth(out[craneAt.moment]! * by)
      out[craneAt.warning] = warningOf(city.law, out)
      return
    case 'overload_hidden':
      return underweigh(city, device, by, t, out)
    case 'work_without_people':
      out[0] = Math.floor(out[0]! * by)
      return
    // These two forge no value: the one lies about the hour, the other says nothing. See line.ts.
    case 'clock_drift':
    case 'silent_when_bad':
      return
  }
}

function copy(which: readonly number[], from: Float64Array, out: Float64Array): void {
  for (const i of which) out[i] = from[i]!
}

/** A hose on the inlet: dust falls within minutes, the air around the head is wet and a little cooler. */
function mist({ from, until, by }: Cheat, t: number, out: Float64Array): void {
  const on = 1 - Math.exp(-(t - from + 60) / 150)
  const drying = clamp((until - t) / 240, 0, 1)
  const force = on * drying
  for (const i of particles) out[i] = tenth(out[i]! * (1 - by * force))
  const damp = out[dustAt.humidity]!
  out[dustAt.humidity] = tenth(damp + (97.5 - damp) * 0.85 * force)
  out[dustAt.temperature] = tenth(out[dustAt.temperature]! - 1.4 * force)
}

/** A bag over the inlet: what little comes in follows the county's air slowly, and nothing flickers. */
function cover(city: City, { salt }: CityDevice, { from, by }: Cheat, t: number, out: Float64Array): void {
  weatherAt(city.weather, from + Math.floor((t - from) / 10_800) * 10_800, now)
  const within = Math.max(2, now[air.fine]! * by + 0.3 * wave(part(salt, 120), t, 3600))
  const closing = Math.exp(-(t - from + 30) / 200)
  const inside = [within, within * 1.32, within * 1.7]
  for (const i of particles) out[i] = tenth(inside[i]! + (out[i]! - inside[i]!) * closing)
}

/** Whatever would be over the limit is written as a little under it. */
function clip(city: City, { salt }: CityDevice, by: number, t: number, out: Float64Array): void {
  const most = city.law.fine * by
  const true_ = out[dustAt.fine]!
  if (true_ <= most) return
  const said = most - 0.8 * unit(part(salt, 121), Math.floor(t / 60))
  for (const i of particles) out[i] = tenth(out[i]! * (said / true_))
}

/** At night the box plays a quiet night. */
function mask(city: City, { salt }: CityDevice, t: number, out: Float64Array): void {
  weatherAt(city.weather, t, now)
  const fine = now[air.fine]! * (0.85 + 0.04 * wave(part(salt, 122), t, 900))
  const calm = [fine, fine * 1.5, fine * 2.4]
  for (const i of particles) out[i] = tenth(calm[i]!)
  out[dustAt.noise] = tenth(45.5 + 1.2 * wave(part(salt, 123), t, 600) + 0.6 * wave(part(salt, 124), t, 60))
}

/** The load cell is turned down where it would come near the rating; the jib bends all the same. */
function underweigh({ law }: City, { salt }: CityDevice, by: number, t: number, out: Float64Array): void {
  if (out[craneAt.load]! <= by) return
  const said = (by - 1.2 * unit(part(salt, 125), Math.floor(t / 20))) / out[craneAt.load]!
  out[craneAt.lifted] = hundredth(out[craneAt.lifted]! * said)
  out[craneAt.load] = tenth(out[craneAt.load]! * said)
  out[craneAt.moment] = tenth(out[craneAt.moment]! * said)
  out[craneAt.warning] = warningOf(law, out)
}
