import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { databaseName, prepareSecrets, urlOf } from '../../server/base/embedded/cluster.ts'
import { preparePlace } from '../../server/base/embedded/place.ts'

export const root = join(import.meta.dirname, '..', '..')

/** A demo county of our own, started as the README tells. */
export interface County {
  url: string
  devicePort: number
  /** Rows of a query that no wall cuts: the other side of every figure on a page. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** A command of the README, beside the running county: what it said, and how it ended. */
  run(script: 'verify' | 'sql', ...words: string[]): Promise<{ code: number | null; said: string }>
  /** What the server logged as a fault of its own. */
  faults(): string[]
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts everything that `npm start` starts, with ports and a DATA_DIR of its own, and waits until it says it is ready. */
export async function startCounty(): Promise<County> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-story-'))
  const [port, devicePort, mqttPort] = [await freePort(), await freePort(), await freePort()]
  // Told that npm runs it, it watches its ancestors: when we are killed it does not stay behind.
  const ours = {
    PORT: `${port}`,
    HJ212_PORT: `${devicePort}`,
    MQTT_PORT: `${mqttPort}`,
    DATA_DIR: dataDir,
    LOG: 'error',
    npm_lifecycle_event: 'start',
  }
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    env: { ...process.env, ...ours },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (words: string) => {
      said += words
      const ready = /已就绪（[^）]*）：(\S+)/.exec(said)
      if (ready) resolve(ready[1]!)
    })
    void ended.then(([code]) => reject(new Error(`npm start ended with ${code}:\n${said.slice(-2000)}`)))
  })
  const place = preparePlace(dataDir)
  const login = urlOf(place, 'postgres', prepareSecrets(place).superuser, databaseName)
  const pool = new pg.Pool({ connectionString: login, max: 1 })
  return {
    url,
    devicePort,
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    run: async (script, ...words) => {
      const tool = spawn(process.execPath, [join(root, 'server', `${script}.ts`), ...words], {
        env: { ...process.env, ...ours },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ending = once(tool, 'exit')
      let told = ''
      for await (const bit of tool.stdout.setEncoding('utf8')) told += String(bit)
      const [code] = (await ending) as [number | null]
      return { code, said: told }
    },
    faults: () => said.split('\n').filter((line) => line.startsWith('{"level":')),
    stop: async () => {
      await pool.end()
      child.kill('SIGTERM')
      await ended
      removeData(dataDir)
    },
  }
}

/** As root the cluster lies apart from DATA_DIR, at the place that DATA_DIR/pg names. */
function removeData(dataDir: string): void {
  const named = join(dataDir, 'pg')
  if (statSync(named).isFile()) rmSync(readFileSync(named, 'utf8').trim(), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}
