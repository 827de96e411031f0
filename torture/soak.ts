import { randomInt } from 'node:crypto'
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { telemetryContract } from '@plumbline/core/telemetry'
import { percentile } from '../bench/statistics.ts'
import { connect, type Session } from '../simulator/client.ts'
import { audit, sayNumbers, saySum, waitForAnswers } from './audit.ts'
import { bytesUnder } from './database.ts'
import { openCrane } from './devices/crane.ts'
import { openDust } from './devices/dust.ts'
import { type Device, drive, openTally, type Tally } from './devices/load.ts'
import { openSprayer } from './devices/sprayer.ts'
import { type Asked, atMost, type Figure, none, told } from './figures.ts'
import { heapFlags, heapInUse } from './heap.ts'
import { type House, numbersOf, withHouse } from './house.ts'
import { lowsOf, type Point, slopeOf } from './slope.ts'

// P23, T25: nothing grows that need not. Every device tells one second after the other, thirty times as often as on a
// site; some exceed, sprayers are switched, people look at pages.
const megabyte = 1_048_576
const sampleMillis = 10_000
/** Every so many samples the heap is collected and measured. */
const heapEvery = 12
const stretchMillis = 5 * 60_000
const people = ['chief', 'leader', 'inspectorA', 'inspectorB', 'inspectorC']
/** Tables whose rows are rewritten in place; what is only added to grows by right. */
const rewritten = ['device.line', 'telemetry.newest', 'telemetry.watch', 'base.hearing', 'base.timer']

interface Sample {
  at: number
  rss: number
  /** In use after a collection; null between two measurements. */
  heap: number | null
  fds: number
  tables: number
  wal: number
  log: number
  acked: number
}

export function soak({ quick, number, say, interrupted }: Asked): Promise<Figure[]> {
  const perSecond = number('rate', quick ? 300 : 1000)
  const millis = number('minutes', quick ? 3 : 120) * 60_000
  const cranes = numbersOf('C', Math.round(perSecond / 5))
  const dust = numbersOf('A', perSecond - cranes.length)
  const sprayers = numbersOf('E', 20)
  const sprayed = numbersOf('D', 20).map((one, index) => [one, sprayers[index]!] as const)
  say(`soak: entering ${perSecond + 2 * sprayed.length} devices`)
  return withHouse({ dust, cranes, sprayed }, 20, async (house) => {
    await house.server.stop()
    await house.server.start({ flags: heapFlags })
    const tally = openTally()
    const devices = openAll(house, tally, [...dust, ...sprayed.map(([one]) => one)], cranes)
    const listening = sprayers.map((one) => openSprayer(one, house.server.hj212Port))
    const driven = drive(devices, devices.length * 1.05)
    const leave = look(house)
    const samples = await sampleFor(house, tally, { millis, say, interrupted })
    leave()
    driven.stop()
    await waitForAnswers(devices, 30_000)
    const found = await audit(house, devices)
    const alarms = await house.owner.query<{ count: number }>('select count(*)::int as count from telemetry.alarm')
    const heard = listening.flatMap((one) => one.heard).length
    say(`soak: ${saySum(found)}; alarms ${alarms.rows[0]!.count}, orders heard ${heard}`)
    for (const one of [...devices, ...listening]) one.close()
    return [
      ...figuresOf(samples, tally, quick),
      none('soak', 'acknowledged and lost', found.lost),
      none('soak', 'never answered', found.unanswered, sayNumbers(found.silent)),
      none('soak', 'the server ended', Number(!house.server.alive())),
    ]
  })
}

/** Every device tells of the present. */
function openAll({ server }: House, tally: Tally, dust: readonly string[], cranes: readonly string[]): Device[] {
  const from = Math.floor(Date.now() / 1000) * 1000
  const same = { pace: 'present', from } as const
  return [
    ...dust.map((number, index) => {
      const own = { number, port: server.hj212Port, pm25: waveOf(index), address: addressOf(index) }
      return openDust({ ...same, ...own }, tally)
    }),
    ...cranes.map((number) => openCrane({ ...same, number, port: server.mqttPort }, tally)),
  ]
}

/** One monitor of ten passes the limit for a quarter of each hour. */
const waveOf = (index: number) => (at: number) =>
  index % 10 === 0 ? 45 + 40 * Math.sin((at / 3_600_000) * 2 * Math.PI + index) : 25 + ((at / 1000 + index) % 20)

/** A gateway admits two thousand sockets from one address. */
const addressOf = (index: number) => `127.0.0.${1 + Math.floor(index / 1500)}`

