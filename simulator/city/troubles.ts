import { isActuator } from '@plumbline/core/device'
import { random } from '../county/index.ts'
import type { City, CityDevice } from './schema.ts'
import { place } from './spans.ts'
import { daySeconds } from './work.ts'

const minute = 60
const hour = 3600

/** Cuts of the network: of a whole town's uplink, and of single devices. What is measured meanwhile is told afterwards. */
export function planCuts(city: City): void {
  const byTown = Map.groupBy(city.devices, ({ town }) => town)
  for (const { code } of city.county.towns) {
    const dice = random(city.seed, `city/cuts/${code}`)
    for (let day = 0; day < city.days; day++) {
      const from = day * daySeconds + dice.int(0, 24 * 60 - 1) * minute
      const cut = { from, until: from + dice.int(15, 120) * minute, scope: 'town' } as const
      if (dice.chance(0.03)) for (const { cuts } of byTown.get(code) ?? []) place(cuts, cut)
    }
  }
  for (const { number, cuts } of city.devices) {
    const dice = random(city.seed, `city/cuts/${number}`)
    for (let day = 0; day < city.days; day++) {
      const from = day * daySeconds + dice.int(0, 24 * 60 - 1) * minute
      // Often minutes, now and then half a day.
      const length = Math.round(5 * 72 ** dice.next()) * minute
      if (dice.chance(0.04)) place(cuts, { from, until: from + length, scope: 'device' })
    }
  }
}

const withHead: readonly CityDevice['kind'][] = ['dust', 'crane', 'pit', 'formwork', 'curing_room']

/** What breaks by itself: clocks, instruments (marked D), and actuators that say yes and do nothing. */
export function planFaults(city: City): void {
  const end = city.days * daySeconds
  for (const { number, kind, cheater, faults } of city.devices) {
    const dice = random(city.seed, `city/faults/${number}`)
    const [clock, actuator] = [dice.chance(0.03), dice.chance(0.05)]
    const from = dice.int(0, city.days * 24 - 1) * hour
    const ahead = dice.chance(0.5)
    const by = (ahead ? dice.int(7, 20) : -dice.int(10, 90)) * minute * 1000
    // A clock stays wrong until somebody sets it.
    if (clock && cheater === null) place(faults, { from, until: end, fault: 'clock', by })
    if (actuator && isActuator(kind))
      place(faults, { from, until: Math.min(end, from + dice.int(12, 72) * hour), fault: 'actuator', by: 0 })
    for (let day = 0; day < city.days; day++) {
      const breaks = dice.chance(0.004)
      const at = day * daySeconds + dice.int(0, 23) * hour
      if (breaks && cheater === null && withHead.includes(kind))
        place(faults, { from: at, until: Math.min(end, at + dice.int(1, 12) * hour), fault: 'sensor', by: 0 })
    }
  }
}
