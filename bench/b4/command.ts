import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { frameOf, sayQn, sayTime } from '@plumbline/core/codec/hj212'
import type { Project } from '@plumbline/core/project'
import { startGatewayServer } from '../child.ts'
import { startCluster } from '../cluster.ts'
import { foundCounty } from '../county.ts'
import type { Figure } from '../figure.ts'
import { demand } from '../load.ts'
import { startMeter } from '../meter.ts'
import { type Options, wallNote } from '../options.ts'
import { percentile } from '../statistics.ts'
import { deviceIdOf, enterDevices, newDevice } from '../wire/devices.ts'
import { frameFrom, numberOf, password } from '../wire/frames.ts'
import { startPump } from '../wire/pumping.ts'

const lines = 1000
const perSecond = 5000
/** Numbers of the monitors whose excess opens something, and of what they open. */
const monitorOf = (pair: number) => 5000 + pair
const sprayerOf = (pair: number) => 6000 + pair

/** From the monitor's frame that passes the limit to the order on the sprayer's wire, while others speak. */
export async function commandFigures(options: Options): Promise<Figure[]> {
  const pairs = options.quick ? 40 : 200
  const cluster = await startCluster()
  const pump = await startPump()
  try {
    const projects = await foundCounty(cluster)
    await enterDevices(
      cluster,
      Array.from({ length: lines }, (_, no) => newDevice(no, projects[no]!)),
    )
    await enterDevices(cluster, sprayers(pairs, projects))
    await enterDevices(cluster, monitors(pairs, projects))
    const server = await startGatewayServer(cluster, 0)
    try {
      await pump.open(server.hj212Port, lines)
      await pump.run({ port: server.hj212Port, turns: 10, window: 1 })
      const wires = []
      for (let pair = 0; pair < pairs; pair += 1) wires.push(await openPair(server.hj212Port, pair))
      // The lines are entered as open beside their frames.
      await wait(2_000)
      const seconds = pairs / 10 + 4
      const stop = startMeter({ server: server.processes, database: cluster.processes, pump: pump.processes })
      const background = pump.run({
        port: server.hj212Port,
        turns: Math.ceil((seconds * perSecond) / lines),
        window: 1,
        perSecond,
      })
      await wait(1_000)
      const millis: number[] = []
      for (const wire of wires) {
        millis.push(await excess(wire))
        await wait(Math.max(0, 100 - millis.at(-1)!))
      }
      const run = await background
      const cost = stop()
      for (const { monitor, sprayer } of wires) for (const socket of [monitor, sprayer]) socket.destroy()
      options.say(
        `B4: ${pairs} orders, p50 ${percentile(millis, 0.5).toFixed(1)} ms, slowest ${Math.max(...millis).toFixed(1)} ms`,
      )
      return [
        {
          id: 'B4.command',
          what: `frame in to order out, p99 of ${pairs}, at ${perSecond} frames a second`,
          figure: percentile(millis, 0.99),
          unit: 'ms',
          goal: 25,
          note: [
            `p50 ${percentile(millis, 0.5).toFixed(1)} ms; ${Math.round((run.sent / run.wallMillis) * 1000)} frames/s came`,
            wallNote([cost]),
          ]
            .filter(Boolean)
            .join('; '),
        },
      ]
    } finally {
      await server.stop()
    }
  } finally {
    await pump.stop()
    await cluster.stop()
  }
}

const sprayers = (pairs: number, projects: readonly Project[]) =>
  Array.from({ length: pairs }, (_, pair) =>
    newDevice(sprayerOf(pair), projects[pair]!, {
      ...{ modelCode: 'sprayer-1', kind: 'sprayer', name: `喷淋${pair}`, mode: 'automatic' },
    }),
  )

const monitors = (pairs: number, projects: readonly Project[]) =>
  Array.from({ length: pairs }, (_, pair) =>
    newDevice(monitorOf(pair), projects[pair]!, { linkedTo: deviceIdOf(sprayerOf(pair)), linkedUnit: 1 }),
  )

interface Wire {
  pair: number
  monitor: Socket
  sprayer: Socket
}

/** A sprayer that has said it stands still, and a monitor that has said a calm value. */
async function openPair(port: number, pair: number): Promise<Wire> {
  const [monitor, sprayer] = [await openWire(port), await openWire(port)]
  const now = Date.now()
  const head = `QN=${sayQn(now)};ST=39;CN=2021;PW=${password};MN=${numberOf(sprayerOf(pair))};Flag=5`
  await answered(sprayer, frameOf(`${head};CP=&&DataTime=${sayTime(now)};SB1-RS=0&&`), 'CN=9014')
  await answered(monitor, frameFrom(monitorOf(pair), now - 60_000, 40), 'CN=9014')
  return { pair, monitor, sprayer }
}

async function openWire(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.200', noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** Milliseconds from the frame that passes the limit to the first byte of the order. */
async function excess({ pair, monitor, sprayer }: Wire): Promise<number> {
  const ordered = hears(sprayer, 'CN=3901')
  const startedAt = performance.now()
  monitor.write(frameFrom(monitorOf(pair), Date.now(), 92))
  const heard = await ordered
  const millis = performance.now() - startedAt
  demand(heard.includes('Unit=1;On=1'), `the order is to open unit 1: ${heard}`)
  return millis
}

async function answered(socket: Socket, frame: Uint8Array, words: string): Promise<void> {
  const heard = hears(socket, words)
  socket.write(frame)
  await heard
}

function hears(socket: Socket, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const late = setTimeout(() => reject(new Error(`waited in vain for ${words}`)), 20_000)
    const listen = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (!text.includes(words)) return
      clearTimeout(late)
      socket.off('data', listen)
      resolve(text)
    }
    socket.on('data', listen)
  })
}
