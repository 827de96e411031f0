import { z } from 'zod'
import { HoldView, page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { actBody, ById, caseView } from '../workflow/index.ts'
import { NewOrg, Org, OrgKind } from './schema.ts'
import { orgWorkflow } from './workflow.ts'

export const OrgRef = z.object({ id: z.uuid(), name: z.string() })
export type OrgRef = z.infer<typeof OrgRef>

export const OrgView = caseView(Org).extend({
  holds: z.array(HoldView),
  parent: OrgRef.nullable(),
  /** The units directly below; the tree is walked by opening them. */
  children: z.array(OrgRef),
})
export type OrgView = z.infer<typeof OrgView>

export const orgContract = {
  list: {
    method: 'GET',
    path: '/orgs',
    permission: 'org.read',
    title: '企业库：按名称、信用代码或拼音首字母查找，按名称排列',
    query: Paging.extend({
      after: z.uuid().optional(),
      q: z.string().trim().max(60).optional(),
      kind: OrgKind.optional(),
    }),
    reply: page(Org),
  },
  get: { method: 'GET', path: '/orgs/:id', permission: 'org.read', title: '企业', params: ById, reply: OrgView },
  register: {
    method: 'POST',
    path: '/orgs',
    permission: 'org.write',
    title: '登记企业',
    body: z.object({ requestId: z.uuid(), input: NewOrg }),
    reply: OrgView,
  },
  act: {
    method: 'POST',
    path: '/orgs/:id/acts',
    permission: 'org.write',
    title: '办理企业：变更、归入集团、脱离集团、注销',
    params: ById,
    body: actBody(orgWorkflow, ['amend', 'join', 'leave', 'revoke']),
    reply: OrgView,
  },
} satisfies Record<string, AnyRoute>
