import type { Application, ApplicationState } from '@plumbline/core/permit'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0009_permit.sql; house/tables.test.ts holds the two together. */
export type PermitTables = {
  'permit.application': {
    id: string
    state: ApplicationState
    number: string | null
    project_id: string
    project_name: string
    project_state: string | null
    district: string
    owner_id: string
    owner_name: string
    statement: string
    materials: Json<Application['materials']>
    submitted: Json<Application['submitted']> | null
    returns: Json<Application['returns']>
    accepted: Json<Application['accepted']> | null
  }
}
