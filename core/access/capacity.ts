import { z } from 'zod'

/** 职责: a legal act is done in one capacity. A person with several appointments picks one at sign-in. */
export const capacities = {
  inspector: '监督员',
  chief: '监督站站长',
  clerk: '窗口受理员',
  leader: '局领导',
  admin: '系统管理员',
  owner_rep: '建设单位项目负责人',
  project_manager: '项目经理',
  safety_officer: '专职安全生产管理人员',
  chief_engineer: '总监理工程师',
  company: '企业管理人员',
  citizen: '市民',
  system: '系统',
  guest: '未登录',
} as const

export type Capacity = keyof typeof capacities
export const Capacity = z.enum(Object.keys(capacities) as [Capacity, ...Capacity[]])

/** Officers of the bureau, as against the parties of a project and the public. */
export const officers = ['inspector', 'chief', 'clerk', 'leader', 'admin'] as const satisfies readonly Capacity[]
export const isOfficer = (capacity: Capacity) => (officers as readonly Capacity[]).includes(capacity)

/** Capacities that a person holds on one project for one unit. */
export const projectPosts = [
  'owner_rep',
  'project_manager',
  'safety_officer',
  'chief_engineer',
] as const satisfies readonly Capacity[]
export const isProjectPost = (capacity: Capacity) => (projectPosts as readonly Capacity[]).includes(capacity)

/** Capacities that an administrator may give to a person. */
export const appointable = [...officers, ...projectPosts, 'company', 'citizen'] as const satisfies readonly Capacity[]
