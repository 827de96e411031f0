import { parseArgs } from 'node:util'
import type { Day } from '@plumbline/core/kit'
import { type CityAsk, makeCity, truthHash } from '../simulator/city/index.ts'
import { reportOf } from './seen.ts'

// npm run city -- --seed 7 --days 30 --report: a city with all its devices on real sockets, as fast as the machine allows.
const usage = `npm run city -- [--seed 7] [--sites 300] [--devices 2000] [--days 30] [--from 2026-10-01] [--within 60] [--report] [--truth]
  --truth   only prints the truth's hash and how many events of each kind it holds
  --report  compares what the platform saw with the truth
  --within  stops at the end of the day that runs after so many minutes of this machine`

interface Asked {
  city: CityAsk
  within: number | undefined
  report: boolean
  truth: boolean
}

function readArguments(): Asked | undefined {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '7' },
      sites: { type: 'string', default: '300' },
      devices: { type: 'string', default: '2000' },
      days: { type: 'string', default: '30' },
      from: { type: 'string', default: '2026-10-01' },
      within: { type: 'string' },
      report: { type: 'boolean', default: false },
      truth: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const whole = (name: 'seed' | 'sites' | 'devices' | 'days' | 'within') => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} takes a whole number from 1, not ${values[name]}\n${usage}`)
    return value
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(values.from)) throw new Error(`--from takes a day such as 2026-10-01\n${usage}`)
  const [seed, sites, devices, days] = [whole('seed'), whole('sites'), whole('devices'), whole('days')]
  const within = values.within === undefined ? undefined : whole('within')
  const { report, truth } = values
  return { city: { seed, sites, devices, days, from: values.from as Day }, within, report, truth }
}

async function main(): Promise<void> {
  const asked = readArguments()
  if (!asked) return console.log(usage)
  const { sites, devices, days, seed, from } = asked.city
  console.log(`seed ${seed}: ${sites} sites, ${devices} devices, ${days} days from ${from}`)
  sayTruth(asked.city)
  if (asked.truth) return
  // The truth alone needs no house.
  const { liveCity } = await import('./life.ts')
  const { lost } = await liveCity(asked.city, {
    ...(asked.within === undefined ? {} : { within: asked.within }),
    say: (line) => console.log(line),
    see: async (house, city, { until, frames, seconds, acknowledged, lost }) => {
      const lived = (until - city.start) / 86_400_000
      const factor = Math.round((lived * 86_400) / seconds)
      console.log(`lived ${lived} of ${days} days in ${Math.round(seconds)} s: x${factor}`)
      console.log(`frames ${frames}, ${Math.round(frames / seconds)}/s; acknowledged ${acknowledged}, lost ${lost}`)
      if (asked.report) console.log(`\n${await reportOf(house, city, until)}`)
    },
  })
  if (lost > 0) process.exitCode = 1
}

function sayTruth(ask: CityAsk): void {
  const city = makeCity(ask)
  console.log(`truth ${truthHash(city)}`)
  for (const [kind, labels] of Map.groupBy(city.truth, (one) => one.kind)) console.log(`  ${kind}: ${labels.length}`)
}

await main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
