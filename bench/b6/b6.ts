import { type App, openApp } from '../../server/app.ts'
import { readSettings } from '../../server/base/config.ts'
import { silentLog } from '../../server/base/log.ts'
import { type Cluster, startCluster } from '../cluster.ts'
import { foundCounty, templates } from '../county.ts'
import type { Figure } from '../figure.ts'
import type { Cost } from '../meter.ts'
import { multiply } from '../multiply.ts'
import { type Options, wallNote } from '../options.ts'
import { growth, median } from '../statistics.ts'
import { noticeCopies, writeNotices } from './notices.ts'
import { type Falling, fallDue, type Round, type Rung, rungs } from './sweep.ts'

const due = 100
/** How long a round, and the rounds of a mass, may go on taking further parts. */
const roundMillis = ({ quick }: Options) => (quick ? 1500 : 5000)
const massMillis = ({ quick }: Options) => (quick ? 10_000 : 40_000)
const cpuOf = ({ cpu }: Cost) => cpu.server! + cpu.database!

interface Point {
  size: number
  rung: Rung
  rounds: Round[]
}

/** Deadlines: what one transition costs with all its effects, whether it grows with the register, and 50,000 in a minute. */
export async function b6(options: Options): Promise<Figure[]> {
  const cluster = await startCluster()
  let app: App | undefined
  try {
    const sizes = options.quick ? [5_000, 10_000, 20_000] : [10_000, 100_000, 1_000_000]
    const notices = noticeCopies(await writeNotices(cluster, await foundCounty(cluster)))
    const settings = {
      ...readSettings({ DATA_DIR: cluster.dataDir }),
      databaseUrl: cluster.appUrl,
      ownerUrl: cluster.ownerUrl,
    }
    app = await openApp(settings, { worker: false, log: silentLog })
    const falling: Falling = { owner: cluster.owner, house: app.house, database: cluster.processes }
    const points: Point[] = []
    let from = templates
    for (const size of sizes) {
      const started = performance.now()
      await multiply(cluster.owner, 'notice', notices, from, size)
      from = size
      options.say(`B6: ${size} open notices, written in ${Math.round((performance.now() - started) / 1000)} s`)
      for (const rung of Object.values(rungs)) points.push(await measure(falling, rung, size, options))
    }
    return [...points.flatMap(ratioFigures), ...slopeFigures(points), ...(await massFigures(falling, cluster, options))]
  } finally {
    await app?.close()
    await cluster.stop()
  }
}

