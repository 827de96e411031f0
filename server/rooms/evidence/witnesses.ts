import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../../base/config.ts'
import { writeDurably } from './tree.ts'
import { startWitness } from './witness.ts'

/**
 * Runs the witnesses that the settings name, each with a key, a memory and a port of its own, and notes them for a server of
 * the same DATA_DIR. A department that runs one elsewhere sends its line to the county by another way.
 */
export async function runWitnesses({ dataDir, host, witness }: Settings, now: () => number) {
  if (witness.names.length === 0) throw new Error('--run=witness 需要 WITNESS_NAMES')
  const logs = witness.logs || join(dataDir, 'log', 'key')
  const started = await Promise.all(
    witness.names.map((name, at) =>
      startWitness({
        dir: join(dataDir, 'witness', name),
        name,
        host,
        port: witness.port === 0 ? 0 : witness.port + at,
        logs,
        now,
      }),
    ),
  )
  const lines = started.map(({ line, port }) => `${line} http://${host}:${port}`)
  const list = join(dataDir, 'witnesses')
  const text = `${lines.join('\n')}\n`
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(list) || readFileSync(list, 'utf8') !== text) writeDurably(list, text)
  return { lines, stop: async () => void (await Promise.all(started.map((one) => one.stop()))) }
}
