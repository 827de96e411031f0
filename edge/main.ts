import { createServer } from 'node:net'
import { mkdirSync, realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startNode } from './node.ts'

const usage = `npm run edge -- --to <platform>:9212 [--listen 9212] [--host 0.0.0.0] [--spool ./spool] [--most 32]

  --to      the platform's HJ 212 port
  --listen  the port that the devices of the site reach
  --host    the address on which it listens
  --spool   the folder for frames that the platform does not have yet
  --most    how many MB of frames may be kept of one device; 72 hours of a frame every 10 seconds take about 18`

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n\n${usage}\n`)
  process.exit(2)
}

const say = (words: string) => process.stdout.write(`${new Date().toISOString()} ${words}\n`)

function readArguments() {
  const text = (fallback?: string) => ({ type: 'string' as const, ...(fallback ? { default: fallback } : {}) })
  const options = { to: text(), listen: text('9212'), host: text('0.0.0.0'), spool: text('./spool'), most: text('32') }
  try {
    const { values } = parseArgs({ options })
    const [, host, port] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(String(values.to ?? '')) ?? []
    if (!host || Number(port) < 1 || Number(port) > 65_535) fail('--to takes host:port')
    const listen = Number(values.listen)
    if (!Number.isInteger(listen) || listen < 0 || listen > 65_535) fail(`--listen ${values.listen} is not a port`)
    const most = Number(values.most)
    if (!(most >= 1)) fail(`--most ${values.most} is no number of MB`)
    return {
      to: { host, port: Number(port) },
      listen: { host: String(values.host), port: listen },
      spool: String(values.spool),
      limits: { most: most * 1024 * 1024 },
    }
  } catch (error) {
    return fail((error as Error).message)
  }
}

/** Two nodes on one spool would spoil it. The name is the kernel's and goes with the process, however it ends. */
function claim(folder: string): Promise<void> {
  if (process.platform !== 'linux') return Promise.resolve()
  const holder = createServer()
  holder.unref()
  return new Promise((resolve, reject) => {
    holder.once('error', () => reject(new Error(`another edge node already works with ${folder}`)))
    holder.listen(`\0plumbline-edge:${realpathSync(folder)}`, resolve)
  })
}

async function main(): Promise<void> {
  const settings = readArguments()
  mkdirSync(settings.spool, { recursive: true })
  await claim(settings.spool)
  const node = await startNode(settings, say)
  say(`listening on ${node.port}, ${node.waiting()} frames from before`)
  const report = setInterval(
    () => say(`waiting ${node.waiting()}, ${node.bytes()} bytes, refused ${node.refused()}`),
    60_000,
  )
  const stop = () => {
    clearInterval(report)
    void node.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
