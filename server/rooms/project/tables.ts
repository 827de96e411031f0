import type { Handover, Project, ProjectState, Sector, Stage, Tag } from '@plumbline/core/project'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0005_project.sql; house/tables.test.ts holds the two together. */
export type ProjectTables = {
  'project.project': {
    id: string
    state: ProjectState
    code: string
    name: string
    district: string
    town: string
    address: string
    lon: number
    lat: number
    sector: Sector
    works: Project['works']
    area: number | null
    cost: number | null
    stage: Stage
    category: string
    tags: Tag[]
    in_zone: boolean
    parties: Json<Project['parties']>
    posts: Json<Project['posts']>
    officers: Json<Project['officers']>
    contact: Json<Project['contact']>
    permit_no: string | null
    start_day: string | null
    registered_on: string
    started_at: string | null
    duties: Json<Project['duties']>
    completeness: number
    stops: Json<Project['stops']>
  }
  'project.handover': {
    project_id: string
    at: string
    reason: string
    leaving: Json<Handover['leaving']>
    coming: Json<Handover['coming']>
    cases: Json<Handover['cases']>
  }
}
