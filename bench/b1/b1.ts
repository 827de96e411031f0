import { canPin } from '../child.ts'
import type { Figure } from '../figure.ts'
import { demand } from '../load.ts'
import { type Cost, startMeter } from '../meter.ts'
import { type Options, wallNote } from '../options.ts'
import { growth, median } from '../statistics.ts'
import { startSpoken } from '../wire/child.ts'
import { isResent, newAmong } from '../wire/frames.ts'
import { type Pump, startPump } from '../wire/pumping.ts'

type Server = Awaited<ReturnType<typeof startSpoken<{ port: number }>>>
interface Tally {
  taken: number
  resent: number
  readings: number
  residentKilobytes: number
}

/** Entered in the register, whether they speak or not. */
const devices = 100_000
const factors = 7

/** A way of speaking to a server: real monitors keep one frame outstanding, a data logger that was cut off keeps many. */
interface Talk {
  connections: number
  window: number
  turns: number
}

/** What reading a frame costs beside the socket it comes through, and what a silent line costs. */
export async function b1(options: Options): Promise<Figure[]> {
  const pump = await startPump()
  const ack = await startSpoken<{ port: number }>('wire/ack.ts', 0)
  const ours = await startOurs()
  try {
    const sizes = options.quick ? [100, 1000, 4000] : [100, 1000, 4000, 15_000]
    const figures = [await idle(pump, 10_000)]
    const growing: { size: number; cost: number }[] = []
    for (const connections of sizes) {
      const turns = Math.max(5, Math.round((options.quick ? 30_000 : 60_000) / connections))
      const rounds = await compare(
        pump,
        { ack, ours },
        { connections, window: 1, turns: Math.min(turns, 200) },
        options,
      )
      growing.push({ size: connections, cost: median(rounds.map(({ ours: one }) => one.micros)) })
      figures.push(...pingPong(connections, rounds))
    }
    figures.push(growthFigure(growing))
    figures.push(...stream(await compare(pump, { ack, ours }, { connections: 64, window: 100, turns: 400 }, options)))
    return figures
  } finally {
    await Promise.all([pump.stop(), ack.stop(), ours.stop()])
  }
}

interface One {
  /** Microseconds of the server's CPU for one frame. */
  micros: number
  p99: number
  cost: Cost
}
type Round = Record<'ack' | 'ours', One>

async function compare(
  pump: Pump,
  servers: Record<'ack' | 'ours', Server>,
  talk: Talk,
  options: Options,
): Promise<Round[]> {
  const names = ['ack', 'ours'] as const
  for (const name of names) {
    await pump.open(servers[name].said.port, talk.connections)
    // A cold process spends more on compiling than on answering.
    for (let warm = 0; warm < 3; warm += 1)
      await pump.run({ port: servers[name].said.port, turns: Math.max(5, talk.turns >> 2), window: talk.window })
  }
  const rounds: Round[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const found: Partial<Round> = {}
    for (const name of round % 2 ? names.toReversed() : names)
      found[name] = await measure(pump, servers[name], talk, name)
    rounds.push(found as Round)
  }
  for (const name of names) await pump.close(servers[name].said.port)
  const each = (name: 'ack' | 'ours') => median(rounds.map((round) => round[name].micros)).toFixed(1)
  options.say(
    `B1: ${talk.connections} lines, ${talk.window} outstanding: ack ${each('ack')} us, ours ${each('ours')} us`,
  )
  return rounds
}

async function measure(pump: Pump, server: Server, { connections, window, turns }: Talk, name: string): Promise<One> {
  const before = name === 'ours' ? await server.ask<Tally>({}) : null
  const stop = startMeter({ server: server.processes, pump: pump.processes })
  const run = await pump.run({ port: server.said.port, turns, window, checked: name === 'ours' && window === 1 })
  const cost = stop()
  if (before) {
    const after = await server.ask<Tally>({})
    const resent = connections * Array.from({ length: turns }, (_, turn) => isResent(turn)).filter(Boolean).length
    demand(after.taken - before.taken === run.sent, 'every frame was judged')
    demand(after.resent - before.resent === resent, 'what was sent again was known')
    demand(after.readings - before.readings === connections * newAmong(turns) * factors, 'every field was typed')
  }
  return { micros: cost.cpu.server! / run.sent, p99: run.p99, cost }
}

const ratioOf = (rounds: readonly Round[], pick: (one: One) => number) =>
  median(rounds.map(({ ours, ack }) => pick(ours) / pick(ack)))
const noteOf = (rounds: readonly Round[]) => {
  const each = (name: 'ack' | 'ours') => median(rounds.map((round) => round[name].micros)).toFixed(2)
  return `${each('ours')} us against ${each('ack')} us${canPin ? '' : '; not pinned'}`
}

function pingPong(connections: number, rounds: readonly Round[]): Figure[] {
  const each = (name: 'ack' | 'ours') => median(rounds.map((round) => round[name].p99)).toFixed(1)
  return [
    {
      id: `B1.ping-pong.${connections}`,
      what: `one frame outstanding on each of ${connections} lines, against ack-only`,
      figure: ratioOf(rounds, ({ micros }) => micros),
      unit: 'x server CPU',
      goal: connections === 1000 ? 1.15 : null,
      note: noteOf(rounds),
    },
    {
      id: `B1.ping-pong.${connections}.p99`,
      what: 'the same, p99 of the answer',
      figure: ratioOf(rounds, ({ p99 }) => p99),
      unit: 'x wall',
      goal: null,
      note: [
        `${each('ours')} ms against ${each('ack')} ms`,
        wallNote(rounds.flatMap(({ ours, ack }) => [ours.cost, ack.cost])),
      ]
        .filter(Boolean)
        .join('; '),
    },
  ]
}

const growthFigure = (points: { size: number; cost: number }[]): Figure => ({
  id: 'B1.growth',
  what: `growth of CPU a frame from ${points[0]!.size} to ${points.at(-1)!.size} lines`,
  figure: growth(points),
  unit: 'slope',
  goal: null,
  note: `dearest ${(Math.max(...points.map(({ cost }) => cost)) / points[0]!.cost).toFixed(2)} x the first`,
})

function stream(rounds: readonly Round[]): Figure[] {
  return [
    {
      id: 'B1.stream',
      what: '64 lines with 100 frames outstanding',
      figure: median(rounds.map(({ ours }) => ours.micros)),
      unit: 'us of server CPU',
      goal: null,
      note: noteOf(rounds),
    },
  ]
}

/** Lines that have proved themselves and then say nothing, in a process of their own: memory given back is used again. */
async function idle(pump: Pump, lines: number): Promise<Figure> {
  const server = await startOurs()
  try {
    const { port } = server.said
    const before = await server.ask<Tally>({ collect: true })
    await pump.open(port, lines)
    await pump.run({ port, turns: 1, window: 1 })
    const after = await server.ask<Tally>({ collect: true })
    return {
      id: 'B1.idle',
      what: `memory of the server for one of ${lines} idle lines`,
      figure: (after.residentKilobytes - before.residentKilobytes) / lines,
      unit: 'KB',
      goal: 8,
    }
  } finally {
    await pump.close(server.said.port)
    await server.stop()
  }
}

const startOurs = () =>
  startSpoken<{ port: number }>('b1/gateway.ts', 0, { args: [String(devices)], flags: ['--expose-gc'] })
