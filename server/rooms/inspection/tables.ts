import type { Inspection, Plan, PlanState } from '@plumbline/core/inspection'
import type { Json } from '../../base/tables.ts'

/** What a record holds beyond the columns of its own. */
export type InspectionDocument = Omit<
  Inspection,
  | 'id'
  | 'state'
  | 'number'
  | 'projectId'
  | 'projectName'
  | 'district'
  | 'kind'
  | 'subject'
  | 'visitedAt'
  | 'officers'
  | 'orders'
>

/** The shape of migrations/0007_inspection.sql; house/tables.test.ts holds the two together. */
export type InspectionTables = {
  'inspection.inspection': {
    id: string
    state: NonNullable<Inspection['state']>
    number: string | null
    project_id: string
    project_name: string
    district: string
    kind: Inspection['kind']
    subject: Inspection['subject']
    visited_at: string
    officers: Json<Inspection['officers']>
    content: Json<InspectionDocument>
  }
  'inspection.ordered': { inspection_id: string; notice_id: string }
  'inspection.plan': {
    id: string
    state: PlanState
    project_id: string
    project_name: string
    district: string
    year: number
    items: Json<Plan['items']>
    adopted_day: string | null
  }
}
