import { resolve } from 'node:path'
import { readSettings, type Settings } from './base/config.ts'
import { reachEmbedded } from './base/embedded/reach.ts'

/** The database and settings of a tool that is run beside the server, or without it. */
export async function reachDatabase(): Promise<{ settings: Settings; stop(): Promise<void> }> {
  const read = readSettings(process.env)
  const dataDir = resolve(read.dataDir)
  if (read.databaseUrl) return { settings: { ...read, dataDir }, stop: async () => {} }
  const { ownerUrl, appUrl, stop } = await reachEmbedded(dataDir)
  return { settings: { ...read, dataDir, ownerUrl, databaseUrl: appUrl }, stop }
}
