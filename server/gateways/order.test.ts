import { connect, type Socket } from 'node:net'
import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../house/setup/house.ts'
import { type Gateways, startGateways } from './index.ts'
import { enterDevice, frameOf, stamp } from './testing.ts'

// T5: what is sent twice, in the wrong order, late, or by a clock that is wrong counts once and in its place. The other
// side is a plain Map that is told the same frames. ORDER_FRAMES=1000000 runs the long form.
const frames = Number(process.env.ORDER_FRAMES ?? 50_000)
const perDevice = 1_000
const mns = Array.from(
  { length: Math.ceil(frames / perDevice) },
  (_, i) => `990421A8900099${String(i).padStart(10, '0')}`,
)

let house: TestHouse
let cast: Cast
let gateway: Gateways
let stopped = false
let owner: Client
const ids = new Map<string, string>()

beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  cast = await openCast(house)
  gateway = await startGateways(house)
  owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  for (const mn of mns) ids.set(mn, await enterDevice(house, cast.chief, { mn, projectId: cast.projectId }))
})
const stop = async () => {
  if (!stopped) await gateway.stop()
  stopped = true
}
afterAll(async () => {
  await stop()
  await owner.end()
  await house.close()
})

/** A number in [0, below) that follows from the seed alone. */
function chanceFrom(seed: string) {
  let count = 0
  return (below: number) =>
    createHash('sha256')
      .update(`${seed} ${(count += 1)}`)
      .digest()
      .readUInt32BE() % below
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const floor = (at: number, to: number) => Math.floor(at / to) * to
const iso = (at: number) => new Date(at).toISOString()
/** Everything is told from here, far enough from every limit that the minutes of the test itself change nothing. */
const start = floor(Date.now(), second)

type Kind = 'present' | 'late' | 'behind' | 'ahead' | 'ancient' | 'remote'

interface Sent {
  text: string
  at: number
  kind: Kind
  values: readonly (readonly [code: string, value: number, flag: string])[]
}

const kindOf = (draw: number): Kind =>
  draw < 1
    ? 'ancient'
    : draw < 2
      ? 'remote'
      : draw < 7
        ? 'behind'
        : draw < 12
          ? 'ahead'
          : draw < 62
            ? 'late'
            : 'present'

/** Where a frame of each kind lies, from the beginning of the test. */
function timeOf(kind: Kind, index: number, chance: (below: number) => number): number {
  if (kind === 'ancient') return Date.parse('1970-03-01T00:00:00Z') + index * second
  if (kind === 'remote') return Date.parse('2099-03-01T00:00:00Z') + index * second
  if (kind === 'ahead') return start + day + index * second
  if (kind === 'behind') return start - day + index * second
  if (kind === 'late') return start - hour - chance(70 * 3600) * second
  // The present and a little before it: a frame a second, the last of them three minutes ahead of us.
  return start + 3 * minute - (perDevice - index) * second
}

/** High values stand only where no alarm may come of them. */
const valueOf = (at: number, chance: (below: number) => number) =>
  at < start - 20 * minute || at > start + 20 * minute ? (3000 + chance(100)) / 10 : (200 + chance(300)) / 10

/** A device's frames in the order of their sending. */
function story(mn: string): Sent[] {
  const chance = chanceFrom(mn)
  const told: { sent: Sent; delay: number }[] = []
  const write = (at: number, kind: Kind, qnAt: number, values: Sent['values'], delay = 0) => {
    const groups = values.map(([code, value, flag]) => `${code}-Rtd=${value},${code}-Flag=${flag}`)
    const cp = `DataTime=${stamp(at)};${groups.join(';')}`
    const text = frameOf(`QN=${stamp(qnAt, 17)};ST=39;CN=2011;PW=123456;MN=${mn};Flag=5;CP=&&${cp}&&`)
    told.push({ sent: { text, at, kind, values }, delay })
  }
  for (let index = 0; told.length < perDevice * 0.76; index += 1) {
    // A clock set back: a new reading under an older number, and now and then at a moment that was told already.
    const again = chance(50) === 0 ? told.findLast(({ sent }) => sent.kind === 'present')?.sent : undefined
    const kind = again ? 'present' : kindOf(chance(1000))
    const at = again?.at ?? timeOf(kind, index, chance)
    const qnAt = start + (chance(10) === 0 ? -hour : 0) + index
    const values: Sent['values'] = [
      ['a34004', valueOf(at, chance), 'N'],
      ['a34002', (1000 + chance(500)) / 10, 'N'],
      ['LA', (400 + chance(200)) / 10, chance(20) === 0 ? 'D' : 'N'],
    ]
    // Some send their dust and their noise apart, about the same moment, and the second telling knows better.
    const apart = chance(12) === 0
    write(at, kind, qnAt, apart ? values.slice(0, 2) : values)
    if (apart) write(at, kind, qnAt + 1, [['a34002', 99, 'N'], values[2]!], 40 + chance(200))
  }
  const repeated = Array.from({ length: perDevice - told.length }, () => told[chance(told.length)]!)
  const row = [...told, ...repeated].map(({ sent, delay }, place) => ({
    sent,
    // One in five is moved by up to ten minutes, a frame a second.
    place: place < told.length ? place + delay + (chance(5) === 0 ? chance(600) : 0) : chance(told.length + 300),
  }))
  return row.toSorted((one, other) => one.place - other.place).map(({ sent }) => sent)
}

/** Sends a device's frames over one socket and waits until each is answered. */
async function send(mn: string, told: readonly Sent[]): Promise<number> {
  const socket: Socket = connect(gateway.hj212Port, '127.0.0.1')
  let answered = 0
  await new Promise<void>((resolve, reject) => {
    let rest = ''
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`${mn} was cut off after ${answered} answers`)))
    socket.on('data', (chunk) => {
      const text = rest + chunk.toString('latin1')
      rest = text.slice(text.lastIndexOf('##'))
      answered +=
        (text.slice(0, text.lastIndexOf('##')) + (rest.endsWith('\n') ? rest : '')).split('CN=9014').length - 1
      if (rest.endsWith('\n')) rest = ''
      if (answered >= told.length) resolve()
    })
    socket.on('connect', () => {
      for (const { text } of told) socket.write(text)
    })
  })
  socket.removeAllListeners('close')
  socket.destroy()
  return answered
}

