import type { Account, AccountState } from '@plumbline/core/account'
import type { Json } from '../../base/tables.ts'

/** The shape of migrations/0002_account.sql; house/tables.test.ts holds the two together. */
export type AccountTables = {
  'account.account': {
    id: string
    login: string
    person_id: string
    name: string
    region: string
    state: AccountState
    demo_key: string | null
    appointments: Json<Account['appointments']>
  }
  'account.secret': { account_id: string; hash: string; set_at: string }
}
