import type { Pour, PourState } from '@plumbline/core/danger-work'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0016_danger_work.sql; house/tables.test.ts holds the two together. */
export type DangerWorkTables = {
  'danger_work.pour': {
    id: string
    state: PourState
    project_id: string
    project_name: string
    project_state: string | null
    district: string
    contractor_id: string
    supervision_id: string
    parties: string[]
    zone: string
    planned_start: string
    planned_end: string
    scheme: string
    watchers: Json<Pour['watchers']>
    applied: Json<Pour['applied']> | null
    signed: Json<Pour['signed']> | null
    started_at: string | null
    ended_at: string | null
    suspensions: Json<Pour['suspensions']>
  }
}
