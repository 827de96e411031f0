import { sampleOf, sayInstant } from '@plumbline/core/codec/sitejson'
import { connect } from 'mqtt'
import { password } from './dust.ts'
import { type Device, noteAck, openMoments, type Tally } from './load.ts'

export interface CraneAsk {
  number: string
  port: number
  pace: 'past' | 'present'
  from: number
  window?: number
}

/** A tower crane over MQTT, QoS 1: the client sends again by itself what had no PUBACK when its line broke. */
export function openCrane({ number, port, pace, from, window = 8 }: CraneAsk, tally: Tally): Device {
  const moments = openMoments(pace, from)
  const topic = `plumbline/v1/${number}/up`
  const client = connect(`mqtt://127.0.0.1:${port}`, {
    username: number,
    password,
    clientId: number,
    protocolVersion: 4,
    reconnectPeriod: 100,
    connectTimeout: 10_000,
    keepalive: 0,
  })
  client.on('error', () => {})
  let waiting = 0
  const device: Device = {
    number,
    acked: [],
    from,
    last: moments.last,
    waiting: () => waiting,
    tell: () => {
      if (waiting >= window || !client.connected) return false
      const at = moments.next()
      if (at === undefined) return false
      const sentAt = performance.now()
      waiting += 1
      tally.sent += 1
      client.publish(topic, messageAbout(number, at), { qos: 1 }, (error) => {
        waiting -= 1
        if (!error) noteAck(tally, device, at, sentAt)
      })
      return true
    },
    breakLine: () => void client.stream.destroy(),
    close: () => void client.end(true),
  }
  return device
}

const sample = sampleOf('crane')

function messageAbout(number: string, at: number): string {
  return JSON.stringify({ ...sample, id: `${number}-${at}`, deviceTime: sayInstant(at), events: [] })
}
