import { findDown } from '@plumbline/core/codec/sitejson'
import { takesOrders } from '@plumbline/core/device'
import { connectAsync } from 'mqtt'
import { hostOf, type OpenLine, saySlowly } from './line.ts'
import { answerOf, messagesOf } from './message.ts'

/** A line of MQTT 3.1.1, QoS 1. A message is done when its PUBACK has come; the client sends again what had none. */
export const openMqttLine: OpenLine = async (city, device, hosts, onOrder) => {
  const client = await connectAsync(`mqtt://${hostOf(hosts)}:${hosts.mqttPort}`, {
    username: device.number,
    password: device.password,
    clientId: device.number,
    protocolVersion: 4,
    reconnectPeriod: 500,
    connectTimeout: 120_000,
    keepalive: 0,
  })
  client.on('error', () => {})
  const up = `plumbline/v1/${device.number}/up`
  const publish = (payload: string) => client.publishAsync(up, payload, { qos: 1 })
  if (takesOrders(device.kind)) await client.subscribeAsync(`plumbline/v1/${device.number}/down`)
  client.on('message', (_topic, payload) => {
    const down = findDown(payload)
    if (down?.kind !== 'switch') return
    const { command } = down
    saySlowly(hosts, onOrder(command), (saying, index) => void publish(answerOf(device, command.id, saying, index)))
  })
  return {
    send: async (sending, stepSeconds) => {
      await Promise.all(messagesOf(city, sending, stepSeconds).map(publish))
    },
    close: () => void client.end(true),
  }
}
