import { addDays, type Day, daysBetween } from '@plumbline/core/kit'
import { random } from '../county/index.ts'
import { bell, clamp, keyOf, part, unit, wave } from './noise.ts'
import { place, type Span, spanAt } from './spans.ts'

/** Days computed on either side of the city's own, so that a replayed yesterday has weather too. */
export const marginDays = 8
const hour = 3600
const day = 86_400

/** Places in what `weatherAt` writes. `fine` is the county's PM2.5 away from any site, µg/m³. */
export const air = { temperature: 0, humidity: 1, pressure: 2, wind: 3, direction: 4, rain: 5, fine: 6 } as const
const width = 7

/** The weather of the county: one row per hour, and the hours that pass limits whatever anybody does. */
export interface Weather {
  rows: Float64Array
  /** Strong wind, with the passing of a front. */
  gales: Span[]
  /** The whole county under stale air. */
  hazes: Span[]
}

const galeChance = 0.1
const hazeChance = 0.06

function drawExtremes(seed: number, days: number): Pick<Weather, 'gales' | 'hazes'> {
  const dice = random(seed, 'city/weather')
  const gales: Span[] = []
  const hazes: Span[] = []
  for (let d = 0; d < days; d++) {
    const gale = dice.chance(galeChance)
    const haze = dice.chance(hazeChance)
    const from = d * day + dice.int(0, 16) * hour
    const length = dice.int(3, 9) * hour
    if (gale) place(gales, { from, until: Math.min(from + length, days * day) })
    const still = { from, until: Math.min(from + length, days * day) }
    const clear = gales.every((one) => one.until + 6 * hour < still.from || one.from > still.until + 6 * hour)
    if (haze && clear) place(hazes, still)
  }
  return { gales, hazes }
}

/** Weather of a county on the lower Yangtze: seasons, fronts that pass every few days, and the hours of the day. */
export function makeWeather(seed: number, from: Day, days: number): Weather {
  const extremes = drawExtremes(seed, days)
  const key = keyOf(seed, 'weather')
  const hours = (days + 2 * marginDays) * 24
  const rows = new Float64Array(hours * width)
  const firstDay = addDays(from, -marginDays)
  const dayOfYear = daysBetween(`${firstDay.slice(0, 4)}-01-01`, firstDay)
  for (let i = 0; i < hours; i++) {
    const t = (i - marginDays * 24) * hour
    writeHour(rows.subarray(i * width), key, t, dayOfYear + Math.floor(i / 24), i % 24, extremes)
  }
  return { rows, ...extremes }
}

function writeHour(
  row: Float64Array,
  key: number,
  t: number,
  dayOfYear: number,
  clock: number,
  { gales, hazes }: Pick<Weather, 'gales' | 'hazes'>,
): void {
  const gale = spanAt(gales, t) !== undefined
  const haze = spanAt(hazes, t) !== undefined
  /** 1 in the middle of winter, -1 in the middle of summer. */
  const winter = Math.cos(((dayOfYear - 20) / 365) * 2 * Math.PI)
  const front = wave(part(key, 1), t, 66 * hour)
  // A low passes every five or six days.
  const low = 0.34 * Math.sin(2 * Math.PI * (t / (5.4 * day) + unit(key, 8)))
  const moist = low + 0.8 * wave(part(key, 2), t, 41 * hour) + 0.35 * wave(part(key, 3), t, 8 * hour)
  const rain = haze ? 0 : Math.max(0, moist - 0.42) * 14
  const sun = Math.sin(((clock - 9) / 24) * 2 * Math.PI) * (rain > 0 ? 0.35 : 1)
  const stir = bell(part(key, 4), Math.floor(t / hour))
  row[air.temperature] = 16.5 - 12 * winter - 4 * front - 2 * low + 4.2 * sun + 0.5 * stir
  row[air.humidity] = rain > 0 ? clamp(91 + 2 * rain, 88, 98) : clamp(68 + 16 * moist - 13 * sun, 24, 90)
  row[air.pressure] = 101.6 + 0.9 * winter + 0.7 * front + 0.06 * stir
  const breeze = 1.9 + 1.0 * sun + 1.1 * wave(part(key, 5), t, 17 * hour) + 0.3 * stir
  row[air.wind] = gale ? 13.2 + 0.6 * stir : haze ? 0.6 : clamp(breeze, 0.4, 5)
  row[air.direction] = 235 + 95 * winter + 80 * wave(part(key, 6), t, 30 * hour)
  row[air.rain] = rain
  const stale = 26 + 9 * winter + 12 * wave(part(key, 7), t, 53 * hour) - 3 * sun
  row[air.fine] = clamp(stale * (rain > 0 ? 0.5 : 1) * (gale ? 0.6 : 1), 6, 48)
}

/** Writes the weather of a moment, hours joined by straight lines. */
export function weatherAt({ rows }: Weather, t: number, out: Float64Array): void {
  const last = rows.length / width - 2
  const x = clamp(t / hour + marginDays * 24, 0, last)
  const n = Math.floor(x)
  const f = x - n
  const at = n * width
  for (let i = 0; i < width; i++) {
    const before = rows[at + i]!
    out[i] = before + (rows[at + width + i]! - before) * f
  }
}

/** Whether it stays dry in a stretch. */
export function isDry({ rows }: Weather, { from, until }: Span): boolean {
  const first = Math.floor(from / hour) + marginDays * 24
  const last = Math.min(Math.ceil(until / hour) + marginDays * 24, rows.length / width - 1)
  for (let i = first; i <= last; i++) if (rows[i * width + air.rain]! > 0) return false
  return true
}

/** The share of a day's working hours that rain leaves. */
export function dryShare({ rows }: Weather, dayNumber: number): number {
  let wet = 0
  for (let h = 7; h < 18; h++) if (rows[((dayNumber + marginDays) * 24 + h) * width + air.rain]! > 1.5) wet += 1
  return 1 - wet / 11
}

export const airOf = (): Float64Array => new Float64Array(width)
