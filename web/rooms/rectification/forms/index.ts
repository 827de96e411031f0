import type { StepsProps } from '../../../kit/ui/index.ts'
import { AmendForm } from './AmendForm.tsx'
import { ExtendForm, OrderVisitForm, ReopenForm, VisitForm } from './ItemForms.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import { ReplyForm } from './ReplyForm.tsx'
import { ServeForm } from './ServeForm.tsx'
import { RecommendForm, ResumeForm } from './StopForms.tsx'
import { CountersignForm, ReviewForm } from './VerdictForms.tsx'

/** The form of each step that takes input; the others (签发, 签收) are only confirmed. */
export const noticeForms: NonNullable<StepsProps['forms']> = {
  amend: AmendForm,
  discard: ReasonForm,
  serve: ServeForm,
  reply: ReplyForm,
  countersign: CountersignForm,
  review: ReviewForm,
  extend: ExtendForm,
  order_visit: OrderVisitForm,
  visit: VisitForm,
  recommend: RecommendForm,
  resume: ResumeForm,
  withdraw: ReasonForm,
  reopen: ReopenForm,
}
