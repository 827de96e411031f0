import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../server/base/embedded/index.ts'
import { migrate } from '../server/base/migrate.ts'
import { familyOf, parentOf, type Processes } from './meter.ts'

/** A durable database of the benchmark's own, migrated. `owner` stands behind the wall, `appUrl` before it. */
export interface Cluster {
  owner: pg.Pool
  ownerUrl: string
  appUrl: string
  dataDir: string
  processes: Processes
  stop(): Promise<void>
}

/** Starts it with fsync and synchronous commit on: a benchmark on a throwaway cluster would measure another product. */
export async function startCluster(): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
  const embedded = await startEmbedded({ dataDir })
  await migrate(embedded.ownerUrl)
  const owner = new pg.Pool({ connectionString: embedded.ownerUrl, max: 4 })
  owner.on('error', () => {})
  const { rows } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = parentOf(rows[0]!.pid)
  const stop = async () => {
    await embedded.stop()
    removeCluster(dataDir)
  }
  const interrupted = () => void stop().then(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  return {
    owner,
    ownerUrl: embedded.ownerUrl,
    appUrl: embedded.appUrl,
    dataDir,
    processes: () => familyOf(postmaster),
    stop: async () => {
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      await owner.end()
      await stop()
    },
  }
}

/** As root the cluster lies in a folder that DATA_DIR/pg names; as anybody else it is DATA_DIR/pg itself. */
function removeCluster(dataDir: string): void {
  const pointer = join(dataDir, 'pg')
  if (existsSync(pointer) && lstatSync(pointer).isFile()) {
    const folder = readFileSync(pointer, 'utf8').trim()
    if (/^\/var\/lib\/plumbline\/[0-9a-f]{16}$/.test(folder)) rmSync(folder, { recursive: true, force: true })
  }
  rmSync(dataDir, { recursive: true, force: true })
}
