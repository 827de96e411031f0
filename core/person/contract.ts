import { z } from 'zod'
import { HoldView, page, Paging } from '../base/index.ts'
import type { AnyRoute } from '../kit/index.ts'
import { actBody, ById, caseView } from '../workflow/index.ts'
import { IdNumber, NewPerson, Person } from './schema.ts'
import { personWorkflow } from './workflow.ts'

export const PersonView = caseView(Person).extend({ orgName: z.string().nullable(), holds: z.array(HoldView) })
export type PersonView = z.infer<typeof PersonView>

export const personContract = {
  list: {
    method: 'GET',
    path: '/people',
    permission: 'person.read',
    title: '人员库：按姓名、任职项目或拼音首字母查找，按姓名排列',
    query: Paging.extend({
      after: z.uuid().optional(),
      q: z.string().trim().max(60).optional(),
      org: z.uuid().optional(),
    }),
    reply: page(Person.extend({ orgName: z.string().nullable() })),
  },
  get: {
    method: 'GET',
    path: '/people/:id',
    permission: 'person.read',
    title: '人员',
    params: ById,
    reply: PersonView,
  },
  register: {
    method: 'POST',
    path: '/people',
    permission: 'person.write',
    title: '登记人员，身份证号加密另存',
    body: z.object({ requestId: z.uuid(), idNumber: IdNumber, input: NewPerson }),
    reply: PersonView,
  },
  act: {
    method: 'POST',
    path: '/people/:id/acts',
    permission: 'person.write',
    title: '办理人员：变更、移出',
    params: ById,
    body: actBody(personWorkflow, ['amend', 'remove']),
    reply: PersonView,
  },
  reveal: {
    method: 'POST',
    path: '/people/:id/identity',
    permission: 'person.write',
    title: '查看身份证号，事由留痕',
    params: ById,
    body: z.object({ requestId: z.uuid(), reason: personWorkflow.steps.reveal.input.shape.reason }),
    reply: z.object({ idNumber: z.string() }),
  },
} satisfies Record<string, AnyRoute>
