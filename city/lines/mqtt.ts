import { findDown } from '@plumbline/core/codec/sitejson'
import { connectAsync } from 'mqtt'
import type { OpenLine } from './line.ts'
import { answersOf, messagesOf } from './message.ts'

/** A line of MQTT 3.1.1, QoS 1. A message is done when its PUBACK has come; the client sends again what had none. */
export const openMqttLine: OpenLine = async (city, device, { mqttPort }, onOrder) => {
  const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
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
  if (device.kind === 'fog_cannon' || device.kind === 'sprayer')
    await client.subscribeAsync(`plumbline/v1/${device.number}/down`)
  client.on('message', (_topic, payload) => {
    const down = findDown(payload)
    if (down?.kind !== 'switch') return
    for (const answer of answersOf(device, down.command.id, onOrder(down.command))) void publish(answer)
  })
  return {
    send: async (sending, stepSeconds) => {
      await Promise.all(messagesOf(city, sending, stepSeconds).map(publish))
    },
    close: () => void client.end(true),
  }
}
