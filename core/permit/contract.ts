import { z } from 'zod'
import { Flag, page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { actBody, ById, CaseRow, caseView } from '../workflow/index.ts'
import { MaterialKind } from './materials.ts'
import { Application } from './schema.ts'
import { permitWorkflow, SubmitInput } from './workflow.ts'

export const ApplicationView = caseView(Application).extend({
  /** Items of the form without a material now. */
  missing: z.array(MaterialKind),
})
export type ApplicationView = z.infer<typeof ApplicationView>

export const permitContract = {
  list: {
    method: 'GET',
    path: '/permits',
    permission: 'permit.read',
    title: '联合验收申请',
    query: Paging.extend({ open: Flag.optional(), projectId: z.uuid().optional() }),
    reply: page(CaseRow),
  },
  get: {
    method: 'GET',
    path: '/permits/:id',
    permission: 'permit.read',
    title: '申请、材料与可办事项',
    params: ById,
    reply: ApplicationView,
  },
  submit: {
    method: 'POST',
    path: '/permits',
    permission: 'permit.act',
    title: '提交联合验收申请',
    body: z.object({ requestId: z.uuid(), input: SubmitInput }),
    reply: ApplicationView,
  },
  act: {
    method: 'POST',
    path: '/permits/:id/acts',
    permission: 'permit.act',
    title: '办理：受理、一次告知补正、重新提交、撤回',
    params: ById,
    body: actBody(permitWorkflow, ['return', 'resubmit', 'accept', 'withdraw']),
    reply: ApplicationView,
  },
} satisfies Record<string, AnyRoute>
