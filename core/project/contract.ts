import { z } from 'zod'
import { Capacity } from '../access/index.ts'
import { HoldView, page, Paging } from '../base/index.ts'
import { type AnyRoute, Point } from '../kit/index.ts'
import { actBody, ById, caseView, Instant, Tier } from '../workflow/index.ts'
import { NewProject, OfferedStep, Project, ProjectState } from './schema.ts'
import { Authority, Sector, Tag } from './sector.ts'
import { Town, Towns } from './town.ts'
import { projectWorkflow } from './workflow.ts'

/** What narrows a list, a count, a map or an export: every number of the statistics opens its rows with one of these. */
export const ProjectFilter = z.object({
  q: z.string().trim().max(60).optional(),
  /** A town's code, or a district's above it. */
  town: z
    .string()
    .regex(/^\d{2,9}$/)
    .optional(),
  sector: Sector.optional(),
  authority: Authority.optional(),
  state: ProjectState.optional(),
  tier: Tier.optional(),
  tag: Tag.optional(),
  duty: z.enum(['video', 'attendance', 'dust']).optional(),
  /** A unit that takes part, in whatever role. */
  org: z.uuid().optional(),
  /** An officer assigned. */
  officer: z.uuid().optional(),
})
export type ProjectFilter = z.infer<typeof ProjectFilter>

/** `registered`: in the order of registration, which every reader pages through at any size. */
export const ProjectSort = z.enum(['registered', 'name', 'code', 'area', 'cost', 'startDay', 'completeness'])
export type ProjectSort = z.infer<typeof ProjectSort>

/** A line of the list: the record without its long parts, and the worst tier of its open cases that the reader sees. */
export const ProjectRow = Project.omit({ stops: true, registeredOn: true, startedAt: true }).extend({
  stateLabel: z.string(),
  tier: Tier,
})
export type ProjectRow = z.infer<typeof ProjectRow>

export const Site = Point.extend({
  id: z.uuid(),
  name: z.string(),
  state: ProjectState,
  tier: Tier,
})
export type Site = z.infer<typeof Site>

const Count = z.object({ key: z.string(), label: z.string(), count: z.number(), filter: ProjectFilter })
export type ProjectCount = z.infer<typeof Count>
export const ProjectCounts = z.object({
  total: z.number(),
  town: z.array(Count),
  sector: z.array(Count),
  authority: z.array(Count),
  state: z.array(Count),
  tier: z.array(Count),
  tag: z.array(Count),
  duty: z.array(Count),
})
export type ProjectCounts = z.infer<typeof ProjectCounts>

/** 移交: what was open on the day the officers changed. */
export const Handover = z.object({
  at: Instant,
  reason: z.string(),
  leaving: z.array(z.object({ personId: z.uuid(), name: z.string() })),
  coming: z.array(z.object({ personId: z.uuid(), name: z.string() })),
  cases: z.array(
    z.object({
      id: z.uuid(),
      room: z.string(),
      number: z.string().nullable(),
      title: z.string(),
      stateLabel: z.string(),
      due: Instant.nullable(),
      tier: Tier,
    }),
  ),
})
export type Handover = z.infer<typeof Handover>

export const ProjectView = caseView(Project).extend({
  steps: z.array(OfferedStep),
  tier: Tier,
  authorityLabel: z.string(),
  holds: z.array(HoldView),
  /** What is still to be filled in, by name. */
  missing: z.array(z.object({ field: z.string(), label: z.string() })),
  /** Cases of the project that the reader sees, by room. */
  counts: z.array(z.object({ room: z.string(), title: z.string(), open: z.number(), total: z.number() })),
  handovers: z.array(Handover),
})
export type ProjectView = z.infer<typeof ProjectView>

export const OfficerRow = z.object({
  personId: z.uuid(),
  name: z.string(),
  capacity: Capacity,
  capacityLabel: z.string(),
  scope: z.string(),
  certificate: z.string().nullable(),
  /** Projects assigned now, as far as the reader sees them. */
  projects: z.number(),
})
export type OfficerRow = z.infer<typeof OfficerRow>

export const ImportFault = z.object({
  /** The line of the sheet as Excel counts it: the headings are line 1. */
  row: z.number(),
  heading: z.string(),
  value: z.string(),
  rule: z.string(),
  reason: z.string(),
})
export type ImportFault = z.infer<typeof ImportFault>

