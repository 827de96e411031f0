import type { DeviceDay, SeriesByQuantity, Stretch, TimedValue } from '../day.ts'
import { at, day, daytime, type Forge, when } from './forge.ts'
import { wandering } from './random.ts'
import type { Station } from './station.ts'
import { minutes } from './weather.ts'
import { readAir, readClock, stretchAt, type World } from './world.ts'

const copyOf = (station: Station): Station => ({
  ...station,
  pm25: station.pm25.slice(),
  pm10: station.pm10.slice(),
  tsp: station.tsp.slice(),
  humidity: station.humidity.slice(),
})

/** The day as told when the air at the inlet is another than that around it. */
function breathing({ draw, honest, own, instrument }: World, change: (station: Station) => void): DeviceDay {
  const station = copyOf(own)
  change(station)
  return { ...honest, series: { ...honest.series, ...readAir(draw, station, instrument) } }
}

/** A hose held to the inlet while the air is dry and dusty. */
const spraySensor: Forge = (world) => {
  const { draw, own } = world
  const run = when(draw, 15, 180, 8, 17)
  // While the linked sprayer runs there is wet air enough.
  if (own.sprays.some(({ from, until }) => run.from >= from && run.from < until)) return null
  if (own.humidity.slice(run.from, run.until).some((value) => value > 86)) return null
  if (own.pm10[run.from]! < at(daytime(own.pm10), 0.3)) return null
  const [wet, washed, pace] = [draw.between(12, 38), draw.between(0.3, 0.75), draw.between(1, 6)]
  const told = breathing(world, (station) => {
    let spray = 0
    for (let i = run.from; i < Math.min(minutes, run.until + 60); i++) {
      spray += ((i < run.until ? 1 : 0) - spray) / pace
      station.humidity[i] = Math.min(100, station.humidity[i]! + wet * spray)
      for (const values of [station.pm25, station.pm10, station.tsp]) values[i]! *= 1 - (1 - washed) * spray
    }
  })
  return { day: told, forged: [stretchAt(run)] }
}

/** A bag over the inlet: what is left of the dust inside settles and hardly moves. */
const coveredInlet: Forge = (world) => {
  const { draw } = world
  const run = when(draw, 60, 480, 6, 17)
  const [left, pace] = [draw.between(0.03, 0.4), draw.between(2, 12)]
  const told = breathing(world, (station) => {
    for (const values of [station.pm25, station.pm10, station.tsp]) {
      let inside = values[run.from]!
      const mean = values.slice(run.from - 120, run.from).reduce((sum, value) => sum + value, 0) / 120
      const drift = wandering(draw, 60, 0.05)
      for (let i = run.from; i < run.until; i++) {
        inside += (mean * left * Math.exp(drift()) - inside) / pace
        values[i] = inside
      }
    }
  })
  return { day: told, forged: [stretchAt(run)] }
}

/** Less dust, only while someone looks. */
const nightMask: Forge = (world) => {
  const { draw, own } = world
  const atNight = draw.chance(0.4)
  // Who stops the work has nothing to hide from the visitors.
  if (!atNight && own.pauses) return null
  const runs = atNight
    ? [
        { from: day, until: day + 6 * 60 },
        { from: day + 22 * 60, until: minutes },
      ]
    : own.inspections
  const factor = draw.between(0.25, 0.65)
  const late = draw.int(0, 5)
  const told = breathing(world, (station) => {
    for (const { from, until } of runs)
      for (let i = from + late; i < Math.min(minutes, until + late); i++)
        for (const values of [station.pm25, station.pm10, station.tsp]) values[i]! *= factor
  })
  return { day: { ...told, watched: runs.map(stretchAt) }, forged: runs.map(stretchAt) }
}

/** The plug is pulled while the air of the district is bad, as a telephone shows it, and put back when it is over. */
const silentWhenBad: Forge = (world) => {
  const { draw, district, honest } = world
  // Ordinary hours keep the limit, so that it is the bad air that is hidden.
  const hours = [...district.slice(7 * 60, 19 * 60), ...district.slice(day, minutes)].toSorted((a, b) => a - b)
  const limit = Math.round(at(hours, 0.8) * draw.between(1, 1.5))
  const [late, back] = [draw.int(0, 15), draw.int(0, 30)]
  const forged: Stretch[] = []
  let since = -1
  let bad = 0
  for (let i = day + 20; i < minutes; i++) {
    const level = district.slice(i - 20, i).reduce((sum, value) => sum + value, 0) / 20
    if (level > limit) bad += 1
    if (since < 0 && level > limit) since = i
    else if (since >= 0 && level < 0.9 * limit && i - since > 30) {
      forged.push(stretchAt({ from: since + late, until: i + back }))
      since = -1
    }
  }
  // Where hardly a bad hour came nobody pulls a plug.
  if (bad < 45) return null
  // Half an hour hides nothing, and who is silent for half the day is asked why.
  const silent = forged.reduce((sum, { from, until }) => sum + until - from, 0)
  if (silent < 40 * 60_000 || silent > 6 * 3_600_000) return null
  const speaks = (each: TimedValue) => !forged.some(({ from, until }) => each.at >= from && each.at < until)
  const series: SeriesByQuantity = Object.fromEntries(
    Object.entries(honest.series).map(([code, values]) => [code, values.filter(speaks)]),
  )
  return { day: { ...honest, series, limits: [{ quantity: 'a34002', value: limit }] }, forged }
}

/** A clock that is made to run, or is set, so that bad hours are told as others. */
const clockDrift: Forge = ({ draw, honest, instrument }) => {
  const size = draw.spread(4, 240) * 60_000 * (draw.chance(0.5) ? 1 : -1)
  const run = when(draw, 60, 720, 0, 20)
  const [drifts, forged] = [draw.chance(0.5), stretchAt(run)]
  const clock = readClock(draw, instrument).map((each) => {
    if (each.at < forged.from || each.at >= forged.until) return each
    const grown = drifts ? (each.at - forged.from) / (forged.until - forged.from) : 1
    return { ...each, skewMillis: Math.round(each.skewMillis + size * grown) }
  })
  return { day: { ...honest, clock }, forged: [forged] }
}

export const airCheats = {
  spray_sensor: spraySensor,
  covered_inlet: coveredInlet,
  night_mask: nightMask,
  silent_when_bad: silentWhenBad,
  clock_drift: clockDrift,
}
