import { writeFileSync } from 'node:fs'
import { getModel } from '@plumbline/core/device'
import { makeActuators, makeCity, type CityDevice, type Sending, sendingsOf } from '../simulator/city/index.ts'
import { openHj212Line } from '../simulator/lines/hj212.ts'
import { openMqttLine } from '../simulator/lines/mqtt.ts'
import { openPushLine } from '../simulator/lines/push.ts'
import type { DeviceLine, Hosts, Order } from '../simulator/lines/line.ts'
import { openMeters } from '../simulator/lines/modbus.ts'

/**
 * The devices of a city in a process of their own, each with a socket of its own. Told how far to go, it sends what leaves
 * the sites until then, waits until all of it is acknowledged, and says so. What was acknowledged is its own list.
 */
export interface PumpAsk {
  city: Parameters<typeof makeCity>[0]
  stepSeconds: number
  /** Where the list of what was acknowledged is written at the end: pairs of device index and told time, as float64. */
  ledger: string
}
export type PumpTold =
  | { meters: Record<string, number> }
  | { ready: number }
  | { sent: number; acknowledged: number }
  | { written: number }

const ask = JSON.parse(process.argv[2]!) as PumpAsk
const city = makeCity(ask.city)
const actuators = makeActuators(city)
/** Meters that only answer are asked by the platform. */
const speaking = city.devices.filter(({ modelCode }) => getModel(modelCode).protocol !== 'modbus')
const sendings = sendingsOf(city, city.start, city.until, ask.stepSeconds, { devices: speaking, effects: actuators })
let waiting: Sending | undefined

const acknowledged: number[] = []
let now = city.start
const lines = new Map<number, DeviceLine>()

async function openLines(hosts: Hosts): Promise<void> {
  const onOrder = (device: CityDevice) => (order: Order) => actuators.order(device, order, now)
  for (let at = 0; at < speaking.length; at += 100)
    await Promise.all(
      speaking.slice(at, at + 100).map(async (device) => {
        const { protocol } = getModel(device.modelCode)
        const open = protocol === 'hj212' ? openHj212Line : protocol === 'mqtt' ? openMqttLine : openPushLine
        lines.set(device.index, await open(city, device, hosts, onOrder(device)))
      }),
    )
}

/** Sends everything that leaves the sites up to `until`. Frames of one device keep their order. */
async function sendUntil(until: number): Promise<number> {
  now = until
  const sent: Promise<unknown>[] = []
  for (;;) {
    const next = waiting ?? (sendings.next().value as Sending | undefined)
    waiting = undefined
    if (!next) break
    if (next.sentAt > until) {
      waiting = next
      break
    }
    const { device, told } = next
    sent.push(
      lines
        .get(device.index)!
        .send(next, ask.stepSeconds)
        .then(() => acknowledged.push(device.index, told)),
    )
  }
  await Promise.all(sent)
  return sent.length
}

const tell = (message: PumpTold) => process.send!(message)

export type PumpOrder = { open: Hosts } | { until: number } | { end: true }

async function obey(order: PumpOrder): Promise<void> {
  if ('open' in order) {
    await openLines(order.open)
    tell({ ready: lines.size })
  } else if ('until' in order) {
    tell({ sent: await sendUntil(order.until), acknowledged: acknowledged.length / 2 })
  } else {
    for (const line of lines.values()) line.close()
    meters.close()
    writeFileSync(ask.ledger, new Float64Array(acknowledged))
    tell({ written: acknowledged.length / 2 })
    process.disconnect()
  }
}

const meters = await openMeters(city, () => now, actuators)
process.on('message', (order: PumpOrder) => void obey(order))
process.on('disconnect', () => process.exit(0))
tell({ meters: meters.ports })
