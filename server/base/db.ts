import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
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
 * Opens the application's pool. Queries are pipelined, so that `readOne` costs one round trip.
 * Nothing here lowers `synchronous_commit`: what is answered is on disk.
 */
export function openDatabase(url: string, size = 12): Database {
  const pool = new pg.Pool({ connectionString: url, max: size, pipeline: true } as pg.PoolConfig)
  // A connection that breaks while nobody waits on it, idle or between two queries of a transaction, is replaced; the
  // next query on it tells the caller. Without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}

/** One transaction in which the database sees no more than these keys reach. It begins and enters in one flush. */
export function inTx<T>(db: Db, keys: readonly string[], work: (tx: Db) => Promise<T>): Promise<T> {
  return db.connection().execute(async (tx) => {
    try {
      await Promise.all([sql`begin`.execute(tx), sql`select base.enter(${[...keys]})`.execute(tx)])
      const done = await work(tx)
      await sql`commit`.execute(tx)
      return done
    } catch (error) {
      // When the connection itself is gone there is nothing to roll back, and the pool replaces it.
      await sql`rollback`.execute(tx).catch(() => {})
      throw error
    }
  })
}

/** A point read in one flush: begin, enter, query and commit leave together. The plain transaction costs four trips. */
export async function readOne<T>(pool: pg.Pool, keys: readonly string[], query: CompiledQuery<T>): Promise<T[]> {
  const client = await pool.connect()
  try {
    const answers = await Promise.all([
      client.query('begin read only'),
      client.query({ name: 'base.enter', text: 'select base.enter($1)', values: [keys] }),
      client.query<T & pg.QueryResultRow>(query.sql, [...query.parameters]),
      client.query('commit'),
    ])
    client.release()
    return answers[2].rows
  } catch (error) {
    client.release(true)
    throw error
  }
}
