import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { getPackagedBinaries, inspectBinaries } from './binaries.ts'
import { findClaim } from './claim.ts'
import { databaseName, prepareCluster, prepareDatabase, prepareSecrets, urlOf } from './cluster.ts'
import { preparePlace } from './place.ts'
import { lastWords, type Postmaster, startPostmaster, stopLeftBehind } from './postmaster.ts'
import { markThrowaway, removeThrowaway, sweepThrowaways } from './throwaway.ts'

/** The embedded PostgreSQL while it runs. */
export interface Embedded {
  /** Login of the migrator, who owns the database. */
  ownerUrl: string
  /** Login of the application: no superuser, bound by row-level security. */
  appUrl: string
  /** The database was made by this very start. */
  fresh: boolean
  /** Settles when the server ended without being asked to: there is nothing left to serve from. */
  lost: Promise<void>
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  dataDir: string
  log?: (line: string) => void
  /** For test clusters: no fsync, the owner may create databases, and stopping deletes everything. */
  throwaway?: boolean
  /** Folder of another PostgreSQL's initdb and postgres; the default is the one from npm. */
  bin?: string
}

/**
 * Starts the embedded PostgreSQL of a DATA_DIR and makes its database and logins when they are missing.
 *
 * Throws when another living process runs the same DATA_DIR, when the cluster is of another major version, and when the
 * machine cannot run it; the message is a sentence for the operator.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  // Abstract sockets, /proc and the parent-death signal are Linux's.
  if (process.platform !== 'linux')
    throw new Error('内置数据库只在 Linux 上运行，请用 DATABASE_URL 指向已有的 PostgreSQL')
  const log = options.log ?? (() => {})
  const throwaway = options.throwaway ?? false
  if (throwaway) await sweepThrowaways()
  const place = preparePlace(options.dataDir)
  const claim = await findClaim(place.id)
  if (claim === undefined) throw new Error(`${options.dataDir} 正由另一个进程使用，请先停止它，或另选 DATA_DIR`)
  let postmaster: Postmaster | undefined
  try {
    if (throwaway) markThrowaway(place)
    const binaries = options.bin === undefined ? getPackagedBinaries(place.binaries) : inspectBinaries(options.bin)
    const secrets = prepareSecrets(place)
    if (await stopLeftBehind(place)) log('已停止上次遗留的数据库进程')
    prepareCluster(place, binaries, secrets)
    postmaster = startPostmaster(binaries, place, { durable: !throwaway })
    const superuser = await connectWhenReady(urlOf(place, 'postgres', secrets.superuser, 'postgres'), postmaster, () =>
      lastWords(place),
    )
    const fresh = await prepareDatabase(superuser, secrets, throwaway).finally(() => superuser.end())
    log(fresh ? `已在 ${place.folder} 建立数据库` : `已打开 ${place.folder} 的数据库`)
    const running = postmaster
    const stop = async () => {
      await running.stop()
      removeThrowaway(place.folder)
      await claim.release()
    }
    let stopping: Promise<void> | undefined
    return {
      ownerUrl: urlOf(place, 'plumbline_owner', secrets.owner, databaseName),
      appUrl: urlOf(place, 'plumbline_app', secrets.app, databaseName),
      fresh,
      lost: new Promise((resolve) => void running.ended.then(() => stopping ?? resolve())),
      stop: () => (stopping ??= stop()),
    }
  } catch (error) {
    await postmaster?.stop()
    await claim.release()
    throw error
  }
}

/** Connects as soon as the server accepts; after a crash that may take as long as its recovery. */
async function connectWhenReady(url: string, postmaster: Postmaster, explain: () => string): Promise<Client> {
  let ended = false
  void postmaster.ended.then(() => (ended = true))
  for (;;) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return client
    } catch (error) {
      if (ended) throw new Error(`内置数据库没有启动：${explain()}`, { cause: error })
      if (!isStarting(error)) throw error
    }
    await wait(30)
  }
}

/** No socket yet, or `57P03 cannot_connect_now`: starting up or recovering. */
function isStarting(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03'
}
