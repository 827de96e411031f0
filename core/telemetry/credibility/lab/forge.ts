import type { DeviceDay, Stretch } from '../day.ts'
import type { Draw } from './random.ts'
import { minutes } from './weather.ts'
import type { World } from './world.ts'

/** A forged day and when it was forged; null where whoever forges would not have bothered on this day. */
export type Forged = { day: DeviceDay; forged: Stretch[] } | null
export type Forge = (world: World) => Forged

/** The minute at which the second day begins. */
export const day = 1440

/** A stretch of so many minutes that begins at an hour of the second day. */
export function when(draw: Draw, short: number, long: number, fromHour = 7, untilHour = 18) {
  const length = Math.round(draw.spread(short, long))
  const from = day + Math.round(draw.between(fromHour * 60, untilHour * 60))
  return { from, until: Math.min(minutes, from + length) }
}

export const daytime = (values: Float64Array): number[] =>
  [...values.slice(day + 7 * 60, day + 19 * 60)].toSorted((a, b) => a - b)
export const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!
