import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import { startDemo } from './base/clock.ts'
import { readSettings, settings as table } from './base/config.ts'
import { startEmbedded } from './base/embedded/index.ts'
import { migrate } from './base/migrate.ts'
import { openApp } from './app.ts'
import { startGateways } from './gateways/index.ts'
import { runWitnesses } from './rooms/evidence/index.ts'

if (process.argv.includes('--help')) {
  for (const { name, fallback, help } of table)
    console.log(`  ${name.padEnd(20)}${help}${fallback ? ` [${fallback}]` : ''}`)
  process.exit(0)
}

/** A demo county's life begins this long before today, so that its history is lived, not inserted. */
const demoWeeks = 6

/** The login named in a connection string, of whichever form: the role that the migrations grant to. */
const loginOf = (url: string) => new pg.Client({ connectionString: url }).user ?? ''

const say = (line: string) => console.log(line)

async function main(): Promise<void> {
  const read = readSettings(process.env)
  const dataDir = resolve(read.dataDir)
  mkdirSync(dataDir, { recursive: true })

  const embedded = read.databaseUrl ? null : await startEmbedded({ dataDir, log: say })
  const databaseUrl = embedded?.appUrl ?? read.databaseUrl
  const ownerUrl = embedded?.ownerUrl ?? read.ownerUrl
  const ran = await migrate(ownerUrl, embedded ? {} : { appRole: loginOf(databaseUrl) })
  if (ran.length > 0) say(`数据库已更新：${ran.length} 个版本`)

  const app = await openApp({ ...read, dataDir, databaseUrl, ownerUrl })
  if ((embedded || read.demo) && !process.argv.includes('--empty'))
    await startDemo(app.house.db, -demoWeeks * 7 * 86_400_000)
  const gateways = await startGateways(app)
  const listening = await app.http
    .listen({ host: read.host, port: read.port })
    .catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE' ? new Error(`端口 ${read.port} 已被占用，请用 PORT 另选一个`) : error
    })
  say(`已在 ${read.port === 0 ? listening : read.publicUrl} 提供服务`)
  // scripts/start.mjs takes the address from us: asking the port could reach another copy.
  process.send?.({ listening })

  let stopping: Promise<void> | undefined
  const stop = (code: number) => {
    stopping ??= (async () => {
      // Devices first: what they were promised is settled before the pool closes.
      await gateways.stop()
      await app.close()
      await embedded?.stop()
      process.exit(code)
    })()
    return stopping
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  // Started by scripts/start.mjs: when that is gone, so are we.
  process.on('disconnect', () => void stop(0))
  void embedded?.lost.then(() => {
    console.error('数据库意外停止')
    return stop(1)
  })
}

/** `--run=witness`: the small program with which another department witnesses the log; it needs no database. */
async function witness(): Promise<void> {
  const settings = readSettings(process.env)
  const { stop, lines } = await runWitnesses({ ...settings, dataDir: resolve(settings.dataDir) }, Date.now)
  for (const line of lines) say(line)
  process.send?.({ listening: lines.join('\n') })
  const end = () => void stop().then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(signal, end)
}

const run = process.argv.find((word) => word.startsWith('--run='))?.slice(6)
if (run !== undefined && run !== 'witness') {
  console.error(`--run=${run} 无法识别，可用：witness`)
  process.exit(2)
}
await (run === 'witness' ? witness() : main()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
