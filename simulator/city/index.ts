import { addDays, startOf } from '@plumbline/core/kit'
import { makeCounty } from '../county/index.ts'
import { chooseCheaters, planCheats } from './cheats.ts'
import { makeDevices } from './devices.ts'
import { planEpisodes, planPours } from './episodes.ts'
import { lawLimits } from './limits.ts'
import type { City, CityAsk, Label } from './schema.ts'
import { makeSites } from './sites.ts'
import { planCuts, planFaults } from './troubles.ts'
import { listTruth } from './truth.ts'
import { makeWeather } from './weather.ts'

export { type Actuators, makeActuators, type Order, type Saying } from './actuators.ts'
export { type CityEvent, eventsOf } from './events.ts'
export {
  type Asking,
  blankFrame,
  clockError,
  type Frame,
  read,
  readingsOf,
  type Sending,
  sendingsOf,
  valuesAt,
} from './line.ts'
export { addressOf, speaksHj212, uploadOf } from './hj212.ts'
export type { Effects } from './measure.ts'
export * from './schema.ts'
export { sayLabel, truthHash } from './truth.ts'

const most = { sites: 300, devices: 2000, days: 400 } as const

/**
 * A city of building sites with instruments, weather, work, mishaps and cheats. Pure: the same asking gives the same
 * city and the same values, and any moment of any device can be asked in any order. RangeError beyond its size.
 */
export function makeCity(ask: CityAsk): City {
  const { seed, days, from } = ask
  for (const part of ['sites', 'devices', 'days'] as const)
    if (!Number.isInteger(ask[part]) || ask[part] < 1 || ask[part] > most[part])
      throw new RangeError(`a city has 1 to ${most[part]} ${part}, not ${ask[part]}`)
  const county = ask.county ?? makeCounty(seed, from)
  const weather = makeWeather(seed, from, days)
  const sites = makeSites(ask, county, weather)
  const truth: Label[] = []
  const city: City = {
    ...{ seed, from, days, county, weather, sites, truth },
    start: startOf(from).getTime(),
    until: startOf(addDays(from, days)).getTime(),
    law: lawLimits(from, county.region),
    devices: makeDevices(seed, sites, ask.devices),
  }
  chooseCheaters(city)
  planPours(city)
  planEpisodes(city)
  planCheats(city)
  planCuts(city)
  planFaults(city)
  truth.push(...listTruth(city))
  return city
}
