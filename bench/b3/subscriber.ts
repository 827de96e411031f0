import { connect } from 'mqtt'

// The one who reads from a broker alone, at QoS 0: what a platform behind a broker would be.
const port = Number(process.argv[2])
let messages = 0
const client = connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, protocolVersion: 4 })
client.on('message', () => {
  messages += 1
})
client.on('connect', () => client.subscribe('plumbline/#', { qos: 0 }, () => process.send!({ subscribed: true })))
process.on('message', () => process.send!({ messages }))
process.on('SIGTERM', () => process.exit(0))
process.on('disconnect', () => process.exit(0))
