import { z } from 'zod'

/**
 * A legal day, 'YYYY-MM-DD' in Asia/Shanghai. The zone is the fixed offset +08:00:
 * China has kept no summer time since 1991, and this house dates nothing earlier.
 */
export const DayString = z.iso.date()
export type Day = string

const millisPerDay = 86_400_000
const shanghaiOffset = 8 * 3_600_000

/** Whether the text is a day that the calendar has: '2026-02-29' is not. */
export const isDay = (text: string): text is Day => DayString.safeParse(text).success

/** Whole days since 1970-01-01. Throws RangeError for what is not a day: `Date` alone would roll 02-30 over to March. */
function ordinal(day: Day): number {
  const millis = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== day)
    throw new RangeError(`not a day: ${day}`)
  return millis / millisPerDay
}

const fromOrdinal = (days: number): Day => new Date(days * millisPerDay).toISOString().slice(0, 10)

/** The legal day on which an instant falls. */
export const dayOf = (instant: Date): Day => new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 10)

/** The instant at which a legal day begins: 00:00 +08:00. */
export const startOf = (day: Day): Date => new Date(ordinal(day) * millisPerDay - shanghaiOffset)

/** The day n days later; n may be negative. Throws RangeError unless n is whole. */
export function addDays(day: Day, n: number): Day {
  if (!Number.isInteger(n)) throw new RangeError(`not a whole number of days: ${n}`)
  return fromOrdinal(ordinal(day) + n)
}

/** How many days b lies after a; negative when it lies before. */
export const daysBetween = (a: Day, b: Day): number => ordinal(b) - ordinal(a)

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: Day): number => new Date(ordinal(day) * millisPerDay).getUTCDay()

/** An instant as every page and paper writes it: 2026-11-20 14:05. */
export const sayInstant = (instant: Date): string =>
  new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 16).replace('T', ' ')
