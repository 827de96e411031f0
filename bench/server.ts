import { openApp } from '../server/app.ts'
import { readSettings } from '../server/base/config.ts'
import { startGateways } from '../server/gateways/index.ts'

// The product's server as a process of its own on the benchmark's database: the same house that server/main.ts opens,
// worker included, and its doors for devices where their ports are given; migrating and starting a database are the benchmark's work.
const settings = readSettings(process.env)
const app = await openApp(settings)
const gateways = process.env.HJ212_PORT ? await startGateways(app) : null
await app.http.listen({ host: settings.host, port: settings.port })
process.on('SIGTERM', () => void stop().then(() => process.exit(0)))

async function stop(): Promise<void> {
  await gateways?.stop()
  await app.close()
}
