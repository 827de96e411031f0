import type { OrgKind, OrgState } from '@plumbline/core/org'

/** The shape of migrations/0003_org.sql; house/tables.test.ts holds the two together. */
export type OrgTables = {
  'org.org': {
    id: string
    state: OrgState
    uscc: string
    name: string
    kinds: OrgKind[]
    parent_id: string | null
    region: string
    legal_person: string
    phone: string
  }
}
