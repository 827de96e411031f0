import { z } from 'zod'
import { projectPosts } from '../access/index.ts'
import { DayString, isIdCard } from '../kit/index.ts'

export const PersonState = z.enum(['registered', 'removed'])
export type PersonState = z.infer<typeof PersonState>

/** 证书: 注册证书, 安全生产考核合格证书 (A/B/C), 特种作业操作资格证书 and the like. */
export const Certificate = z.object({
  kind: z.string().trim().min(2).max(40),
  number: z.string().trim().min(2).max(60),
  validTo: DayString.nullable(),
})
export type Certificate = z.infer<typeof Certificate>

/** A post a person holds on a project, kept so by the project room. */
export const PersonPost = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  district: z.string(),
  orgId: z.uuid(),
  capacity: z.enum(projectPosts),
})
export type PersonPost = z.infer<typeof PersonPost>

export const Person = z.object({
  id: z.uuid(),
  state: PersonState.nullable(),
  name: z.string(),
  /** Masked for readers who may not write the register. */
  phone: z.string(),
  orgId: z.uuid().nullable(),
  certificates: z.array(Certificate),
  idMasked: z.string(),
  region: z.string(),
  posts: z.array(PersonPost),
})
export type Person = z.infer<typeof Person>

/** 居民身份证号 with a right check character; kept apart and encrypted, never in an act. */
export const IdNumber = z.string().trim().toUpperCase().refine(isIdCard, 'id_number')

export const PersonFacts = z.object({
  name: z.string().trim().min(2).max(40),
  phone: z.string().trim().max(30),
  orgId: z.uuid().nullable(),
  certificates: z.array(Certificate).max(20),
})
export type PersonFacts = z.infer<typeof PersonFacts>

export const NewPerson = z.object({
  name: PersonFacts.shape.name,
  phone: PersonFacts.shape.phone.default(''),
  orgId: PersonFacts.shape.orgId.default(null),
  certificates: PersonFacts.shape.certificates.default([]),
})
export type NewPerson = z.infer<typeof NewPerson>
