import { z } from 'zod'
import { isUscc } from '../kit/index.ts'

/** What an enterprise does in construction; one may do several. */
export const orgKinds = {
  group: '集团总公司',
  owner: '建设单位',
  contractor: '施工单位',
  supervision: '监理单位',
  design: '设计单位',
  survey: '勘察单位',
  testing: '检测单位',
} as const
export const OrgKind = z.enum(Object.keys(orgKinds) as [keyof typeof orgKinds, ...(keyof typeof orgKinds)[]])
export type OrgKind = z.infer<typeof OrgKind>

export const OrgState = z.enum(['registered', 'revoked'])
export type OrgState = z.infer<typeof OrgState>

/** 统一社会信用代码, in capitals, with a right check character (GB 32100-2015). */
export const Uscc = z.string().trim().toUpperCase().refine(isUscc, 'uscc')

export const Org = z.object({
  id: z.uuid(),
  state: OrgState.nullable(),
  uscc: z.string(),
  name: z.string(),
  kinds: z.array(OrgKind),
  /** The group it belongs to. */
  parentId: z.uuid().nullable(),
  /** The county in whose register it stands. */
  region: z.string(),
  legalPerson: z.string(),
  phone: z.string(),
})
export type Org = z.infer<typeof Org>

/** What a person fills in. */
export const OrgFacts = z.object({
  name: z.string().trim().min(2).max(100),
  kinds: z.array(OrgKind).min(1).max(7),
  legalPerson: z.string().trim().max(40),
  phone: z.string().trim().max(30),
})
export type OrgFacts = z.infer<typeof OrgFacts>

export const NewOrg = OrgFacts.extend({
  uscc: Uscc,
  parentId: z.uuid().nullable().default(null),
  legalPerson: OrgFacts.shape.legalPerson.default(''),
  phone: OrgFacts.shape.phone.default(''),
})
export type NewOrg = z.infer<typeof NewOrg>
