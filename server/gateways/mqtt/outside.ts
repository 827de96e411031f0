import { coverPersonal, decode } from '@plumbline/core/codec/sitejson'
import { connectAsync } from 'mqtt'
import type { House } from '../../base/house.ts'
import type { Intake } from '../intake.ts'
import type { KnownDevice } from '../judge.ts'
import { clockCommand, judge } from '../sitejson/judge.ts'
import { allUp, downTopic, numberOfUp } from './topics.ts'

export interface Outside {
  /** Devices heard lately: an outside broker does not tell whose line stands. */
  connected(): KnownDevice[]
  /** Says something to a device by way of the broker. Nothing is kept for a device that is away. */
  send(number: string, payload: Uint8Array): boolean
  stop(): Promise<void>
}

const latelyMillis = 10 * 60_000

/**
 * Listens to an outside broker (MQTT_URL), by MQTT 5. That broker has acknowledged to the device before we hear of a
 * message: what it promises is its own, and the page says so. It also vouches for the number in the topic: give each
 * device a login that may publish to its own topic alone.
 */
export async function listenOutside(house: House, intake: Intake): Promise<Outside> {
  const heard = new Map<string, { device: KnownDevice; at: number }>()
  const client = await connectAsync(house.settings.mqttUrl, {
    protocolVersion: 5,
    clientId: `plumbline-${process.pid}`,
    clean: true,
    reconnectPeriod: 2_000,
  })
  client.on('error', (error) => house.log.error({ err: error }, 'the outside MQTT broker'))
  // The next packet is taken when there is room: until then the socket is not read.
  client.handleMessage = (_packet, done) => intake.whenRoom(() => done())
  client.on('message', (topic, payload) => {
    const number = numberOfUp(topic)
    if (number === undefined) return
    const raw = Uint8Array.from(payload)
    const frame = { number, secret: null, decoded: decode(raw) }
    intake.take({
      raw: coverPersonal(raw),
      address: client.options.host ?? 'mqtt',
      number,
      judge: (device, moment) => judge(frame, device, moment),
      clockCommand,
      settled: (outcome) => {
        if (outcome?.verified && outcome.device) heard.set(number, { device: outcome.device, at: Date.now() })
        for (const answer of outcome?.answers ?? []) client.publish(downTopic(number), Buffer.from(answer), { qos: 0 })
      },
    })
  })
  await client.subscribeAsync(allUp, { qos: 1 })
  return {
    connected: () => [...heard.values()].flatMap(({ device, at }) => (Date.now() - at < latelyMillis ? [device] : [])),
    send: (number, payload) => {
      if (!client.connected) return false
      client.publish(downTopic(number), Buffer.from(payload), { qos: 0 })
      return true
    },
    stop: async () => {
      await client.endAsync()
      await intake.drain()
    },
  }
}
