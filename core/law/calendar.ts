import { addDays, type Calendar, type Day } from '../kit/index.ts'

/** One year of holidays as the State Council's notice lists them; a stretch of days off, and the weekend days worked for it. */
export interface HolidayNotice {
  year: number
  document: string
  source: string
  holidays: readonly { name: string; from: Day; to: Day }[]
  makeUpWorkdays: readonly Day[]
}

export const holidayNotices: readonly HolidayNotice[] = [
  {
    year: 2025,
    document: '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）',
    source: 'M, make-up days compared with a copy',
    holidays: [
      { name: '元旦', from: '2025-01-01', to: '2025-01-01' },
      { name: '春节', from: '2025-01-28', to: '2025-02-04' },
      { name: '清明节', from: '2025-04-04', to: '2025-04-06' },
      { name: '劳动节', from: '2025-05-01', to: '2025-05-05' },
      { name: '端午节', from: '2025-05-31', to: '2025-06-02' },
      { name: '国庆节、中秋节', from: '2025-10-01', to: '2025-10-08' },
    ],
    makeUpWorkdays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    document: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）',
    source: 'V: full text of 2025-11-04 as reprinted by the press',
    holidays: [
      { name: '元旦', from: '2026-01-01', to: '2026-01-03' },
      { name: '春节', from: '2026-02-15', to: '2026-02-23' },
      { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
      { name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
      { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
      { name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
      { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
    ],
    makeUpWorkdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
]

/** The calendar that the notices make. A notice for a year that comes later in the list replaces the earlier one, so an administrator's stands over ours. */
export function calendarOf(notices: readonly HolidayNotice[] = holidayNotices): Calendar {
  const holidays = new Set<Day>()
  const makeUpWorkdays = new Set<Day>()
  for (const notice of new Map(notices.map((notice) => [notice.year, notice])).values()) {
    for (const { from, to } of notice.holidays) for (let day = from; day <= to; day = addDays(day, 1)) holidays.add(day)
    for (const day of notice.makeUpWorkdays) makeUpWorkdays.add(day)
  }
  return { holidays, makeUpWorkdays }
}

/** Whether a notice is known for the year of a day; without one only weekends are off, and a term in workdays should say so. */
export const calendarCovers = (day: Day, notices: readonly HolidayNotice[] = holidayNotices): boolean =>
  notices.some((notice) => day.startsWith(`${notice.year}-`))
