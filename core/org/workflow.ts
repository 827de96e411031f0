import { z } from 'zod'
import { type Capacity, districtKeys, orgKey } from '../access/index.ts'
import { defineWorkflow, stepOf } from '../workflow/index.ts'
import { NewOrg, type Org, OrgFacts, type OrgState } from './schema.ts'

const step = stepOf<OrgState, Org>()
const registrars = ['clerk', 'admin', 'system'] as const satisfies readonly Capacity[]
const Reason = z.string().trim().min(2).max(200)

/** 企业库. The group tree hangs on `parentId`; what stands below a unit is kept as its standing, see the room's store. */
export const orgWorkflow = defineWorkflow<OrgState, Org>()({
  name: 'org',
  title: '企业',
  states: { registered: { label: '在册' }, revoked: { label: '已注销', final: true } },
  steps: {
    register: step({ label: '登记企业', from: [null], to: 'registered', by: registrars, input: NewOrg }),
    amend: step({
      label: '变更信息',
      from: ['registered'],
      to: 'stay',
      by: registrars,
      input: OrgFacts.partial(),
      apply: ({ record, input }) => ({ ...record, ...input }),
    }),
    join: step({
      label: '归入集团',
      from: ['registered'],
      to: 'stay',
      by: registrars,
      input: z.object({ parentId: z.uuid() }),
      guard: ({ record, input }) => (input.parentId === record.id ? 'group_cycle' : null),
      apply: ({ record, input }) => ({ ...record, parentId: input.parentId }),
    }),
    leave: step({
      label: '脱离集团',
      from: ['registered'],
      to: 'stay',
      by: registrars,
      input: z.object({ reason: Reason }),
      guard: ({ record }) => (record.parentId ? null : 'no_group'),
      apply: ({ record }) => ({ ...record, parentId: null }),
    }),
    revoke: step({
      label: '注销',
      from: ['registered'],
      to: 'revoked',
      by: registrars,
      input: z.object({ reason: Reason }),
    }),
  },
  // The register of enterprises is public: every signed-in person may look one up. Projects are not reached through it.
  head: (org) => ({
    number: org.uscc,
    title: org.name,
    projectId: null,
    subjects: [org.id],
    parties: [org.id],
    reach: [...districtKeys(org.region), orgKey(org.id), 'everybody'],
    due: null,
    tier: 'calm',
    timers: [],
    words: [org.name, org.uscc, org.legalPerson],
  }),
})
