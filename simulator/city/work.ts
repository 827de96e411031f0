import { clamp, mix, unit } from './noise.ts'
import type { Site } from './schema.ts'
import { spanAt } from './spans.ts'
import { marginDays } from './weather.ts'

export const daySeconds = 86_400
export const dayAt = (t: number): number => Math.floor(t / daySeconds)

const noonFrom = 11 * 60 + 30
const noonUntil = 13 * 60
/** Minutes that the morning takes to come to its full pace, and the evening to end. */
const ramp = 25

/** How much of a full day's work is done on a day of the city. */
export const shareOn = ({ shares }: Site, day: number): number => shares[day + marginDays] ?? 0

/** How hard a site works at a moment, 0 to 1. */
export function activity(site: Site, t: number): number {
  const day = dayAt(t)
  const minute = (t - day * daySeconds) / 60
  const share = shareOn(site, day)
  let level = 0
  if (share > 0 && minute > site.begins && minute < site.ends) {
    level = share * clamp((minute - site.begins) / ramp, 0, 1) * clamp((site.ends - minute) / ramp, 0, 1)
    if (minute > noonFrom && minute < noonUntil) level *= 0.25
  }
  return spanAt(site.pours, t) ? Math.max(level, 0.75) : level
}

/** A lorry that leaves by the gate, `at` seconds since the city began. */
export interface Lorry {
  at: number
  plate: string | null
  washed: boolean
  covered: boolean
  grossWeight: number
}

/** Somebody goes in or out. */
export interface Passage {
  at: number
  worker: number
  direction: 'in' | 'out'
}

/** Who passes the gate of a site on one day, in order. */
export interface DayBook {
  day: number
  lorries: Lorry[]
  passages: Passage[]
}

/** The two days last asked for: a reader walks through them, and what is kept follows from site and day alone. */
const books = new WeakMap<Site, [even?: DayBook, odd?: DayBook]>()

export function dayBook(site: Site, day: number): DayBook {
  const kept = books.get(site) ?? []
  if (kept.length === 0) books.set(site, kept)
  const known = kept[day & 1]
  if (known?.day === day) return known
  const book = { day, lorries: lorriesOf(site, day), passages: passagesOf(site, day) }
  kept[day & 1] = book
  return book
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'
/** 沪 and 浙 and five characters; the region letter Z belongs to no city of either. */
function plateOf(salt: number, lorry: number): string {
  let left = mix(salt, 50_000 + lorry) >>> 0
  let plate = unit(salt, 51_000 + lorry) < 0.8 ? '浙Z' : '沪Z'
  for (let i = 0; i < 5; i++) {
    plate += letters[left % letters.length]!
    left = Math.floor(left / letters.length)
  }
  return plate
}

function lorriesOf(site: Site, day: number): Lorry[] {
  const { salt, lorries, begins, ends } = site
  const count = Math.round(lorries * shareOn(site, day))
  const fleet = Math.max(2, Math.round(lorries / 3))
  const list: Lorry[] = []
  for (let i = 0; i < count; i++) {
    const n = (day + marginDays) * 256 + i
    const minute = begins + 40 + unit(salt, 100_000 + n) * (ends - begins - 70)
    list.push({
      at: day * daySeconds + Math.round(minute * 60),
      plate: unit(salt, 200_000 + n) < 0.02 ? null : plateOf(salt, (mix(salt, 300_000 + n) >>> 0) % fleet),
      washed: unit(salt, 400_000 + n) >= 0.03,
      covered: unit(salt, 500_000 + n) >= 0.02,
      grossWeight: Math.round((14 + 26 * unit(salt, 600_000 + n)) * 100) / 100,
    })
  }
  return list.sort((a, b) => a.at - b.at)
}

/** Of the crew, who stays for a pour that goes on after the day's work. */
const staying = 0.4

function passagesOf(site: Site, day: number): Passage[] {
  const { salt, workers, begins, ends, pours } = site
  const share = shareOn(site, day)
  const base = day * daySeconds
  const late = pours.find(({ from, until }) => dayAt(from) === day && until > base + ends * 60)
  const list: Passage[] = []
  for (let worker = 0; worker < workers; worker++) {
    const n = (day + marginDays) * 512 + worker
    if (share === 0 || unit(salt, 700_000 + n) > 0.55 + 0.45 * share) continue
    // Each has his own habit, and a few minutes of the day.
    const early = 45 * unit(salt, 800_000 + worker) + 8 * unit(salt, 900_000 + n)
    const lingers = 35 * unit(salt, 810_000 + worker) + 10 * unit(salt, 910_000 + n)
    const stays = late !== undefined && unit(salt, 920_000 + n) < staying
    const done = stays ? late.until : base + (ends - 5) * 60
    list.push({ at: base + Math.round((begins + 10 - early) * 60), worker, direction: 'in' })
    list.push({ at: Math.round(done + lingers * 60), worker, direction: 'out' })
  }
  return list.sort((a, b) => a.at - b.at || a.worker - b.worker)
}

/** How many people have come in and not gone out; some of yesterday's when a pour went on past midnight. */
export function peopleInside(site: Site, t: number): number {
  const day = dayAt(t)
  let inside = 0
  for (const book of [dayBook(site, day - 1), dayBook(site, day)])
    for (const { at, direction } of book.passages) {
      if (at > t) break
      inside += direction === 'in' ? 1 : -1
    }
  return inside
}
