import { canPin, startGatewayServer } from '../child.ts'
import { type Cluster, startCluster } from '../cluster.ts'
import { foundCounty } from '../county.ts'
import type { Figure } from '../figure.ts'
import { type Cost, type Processes, startMeter } from '../meter.ts'
import { type Options, wallNote } from '../options.ts'
import { median } from '../statistics.ts'
import { startSpoken } from '../wire/child.ts'
import { enterDevices, newDevice } from '../wire/devices.ts'
import { type Pump, startPump } from '../wire/pumping.ts'
import type { PumpRun } from '../wire/pump.ts'
import { countKept, demandKept } from './kept.ts'
import { nodeRed } from './node-red.ts'

const lines = 1000

/** A server under test: where it listens and what belongs to it. */
interface Subject {
  port: number
  server: Processes
}

export interface Round {
  run: PumpRun
  cost: Cost
}

/** A frame that is answered only when it is on disk: with decoding, rules, what was sent again, and the commit. */
export async function b2(options: Options): Promise<Figure[]> {
  const cluster = await startCluster()
  const pump = await startPump()
  const ack = await startSpoken<{ port: number }>('wire/ack.ts', 0)
  try {
    const projects = await foundCounty(cluster)
    await enterDevices(
      cluster,
      Array.from({ length: lines }, (_, no) => newDevice(no, projects[no]!)),
    )
    const server = await startGatewayServer(cluster, 0)
    try {
      const ours = { port: server.hj212Port, server: server.processes }
      const limit = { port: ack.said.port, server: ack.processes }
      for (const { port } of [ours, limit]) await pump.open(port, lines)
      const rounds = await compare(cluster, pump, { ours, limit }, options)
      const paced = await pace(cluster, pump, ours, options)
      await pump.close(limit.port)
      const peer = await nodeRed(cluster, pump, options)
      return [...ratios(rounds, options), ...paced, ...peer(rounds.map(({ ours: one }) => one))]
    } finally {
      await server.stop()
    }
  } finally {
    await Promise.all([pump.stop(), ack.stop()])
    await cluster.stop()
  }
}

type Pair = Record<'ours' | 'limit', Round>

async function compare(
  cluster: Cluster,
  pump: Pump,
  subjects: Record<'ours' | 'limit', Subject>,
  options: Options,
): Promise<Pair[]> {
  const names = ['ours', 'limit'] as const
  const turns = options.quick ? 25 : 50
  for (const name of names) await pump.run({ port: subjects[name].port, turns: 20, window: 1 })
  const rounds: Pair[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const found: Partial<Pair> = {}
    for (const name of round % 2 ? names.toReversed() : names) {
      const before = await countKept(cluster)
      found[name] = await measure(pump, cluster, subjects[name], turns)
      if (name === 'ours') demandKept(before, await countKept(cluster), found[name].run)
    }
    rounds.push(found as Pair)
    const { ours, limit } = found as Pair
    options.say(
      `B2: ours ${cpuOf(ours, 'server').toFixed(1)} us and the database ${cpuOf(ours, 'database').toFixed(1)} us, ${perSecond(ours)}/s; ack-only ${cpuOf(limit, 'server').toFixed(1)} us, ${perSecond(limit)}/s`,
    )
  }
  return rounds
}

async function measure(pump: Pump, cluster: Cluster, { port, server }: Subject, turns: number, perSecond?: number) {
  const stop = startMeter({ server, database: cluster.processes, pump: pump.processes })
  const run = await pump.run({ port, turns, window: 1, ...(perSecond === undefined ? {} : { perSecond }) })
  return { run, cost: stop() }
}

const cpuOf = ({ run, cost }: Round, group: string) => cost.cpu[group]! / run.sent
const rateOf = ({ run }: Round) => (run.sent / run.wallMillis) * 1000
const perSecond = (round: Round) => Math.round(rateOf(round))

function ratios(rounds: readonly Pair[], { quick }: Options): Figure[] {
  const each = (name: 'ours' | 'limit', of: (round: Round) => number) => median(rounds.map((round) => of(round[name])))
  const against = (of: (pair: Pair) => number) => median(rounds.map(of))
  const server = (round: Round) => cpuOf(round, 'server')
  const database = each('ours', (round) => cpuOf(round, 'database'))
  return [
    {
      id: 'B2.wall',
      what: `durable frames a second on ${lines} lines, against ack-only`,
      figure: against(({ ours, limit }) => rateOf(ours) / rateOf(limit)),
      unit: 'x wall',
      goal: 0.65,
      atLeast: true,
      note: [
        `${Math.round(each('ours', rateOf))}/s against ${Math.round(each('limit', rateOf))}/s`,
        wallNote(rounds.flatMap(({ ours, limit }) => [ours.cost, limit.cost])),
      ]
        .filter(Boolean)
        .join('; '),
    },
    {
      id: 'B2.cpu',
      what: "the same by the server's CPU",
      figure: against(({ ours, limit }) => server(ours) / server(limit)),
      unit: 'x server CPU',
      goal: null,
      note: `${each('ours', server).toFixed(1)} us against ${each('limit', server).toFixed(1)} us, the database ${database.toFixed(1)} us${canPin ? '' : '; not pinned'}${quick ? '' : `; ${rounds.length} rounds`}`,
    },
    {
      id: 'B2.p99',
      what: 'p99 of the answer with every line waiting for its own',
      figure: each('ours', ({ run }) => run.p99),
      unit: 'ms',
      goal: null,
      note: [`p50 ${each('ours', ({ run }) => run.p50).toFixed(0)} ms`, wallNote(rounds.map(({ ours }) => ours.cost))]
        .filter(Boolean)
        .join('; '),
    },
  ]
}

/** Below saturation a frame is answered in the time of one small batch. */
async function pace(cluster: Cluster, pump: Pump, subject: Subject, { quick }: Options): Promise<Figure[]> {
  const rate = 5000
  const round = await measure(pump, cluster, subject, quick ? 15 : 50, rate)
  return [
    {
      id: 'B2.p99.5k',
      what: `p99 of the answer at ${rate} frames a second`,
      figure: round.run.p99,
      unit: 'ms',
      goal: 8,
      note: [`p50 ${round.run.p50.toFixed(1)} ms, ${perSecond(round)}/s came`, wallNote([round.cost])]
        .filter(Boolean)
        .join('; '),
    },
  ]
}
