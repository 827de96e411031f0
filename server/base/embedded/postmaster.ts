import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { Place } from './place.ts'

/** A running server. `ended` settles when it is gone, for whatever reason. */
export interface Postmaster {
  ended: Promise<void>
  stop(): Promise<void>
}

/** How a server is set up; `durable: false` is for test clusters only, whose rows nobody misses. */
export interface Tuning {
  durable: boolean
}

const shutdownMs = 60_000

/**
 * Given on the command line rather than in postgresql.conf, so that they change with the program and not with the age of
 * the cluster.
 */
function settingsOf(place: Place, tuning: Tuning): Record<string, string> {
  const safety = tuning.durable ? 'on' : 'off'
  return {
    // No TCP at all: copies run side by side without ports, and no password crosses a network.
    listen_addresses: '',
    unix_socket_directories: place.sockets,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: tuning.durable ? '256MB' : '64MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    fsync: safety,
    // Never off, not even where nothing is kept: the gateways refuse to answer for what is not on disk.
    synchronous_commit: 'on',
    full_page_writes: safety,
    // A worker of it would keep a test's database from being dropped by its owner.
    autovacuum: safety,
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    // A week of logs in seven files. Terse, because the DETAIL of a refused row would quote personal data.
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_checkpoints: 'off',
    log_error_verbosity: 'terse',
  }
}

/** setpriv asks the kernel to stop the server when we die; where it is missing, the next start stops what was left behind. */
function withParentDeath(): string[] {
  try {
    execFileSync('setpriv', ['--pdeathsig', 'INT', 'true'], { stdio: 'ignore' })
    return ['setpriv', '--pdeathsig', 'INT']
  } catch {
    return []
  }
}

/** Starts the server of a place; it accepts connections a little later. */
export function startPostmaster(binaries: Binaries, place: Place, tuning: Tuning, bound = true): Postmaster {
  const settings = Object.entries(settingsOf(place, tuning)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [
    ...(bound ? withParentDeath() : []),
    join(binaries.bin, 'postgres'),
    '-D',
    place.cluster,
    ...settings,
  ]
  const log = openSync(startLogOf(place), 'w', 0o600)
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: '/',
    // Its own session: a Ctrl-C at the terminal must reach us first, so that sessions end before their database does.
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    ...place.runner,
  })
  closeSync(log)
  child.unref()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return { ended, stop: () => stopChild(child, ended) }
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  // SIGINT is the fast shutdown: open transactions are rolled back, a checkpoint is written.
  child.kill('SIGINT')
  const late = setTimeout(() => child.kill('SIGQUIT'), shutdownMs)
  child.ref()
  await ended
  clearTimeout(late)
}

function startLogOf(place: Place): string {
  return join(place.folder, 'start.log')
}

/** The last words of a server that did not come up. */
export function lastWords(place: Place): string {
  const logs = join(place.cluster, 'log')
  const files = [startLogOf(place), ...(existsSync(logs) ? readdirSync(logs).map((name) => join(logs, name)) : [])]
  const lines = files.flatMap((file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []))
  return lines
    .filter((line) => /FATAL|PANIC|error|could not/i.test(line))
    .slice(-3)
    .join('; ')
}

/** Living processes that work in the cluster: every PostgreSQL process enters its data folder. A zombie works nowhere. */
function findLiving(cluster: string): number[] {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return numbers.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === cluster
    } catch {
      return false
    }
  })
}

async function vanished(cluster: string, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += 50) {
    if (findLiving(cluster).length === 0) return true
    await wait(50)
  }
  return findLiving(cluster).length === 0
}

/**
 * Stops the server that a killed parent left behind and clears its traces. The caller holds the claim of the place, so
 * whatever still works in the cluster has no master. Answers whether there was one.
 */
export async function stopLeftBehind({ cluster, sockets }: Pick<Place, 'cluster' | 'sockets'>): Promise<boolean> {
  const pidFile = join(cluster, 'postmaster.pid')
  const living = findLiving(cluster)
  if (living.length > 0) {
    const postmaster = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : Number.NaN
    if (living.includes(postmaster)) process.kill(postmaster, 'SIGINT')
    if (!(await vanished(cluster, shutdownMs))) {
      throw new Error(`上次遗留的数据库进程没有停止：${findLiving(cluster).join('、')}`)
    }
  }
  // The files of a server killed outright stay. Their number may by now be a zombie or another program, and either would
  // make PostgreSQL refuse to start; nobody works in the cluster, so they are only traces.
  for (const trace of [pidFile, join(sockets, '.s.PGSQL.5432.lock'), join(sockets, '.s.PGSQL.5432')])
    rmSync(trace, { force: true })
  return living.length > 0
}
