import type { Account, Appointment } from '@plumbline/core/account'
import { type Selectable, sql } from 'kysely'
import { type Db, prepared } from '../../base/db.ts'
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
  const [row] = await selectAccount(db, id)
  return row && toAccount(row)
}

/** Named one by one: a statement that was prepared must not meet another shape. */
const columns = 'a.id, a.login, a.person_id, a.name, a.region, a.state, a.demo_key, a.appointments'

const selectAccount = prepared<Row, [id: string]>(
  'account.get',
  `select ${columns} from account.account a where a.id = $1`,
)

export async function findByLogin(db: Db, login: string): Promise<Account | undefined> {
  return (await findWithHash(db, login))?.account
}

/** The account of a name, with the hash of its password. */
export async function findWithHash(
  db: Db,
  login: string,
): Promise<{ account: Account; hash: string | undefined } | undefined> {
  const [row] = await selectByLogin(db, login.toLowerCase())
  if (!row) return undefined
  const { hash, ...account } = row
  return { account: toAccount(account), hash: hash ?? undefined }
}

const selectByLogin = prepared<Row & { hash: string | null }, [login: string]>(
  'account.login',
  `select ${columns}, s.hash from account.account a left join account.secret s on s.account_id = a.id
   where lower(a.login) = $1`,
)

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

/** Whether the register of people has this person now. */
export async function isRegistered(tx: Db, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('base.subject as s')
    .innerJoin('base.case as c', 'c.id', 's.id')
    .select('s.id')
    .where('s.id', '=', personId)
    .where('s.kind', '=', 'person')
    .where('c.open', '=', true)
    .executeTakeFirst()
  return row !== undefined
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

export interface Visit {
  account: Account
  /** The projects its person is assigned to now. */
  assigned: string[]
  session: { key: string; appointmentId: string | null; createdAt: string; seenAt: string }
}

/** Who comes with a session that was not revoked, in one statement: what every request begins with. */
export async function findVisit(db: Db, key: string): Promise<Visit | undefined> {
  const [row] = await selectVisit(db, key)
  if (!row) return undefined
  const { assigned, appointment_id, created_at, seen_at, ...account } = row
  const session = { key, appointmentId: appointment_id, createdAt: created_at, seenAt: seen_at }
  return { account: toAccount(account), assigned, session }
}

const selectVisit = prepared<
  Row & { assigned: string[]; appointment_id: string | null; created_at: string; seen_at: string },
  [key: string]
>(
  'account.visit',
  `select ${columns}, base.assigned(a.person_id) as assigned, s.appointment_id, s.created_at, s.seen_at
   from base.session s join account.account a on a.id = s.account_id
   where s.token_hash = $1 and s.revoked_at is null and a.state = 'active'`,
)

/** The projects a person is assigned to now. */
export async function findAssigned(db: Db, personId: string): Promise<string[]> {
  return (await selectAssigned(db, personId))[0]!.assigned
}

const selectAssigned = prepared<{ assigned: string[] }, [personId: string]>(
  'account.assigned',
  'select base.assigned($1) as assigned',
)

export interface Org {
  name: string
  below: string[]
}

/** Names of the units of appointments, and the units below each: what a head office reaches. */
export async function findOrgs(tx: Db, appointments: readonly Appointment[]): Promise<Map<string, Org>> {
  const ids = appointments.flatMap(({ orgId }) => (orgId ? [orgId] : []))
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('base.subject').select(['id', 'name', 'standing']).where('id', 'in', ids).execute()
  return new Map(
    rows.map(({ id, name, standing }) => [id, { name, below: (standing['below'] as string[] | undefined) ?? [] }]),
  )
}
