import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
} from 'kysely'
import pg from 'pg'
import type { BaseTables } from './tables.ts'

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text) // a legal day stays '2026-10-01'
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) =>
  text === 'infinity' ? text : new Date(text).toISOString(),
)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** The pool, or one transaction on it. It knows the base tables; a room adds its own with `withTables` in its store. */
export type Db = Kysely<BaseTables>

export interface Database {
  db: Db
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * Opens the application's pool. Queries are pipelined: what is asked together leaves together and is answered in order.
 * Nothing here lowers `synchronous_commit`: what is answered is on disk.
 */
export function openDatabase(url: string, size = 12): Database {
  const pool = openPool(url, size)
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}

/** Pipelined connections. */
export function openPool(url: string, size: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    pipeline: true,
    Client: GatheringClient,
  } as pg.PoolConfig)
  // A connection that breaks while nobody waits on it, idle or between two queries of a transaction, is replaced; the
  // next query on it tells the caller. Without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Sends the queries of one turn of the event loop at once: each packet is a system call, and wakes the database. */
class GatheringClient extends pg.Client {
  #gathering = false

  override query = ((text: string, ...rest: unknown[]) => {
    const { stream } = this.connection
    if (!this.#gathering) {
      this.#gathering = true
      stream.cork()
      process.nextTick(() => {
        this.#gathering = false
        stream.uncork()
      })
    }
    const name = preparedNames.get(text)
    return (super.query as (...args: unknown[]) => unknown)(name ? { name, text } : text, ...rest)
  }) as pg.Client['query']
}

const preparedNames = new Map<string, string>()

/**
 * A statement that each connection parses and plans once: for what many requests ask. It must be worth the same plan
 * whatever its values. The name is its own in the whole house.
 */
export function prepared<Row, Values extends unknown[]>(name: string, text: string) {
  preparedNames.set(text, name)
  return async (db: Db, ...values: Values): Promise<Row[]> =>
    (await db.executeQuery<Row>(CompiledQuery.raw(text, values))).rows
}

/**
 * One transaction in which the database sees no more than these keys reach. It begins, enters and asks its first queries
 * in one flush: a query that fails leaves those behind it refused.
 */
export function inTx<T>(db: Db, keys: readonly string[], work: (tx: Db) => Promise<T>): Promise<T> {
  return db.getExecutor().provideConnection(async (connection) => {
    const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text))
    const { tx, end } = transactionOn(db, connection)
    const entered = Promise.all([run('begin'), enter(tx, keys)])
    entered.catch(() => {}) // told below; the first query after it has failed too
    try {
      const done = await work(tx)
      await entered
      await run('commit')
      return done
    } catch (error) {
      end()
      // When the connection itself is gone there is nothing to roll back, and the pool replaces it.
      await run('rollback').catch(() => {})
      await entered
      throw error
    } finally {
      end()
    }
  })
}

const enter = prepared<unknown, [keys: readonly string[]]>('base.enter', 'select base.enter($1)')

/** Kysely's own single connection would send a query only when the one before it was answered. */
function transactionOn(db: Db, connection: DatabaseConnection): { tx: Db; end(): void } {
  let over = false
  const executor = db.getExecutor().withConnectionProvider({
    provideConnection: async (consumer) => {
      if (over) throw new Error('the transaction is over')
      return consumer(connection)
    },
  })
  const tx = new Transaction<BaseTables>({ config: { dialect: unbound }, dialect: unbound, driver, executor })
  const end = () => {
    over = true
  }
  return { tx, end }
}

const driver = new DummyDriver()
/** PostgreSQL's grammar without a pool: a transaction has its connection already. */
const unbound: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

/** A transaction on a connection of its own, with statements that the database has parsed once. */
export interface Lane {
  db: Db
  /** Asks a statement known by its name. Asked without waiting, several leave in one flush. */
  ask<R extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<R[]>
  /** What was asked by `ask` and need not be waited for before the commit is asked for: it counts with the commit. */
  later(work: Promise<unknown>): void
}

/**
 * One transaction on a pipelined connection: what `work` asks first leaves in one flush with begin and enter. Throws also
 * when the commit was none, because a statement that nobody waited for had failed.
 */
export async function inLane<T>(pool: pg.Pool, keys: readonly string[], work: (lane: Lane) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let cause: unknown
  try {
    const later: Promise<unknown>[] = []
    const count = (one: Promise<unknown>) => {
      one.catch((error: unknown) => (cause ??= error))
      later.push(one)
    }
    const begun = Promise.all([
      client.query('begin'),
      client.query({ name: 'base.enter', text: 'select base.enter($1)', values: [keys] }),
    ])
    const [done] = await Promise.all([work({ ...laneOf(client), later: count }), begun])
    // After a statement that failed the database answers a commit with a rollback, and says so.
    const [{ command }] = await Promise.all([client.query('commit'), ...later])
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
    client.release()
    return done
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    )
    // What failed unwaited-for failed first; everything asked after it is refused because of it.
    throw cause ?? error
  }
}

const lanes = new WeakMap<pg.PoolClient, Omit<Lane, 'later'>>()

function laneOf(client: pg.PoolClient): Omit<Lane, 'later'> {
  const known = lanes.get(client)
  if (known) return known
  // What is asked through Kysely goes over the same connection, and does not give it back.
  const same = { query: client.query.bind(client), release: () => {} }
  const pool = { connect: () => Promise.resolve(same), end: () => Promise.resolve() }
  const lane: Omit<Lane, 'later'> = {
    db: new Kysely({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) }),
    ask: async <R extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]) =>
      (await client.query<R>({ name, text, values: [...values] })).rows,
  }
  lanes.set(client, lane)
  return lane
}
