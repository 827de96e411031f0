import { getModel } from '@plumbline/core/device'
import { type City, type CityAsk, makeCity } from '../simulator/city/index.ts'
import { type CityHouse, openCityHouse } from './house.ts'
import { type Pump, startPump } from './pumping.ts'

/** 5-minute means: HJ 212 CN=2051. */
const stepSeconds = 300
/** After the last step the house has this long until it judges the last day (legal time). */
const evening = 3_600_000

/** What became of a city's life. */
export interface Lived {
  /** Up to where it was lived, in milliseconds; the city's end, unless the time given was over. */
  until: number
  frames: number
  seconds: number
  acknowledged: number
  /** Of those acknowledged, what the house does not have. */
  lost: number
}

interface Living {
  /** So long at most (minutes of the machine); the day that runs then is lived to its end. */
  within?: number
  say(line: string): void
  /** Looks at the house when everything has happened, before it is gone. */
  see(house: CityHouse, city: City, lived: Lived): Promise<void>
}

/**
 * Makes a city, opens a house, lets every device speak to it on a socket of its own, as fast as both can, and compares
 * the devices' own list of what was acknowledged with what the house has.
 */
export async function liveCity(ask: CityAsk, { within = Infinity, say, see }: Living): Promise<Lived> {
  const city = makeCity(ask)
  const pump = startPump(ask, stepSeconds)
  try {
    const { meters } = await pump.answer<{ meters: Record<string, number> }>()
    const house = await openCityHouse(city, meters, (line) => say(`  ${line}`))
    try {
      const { hj212Port, mqttPort } = house.gateways
      const { ready } = await pump.ask<{ ready: number }>({ open: { hj212Port, mqttPort: mqttPort!, url: house.url } })
      say(`lines: ${ready}`)
      const passed = await passDays(city, house, pump, { within, say })
      const { written } = await pump.ask<{ written: number }>({ end: true })
      const lived = { ...passed, acknowledged: written, lost: await countLost(city, house, pump, say) }
      await house.judgeUpTo(lived.until + evening)
      await see(house, city, lived)
      return lived
    } finally {
      await house.close()
    }
  } finally {
    pump.stop()
  }
}

/** Step by step: the clock is set, the devices send what is due, and what falls due in the house is done. */
async function passDays(
  city: City,
  house: CityHouse,
  pump: Pump,
  { within, say }: { within: number; say(line: string): void },
): Promise<Pick<Lived, 'until' | 'frames' | 'seconds'>> {
  const began = performance.now()
  const passed = () => (performance.now() - began) / 1000
  const day = 86_400_000
  let frames = 0
  let until = city.start
  while (until < city.until && ((until - city.start) % day !== 0 || passed() < within * 60)) {
    until += stepSeconds * 1000
    house.setClock(until)
    frames += (await pump.ask<{ sent: number; acknowledged: number }>({ until })).sent
    await house.passTime()
    if ((until - city.start) % day === 0)
      say(`  day ${(until - city.start) / day} of ${city.days}: ${frames} frames, ${Math.round(passed())} s`)
  }
  return { until, frames, seconds: passed() }
}

/** The devices' own list of what was acknowledged, against the readings, the quarantine and nothing else. */
async function countLost(city: City, house: CityHouse, pump: Pump, say: (line: string) => void): Promise<number> {
  let lost = 0
  for (const [index, told] of pump.ledger()) {
    const { number, modelCode } = city.devices[index]!
    // Site messages stand at the end of the step they tell of.
    const shift = getModel(modelCode).protocol === 'hj212' ? 0 : stepSeconds * 1000
    const kept = await keptOf(house, house.founded.devices.get(number)!)
    const missing = [...told].filter((at) => !kept.has(at + shift)).length
    if (missing > 0) say(`  ${number} ${modelCode}: ${missing} of ${told.size} lost`)
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
