import { addDays, type Day, weekdayOf } from './day.ts'

/** What the State Council's notices change about the week: days off, and weekend days that are worked (调休). */
export interface Calendar {
  holidays: ReadonlySet<Day>
  makeUpWorkdays: ReadonlySet<Day>
}

/** A length that a clause gives: calendar days (日) or workdays (工作日). */
export type Term = { days: number } | { workdays: number }

const isWeekend = (day: Day): boolean => weekdayOf(day) % 6 === 0

export const isWorkday = (day: Day, calendar: Calendar): boolean =>
  calendar.makeUpWorkdays.has(day) || (!isWeekend(day) && !calendar.holidays.has(day))

/** The n-th workday after a day; the day itself is not counted. Throws RangeError unless n is whole and not negative. */
export function addWorkdays(start: Day, n: number, calendar: Calendar): Day {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of workdays: ${n}`)
  let day = start
  for (let left = n; left > 0;) {
    day = addDays(day, 1)
    if (isWorkday(day, calendar)) left -= 1
  }
  return day
}

/** The day that ends a term; the day on which it begins is day 0. */
export const endOf = (term: Term, start: Day, calendar: Calendar): Day =>
  'days' in term ? addDays(start, term.days) : addWorkdays(start, term.workdays, calendar)
