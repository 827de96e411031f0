import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../bench/child.ts'
import { killOutright, type Database } from './database.ts'

/** What makes life hard for the server. */
export interface Hardship {
  /** Flags of Node. */
  flags?: readonly string[]
  /** Run by a shell before it becomes the server: `ulimit -n 256`. */
  before?: string
}

/** The product as `npm start` runs it: doors, worker and pages in one process; it may die and be started again. */
export interface Server {
  url: string
  hj212Port: number
  mqttPort: number
  pid(): number
  /** CPU that this life has used, all threads together. */
  cpuMillis(): number
  /** The process is there and has not been asked to go. */
  alive(): boolean
  start(hardship?: Hardship): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
  /** What it has written about itself. */
  log(): string
  logBytes(): number
}

const main = join(import.meta.dirname, '..', 'server', 'main.ts')

/** Prepares a server on the database; its ports stay the same through all its lives. */
export async function prepareServer(database: Database): Promise<Server> {
  const [port, hj212Port, mqttPort] = [await freePort(), await freePort(), await freePort()]
  const logFile = join(database.dataDir, 'server.log')
  const env = {
    ...process.env,
    ...{ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, DATA_DIR: database.dataDir },
    ...{ PORT: String(port), HJ212_PORT: String(hj212Port), MQTT_PORT: String(mqttPort), LOG: 'error' },
  }
  let child: ChildProcess | undefined
  const alive = () => child?.pid !== undefined && child.exitCode === null && child.signalCode === null
  return {
    url: `http://127.0.0.1:${port}`,
    hj212Port,
    mqttPort,
    pid: () => child!.pid!,
    cpuMillis: () => cpuMillisOf(child!.pid!),
    alive,
    start: async ({ flags = [], before } = {}) => {
      const command = [process.execPath, ...flags, main, '--empty']
      const all = before ? ['bash', '-c', `${before}; exec "$0" "$@"`, ...command] : command
      const log = openSync(logFile, 'a')
      child = spawn(all[0]!, all.slice(1), { env, stdio: ['ignore', log, log, 'ipc'] })
      closeSync(log)
      await listening(child, logFile)
    },
    kill: async () => {
      const gone = exited(child!)
      await killOutright(child!.pid!)
      await gone
    },
    stop: async () => {
      if (!alive()) return
      const gone = exited(child!)
      child!.kill('SIGTERM')
      const late = setTimeout(() => child!.kill('SIGKILL'), 60_000)
      await gone
      clearTimeout(late)
    },
    log: () => readFileSync(logFile, 'utf8'),
    logBytes: () => statSync(logFile).size,
  }
}

/** The first number of schedstat is the time on a CPU in nanoseconds. */
const cpuMillisOf = (pid: number) =>
  readdirSync(`/proc/${pid}/task`)
    .map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
    .reduce((sum, one) => sum + one, 0)

const exited = (child: ChildProcess) => new Promise<void>((resolve) => child.once('exit', () => resolve()))

function listening(child: ChildProcess, logFile: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => {
      const words = readFileSync(logFile, 'utf8').slice(-600)
      reject(new Error(`the server did not come up (${code}): ${words}`))
    })
  })
}

export interface Health {
  ok: boolean
  checks: { name: string; ok: boolean; detail: string }[]
}

/** The page of the house's health as anybody sees it; undefined when nobody answers in time, or with anything else. */
export async function lookAtHealth({ url }: Server): Promise<Health | undefined> {
  try {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) })
    const said = (await answer.json()) as Partial<Health>
    return said.checks ? (said as Health) : undefined
  } catch {
    return undefined
  }
}

/** Looks until the intake's light is as wanted. Answers the light's words, or undefined when it never was. */
export async function waitForLight(server: Server, green: boolean, withinMillis: number): Promise<string | undefined> {
  const until = Date.now() + withinMillis
  while (Date.now() < until) {
    const light = (await lookAtHealth(server))?.checks.find(({ name }) => name === 'ingest')
    if (light && light.ok === green) return light.detail
    await wait(100)
  }
  return undefined
}
