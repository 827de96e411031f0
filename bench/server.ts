import { openApp } from '../server/app.ts'
import { readSettings } from '../server/base/config.ts'

// The product's server as a process of its own on the benchmark's database: the same house that server/main.ts opens,
// worker included; migrating and starting a database are the benchmark's work.
const settings = readSettings(process.env)
const app = await openApp(settings)
await app.http.listen({ host: settings.host, port: settings.port })
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
