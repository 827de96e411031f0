import { capacities } from '../access/index.ts'
import { termOf } from '../inspection/index.ts'
import type { Facts, Instant } from '../workflow/index.ts'
import type * as inputs from './inputs.ts'
import { markOf, needsCountersign, settled, withItems, withLastRound } from './items.ts'
import type { Notice, NoticeItem } from './schema.ts'
import { dueOf, endOfDay, ladderOf, warnAtOf } from './terms.ts'

type Given<I> = Facts<Notice, I>

/** An item as it is first written down, with the finding it comes from. */
export const newItem = (
  text: inputs.ItemText,
  from: { findingId: string | null; itemCode: string | null },
): NoticeItem => ({
  ...text,
  ...from,
  state: 'fixing',
  due: null,
  warnAt: null,
  warnedAt: null,
  acceptedAt: null,
  extensions: [],
  rounds: [],
  visitOrdered: null,
  visits: [],
})

/** What stands of a notice before its first step: nobody has issued, served or answered it. */
const untouched = () => ({
  state: null,
  number: null,
  issuedAt: null,
  servedAt: null,
  service: null,
  yellowAt: null,
  redAt: null,
  tier: 'calm' as const,
  yellowedAt: null,
  lockedAt: null,
  closedAt: null,
  withdrawn: null,
  reopenings: [],
  resumeOpinion: null,
  resumed: null,
  paperId: null,
  resumePaperId: null,
})

/** A notice as it is first written down: to whom, about what, by whom. */
export const newNotice = (facts: Omit<Notice, keyof ReturnType<typeof untouched>>): Notice => ({
  ...facts,
  ...untouched(),
})

export function reword(notice: Notice, { items, ...wording }: inputs.AmendInput): Notice {
  const was = new Map(notice.items.map((item) => [item.id, item]))
  return {
    ...notice,
    ...wording,
    items: items.map((item) => {
      const { findingId = null, itemCode = null } = was.get(item.id) ?? {}
      return newItem(item, { findingId, itemCode })
    }),
  }
}

export const withdraw = (facts: Given<{ reason: string }>): Notice => ({
  ...facts.record,
  tier: 'calm',
  withdrawn: { reason: facts.input.reason, by: markOf(facts) },
})

/** Day 0 is the day of service: from it run each item's own term and, apart from it, the ladder of the notice. */
export function serve(facts: Given<inputs.ServeInput>): Notice {
  const { record, input, now, law } = facts
  const { at, ...service } = input
  const servedAt = input.way === 'electronic' ? now : at
  return {
    ...record,
    servedAt,
    service: { ...service, by: markOf(facts), readBy: null },
    ...ladderOf(servedAt, law),
    items: record.items.map((item) => {
      const due = dueOf(servedAt, item.days ?? termOf(law, item.severity))
      return { ...item, due, warnAt: warnAtOf(due, law) }
    }),
  }
}

export const acknowledge = (facts: Given<unknown>): Notice => ({
  ...facts.record,
  service: facts.record.service && { ...facts.record.service, outcome: 'read', readBy: markOf(facts) },
})

export function reply(facts: Given<inputs.ReplyInput>): Notice {
  const { record, input, actor } = facts
  const by = markOf(facts)
  const given = new Map(input.items.map((item) => [item.itemId, item]))
  return withItems(record, [...given.keys()], (item) => {
    const { text, photos } = given.get(item.id)!
    const answer = { text, photos, by, post: capacities[actor.capacity] }
    return {
      ...item,
      state: needsCountersign(record) ? 'replied' : 'confirmed',
      rounds: [...item.rounds, { reply: answer, countersign: null, review: null }],
    }
  })
}

export function countersign(facts: Given<inputs.CountersignInput>): Notice {
  const by = markOf(facts)
  const given = new Map(facts.input.items.map((item) => [item.itemId, item]))
  return withItems(facts.record, [...given.keys()], (item) => {
    const { agree, opinion } = given.get(item.id)!
    return { ...withLastRound(item, { countersign: { agree, opinion, by } }), state: agree ? 'confirmed' : 'fixing' }
  })
}

export function review(facts: Given<inputs.ReviewInput>): Notice {
  const by = markOf(facts)
  const given = new Map(facts.input.items.map((item) => [item.itemId, item]))
  const after = withItems(facts.record, [...given.keys()], (item) => {
    const { accept, reason } = given.get(item.id)!
    return {
      ...withLastRound(item, { review: { accept, reason, by } }),
      state: accept ? 'accepted' : 'fixing',
      acceptedAt: accept ? facts.now : null,
    }
  })
  return settled(after, facts.now)
}

/** Moves the deadline of items, not the ladder. A new deadline has a warning of its own. */
export function extend(facts: Given<inputs.ExtendInput>): Notice {
  const { record, input, law } = facts
  const to = endOfDay(input.to)
  return withItems(record, input.itemIds, (item) => ({
    ...item,
    due: to,
    warnAt: warnAtOf(to, law),
    warnedAt: null,
    extensions: [...item.extensions, { from: item.due ?? to, to, reason: input.reason, by: markOf(facts) }],
  }))
}

export const orderVisit = (facts: Given<inputs.OrderVisitInput>): Notice =>
  withItems(facts.record, facts.input.itemIds, (item) => ({
    ...item,
    visitOrdered: { reason: facts.input.reason, by: markOf(facts) },
  }))

/** The visit without its photographs: where they were taken is read from the files by the effect. */
export const visit = (facts: Given<inputs.VisitInput>): Notice =>
  withItems(facts.record, facts.input.itemIds, (item) => {
    const { at, fixed, note } = facts.input
    return { ...item, visits: [...item.visits, { at, fixed, note, photos: [], by: markOf(facts) }] }
  })

export const recommend = (facts: Given<inputs.RecommendInput>): Notice => ({
  ...facts.record,
  resumeOpinion: { ...facts.input, by: markOf(facts) },
})

export function reopen(facts: Given<inputs.ReopenInput>): Notice {
  const { record, input } = facts
  const reopened = withItems(record, input.itemIds, (item) => ({ ...item, state: 'fixing', acceptedAt: null }))
  return {
    ...reopened,
    closedAt: null,
    reopenings: [...record.reopenings, { ...input, by: markOf(facts) }],
  }
}

export const isWarnDue = (item: NoticeItem, now: Instant): boolean =>
  item.state === 'fixing' && item.warnedAt === null && item.warnAt !== null && item.warnAt <= now

export const warn = ({ record, now }: Given<unknown>): Notice => ({
  ...record,
  items: record.items.map((item) => (isWarnDue(item, now) ? { ...item, warnedAt: now } : item)),
})