/** Fifty people, each of whom looks at two pages a minute. */
function look({ server, ids }: House): () => void {
  const devices = [...ids.values()]
  let gone = false
  const person = async (key: string): Promise<void> => {
    const session: Session = await connect(server.url).signInAs(key)
    while (!gone) {
      const id = devices[randomInt(devices.length)]!
      await session.call(telemetryContract.online)
      await session.call(telemetryContract.latest, { params: { id } }).catch(() => {})
      await wait(60_000)
    }
  }
  for (let index = 0; index < 50; index += 1)
    setTimeout(() => void person(people[index % people.length]!).catch(() => {}), index * 1200)
  return () => {
    gone = true
  }
}

interface Sampling extends Pick<Asked, 'say' | 'interrupted'> {
  millis: number
}

async function sampleFor(house: House, tally: Tally, { millis, say, interrupted }: Sampling): Promise<Sample[]> {
  const file = join(house.database.dataDir, '..', `plumbline-soak-${process.pid}.csv`)
  writeFileSync(file, 'at,rss,heap,fds,tables,wal,log,acked\n')
  say(`soak: samples go to ${file}`)
  const samples: Sample[] = []
  const began = Date.now()
  while (Date.now() - began < millis && !interrupted() && house.server.alive()) {
    await wait(sampleMillis)
    const heap = samples.length % heapEvery === 0 ? await heapInUse(house.server) : null
    const sample = await sampleNow(house, tally, heap)
    samples.push(sample)
    appendFileSync(file, `${Object.values(sample).join(',')}\n`)
    if (samples.length % 60 === 0)
      say(
        `soak: ${Math.round((Date.now() - began) / 60_000)} min, ${tally.acked} frames, ${Math.round(sample.rss / megabyte)} MB`,
      )
  }
  return samples
}

async function sampleNow({ server, database, owner }: House, tally: Tally, heap: number | null): Promise<Sample> {
  const pid = server.pid()
  const { rows } = await owner.query<{ bytes: string }>(
    'select sum(pg_total_relation_size(one::regclass)) as bytes from unnest($1::text[]) one',
    [rewritten],
  )
  const cluster = database.cluster()
  return {
    at: Date.now(),
    rss: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024,
    heap,
    fds: readdirSync(`/proc/${pid}/fd`).length,
    tables: Number(rows[0]!.bytes),
    wal: bytesUnder(join(cluster, 'pg_wal')),
    log: bytesUnder(join(cluster, 'log')) + server.logBytes(),
    acked: tally.acked,
  }
}

function figuresOf(samples: readonly Sample[], { acked, took }: Tally, quick: boolean): Figure[] {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || first === last) return []
  const hours = (last.at - first.at) / 3_600_000
  // The first quarter is a beginning: caches fill, code is compiled.
  const settled = samples.slice(Math.ceil(samples.length / 4))
  const of = (name: keyof Sample, unit = 1): Point[] =>
    settled.flatMap((one) => (one[name] === null ? [] : [{ at: one.at, value: one[name] / unit }]))
  const stretch = quick ? 20_000 : stretchMillis
  const rate = (what: string, goal: number, unit: string, points: readonly Point[]) => {
    const { perHour, within } = slopeOf(points)
    // Breached when it is more than the goal beyond doubt; what is not beyond doubt is told.
    const note = `${perHour.toFixed(2)} ± ${within.toFixed(2)}${perHour + within > goal ? ', not proven at this length' : ''}`
    return quick
      ? told('soak', what, perHour, unit, note)
      : atMost('soak', what, goal, Math.max(0, perHour - within), unit, note)
  }
  const most = Math.max(...samples.map(({ wal }) => wal))
  return [
    told('soak', 'ran for', hours * 60, 'min'),
    told('soak', 'frames acknowledged', acked, '', `${Math.round((last.acked - first.acked) / (hours * 3600))}/s`),
    atMost('soak', 'longest time without an acknowledgement', 60, longestPause(samples) / 1000, 's'),
    told('soak', 'acknowledged within, p99 of the last 100,000', percentile(took, 0.99), 'ms'),
    told('soak', 'resident memory at the end', last.rss / megabyte, 'MB'),
    rate('heap in use after a collection, slope', 1, 'MB/h', of('heap', megabyte)),
    rate('resident memory, slope of its lows', 1, 'MB/h', lowsOf(of('rss', megabyte), stretch)),
    rate('open files, slope', 1, '/h', lowsOf(of('fds'), stretch)),
    rate('tables rewritten in place, slope', 10, 'MB/h', of('tables', megabyte)),
    atMost('soak', 'WAL on disk, most', 2.5, most / 1024 / megabyte, 'GB'),
    rate('logs, slope', 1, 'MB/h', of('log', megabyte)),
  ]
}

/** Milliseconds between samples in which nothing was acknowledged. */
function longestPause(samples: readonly Sample[]): number {
  let longest = 0
  let since = samples[0]!
  for (const sample of samples) {
    if (sample.acked > since.acked) since = sample
    longest = Math.max(longest, sample.at - since.at)
  }
  return longest
}
