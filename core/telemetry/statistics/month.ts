import { z } from 'zod'
import { addDays, type Day } from '../../kit/index.ts'
import type { Law } from '../../law/index.ts'

/** A legal month, 'YYYY-MM'. */
export const Month = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/)
export type Month = z.infer<typeof Month>

/** Days from `from` up to and without `until`. */
export interface Days {
  from: Day
  until: Day
}

export const monthOfDay = (day: Day): Month => day.slice(0, 7)

/** The month n months later; n may be negative. */
export function addMonths(month: Month, n: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + n
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

export const wholeMonth = (month: Month): Days => ({ from: `${month}-01`, until: `${addMonths(month, 1)}-01` })

const least = (one: Day, other: Day): Day => (one < other ? one : other)

/** The days of a month that are over on `today`. */
export function monthSoFar(month: Month, today: Day): Days {
  const { from, until } = wholeMonth(month)
  const end = least(until, today)
  return { from, until: end < from ? from : end }
}

const dayNumber = (day: Day) => Number(day.slice(8))

/** 同期: the same days of another month, all of it where the first is whole; a day that it has not is left out. */
export function samePeriod(days: Days, other: Month): Days {
  const whole = wholeMonth(other)
  if (days.until === wholeMonth(monthOfDay(days.from)).until) return whole
  return { from: whole.from, until: least(addDays(whole.from, dayNumber(days.until) - 1), whole.until) }
}

/**
 * Whether so many valid daily means make a monthly mean (GB 3095, 数据统计的有效性规定). A month that still runs may lack as
 * many days as a whole one, and needs one at least.
 */
export function isEnough(law: Law, days: Days, valid: number): boolean {
  const month = monthOfDay(days.from)
  const needed = law.number(month.endsWith('-02') ? 'air.february_days' : 'air.month_days')
  const lacking = lengthOf(wholeMonth(month)) - needed
  return valid >= Math.max(1, lengthOf(days) - lacking)
}

const lengthOf = ({ from, until }: Days) => (Date.parse(until) - Date.parse(from)) / 86_400_000

/** By how many percent one mean lies above another; null where there is nothing to compare with. */
export const changeOf = (now: number | null, then: number | null): number | null =>
  now === null || then === null || then === 0 ? null : ((now - then) / then) * 100
