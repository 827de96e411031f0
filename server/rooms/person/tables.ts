import type { Person, PersonState } from '@plumbline/core/person'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0004_person.sql; house/tables.test.ts holds the two together. */
export type PersonTables = {
  'person.person': {
    id: string
    state: PersonState
    name: string
    phone: string
    org_id: string | null
    certificates: Json<Person['certificates']>
    id_masked: string
    region: string
    posts: Json<Person['posts']>
  }
  'person.identity': { person_id: string; sealed: Buffer; id_index: string }
}
