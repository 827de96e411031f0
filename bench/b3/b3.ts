import { setTimeout as wait } from 'node:timers/promises'
import { type Device } from '@plumbline/core/device'
import { startGatewayServer } from '../child.ts'
import { startCluster } from '../cluster.ts'
import { foundCounty } from '../county.ts'
import { countKept, demandKept } from '../b2/kept.ts'
import type { Figure } from '../figure.ts'
import { demand } from '../load.ts'
import { type Cost, startMeter } from '../meter.ts'
import { type Options, wallNote } from '../options.ts'
import { median } from '../statistics.ts'
import { enterDevices, newDevice } from '../wire/devices.ts'
import { craneOf } from '../wire/dialects.ts'
import type { PumpRun } from '../wire/pump.ts'
import { type Pump, startPump } from '../wire/pumping.ts'
import { type Alone, startBrokers } from './brokers.ts'

interface One {
  run: PumpRun
  cost: Cost
}
/** By the name of what was measured. */
type Round = Map<string, One>
const ours = 'ours'

/** Cranes at QoS 1, one message outstanding on each: acknowledged when it is on disk, against brokers that only pass it on. */
export async function b3(options: Options): Promise<Figure[]> {
  const cluster = await startCluster()
  const pump = await startPump()
  const brokers = await startBrokers()
  try {
    const lines = options.quick ? 500 : 1000
    const projects = await foundCounty(cluster)
    const cranes = Array.from({ length: lines }, (_, no) => newDevice(no, projects[no]!, crane(no)))
    await enterDevices(cluster, cranes)
    const server = await startGatewayServer(cluster, 0)
    try {
      for (const port of [server.mqttPort, ...brokers.map((one) => one.port)])
        await pump.open(port, lines, { dialect: 'mqtt' })
      const turns = options.quick ? 25 : 50
      const measureOurs = async () => {
        const before = await countKept(cluster)
        const stop = startMeter({ server: server.processes, database: cluster.processes, pump: pump.processes })
        const run = await pump.run({ port: server.mqttPort, turns, window: 1 })
        const cost = stop()
        demandKept(before, await countKept(cluster), run)
        return { run, cost }
      }
      const rounds: Round[] = []
      for (let round = -1; round < options.rounds; round += 1) {
        const found: Round = new Map([[ours, await measureOurs()]])
        for (const one of brokers) found.set(one.name, await measureAlone(pump, one, turns))
        // The first is for the compiler.
        if (round >= 0) rounds.push(found)
      }
      return figuresOf(rounds, brokers, lines)
    } finally {
      await server.stop()
    }
  } finally {
    for (const one of brokers) await one.stop()
    await pump.stop()
    await cluster.stop()
  }
}

const crane = (no: number): Partial<Device> => ({
  modelCode: 'crane-gbt37366',
  kind: 'crane',
  mn: craneOf(no),
  name: `塔机${no}`,
})

async function measureAlone(pump: Pump, { port, processes, reader, read }: Alone, turns: number): Promise<One> {
  const before = await read()
  const stop = startMeter({ server: processes, pump: pump.processes, reader })
  const run = await pump.run({ port, turns, window: 1 })
  const cost = stop()
  for (let tries = 0; (await read()) - before < run.sent; tries += 1) {
    demand(tries < 50, 'what the broker acknowledged was passed on')
    await wait(100)
  }
  return { run, cost }
}

const rateOf = ({ run }: One) => (run.sent / run.wallMillis) * 1000
const microsOf = ({ run, cost }: One) => cost.cpu.server! / run.sent

function figuresOf(rounds: readonly Round[], brokers: readonly Alone[], lines: number): Figure[] {
  const each = (name: string, of: (one: One) => number) => median(rounds.map((round) => of(round.get(name)!)))
  const against = (name: string, of: (one: One) => number) =>
    median(rounds.map((round) => of(round.get(ours)!) / of(round.get(name)!)))
  const database = each(ours, ({ run, cost }) => cost.cpu.database! / run.sent)
  return brokers.flatMap(({ name }, index): Figure[] => [
    {
      id: `B3.wall.${name.split(' ')[0]}`,
      what: `messages a second on ${lines} lines, PUBACK after the commit, against ${name}`,
      figure: against(name, rateOf),
      unit: 'x wall',
      // The brief of B3 is the broker alone; where both can be had that is mosquitto.
      goal: index === 0 ? 0.6 : null,
      atLeast: true,
      note: [
        `${Math.round(each(ours, rateOf))}/s against ${Math.round(each(name, rateOf))}/s`,
        wallNote(rounds.flatMap((round) => [round.get(ours)!.cost, round.get(name)!.cost])),
      ]
        .filter(Boolean)
        .join('; '),
    },
    {
      id: `B3.cpu.${name.split(' ')[0]}`,
      what: "the same by the server's CPU",
      figure: against(name, microsOf),
      unit: 'x server CPU',
      goal: null,
      note: `${each(ours, microsOf).toFixed(1)} us against ${each(name, microsOf).toFixed(1)} us, the database ${database.toFixed(1)} us`,
    },
  ])
}
