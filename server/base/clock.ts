import { sql } from 'kysely'
import { type Db, prepared } from './db.ts'
import { Refused } from './errors.ts'

/**
 * The legal clock. In demo mode it can be moved, forward only; the offset is kept in the database, so every process reads
 * the same time. Sessions, limits and sockets use the machine's clock.
 */
export interface Clock {
  /** Legal time now, as an instant. */
  now(): Promise<string>
  /** Moves legal time forward to an instant and remembers the jump. Refused outside demo mode, or backwards. */
  jumpTo(tx: Db, to: string): Promise<{ from: string; to: string }>
  /** Reads the time anew at the next question: called when a jump has been committed. */
  forget(): void
  /** The last jump: what fell due inside it is done at its own legal time. */
  jump(): Promise<{ from: string; to: string } | null>
  isDemo(tx?: Db): Promise<boolean>
}

interface Row {
  offset_ms: number
  jump_from: string | null
  jump_to: string | null
  demo: boolean
}
const select = prepared<Row, []>('base.clock', 'select offset_ms, jump_from, jump_to, demo from base.clock')
const row = async (db: Db) => (await select(db))[0]!

export function openClock(db: Db, machineNow: () => number = Date.now): Clock {
  let known: { offset: number; readAt: number } | undefined
  const offset = async () => {
    // Another process may have moved the clock: a quarter of a second of trust, in machine time.
    if (known && machineNow() - known.readAt <= 250) return known.offset
    const before = known
    try {
      known = { offset: (await row(db)).offset_ms, readAt: machineNow() }
    } catch (error) {
      // While the database is away nothing can move the clock, and the page of health must be told the time.
      if (!before) throw error
      return before.offset
    }
    return known.offset
  }
  return {
    now: async () => new Date(machineNow() + (await offset())).toISOString(),
    forget: () => {
      known = undefined
    },
    isDemo: async (tx = db) => (await row(tx)).demo,
    jump: async () => {
      const { jump_from, jump_to } = await row(db)
      return jump_from && jump_to ? { from: jump_from, to: jump_to } : null
    },
    jumpTo: async (tx, to) => {
      const { rows } = await sql<{
        offset_ms: number
        demo: boolean
      }>`select offset_ms, demo from base.clock for update`.execute(tx)
      const { offset_ms, demo } = rows[0]!
      if (!demo) throw new Refused('forbidden', 'clock_is_real')
      const from = new Date(machineNow() + offset_ms).toISOString()
      if (to <= from) throw new Refused('unmet', 'clock_only_forward')
      await sql`update base.clock set offset_ms = ${Date.parse(to) - machineNow()}, jump_from = ${from}, jump_to = ${to}`.execute(
        tx,
      )
      return { from, to }
    },
  }
}

/** Starts a demo county's legal clock in the past, before anything has happened. */
export async function startDemo(db: Db, offsetMs: number): Promise<void> {
  await sql`update base.clock set demo = true, ever_demo = true, offset_ms = ${offsetMs} where base.is_empty()`.execute(
    db,
  )
}
