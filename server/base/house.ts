import type { Law } from '@plumbline/core/law'
import type pg from 'pg'
import type { Clock } from './clock.ts'
import type { Settings } from './config.ts'
import type { Db } from './db.ts'
import type { FileStore } from './files/disk.ts'
import type { Log } from './log.ts'
import type { Printer } from './print/index.ts'
import type { Room } from './room.ts'
import type { Stream } from './stream.ts'

/** What stands as long as the process stands. Opened once in app.ts; a test opens its own. */
export interface House {
  db: Db
  pool: pg.Pool
  settings: Settings
  log: Log
  clock: Clock
  /** The law of a day in the county's region, with the administrator's overrides. */
  law(day: string): Law
  /** Reads the overrides again; called after the act that changed them. */
  renewLaw(): Promise<void>
  files: FileStore
  printer: Printer
  stream: Stream
  rooms: readonly Room[]
  /** What a part of the house adds to the page of its health: a sentence, or an error whose message says what is wrong. */
  checks: Map<string, () => Promise<string>>
  /** Tells the worker that something may be waiting. */
  wake(): void
  /** Carries out everything due and unheard before it answers. */
  settle(): Promise<void>
}