/** A hundred fall due up to ten times in a round, because a hundred alone are too few to weigh. */
async function measure(falling: Falling, rung: Rung, size: number, options: Options): Promise<Point> {
  const rounds: Round[] = []
  for (let warm = 0; warm < 2; warm += 1) await fallDue(falling, rung, due)
  for (let round = 0; round < options.rounds; round += 1) {
    const parts: Round[] = []
    for (
      const until = performance.now() + roundMillis(options);
      parts.length === 0 || (parts.length < 10 && performance.now() < until);
    )
      parts.push(await fallDue(falling, rung, due))
    rounds.push({ ours: meanOf(parts.map(({ ours }) => ours)), limit: meanOf(parts.map(({ limit }) => limit)) })
  }
  const each = (pick: (round: Round) => Cost) => Math.round(median(rounds.map((round) => cpuOf(pick(round)) / due)))
  options.say(
    `B6: ${size} ${rung.action}: ${each(({ ours }) => ours)} us CPU a transition, bare ${each(({ limit }) => limit)} us`,
  )
  return { size, rung, rounds }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const meanOf = (costs: readonly Cost[]): Cost => ({
  wallMicros: mean(costs.map(({ wallMicros }) => wallMicros)),
  cpu: {
    server: mean(costs.map(({ cpu }) => cpu.server!)),
    database: mean(costs.map(({ cpu }) => cpu.database!)),
  },
  foreign: median(costs.map(({ foreign }) => foreign)),
  idle: median(costs.map(({ idle }) => idle)),
  steal: median(costs.map(({ steal }) => steal)),
})

const ratioOf = (rounds: readonly Round[], cost: (one: Cost) => number) =>
  median(rounds.map(({ ours, limit }) => cost(ours) / cost(limit)))
const wallOf = ({ wallMicros }: Cost) => wallMicros

function ratioFigures({ size, rung, rounds }: Point): Figure[] {
  const each = (pick: (round: Round) => Cost, cost: (one: Cost) => number) =>
    Math.round(median(rounds.map((round) => cost(pick(round)) / due)))
  const split = rounds.map(({ ours }) => ours.cpu.server! / cpuOf(ours))
  return [
    {
      id: `B6.${rung.action}.${size}`,
      what: `${rung.action}, ${due} due of ${size}, against bare UPDATE and INSERT`,
      figure: ratioOf(rounds, cpuOf),
      unit: 'x CPU',
      goal: 3,
      note: `${each(({ ours }) => ours, cpuOf)} us against ${each(({ limit }) => limit, cpuOf)} us each; ${Math.round(median(split) * 100)} % in the server`,
    },
    {
      id: `B6.${rung.action}.${size}.wall`,
      what: 'the same by the wall clock',
      figure: ratioOf(rounds, wallOf),
      unit: 'x wall',
      goal: null,
      note: [
        `${each(({ ours }) => ours, wallOf)} us against ${each(({ limit }) => limit, wallOf)} us each`,
        wallNote(rounds.flatMap(({ ours, limit }) => [ours, limit])),
      ]
        .filter(Boolean)
        .join('; '),
    },
  ]
}

function slopeFigures(points: readonly Point[]): Figure[] {
  return Object.values(rungs).map((rung) => {
    const its = points.filter((point) => point.rung === rung)
    return {
      id: `B6.${rung.action}.slope`,
      what: `${rung.action}, growth of CPU from ${its[0]!.size} to ${its.at(-1)!.size} open notices`,
      figure: growth(its.map(({ size, rounds }) => ({ size, cost: median(rounds.map(({ ours }) => cpuOf(ours))) }))),
      unit: 'slope',
      goal: 0.05,
    }
  })
}

/** All of them inside one minute of legal time, taken by as many sweeps as the worker would make. */
async function massFigures(falling: Falling, cluster: Cluster, options: Options): Promise<Figure[]> {
  const count = options.quick ? 2000 : 50_000
  const figures: Figure[] = []
  for (const rung of Object.values(rungs)) {
    const rounds: Round[] = []
    for (
      const until = performance.now() + massMillis(options);
      rounds.length === 0 || (rounds.length < 3 && performance.now() < until);
    ) {
      rounds.push(await fallDue(falling, rung, count))
      for (const table of ['base.case', 'base.timer', 'base.message', 'base.hold', 'rectification.notice'])
        await cluster.owner.query(`vacuum (analyze) ${table}`)
    }
    const seconds = median(rounds.map(({ ours }) => ours.wallMicros / 1e6))
    options.say(`B6: ${count} ${rung.action} in ${seconds.toFixed(1)} s`)
    const micros = (pick: (round: Round) => Cost) =>
      Math.round(median(rounds.map((round) => cpuOf(pick(round)) / count)))
    figures.push(
      {
        id: `B6.${rung.action}.mass`,
        what: `${rung.action}, ${count} falling due in one minute, against bare UPDATE and INSERT`,
        figure: ratioOf(rounds, cpuOf),
        unit: 'x CPU',
        goal: 3,
        note: `${micros(({ ours }) => ours)} us against ${micros(({ limit }) => limit)} us each`,
      },
      {
        id: `B6.${rung.action}.mass.time`,
        what: 'the same, until the last is done',
        figure: seconds,
        unit: 's',
        goal: (5 * count) / 50_000,
        note: [
          `bare ${median(rounds.map(({ limit }) => limit.wallMicros / 1e6)).toFixed(1)} s`,
          wallNote(rounds.map(({ ours }) => ours)),
        ]
          .filter(Boolean)
          .join('; '),
      },
    )
  }
  return figures
}
