// T5 in its long form: node torture/order.ts [--frames 1000000]
// The test server/gateways/order.test.ts with so many frames: what is repeated, shuffled, late and mistimed against a
// plain map. A thousand frames for each device; a quarter of an hour or so for a million.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { frames: { type: 'string' } } })
const frames = Number(values.frames ?? 1_000_000)
if (!Number.isSafeInteger(frames) || frames < 1) {
  console.error('--frames takes a whole number')
  process.exit(2)
}
const { status } = spawnSync('npx', ['vitest', 'run', 'server/gateways/order.test.ts'], {
  env: { ...process.env, ORDER_FRAMES: String(frames) },
  stdio: 'inherit',
})
process.exit(status ?? 1)
