import { clamp, part, soften, tenth, wave } from '../noise.ts'
import type { City, CityDevice, Push } from '../schema.ts'
import { spanAt } from '../spans.ts'
import { activity, daySeconds } from '../work.ts'
import { air, airOf, weatherAt } from '../weather.ts'

/** Places in what is written; the order of `quantitiesOf.dust`. */
export const dustAt = {
  fine: 0,
  coarse: 1,
  total: 2,
  noise: 3,
  temperature: 4,
  humidity: 5,
  pressure: 6,
  wind: 7,
  direction: 8,
} as const

const now = airOf()

/** The value of a stretch beyond a limit: never behind its floor, on the way to its peak and back. */
export function pushed(push: Push, key: number, t: number): number {
  const through = (t - push.from) / (push.until - push.from)
  const swell = 0.25 + 0.6 * Math.sin(Math.PI * through)
  return push.floor + (push.peak - push.floor) * clamp(swell + 0.15 * wave(key, t, 90), 0, 1)
}

/** How much of a site's own dust a sprayer leaves in the air after it has run for some seconds. */
export const keptBySpray = (seconds: number): number => (seconds <= 0 ? 1 : 0.35 + 0.65 * Math.exp(-seconds / 240))

/**
 * What a dust and noise monitor truly measures. Calm values stay under the limits by a soft cap, so that whatever is
 * above them is a labelled event. `sprayed` is for how long the site's sprayer has run.
 */
export function sampleDust(city: City, device: CityDevice, t: number, out: Float64Array, sprayed: number): void {
  const site = city.sites[device.site]!
  const { salt, pushes } = device
  weatherAt(city.weather, t, now)
  const work = activity(site, t)
  const kept = keptBySpray(sprayed)
  writeDust(city, device, t, out, { work: work * (now[air.rain]! > 0.1 ? 0.4 : 1), kept, dusty: site.dusty })
  writeNoise(city, device, t, out, work)
  out[dustAt.temperature] = tenth(now[air.temperature]! + 0.5 * wave(part(salt, 11), t, 7200))
  const damp = now[air.humidity]! + 2 * wave(part(salt, 12), t, 5400) + 0.8 * wave(part(salt, 13), t, 120)
  out[dustAt.humidity] = tenth(clamp(damp + 3 * (1 - kept), 15, 99))
  out[dustAt.pressure] = tenth(now[air.pressure]! * 10 + wave(part(salt, 14), t, 9000)) / 10
  const gale = spanAt(pushes[dustAt.wind]!, t)
  const gust = now[air.wind]! * (0.85 + 0.2 * wave(part(salt, 15), t, 40)) + 0.3 * wave(part(salt, 16), t, 600)
  out[dustAt.wind] = tenth(gale ? pushed(gale, part(salt, 17), t) : clamp(gust, 0.1, 6.8))
  const turned = now[air.direction]! + 25 * wave(part(salt, 18), t, 240) + 8 * wave(part(salt, 19), t, 30)
  out[dustAt.direction] = Math.floor(((turned % 360) + 360) % 360)
}

interface Ground {
  work: number
  kept: number
  dusty: number
}

function writeDust(
  { law }: City,
  { salt, pushes }: CityDevice,
  t: number,
  out: Float64Array,
  { work, kept, dusty }: Ground,
): void {
  const flicker = 1 + 0.05 * wave(part(salt, 1), t, 60) + 0.04 * wave(part(salt, 2), t, 420)
  const around = now[air.fine]! * (1 + 0.08 * wave(part(salt, 3), t, 5400))
  const raised = (22 * dusty * work * (1 + 0.7 * wave(part(salt, 4), t, 1500))) / (0.75 + 0.15 * now[air.wind]!)
  const push = spanAt(pushes[dustAt.fine]!, t)
  let fine: number
  if (push) {
    const open = pushed(push, part(salt, 5), t)
    // Water settles what the site raises, not the haze over the county.
    fine = push.cause === 'haze' ? open : around + Math.max(0, open - around) * kept
  } else fine = soften((around + Math.max(0, raised) * kept) * flicker, 0.95 * law.fine)
  const coarse = fine * (1.5 + 0.28 * Math.min(1, work) + 0.12 * wave(part(salt, 6), t, 900))
  const total = coarse * (1.65 + 0.25 * Math.min(1, work) + 0.15 * wave(part(salt, 7), t, 1100))
  out[dustAt.fine] = tenth(fine)
  out[dustAt.coarse] = tenth(coarse)
  out[dustAt.total] = tenth(total)
}

/** A site's noise keeps 1 dB under the limit of the hour unless it is pushed over it. */
const quiet = 1

function writeNoise({ law }: City, { salt, pushes }: CityDevice, t: number, out: Float64Array, work: number): void {
  const push = spanAt(pushes[dustAt.noise]!, t)
  if (push) {
    out[dustAt.noise] = tenth(pushed(push, part(salt, 8), t))
    return
  }
  const second = t - Math.floor(t / daySeconds) * daySeconds
  const night = second < law.dayBegins || second >= law.nightBegins
  const street = 45 + 3 * wave(part(salt, 9), t, 10_800) + (night ? 0 : 6)
  const level = street + 15 * Math.sqrt(work) + 2.2 * wave(part(salt, 10), t, 180) + 1.6 * wave(part(salt, 20), t, 20)
  out[dustAt.noise] = tenth(clamp(level, 35, (night ? law.noiseNight : law.noiseDay) - quiet))
}
