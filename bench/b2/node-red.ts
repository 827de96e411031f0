import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { accepts, canPin, freePort } from '../child.ts'
import type { Cluster } from '../cluster.ts'
import type { Figure } from '../figure.ts'
import { demand } from '../load.ts'
import { type Processes, startMeter } from '../meter.ts'
import { type Options, wallNote } from '../options.ts'
import { findPeer, nameOf } from '../peers.ts'
import { median } from '../statistics.ts'
import type { Pump } from '../wire/pumping.ts'
import type { Round } from './b2.ts'
import { flowOf, peerTable, settingsOf } from './flow.ts'

/** Streams of the peer: it answers nothing, so lines that wait for answers would only slow it. */
const streams = 20

/** The same frames into the peer's table. Answers what the figures are when ours are known. */
export async function nodeRed(cluster: Cluster, pump: Pump, options: Options): Promise<(ours: Round[]) => Figure[]> {
  const peer = await findPeer('node-red')
  if ('missing' in peer) {
    options.say(`B2: ${peer.missing}`)
    return () => [{ id: 'B2.node-red', what: peer.missing, figure: 0, unit: '', goal: null }]
  }
  const driver = await findPeer('pg')
  if ('missing' in driver) throw new Error(driver.missing)
  await cluster.owner.query(peerTable)
  const node = await startNodeRed(cluster, peer.path, driver.path)
  try {
    await pump.open(node.port, streams)
    const rounds: Round[] = []
    const turns = options.quick ? 500 : 1500
    for (let round = -1; round < options.rounds; round += 1) {
      const one = await measure(cluster, pump, node, turns)
      // The first is for the compiler.
      if (round >= 0) rounds.push(one)
    }
    await pump.close(node.port)
    return (ours) => figuresOf(ours, rounds)
  } finally {
    await node.stop()
  }
}

interface NodeRed {
  port: number
  processes: Processes
  stop(): Promise<void>
}

async function startNodeRed(cluster: Cluster, path: string, driver: string): Promise<NodeRed> {
  const home = mkdtempSync(join(tmpdir(), 'plumbline-bench-flow-'))
  const port = await freePort()
  writeFileSync(join(home, 'settings.js'), settingsOf(await freePort(), driver, cluster.ownerUrl))
  writeFileSync(join(home, 'flows.json'), JSON.stringify(flowOf(port)))
  const program = [process.execPath, join(path, 'red.js'), '--userDir', home, '--settings', join(home, 'settings.js')]
  const command = [...(canPin ? ['taskset', '-c', '0'] : []), ...program]
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }
    rmSync(home, { recursive: true, force: true })
  }
  for (let tries = 0; !(await accepts(port)); tries += 1) {
    if (child.exitCode !== null || tries > 600) {
      await stop()
      throw new Error('Node-RED did not start')
    }
    await wait(100)
  }
  return { port, processes: () => [child.pid!], stop }
}

/** Until the last row can be seen: what was accepted is not yet stored. */
async function measure(cluster: Cluster, pump: Pump, { port, processes }: NodeRed, turns: number): Promise<Round> {
  await cluster.owner.query('truncate public.peer_reading')
  const count = async () =>
    Number((await cluster.owner.query('select count(*) from public.peer_reading')).rows[0].count)
  const stop = startMeter({ server: processes, database: cluster.processes, pump: pump.processes })
  const startedAt = performance.now()
  const run = await pump.run({ port, turns, window: 1, unanswered: true })
  for (let tries = 0; (await count()) < run.sent; tries += 1) {
    demand(tries < 1200, `the peer stored ${await count()} of ${run.sent} frames`)
    await wait(50)
  }
  const cost = stop()
  return { run: { ...run, wallMillis: performance.now() - startedAt }, cost }
}

function figuresOf(ours: readonly Round[], theirs: readonly Round[]): Figure[] {
  const micros = (round: Round) => round.cost.cpu.server! / round.run.sent
  const rate = (round: Round) => (round.run.sent / round.run.wallMillis) * 1000
  const against = (of: (round: Round) => number) => median(ours.map((one, round) => of(one) / of(theirs[round]!)))
  const each = (rounds: readonly Round[], of: (round: Round) => number) => median(rounds.map(of))
  return [
    {
      id: 'B2.node-red',
      what: `durable frames a second against ${nameOf('node-red')} with rows in batches, unanswered`,
      figure: against(rate),
      unit: 'x wall',
      goal: 5,
      atLeast: true,
      note: [
        `${Math.round(each(ours, rate))}/s against ${Math.round(each(theirs, rate))}/s`,
        wallNote([...ours, ...theirs].map(({ cost }) => cost)),
      ]
        .filter(Boolean)
        .join('; '),
    },
    {
      id: 'B2.node-red.cpu',
      what: "the same by the server's CPU",
      figure: 1 / against(micros),
      unit: 'x',
      goal: null,
      note: `${each(theirs, micros).toFixed(1)} us against our ${each(ours, micros).toFixed(1)} us`,
    },
  ]
}
