import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { parentOf } from '../bench/meter.ts'
import { startDemo } from '../server/base/clock.ts'
import { openDatabase } from '../server/base/db.ts'
import { type Embedded, startEmbedded } from '../server/base/embedded/index.ts'
import { migrate } from '../server/base/migrate.ts'

/** A durable PostgreSQL of the trial's own, apart from the server, so that each can die alone. */
export interface Database {
  ownerUrl: string
  appUrl: string
  dataDir: string
  /** Where its files lie. */
  cluster(): string
  postmaster(): number
  /** Processes that serve the application's sessions. */
  backends(): Promise<number[]>
  /** Settles when the postmaster that runs now has ended without being asked to. */
  lost(): Promise<void>
  /** Starts it again, after it was lost or stopped; waits for whatever is left of it. */
  restart(): Promise<void>
  halt(): Promise<void>
  /** Stops it and removes everything. */
  remove(): Promise<void>
}

/** Makes and migrates it, with the clock movable and unmoved: people then enter without passwords. */
export async function makeDatabase(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-torture-'))
  let running: Embedded = await startEmbedded({ dataDir })
  const { ownerUrl, appUrl } = running
  await migrate(ownerUrl)
  const own = openDatabase(appUrl, 1)
  await startDemo(own.db, 0)
  await own.close()

  // As root the cluster lies in a folder that DATA_DIR/pg names; as anybody else it is DATA_DIR/pg itself.
  const pointer = join(dataDir, 'pg')
  const folder = lstatSync(pointer).isFile() ? readFileSync(pointer, 'utf8').trim() : pointer
  const cluster = () => join(folder, 'cluster')
  return {
    ownerUrl,
    appUrl,
    dataDir,
    cluster,
    postmaster: () => Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]),
    backends: () => backendsOf(appUrl),
    lost: () => running.lost,
    restart: async () => {
      await running.stop()
      running = await startEmbedded({ dataDir })
    },
    halt: () => running.stop(),
    remove: async () => {
      await running.stop()
      if (/^\/var\/lib\/plumbline\/[0-9a-f]{16}$/.test(folder)) rmSync(folder, { recursive: true, force: true })
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function backendsOf(url: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>(
    'select pid from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()',
  )
  await client.end()
  return rows.map(({ pid }) => pid)
}

/**
 * Kills a process outright and waits until the kernel has forgotten it: a zombie postmaster would keep its successor from
 * starting.
 */
export async function killOutright(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (existsSync(`/proc/${pid}`) && parentOf(pid) !== 0) await wait(5)
}

/** Bytes of a folder's files, for what PostgreSQL does not tell an ordinary login. */
export function bytesUnder(folder: string): number {
  let sum = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    // Files come and go while we look.
    sum += entry.isDirectory() ? bytesUnder(path) : (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0)
  }
  return sum
}
