import { type PaperLimit, paperLimit } from '../limits.ts'
import { bell, clamp, hundredth, part, unit, wave } from '../noise.ts'
import type { City, CityDevice, Site, Trend } from '../schema.ts'
import { type Span, spanAt } from '../spans.ts'
import { daySeconds } from '../work.ts'
import { pushed } from './dust.ts'

/** How far calm values stay under the warning of the papers, and pushed ones stay between warning and alarm. */
const room = 0.97

/** Where a movement of the ground stands at a moment, without what is pushed: it grows slowly and never by much a day. */
function calmly(salt: number, point: number, t: number, warn: number): number {
  const key = part(salt, 60 + point)
  const begun = warn * (0.1 + 0.35 * unit(key, 1))
  const perDay = warn * 0.008 * unit(key, 2)
  const settled = begun + (perDay * t) / daySeconds
  return Math.min(settled + warn * (0.006 * wave(key, t, 3600) + 0.004 * wave(key, t, 300)), room * warn)
}

/** What a pit's logger truly measures, in the order of `quantitiesOf.pit`; S1 is the point that a dangerous pit shows. */
export function samplePit(_city: City, device: CityDevice, t: number, out: Float64Array): void {
  const { quantities, salt, pushes, settings, trend } = device
  for (let i = 0; i < quantities.length; i++) {
    const limit = paperLimit(settings, quantities[i]!)
    const moves = pushes[i]!
    out[i] = trend && moves.length > 0 ? moved(device, trend, i, t, limit) : hundredth(calmly(salt, i, t, limit.warn))
  }
}

function moved(
  device: CityDevice,
  { crosses, perDay, plain }: Trend,
  i: number,
  t: number,
  { warn, alarm }: PaperLimit,
) {
  const push = spanAt(device.pushes[i]!, t)
  const shake = 0.06 * wave(part(device.salt, 80), t, 600)
  const line = warn + (perDay * (t - crosses)) / daySeconds
  if (plain) return hundredth(Math.max(line, 0.1 * warn))
  const value = line + shake
  if (!push) return hundredth(clamp(value, 0.1 * warn, room * warn))
  return hundredth(push.level === 'alarm' ? Math.max(value, push.floor) : clamp(value, push.floor, room * alarm))
}

const stands = 3 * daySeconds

/** The pour that stands on the formwork at a moment: the last one begun, until it is struck. */
function pourAt({ pours }: Site, t: number): Span | undefined {
  const begun = pours.findLast(({ from }) => from <= t)
  return begun && t < begun.until + stands ? begun : undefined
}

/** What a formwork's logger truly measures: load with the concrete, and a slow ease after it. */
export function sampleFormwork(city: City, device: CityDevice, t: number, out: Float64Array): void {
  const { quantities, salt, pushes, settings } = device
  const pour = pourAt(city.sites[device.site]!, t)
  const filled = pour ? clamp((t - pour.from) / (pour.until - pour.from), 0, 1) : 0
  const eased = pour && t > pour.until ? 1 - 0.15 * ((t - pour.until) / stands) : 1
  for (let i = 0; i < quantities.length; i++) {
    const { warn } = paperLimit(settings, quantities[i]!)
    const key = part(salt, 90 + i)
    const push = spanAt(pushes[i]!, t)
    const empty = 0.08 + 0.04 * bell(key, 1)
    const share = empty + (0.6 + 0.15 * unit(key, 2)) * filled * eased + 0.01 * wave(key, t, 120)
    out[i] = hundredth(push ? pushed(push, key, t) : Math.min(share * warn, room * warn))
  }
}