test(
  `${mns.length * perDevice} frames, repeated, shuffled, late and mistimed, are as a plain map says`,
  { timeout: 900_000 },
  async () => {
    const readings = new Map<string, string>()
    const latest = new Map<string, { at: number; said: string }>()
    const quarantined = new Map<string, string>()
    const reopened = new Set<string>()
    const counted = new Map<string, { good: number; duplicates: number; quarantined: number }>()
    const stories = mns.map((mn) => [mn, story(mn)] as const)
    for (const [mn, told] of stories) {
      const id = ids.get(mn)!
      const counts = { good: 0, duplicates: 0, quarantined: 0 }
      counted.set(id, counts)
      for (const { at, kind, values } of told) {
        counts.good += 1
        if (kind === 'ancient' || kind === 'remote' || kind === 'ahead') {
          counts.quarantined += 1
          quarantined.set(`${id} ${iso(at)}`, kind === 'ancient' ? 'too_old' : 'in_future')
          continue
        }
        const fresh = values.filter(([code]) => !readings.has(`${id} ${code} ${iso(at)}`))
        if (fresh.length === 0) counts.duplicates += 1
        for (const [code, value, flag] of fresh) {
          const said = `${value} ${flag}`
          readings.set(`${id} ${code} ${iso(at)}`, said)
          if (at > (latest.get(`${id} ${code}`)?.at ?? 0)) latest.set(`${id} ${code}`, { at, said })
        }
        if (fresh.length > 0) reopened.add(`${id} ${iso(floor(at, hour))}`)
      }
    }

    const answered = await Promise.all(stories.map(([mn, told]) => send(mn, told)))
    expect(answered).toEqual(stories.map(([, told]) => told.length))
    // What has gathered is written at the stop.
    await stop()

    const rows = async <R extends object>(text: string) => (await owner.query<R>(text)).rows
    const stored = await rows<{ key: string; said: string }>(
      `select device_id || ' ' || quantity || ' ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as key,
      value || ' ' || flag as said from telemetry.reading`,
    )
    expect(stored.length).toBe(readings.size)
    expect(stored.filter(({ key, said }) => readings.get(key) !== said)).toEqual([])

    const newest = await rows<{ key: string; said: string; at: string }>(
      `select device_id || ' ' || quantity as key, value || ' ' || flag as said, at from telemetry.latest`,
    )
    expect(newest.length).toBe(latest.size)
    expect(
      newest.filter(({ key, said, at }) => latest.get(key)?.said !== said || latest.get(key)!.at !== Date.parse(at)),
    ).toEqual([])

    const aside = await rows<{ device_id: string; at: string; verdict: string }>(
      'select device_id, at, verdict from telemetry.quarantine',
    )
    expect(
      new Map(aside.map(({ device_id, at, verdict }) => [`${device_id} ${iso(Date.parse(at))}`, verdict])),
    ).toEqual(quarantined)

    // The hours about the beginning of the test may end while it runs; all others are certain.
    const certain = (key: string) => Date.parse(key.slice(37)) + hour <= start - 5 * minute
    const marked = await rows<{ device_id: string; hour: string }>('select device_id, hour from telemetry.reopened')
    expect(
      new Set(marked.map(({ device_id, hour: at }) => `${device_id} ${iso(Date.parse(at))}`).filter(certain)),
    ).toEqual(new Set([...reopened].filter(certain)))

    const lines = await rows<{ device_id: string; good: string; duplicates: string; quarantined: string }>(
      'select device_id, good, duplicates, quarantined from device.line',
    )
    const asNumbers = lines.map(({ device_id, ...counts }) => {
      const { good, duplicates, quarantined: set } = counts
      return [device_id, { good: Number(good), duplicates: Number(duplicates), quarantined: Number(set) }] as const
    })
    expect(new Map(asNumbers)).toEqual(counted)

    // Every value that would be an alarm was late, or set aside.
    expect(await rows('select id from telemetry.alarm')).toEqual([])
    expect(await rows("select kind from telemetry.happening where kind <> 'live'")).toEqual([])
  },
)
