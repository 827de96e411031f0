import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Day, dayOf } from '@plumbline/core/kit'
import { getModel } from '@plumbline/core/device'
import { type City, type CityAsk, type CheatKind, makeCity, truthHash } from '../simulator/city/index.ts'
import { type CityHouse, openCityHouse } from './house.ts'
import type { PumpAsk, PumpOrder, PumpTold } from './pump.ts'
import { type Found, type RaisedAlarm, seeCheats, seeDangers, seeSilence, tableOf } from './report.ts'

// npm run city -- --seed 7 --days 30 --report: a city with all its devices on real sockets, as fast as the machine allows.
const usage = `npm run city -- [--seed 7] [--sites 300] [--devices 2000] [--days 30] [--from 2026-10-01] [--report] [--truth]
  --truth   only prints the truth's hash and how many events of each kind it holds
  --report  compares what the platform saw with the truth`
const stepSeconds = 300

interface Asked {
  city: CityAsk
  report: boolean
  truth: boolean
}

function readArguments(): Asked {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '7' },
      sites: { type: 'string', default: '300' },
      devices: { type: 'string', default: '2000' },
      days: { type: 'string', default: '30' },
      from: { type: 'string', default: '2026-10-01' },
      report: { type: 'boolean', default: false },
      truth: { type: 'boolean', default: false },
    },
  })
  const whole = (name: 'seed' | 'sites' | 'devices' | 'days') => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} takes a whole number from 1, not ${values[name]}\n${usage}`)
    return value
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(values.from)) throw new Error(`--from takes a day such as 2026-10-01\n${usage}`)
  const [seed, sites, devices, days] = [whole('seed'), whole('sites'), whole('devices'), whole('days')]
  return { city: { seed, sites, devices, days, from: values.from as Day }, report: values.report, truth: values.truth }
}

async function main(): Promise<void> {
  const asked = readArguments()
  const city = makeCity(asked.city)
  const { sites, devices, days, seed } = asked.city
  console.log(`seed ${seed}: ${sites} sites, ${devices} devices, ${days} days from ${city.from}`)
  console.log(`truth ${truthHash(city)}`)
  for (const [kind, labels] of Map.groupBy(city.truth, (one) => one.kind)) console.log(`  ${kind}: ${labels.length}`)
  if (asked.truth) return

  const pump = startPump(asked.city)
  const { meters } = await pump.answer<{ meters: Record<string, number> }>()
  const house = await openCityHouse(city, meters, (line) => console.log(`  ${line}`))
  try {
    const { hj212Port, mqttPort } = house.gateways
    const ready = await pump.ask<{ ready: number }>({ open: { hj212Port, mqttPort: mqttPort!, url: house.url } })
    console.log(`lines: ${ready.ready}`)
    const { frames, seconds } = await liveThrough(city, house, pump)
    const factor = (days * 86_400) / seconds
    console.log(
      `frames ${frames}, ${Math.round(frames / seconds)}/s; ${days} days in ${Math.round(seconds)} s: x${Math.round(factor)}`,
    )
    const { written } = await pump.ask<{ written: number }>({ end: true })
    const lost = await countLost(city, house, pump.ledger)
    console.log(`acknowledged ${written}, lost ${lost}`)
    if (asked.report) await report(city, house)
    if (lost > 0) process.exitCode = 1
  } finally {
    pump.stop()
    await house.close()
  }
}

interface Pump {
  ledger: string
  answer<T extends PumpTold>(): Promise<T>
  ask<T extends PumpTold>(order: PumpOrder): Promise<T>
  stop(): void
}

function startPump(city: CityAsk): Pump {
  const ledger = join(process.env['TMPDIR'] ?? '/tmp', `plumbline-city-${process.pid}.ledger`)
  const ask: PumpAsk = { city, stepSeconds, ledger }
  const child: ChildProcess = fork(join(import.meta.dirname, 'pump.ts'), [JSON.stringify(ask)])
  const answer = <T extends PumpTold>() =>
    new Promise<T>((resolve, reject) => {
      child.once('message', (message) => {
        child.off('exit', ended)
        resolve(message as T)
      })
      const ended = () => reject(new Error('the city’s devices ended'))
      child.once('exit', ended)
    })
  return {
    ledger,
    answer,
    ask: (order) => {
      const answered = answer()
      child.send(order)
      return answered as never
    },
    stop: () => child.kill(),
  }
}

/** Step by step: the clock is set, the devices send what is due, and what falls due in the house is done. */
async function liveThrough(city: City, house: CityHouse, pump: Pump): Promise<{ frames: number; seconds: number }> {
  const began = performance.now()
  let frames = 0
  let told = began
  for (let at = city.start + stepSeconds * 1000; at <= city.until; at += stepSeconds * 1000) {
    house.setClock(at)
    const t0 = performance.now()
    const { sent } = await pump.ask<{ sent: number; acknowledged: number }>({ until: at })
    frames += sent
    const t1 = performance.now()
    await house.passTime()
    if (process.env['PROF']) console.log(Math.round(t1 - t0), Math.round(performance.now() - t1))
    if (performance.now() - told < 10_000) continue
    told = performance.now()
    const share = (at - city.start) / (city.until - city.start)
    console.log(`  ${new Date(at).toISOString().slice(0, 16)} ${Math.round(share * 100)} %, ${frames} frames`)
  }
  return { frames, seconds: (performance.now() - began) / 1000 }
}

/** The devices' own list of what was acknowledged, against the readings, the quarantine and nothing else. */
async function countLost(city: City, house: CityHouse, ledger: string): Promise<number> {
  const bytes = readFileSync(ledger)
  const pairs = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
  const acknowledged = new Map<number, Set<number>>()
  for (let index = 0; index < pairs.length; index += 2) {
    const known = acknowledged.get(pairs[index]!) ?? new Set()
    acknowledged.set(pairs[index]!, known)
    known.add(pairs[index + 1]!)
  }
  let lost = 0
  for (const [index, told] of acknowledged) {
    const device = city.devices[index]!
    const id = house.founded.devices.get(device.number)!
    const { protocol } = getModel(device.modelCode)
    // Site messages stand at the end of the step they tell of.
    const shift = protocol === 'hj212' ? 0 : stepSeconds * 1000
    const kept = await keptOf(house, id)
    const missing = [...told].filter((at) => !kept.has(at + shift)).length
    if (missing > 0) console.log(`  ${device.number} ${device.modelCode}: ${missing} of ${told.size} lost`)
    lost += missing
  }
  return lost
}

/** Moments of which something is kept: readings, and data that was set aside under the time it claimed. */
async function keptOf(house: CityHouse, id: string): Promise<Set<number>> {
  const { rows } = await house.cluster.owner.query<{ at: string }>(
    `select (extract(epoch from at) * 1000)::bigint::text as at from telemetry.packet where device_id = $1
     union select (extract(epoch from at) * 1000)::bigint::text from telemetry.quarantine where device_id = $1`,
    [id],
  )
  return new Set(rows.map(({ at }) => Number(at)))
}

async function report(city: City, house: CityHouse): Promise<void> {
  const numbers = new Map([...house.founded.devices].map(([number, id]) => [id, number]))
  const { owner } = house.cluster
  const alarms = (
    await owner.query<{
      device_id: string
      cause: string
      quantity: string
      raised_at: string
      cleared_at: string | null
    }>('select device_id, cause, quantity, raised_at::text, cleared_at::text from telemetry.alarm')
  ).rows.map((row): RaisedAlarm => ({
    deviceId: numbers.get(row.device_id)!,
    cause: row.cause,
    quantity: row.quantity,
    raisedAt: Date.parse(row.raised_at),
    clearedAt: row.cleared_at === null ? null : Date.parse(row.cleared_at),
  }))
  const findings = (
    await owner.query<{ device_id: string; findings: { kind: CheatKind; from: string; until: string }[] }>(
      'select device_id, findings from telemetry.credibility',
    )
  ).rows.flatMap(({ device_id, findings: found }) =>
    found.map(({ kind, from, until }): Found => ({
      deviceId: numbers.get(device_id)!,
      kind,
      from: Date.parse(from),
      until: Date.parse(until),
    })),
  )
  const law = house.app.house.law(dayOf(new Date(city.until - 1)))
  const silentAfter = law.number('alarm.silent_after') * 60_000
  console.log(`\n${tableOf('danger or exceedance', seeDangers(city.truth, alarms))}`)
  console.log(`\n${tableOf('silence', [seeSilence(city.truth, alarms, silentAfter)])}`)
  console.log(`\n${tableOf('cheat', seeCheats(city.truth, findings))}`)
  const told = await owner.query<{ count: number; most: number }>(
    `select coalesce(sum(t.count), 0)::int as count, coalesce(max(t.count), 0)::int as most from telemetry.told t
     where exists (select 1 from account.account a, jsonb_array_elements(a.appointments) one
       where a.person_id = t.person_id and one->>'capacity' = 'inspector')`,
  )
  const { count, most } = told.rows[0]!
  const days = city.days * house.founded.officers
  console.log(
    `\nalarm messages to officers: ${count}, ${(count / days).toFixed(2)} a day for each of ${house.founded.officers}; the most on a day ${most}`,
  )
}

await main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
