import type { Actor } from '../access/index.ts'
import type { Broken, Instant } from '../workflow/index.ts'
import type { ItemState, Mark, Notice, NoticeItem, NoticeState, Round } from './schema.ts'
import { isOpenItem } from './terms.ts'

/** The state of a served notice follows from its items: with the unit, else with supervision, else with the officers. */
export function settle(notice: Notice): NoticeState {
  const open = notice.items.filter(isOpenItem)
  if (open.some(({ state }) => state === 'fixing')) return 'fixing'
  if (open.some(({ state }) => state === 'replied')) return 'replied'
  if (open.length > 0) return 'confirmed'
  return notice.kind === 'correct' || notice.resumed ? 'closed' : 'accepted'
}

/** A notice nobody owes anything on is calm again; its hold is lifted by the same act. */
export function settled(notice: Notice, now: Instant): Notice {
  if (notice.items.some(isOpenItem)) return notice
  return { ...notice, tier: 'calm', closedAt: settle(notice) === 'closed' ? now : null }
}

/** Whether a supervision unit confirms the replies before the officers see them: only a contractor's, and only where one is engaged. */
export const needsCountersign = ({ orgRole, supervisionId }: Notice): boolean =>
  orgRole === 'contractor' && supervisionId !== null

export const markOf = ({ actor, now }: { actor: Actor; now: Instant }): Mark => ({
  personId: actor.personId,
  name: actor.name,
  at: now,
})

/** Refuses items that the notice has not, that are named twice, or that lie elsewhere. */
export function itemsBroken(
  notice: Notice,
  itemIds: readonly string[],
  states: readonly ItemState[],
  elsewhere: string,
): Broken | null {
  if (new Set(itemIds).size < itemIds.length) return { rule: 'item_twice' }
  const named = notice.items.filter(({ id }) => itemIds.includes(id))
  if (named.length < itemIds.length) return { rule: 'item_unknown' }
  const astray = named.filter(({ state }) => !states.includes(state))
  return astray.length > 0 ? { rule: elsewhere, detail: { items: astray.map(({ text }) => text) } } : null
}

/** The notice with some of its items changed. */
export const withItems = (
  notice: Notice,
  itemIds: readonly string[],
  change: (item: NoticeItem) => NoticeItem,
): Notice => ({
  ...notice,
  items: notice.items.map((item) => (itemIds.includes(item.id) ? change(item) : item)),
})

export const lastRound = (item: NoticeItem): Round | undefined => item.rounds.at(-1)

/** The item with its last round changed; the rounds before it stay as they were. */
export const withLastRound = (item: NoticeItem, change: Partial<Round>): NoticeItem => ({
  ...item,
  rounds: item.rounds.map((round, at) => (at === item.rounds.length - 1 ? { ...round, ...change } : round)),
})

/** When an item last came back to the unit, by a return or a reopening; '' when it never did. */
export function backAt({ reopenings }: Notice, item: NoticeItem): Instant {
  const round = lastRound(item)
  const returned = [
    round?.countersign?.agree === false && round.countersign,
    round?.review?.accept === false && round.review,
  ]
  const reopened = reopenings.filter(({ itemIds }) => itemIds.includes(item.id))
  return (
    [...returned, ...reopened]
      .map((mark) => (mark ? mark.by.at : ''))
      .sort()
      .at(-1) ?? ''
  )
}

/** An ordered re-inspection counts when it came after the order and after the last reply, and found the item fixed (REC-08). */
export function visitMissing(item: NoticeItem): boolean {
  if (!item.visitOrdered) return false
  const since = [item.visitOrdered.by.at, lastRound(item)?.reply.by.at ?? ''].sort().at(-1)!
  return !item.visits.some(({ by, fixed }) => fixed && by.at >= since)
}
