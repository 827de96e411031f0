import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Other software that does the same work. It is installed when a benchmark wants it, and is never a dependency of ours. */
const versions = {
  'node-red': '4.1.15',
  'json-rules-engine': '7.3.1',
  // The driver that a flow of Node-RED writes with.
  pg: '8.23.0',
} as const
export type Peer = keyof typeof versions
export const nameOf = (peer: Peer) => `${peer} ${versions[peer]}`

/** The folder in which peers of these versions lie; kept between runs. */
const folder = join(tmpdir(), `plumbline-bench-peers-${Object.values(versions).join('-')}`)

/** Where a peer's package lies, or why it cannot be measured here. */
export async function findPeer(peer: Peer): Promise<{ path: string } | { missing: string }> {
  const path = join(folder, 'node_modules', peer)
  if (existsSync(path)) return { path }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`)
  try {
    await promisify(execFile)(
      'npm',
      ['install', '--no-audit', '--no-fund', '--omit=dev', '--ignore-scripts', '--save-exact', ...wanted],
      { cwd: folder, timeout: 180_000 },
    )
    return { path }
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n').slice(-1)
    return { missing: `peer not measured: ${nameOf(peer)} could not be installed ${reason}`.trim() }
  }
}
