import type { Account, Appointment } from '@plumbline/core/account'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { AccountTables } from './tables.ts'

// The only place that sees this room's tables.
const tables = (db: Db) => db.withTables<AccountTables>()

type Row = Selectable<AccountTables['account.account']>
const toAccount = ({ person_id, demo_key, ...same }: Row): Account => ({
  ...same,
  personId: person_id,
  demoKey: demo_key,
})

const accounts = (db: Db) => tables(db).selectFrom('account.account').selectAll()

export async function load(tx: Db, ids: readonly string[]): Promise<Account[]> {
  return ids.length === 0
    ? []
    : (
        await accounts(tx)
          .where('id', 'in', [...ids])
          .execute()
      ).map(toAccount)
}

export async function save(tx: Db, records: readonly Account[]): Promise<void> {
  for (const { personId, demoKey, appointments, state, ...same } of records) {
    const row = {
      ...same,
      state: state!,
      person_id: personId,
      demo_key: demoKey,
      appointments: JSON.stringify(appointments),
    }
    await tables(tx)
      .insertInto('account.account')
      .values(row)
      .onConflict((at) => at.column('id').doUpdateSet(row))
      .execute()
  }
}

export async function find(db: Db, id: string): Promise<Account | undefined> {
  return (await load(db, [id]))[0]
}

export async function findByLogin(db: Db, login: string): Promise<Account | undefined> {
  const row = await accounts(db)
    .where(sql`lower(login)`, '=', login.toLowerCase())
    .executeTakeFirst()
  return row && toAccount(row)
}

export async function findByPerson(db: Db, personId: string): Promise<Account | undefined> {
  const row = await accounts(db).where('person_id', '=', personId).executeTakeFirst()
  return row && toAccount(row)
}

export async function findByDemoKey(db: Db, key: string): Promise<Account | undefined> {
  const row = await accounts(db).where('demo_key', '=', key).executeTakeFirst()
  return row && toAccount(row)
}

export async function listDemo(db: Db): Promise<Account[]> {
  return (await accounts(db).where('demo_key', 'is not', null).where('state', '=', 'active').execute()).map(toAccount)
}

/** Accounts with an appointment in force as 监督员 or 站长. */
export async function listInspectors(db: Db): Promise<Account[]> {
  const rows = await accounts(db)
    .where('state', '=', 'active')
    .where(
      sql<boolean>`exists (select 1 from jsonb_array_elements(appointments) a
        where a->>'capacity' in ('inspector', 'chief') and a->>'until' is null)`,
    )
    .orderBy('name')
    .execute()
  return rows.map(toAccount)
}

export async function findHash(db: Db, accountId: string): Promise<string | undefined> {
  return (
    await tables(db).selectFrom('account.secret').select('hash').where('account_id', '=', accountId).executeTakeFirst()
  )?.hash
}

export async function saveHash(tx: Db, accountId: string, hash: string, at: string): Promise<void> {
  const row = { account_id: accountId, hash, set_at: at }
  await tables(tx)
    .insertInto('account.secret')
    .values(row)
    .onConflict((on) => on.column('account_id').doUpdateSet(row))
    .execute()
}

/** An account with the projects its person is assigned to now, in one query: what every request begins with. */
export async function findWithAssigned(
  db: Db,
  id: string,
): Promise<{ account: Account; assigned: string[] } | undefined> {
  const row = await accounts(db)
    .select(sql<string[]>`base.assigned(person_id)`.as('assigned'))
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { assigned, ...account } = row
  return { account: toAccount(account), assigned }
}

/** Names of the units of appointments, and the units below each: what a head office reaches. */
export async function findOrgs(
  tx: Db,
  appointments: readonly Appointment[],
): Promise<Map<string, { name: string; below: string[] }>> {
  const ids = appointments.flatMap(({ orgId }) => (orgId ? [orgId] : []))
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('base.subject').select(['id', 'name', 'standing']).where('id', 'in', ids).execute()
  return new Map(
    rows.map(({ id, name, standing }) => [id, { name, below: (standing['below'] as string[] | undefined) ?? [] }]),
  )
}
