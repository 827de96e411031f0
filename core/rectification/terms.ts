import { addDays, type Day, dayOf, startOf } from '../kit/index.ts'
import type { Law } from '../law/index.ts'
import type { Instant } from '../workflow/index.ts'
import type { Notice, NoticeItem } from './schema.ts'

/** 24:00 of a day: the instant at which the next day begins. */
export const endOfDay = (day: Day): Instant => startOf(addDays(day, 1)).toISOString()

/** The end of an item's term: 24:00 of the n-th day, where the day of service is day 0 (建质〔2014〕154号 隐患处理). */
export const dueOf = (servedAt: Instant, days: number): Instant => endOfDay(addDays(dayOf(new Date(servedAt)), days))

/** When the warning of a missed deadline goes out: the deadline and the law's minutes after it (REC-05). */
export const warnAtOf = (due: Instant, law: Law): Instant =>
  new Date(Date.parse(due) + law.number('rectification.overdue_warning') * 60_000).toISOString()

/** The ladder of a notice: 00:00 of the n-th day after the day of service (平湖: 七天黄色提醒、十五天红色锁定). */
export function ladderOf(servedAt: Instant, law: Law): { yellowAt: Instant; redAt: Instant } {
  const served = dayOf(new Date(servedAt))
  const rung = (days: number) => startOf(addDays(served, days)).toISOString()
  return {
    yellowAt: rung(law.number('rectification.yellow_day')),
    redAt: rung(law.number('rectification.red_day')),
  }
}

/** 立即, or the days counted from service: a paper is printed before it is served. */
export const sayTerm = (days: number): string => (days === 0 ? '立即' : `送达之日起${days}日内`)

export const isOpenItem = (item: NoticeItem): boolean => item.state !== 'accepted'

/** Overdue is an item that lies with the unit past its deadline; what waits for others is not the unit's delay. */
export const isOverdue = (item: Pick<NoticeItem, 'state' | 'due'>, now: Instant): boolean =>
  item.state === 'fixing' && item.due !== null && now > item.due

/** Whether the enterprises still owe something: only then does the ladder climb. The bureau's own delay locks nobody. */
export const isOwed = (notice: Notice): boolean =>
  notice.items.some(({ state }) => state === 'fixing' || state === 'replied')
