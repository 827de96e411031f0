import { termOf } from '../inspection/index.ts'
import type { Law } from '../law/index.ts'
import type { Broken, Facts, Instant } from '../workflow/index.ts'
import { reword } from './changes.ts'
import type * as inputs from './inputs.ts'
import { itemsBroken, visitMissing } from './items.ts'
import type { ItemState, Notice } from './schema.ts'
import { endOfDay, isOwed } from './terms.ts'

type Given<I> = Facts<Notice, I>
const open: ItemState[] = ['fixing', 'replied', 'confirmed']

/** At least one item; no term longer than the law's for its severity (longer takes an extension, with its reason). */
export function wording({ items }: Notice, law: Law): Broken | string | null {
  if (items.length === 0) return 'items_missing'
  if (new Set(items.map(({ id }) => id)).size < items.length) return 'item_twice'
  const long = items.filter(({ days, severity }) => days !== null && days > termOf(law, severity))
  return long.length > 0 ? { rule: 'term_longer_than_law', detail: { items: long.map(({ text }) => text) } } : null
}

export const amended = (notice: Notice, input: inputs.AmendInput, law: Law) => wording(reword(notice, input), law)

/** clause supervision.two_officers, each by his certificate; and of a stop order its extent and its terms. */
export function officers(notice: Notice, law: Law): Broken | string | null {
  const wanted = law.number('inspection.officers_min')
  if (new Set(notice.officers.map(({ personId }) => personId)).size < wanted)
    return { rule: 'two_officers_required', detail: { wanted } }
  const without = notice.officers.filter(({ certificate }) => certificate === '')
  if (without.length > 0) return { rule: 'certificate_missing', detail: { items: without.map(({ name }) => name) } }
  if (notice.kind === 'correct') return null
  if (notice.scope === '') return 'scope_missing'
  return notice.protection.length > 0 && notice.resumeWhen.length > 0 ? null : 'stop_terms_missing'
}

/** What each way of service can end in; `delivered` is a service that counts without the recipient's own word. */
const outcomes: Record<inputs.ServeInput['way'], readonly inputs.ServeInput['outcome'][]> = {
  electronic: ['delivered'],
  on_site: ['read', 'refused'],
  post: ['delivered', 'read', 'refused'],
  notice: ['delivered'],
}

export function service({ record, input, now }: Given<inputs.ServeInput>): string | null {
  if (!outcomes[input.way].includes(input.outcome)) return 'service_outcome'
  if (input.outcome === 'refused' && input.note.length < 2) return 'refusal_needs_note'
  if (input.way === 'electronic') return null
  if (input.at > now) return 'service_in_future'
  return record.issuedAt !== null && input.at < record.issuedAt ? 'service_before_issue' : null
}

const idsOf = (items: readonly { itemId: string }[]) => items.map(({ itemId }) => itemId)

export const reply = ({ record, input }: Given<inputs.ReplyInput>) =>
  itemsBroken(record, idsOf(input.items), ['fixing'], 'item_not_with_unit')

export const countersign = ({ record, input }: Given<inputs.CountersignInput>) =>
  itemsBroken(record, idsOf(input.items), ['replied'], 'item_not_replied') ??
  (input.items.some(({ agree, opinion }) => !agree && opinion.length < 2) ? 'return_needs_reason' : null)

export function review({ record, input }: Given<inputs.ReviewInput>): Broken | string | null {
  const astray = itemsBroken(record, idsOf(input.items), ['confirmed'], 'item_not_confirmed')
  if (astray) return astray
  if (input.items.some(({ accept, reason }) => !accept && reason.length < 2)) return 'return_needs_reason'
  const accepted = idsOf(input.items.filter(({ accept }) => accept))
  const unseen = record.items.filter((item) => accepted.includes(item.id) && visitMissing(item))
  return unseen.length > 0 ? { rule: 'visit_missing', detail: { items: unseen.map(({ text }) => text) } } : null
}

export function extension({ record, input, now }: Given<inputs.ExtendInput>): Broken | string | null {
  const astray = itemsBroken(record, input.itemIds, open, 'item_accepted')
  if (astray) return astray
  const to = endOfDay(input.to)
  const earlier = record.items.some(({ id, due }) => input.itemIds.includes(id) && due !== null && to <= due)
  return earlier || to <= now ? 'extension_not_later' : null
}

export const visitOrder = ({ record, input }: Given<inputs.OrderVisitInput>) =>
  itemsBroken(record, input.itemIds, open, 'item_accepted')

export const visit = ({ record, input, now }: Given<inputs.VisitInput>) =>
  itemsBroken(record, input.itemIds, open, 'item_accepted') ??
  (input.at > now
    ? 'visit_in_future'
    : record.servedAt !== null && input.at < record.servedAt
      ? 'visit_before_service'
      : null)

export const reopening = ({ record, input }: Given<inputs.ReopenInput>) =>
  itemsBroken(record, input.itemIds, ['accepted'], 'item_still_open')

/** A rung of the ladder is climbed at its hour, once, and only while the enterprises owe something. */
export const rung = (notice: Notice, at: Instant | null, now: Instant, below: boolean) =>
  at !== null && now >= at && below && isOwed(notice) ? null : 'not_due'
