import { z } from 'zod'
import { projectPosts } from '../access/index.ts'
import { DayString, isProjectCode, Point } from '../kit/index.ts'
import { Instant, OpenStepView } from '../workflow/index.ts'
import { Sector, Stage, Tag } from './sector.ts'

export const ProjectState = z.enum(['registered', 'building', 'stopped', 'completed', 'terminated'])
export type ProjectState = z.infer<typeof ProjectState>

export const partyRoles = {
  owner: '建设单位',
  contractor: '施工单位',
  supervision: '监理单位',
  design: '设计单位',
  survey: '勘察单位',
  testing: '检测单位',
} as const
export type PartyRole = keyof typeof partyRoles
export const PartyRole = z.enum(Object.keys(partyRoles) as [PartyRole, ...PartyRole[]])

export const Party = z.object({ role: PartyRole, orgId: z.uuid(), orgName: z.string() })
export type Party = z.infer<typeof Party>

export const PostCapacity = z.enum(projectPosts)
export type PostCapacity = z.infer<typeof PostCapacity>
/** Which party a post belongs to. */
export const postParty: Record<PostCapacity, PartyRole> = {
  owner_rep: 'owner',
  project_manager: 'contractor',
  safety_officer: 'contractor',
  chief_engineer: 'supervision',
}

export const Post = z.object({
  capacity: PostCapacity,
  orgId: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  phone: z.string(),
})
export type Post = z.infer<typeof Post>

export const AssignedOfficer = z.object({ personId: z.uuid(), name: z.string(), lead: z.boolean(), since: Instant })
export type AssignedOfficer = z.infer<typeof AssignedOfficer>

/** A duty to install, because of the first criterion met, with the clause of the law of the project's own day. */
export const DutyStanding = z.object({
  duty: z.enum(['video', 'attendance', 'dust']),
  because: z.enum(['building_area', 'municipal_cost', 'key_project', 'standard_site', 'designated', 'zone_area']),
  clause: z.string(),
})
export type DutyStanding = z.infer<typeof DutyStanding>

/** A stop that stands: by a legal order (its case), or by an officer's own act (null). */
export const Stop = z.object({
  because: z.uuid().nullable(),
  reason: z.string(),
  since: Instant,
})
export type Stop = z.infer<typeof Stop>

export const Contact = z.object({ name: z.string().trim().max(40), phone: z.string().trim().max(30) })

export const Project = z.object({
  id: z.uuid(),
  state: ProjectState.nullable(),
  code: z.string(),
  name: z.string(),
  /** The town's nine-digit code, and its name. */
  district: z.string(),
  town: z.string(),
  address: z.string(),
  point: Point,
  sector: Sector,
  works: z.enum(['building', 'municipal']),
  /** ㎡ of building; null where there is none or it is not known. */
  area: z.number().nullable(),
  /** 万元 */
  cost: z.number().nullable(),
  stage: Stage,
  category: z.string(),
  tags: z.array(Tag),
  keyProject: z.boolean(),
  standardSite: z.boolean(),
  designated: z.boolean(),
  /** The site lies in the high-tech zone. */
  inZone: z.boolean(),
  parties: z.array(Party),
  posts: z.array(Post),
  officers: z.array(AssignedOfficer),
  contact: Contact,
  permitNo: z.string().nullable(),
  startDay: DayString.nullable(),
  registeredOn: DayString,
  /** When the start of works was entered; a planned `startDay` alone starts nothing. */
  startedAt: Instant.nullable(),
  duties: z.array(DutyStanding),
  /** Percent of what should be known, see completeness.ts. */
  completeness: z.number().int().min(0).max(100),
  /** The stops that stand; works go on when the last is lifted. */
  stops: z.array(Stop),
})
export type Project = z.infer<typeof Project>

/** What a person fills in. Names, zone, duties and completeness follow from it. */
export const ProjectFacts = z.object({
  code: z.string().trim().refine(isProjectCode, 'project_code'),
  name: z.string().trim().min(2).max(100),
  district: z.string().regex(/^\d{9}$/),
  address: z.string().trim().min(2).max(200),
  point: Point,
  sector: Sector,
  area: z.number().positive().max(10_000_000).nullable(),
  cost: z.number().positive().max(100_000_000).nullable(),
  stage: Stage,
  category: z.string().trim().max(40),
  tags: z.array(Tag).max(5),
  parties: z.array(Party.pick({ role: true, orgId: true })).max(20),
  posts: z.array(Post.pick({ capacity: true, orgId: true, personId: true })).max(40),
  contact: Contact,
  permitNo: z.string().trim().max(40).nullable(),
  startDay: DayString.nullable(),
})
export type ProjectFacts = z.infer<typeof ProjectFacts>

const { shape } = ProjectFacts
export const NewProject = ProjectFacts.extend({
  area: shape.area.default(null),
  cost: shape.cost.default(null),
  stage: shape.stage.default('foundation'),
  category: shape.category.default(''),
  tags: shape.tags.default([]),
  parties: shape.parties.default([]),
  posts: shape.posts.default([]),
  contact: shape.contact.default({ name: '', phone: '' }),
  permitNo: shape.permitNo.default(null),
  startDay: shape.startDay.default(null),
})
export type NewProject = z.infer<typeof NewProject>

/** Amending names only what changes. */
export const ProjectChange = ProjectFacts.partial()
export type ProjectChange = z.infer<typeof ProjectChange>

/** A step that may be taken by its reader; `barrier` is the rule that forbids it as the project stands, whatever is filled in. */
export const OfferedStep = OpenStepView.extend({ barrier: z.string().nullable() })
export type OfferedStep = z.infer<typeof OfferedStep>
