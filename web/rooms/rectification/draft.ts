import {
  type AmendInput,
  type DraftInput,
  type ItemText,
  type Notice,
  type NoticeItem,
  rectificationContract,
} from '@plumbline/core/rectification'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newRequestId, useSend } from '../../kit/api.ts'
import { useAttempt } from '../../kit/attempt.ts'
import type { StepFormProps } from '../../kit/ui/index.ts'

/** What an officer changes of a finding when he orders it to be put right. */
export interface ItemChange {
  requirement: string
  days: number | null
}

export interface DraftAsk {
  input: DraftInput
  /** By finding; a finding without a change is ordered as it was written down. */
  changes: Record<string, ItemChange>
}

/** An item as the officer worded it, without its course. */
export const wordingOfItem = (item: NoticeItem): ItemText => {
  const { id, text, clause, severity, requirement, days, photos, point } = item
  return { id, text, clause, severity, requirement, days, photos, point }
}

/** The amendment that brings a draft to what was asked; undefined when it already is. */
export function amendmentOf(notice: Notice, { input, changes }: DraftAsk, madeBefore: boolean): AmendInput | undefined {
  const wanted = notice.items.filter(({ findingId }) => findingId === null || input.findingIds.includes(findingId))
  const changed = wanted.some(({ findingId, requirement, days }) => {
    const change = findingId === null ? undefined : changes[findingId]
    return change !== undefined && (change.requirement !== requirement || change.days !== days)
  })
  if (!changed && !madeBefore) return undefined
  const { kind, scope, protection, resumeWhen } = input
  // Where the officer named no ground, the draft has the law's.
  const basis = input.basis.length > 0 ? input.basis : notice.basis
  const items = wanted.map((item) => ({
    ...wordingOfItem(item),
    ...(item.findingId === null ? {} : changes[item.findingId]),
  }))
  return { kind, scope, basis, protection, resumeWhen, items }
}

/** Drafts a notice and opens its page, in the shape of a step so that the forms of steps can draw it. */
export function useDraft(onCancel: () => void): StepFormProps {
  const navigate = useNavigate()
  const draft = useSend(rectificationContract.draft)
  const act = useSend(rectificationContract.act)
  const [made, setMade] = useState<Notice>()
  const { attempt, pending, error } = useAttempt()

  const carryOut = async (ask: DraftAsk, requestId: string) => {
    const notice = made ?? (await draft.mutateAsync({ body: { requestId, input: ask.input } })).record
    // When the amendment fails, the draft stands: trying again must amend it, not draft a second one.
    setMade(notice)
    const input = amendmentOf(notice, ask, made !== undefined)
    if (input)
      await act.mutateAsync({ params: { id: notice.id }, body: { requestId: newRequestId(), action: 'amend', input } })
    await navigate(`/rectification/${notice.id}`)
  }

  const onSubmit = (ask: unknown) => attempt((requestId) => carryOut(ask as DraftAsk, requestId))
  return { step: { action: 'draft', label: '拟制文书' }, onSubmit, onCancel, pending, error }
}
