// The gateway alone in a process, for the test that kills it: DATABASE_URL names the database, the port is printed.
import { openApp } from '../app.ts'
import { readSettings } from '../base/config.ts'
import { silentLog } from '../base/log.ts'
import { startGateways } from './index.ts'

const app = await openApp({ ...readSettings(process.env), hj212Port: 0 }, { log: silentLog, worker: false })
const gateways = await startGateways(app.house)
process.stdout.write(`${gateways.hj212Port}\n`)
