import { z } from 'zod'
import { dayOf, daysBetween } from '../kit/index.ts'
import type { Instant } from '../workflow/index.ts'
import type { Notice, NoticeItem } from './schema.ts'
import { isOverdue } from './terms.ts'

/** Who holds an item now. */
export const Holder = z.enum(['bureau', 'unit', 'supervision', 'nobody'])
export type Holder = z.infer<typeof Holder>

/** 跟踪 of one item (REC-04): days are legal days, the day of service is day 0. */
export const Track = z.object({
  itemId: z.uuid(),
  holder: Holder,
  holderName: z.string(),
  daysUsed: z.number().int().nullable(),
  /** Days to the last day of the term; negative past it; null when nothing runs. */
  daysLeft: z.number().int().nullable(),
  overdue: z.boolean(),
})
export type Track = z.infer<typeof Track>

/** As much of a notice and an item as tracking needs: a row of the ledger has no more. */
type Tracked = Pick<Notice, 'state' | 'servedAt' | 'orgName' | 'supervisionName' | 'officers'>
type TrackedItem = Pick<NoticeItem, 'id' | 'state' | 'due' | 'acceptedAt'>

const holderOf = (notice: Tracked, item: TrackedItem): [Holder, string] => {
  if (notice.state === 'withdrawn' || item.state === 'accepted') return ['nobody', '']
  if (!notice.servedAt || item.state === 'confirmed')
    return ['bureau', notice.officers.map(({ name }) => name).join('、')]
  if (item.state === 'replied') return ['supervision', notice.supervisionName ?? '']
  return ['unit', notice.orgName]
}

/** The last legal day of a term that ends at 24:00. */
export const lastDayOf = (due: Instant): string => dayOf(new Date(Date.parse(due) - 1))

export function trackOf(notice: Tracked, item: TrackedItem, now: Instant): Track {
  const [holder, holderName] = holderOf(notice, item)
  const today = dayOf(new Date(now))
  const until = item.acceptedAt ? dayOf(new Date(item.acceptedAt)) : today
  const runs = item.due !== null && holder !== 'nobody'
  return {
    itemId: item.id,
    holder,
    holderName,
    daysUsed: notice.servedAt ? daysBetween(dayOf(new Date(notice.servedAt)), until) : null,
    daysLeft: runs ? daysBetween(today, lastDayOf(item.due!)) : null,
    overdue: notice.state !== 'withdrawn' && isOverdue(item, now),
  }
}