/** An import runs in pieces: call again with `from = next` until next is null; a repeated piece changes nothing. */
export const ImportAnswer = z.object({
  total: z.number(),
  /** Rows looked at so far. */
  done: z.number(),
  imported: z.number(),
  failed: z.number(),
  faults: z.array(ImportFault),
  next: z.number().nullable(),
  /** The error sheet, when the last piece is done and rows were refused. */
  errorSheet: z.uuid().nullable(),
})
export type ImportAnswer = z.infer<typeof ImportAnswer>

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const projectContract = {
  list: {
    method: 'GET',
    path: '/projects',
    permission: 'project.read',
    title: '项目库：筛选、查找、排序，分页',
    query: Paging.extend({
      ...ProjectFilter.shape,
      after: z.uuid().optional(),
      sort: ProjectSort.default('registered'),
      order: z.enum(['asc', 'desc']).default('desc'),
    }),
    reply: page(ProjectRow),
  },
  counts: {
    method: 'GET',
    path: '/projects/counts',
    permission: 'project.read',
    title: '项目统计：镇街、行业、主管部门、状态、预警、类别、应设系统',
    query: ProjectFilter,
    reply: ProjectCounts,
  },
  sites: {
    method: 'GET',
    path: '/projects/map',
    permission: 'project.read',
    title: '工地分布',
    query: ProjectFilter,
    reply: z.object({ rows: z.array(Site) }),
  },
  export: {
    method: 'GET',
    path: '/projects/export',
    permission: 'project.read',
    title: '导出项目清单，注明筛选条件',
    query: ProjectFilter.extend({ sort: ProjectSort.default('name'), order: z.enum(['asc', 'desc']).default('asc') }),
    sends: xlsx,
  },
  template: {
    method: 'GET',
    path: '/projects/template',
    permission: 'project.write',
    title: '项目导入模板',
    sends: xlsx,
  },
  import: {
    method: 'POST',
    path: '/projects/import',
    permission: 'project.write',
    title: '导入项目：逐段办理，错误行另出错误表',
    body: z.object({
      /** Made once for one file by whoever imports it: the same id repeated imports nothing twice. */
      importId: z.uuid(),
      fileId: z.uuid(),
      from: z.number().int().min(0).default(0),
    }),
    reply: ImportAnswer,
  },
  get: {
    method: 'GET',
    path: '/projects/:id',
    permission: 'project.read',
    title: '项目',
    params: ById,
    reply: ProjectView,
  },
  register: {
    method: 'POST',
    path: '/projects',
    permission: 'project.write',
    title: '登记项目',
    body: z.object({ requestId: z.uuid(), input: NewProject }),
    reply: ProjectView,
  },
  amend: {
    method: 'POST',
    path: '/projects/:id/amend',
    permission: 'project.write',
    title: '变更项目信息，只写变更的内容',
    params: ById,
    body: actBody(projectWorkflow, ['amend']),
    reply: ProjectView,
  },
  assign: {
    method: 'POST',
    path: '/projects/:id/assign',
    permission: 'project.assign',
    title: '指派监督人员，即时生效，附移交清单',
    params: ById,
    body: actBody(projectWorkflow, ['assign']),
    reply: ProjectView,
  },
  act: {
    method: 'POST',
    path: '/projects/:id/acts',
    permission: 'project.act',
    title: '办理项目状态：开工、停工、复工、竣工、终止',
    params: ById,
    body: actBody(projectWorkflow, ['start', 'stop', 'resume', 'complete', 'terminate']),
    reply: ProjectView,
  },
  officers: {
    method: 'GET',
    path: '/officers',
    permission: 'project.assign',
    title: '可指派的监督人员及其在监项目数',
    reply: z.object({ rows: z.array(OfficerRow) }),
  },
  county: {
    method: 'GET',
    path: '/county/map',
    permission: 'project.read',
    title: '县域地图：镇街边界与工地',
    reply: z.object({ towns: z.array(Town), rows: z.array(Site) }),
  },
  drawTowns: {
    method: 'POST',
    path: '/county/towns',
    permission: 'project.write',
    title: '绘制镇街边界',
    body: z.object({ requestId: z.uuid(), towns: Towns }),
    reply: z.object({ towns: z.array(Town) }),
  },
} satisfies Record<string, AnyRoute>
