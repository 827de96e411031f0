import { parseArgs } from 'node:util'
import { connect } from './client.ts'
import { playLive } from './live.ts'
import { loadCounty } from './seed/index.ts'

/** Loads the demo county into a house (--seed), or plays its devices until stopped (--live). */
const usage = `node simulator/main.ts --seed|--live --url http://127.0.0.1:8080 [--seed-number 7]`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'boolean' },
      live: { type: 'boolean' },
      url: { type: 'string' },
      'seed-number': { type: 'string' },
    },
  })
  const seed = Number(values['seed-number'] ?? (process.env['SEED']?.trim() || '7'))
  if (!values.url || Boolean(values.seed) === Boolean(values.live) || !Number.isInteger(seed)) throw new Error(usage)
  const client = connect(values.url)
  if (values.seed) return loadCounty(client, seed)
  const live = playLive(client, { seed })
  const stop = () => {
    live.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // Started by scripts/start.mjs: when that is gone, so are we.
  process.on('disconnect', stop)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
