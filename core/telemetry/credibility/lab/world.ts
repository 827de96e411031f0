import type { DeviceDay, SeriesByQuantity, TimedValue } from '../day.ts'
import { type Crane, craneOf } from './crane.ts'
import { type Draw, drawing } from './random.ts'
import { type Run, type Station, stationOf } from './station.ts'
import { minutes, weatherOf } from './weather.ts'

const minute = 60_000
/** Midnight in Asia/Shanghai before the history. */
const epoch = Date.parse('2026-05-11T00:00:00+08:00')
export const timeAt = (index: number): number => epoch + index * minute
export const stretchAt = ({ from, until }: Run) => ({ from: timeAt(from), until: timeAt(until) })

/** An instrument: how it reads what is true, and when it fails. */
export interface Instrument {
  periodMinutes: number
  resolution: number
  scatter: number
  dampResolution: number
  lost: number
  /** Minutes without power or network. */
  outages: Run[]
  /** Minutes it marks itself as failing. */
  failures: (Run & { flag: string })[]
}

/** A lab day: what is true, how it is read, and the honest telling of it. */
export interface World {
  draw: Draw
  own: Station
  crane: Crane
  instrument: Instrument
  /** PM10 in the district, as everybody can read it. */
  district: Float64Array
  honest: DeviceDay
}

/** The dust monitor and the crane of one site, honest. Every number is drawn; none is read from the thresholds. */
export function worldOf(seed: number, bad = false): World {
  const draw = drawing(seed)
  const weather = weatherOf(draw, bad)
  const own = stationOf(draw, weather, true)
  const periodMinutes = draw.pick([1, 5])
  const instrument = instrumentOf(draw, periodMinutes)
  const crane = craneOf(draw, own.people)
  const stations = Array.from({ length: draw.int(3, 6) }, () => stationOf(draw, weather, false))
  const neighbours = stations.map((station, index) => ({
    deviceId: `neighbour ${index}`,
    series: readAir(draw, station, instrumentOf(draw, draw.pick([1, 5]))),
  }))
  const middle = Math.floor(stations.length / 2)
  const district = own.pm10.map((_, at) => stations.map(({ pm10 }) => pm10[at]!).toSorted((a, b) => a - b)[middle]!)
  const honest: DeviceDay = {
    from: timeAt(1440),
    until: timeAt(minutes),
    periodSeconds: periodMinutes * 60,
    series: { ...readAir(draw, own, instrument), ...readCrane(draw, crane) },
    neighbours,
    sprays: own.sprays.map(stretchAt),
    clock: readClock(draw, instrument),
    limits: limitsOf(draw, own),
    watched: own.inspections.map(stretchAt),
    people: readPeople(own.people),
    ratedMoment: draw.chance(0.8) ? crane.ratedMoment : null,
  }
  return { draw, own, crane, instrument, district, honest }
}

/** Limits anywhere in the range of what the site does, so that many honest days end right under one. */
const limitsOf = (draw: Draw, own: Station) => [
  { quantity: 'a34004', value: draw.pick([35, 75, 115]) },
  { quantity: 'a34002', value: Math.round(own.pm10[draw.int(1440, minutes - 1)]! * draw.between(0.9, 1.1)) },
  { quantity: 'a34001', value: draw.pick([200, 300, 500]) },
  { quantity: 'LA', value: 70 },
  { quantity: 'LA', value: 55 },
]

function instrumentOf(draw: Draw, periodMinutes: number): Instrument {
  const outages = Array.from({ length: draw.chance(0.5) ? draw.int(1, 2) : 0 }, () => {
    const from = draw.int(0, minutes)
    return { from, until: from + draw.spread(10, 300) }
  })
  const failures = Array.from({ length: draw.chance(0.25) ? 1 : 0 }, () => {
    const from = draw.int(1440, minutes)
    return { from, until: from + draw.between(20, 180), flag: draw.pick(['D', 'B', 'T', 'C']) }
  })
  return {
    periodMinutes,
    resolution: draw.pick([0.1, 1]),
    scatter: draw.between(0.015, 0.06),
    dampResolution: draw.pick([0.1, 1]),
    lost: draw.between(0, 0.03),
    outages,
    failures,
  }
}

const rounded = (value: number, to: number) => Math.round(Math.round(value / to) * to * 1000) / 1000
const within = (at: number) => (run: Run) => at >= run.from && at < run.until

export function readAir(draw: Draw, station: Station, instrument: Instrument): SeriesByQuantity {
  const { resolution, scatter, dampResolution, periodMinutes } = instrument
  const series: Record<string, TimedValue[]> = { a34004: [], a34002: [], a34001: [], LA: [], a01001: [], a01002: [] }
  for (let at = 0; at + periodMinutes <= minutes; at += periodMinutes) {
    if (draw.chance(instrument.lost) || instrument.outages.some(within(at))) continue
    const failure = instrument.failures.find(within(at))
    const put = (code: string, truth: Float64Array, share: number, extra: number, to: number, most = 9999) => {
      let mean = 0
      for (let i = at; i < at + periodMinutes; i++) mean += truth[i]! / periodMinutes
      // A mean of five minutes is that much quieter.
      const noise = draw.normal() * Math.hypot(mean * share, extra) * Math.sqrt(1 / periodMinutes)
      const fails = failure && code.startsWith('a34')
      const value = fails ? 0 : rounded(Math.min(most, Math.max(0, mean + noise)), to)
      series[code]!.push({ at: timeAt(at), value, flag: fails ? failure.flag : 'N' })
    }
    put('a34004', station.pm25, scatter, 0.3, resolution)
    put('a34002', station.pm10, scatter, 0.3, resolution)
    put('a34001', station.tsp, scatter, 0.3, resolution)
    put('LA', station.noise, 0, 0.4, 0.1)
    put('a01001', station.temperature, 0, 0.1, 0.1)
    put('a01002', station.humidity, 0, 0.4, dampResolution, 100)
  }
  return series
}

export function readCrane(draw: Draw, crane: Crane): SeriesByQuantity {
  const told = (truth: Float64Array, to: number): TimedValue[] =>
    [...truth].flatMap((value, at) =>
      at < 1440 || at % 97 === 0 ? [] : [{ at: timeAt(at), value: rounded(value, to), flag: 'N' }],
    )
  const sway = crane.height.map((value) => value + 0.1 * draw.normal())
  return {
    liftingCapacity: told(crane.load, 0.01),
    safeLiftingCapacity: told(crane.safe, 0.01),
    amplitude: told(crane.radius, 0.1),
    height: told(sway, 0.1),
    round: told(crane.round, 1),
    momentPercent: told(crane.moment, 0.1),
  }
}

/** Told when it changes, as turnstiles do. */
export const readPeople = (people: Float64Array): TimedValue[] =>
  [...people].flatMap((value, at) => (at > 0 && people[at - 1] === value ? [] : [{ at: timeAt(at), value, flag: 'N' }]))

/** A quartz clock a little off, a network that is seldom slow, and after an outage everything at once, late. */
export function readClock(draw: Draw, instrument: Instrument): DeviceDay['clock'] {
  const [offset, perDay] = [draw.between(-40_000, 40_000), draw.between(-9000, 9000)]
  const clock: { at: number; skewMillis: number }[] = []
  // Some devices are set right once in the day.
  const set = draw.chance(0.3) ? draw.int(1440, minutes) : minutes
  for (let at = 1440; at < minutes; at += instrument.periodMinutes) {
    const outage = instrument.outages.find(within(at))
    const received = outage && outage.until < minutes ? outage.until : at
    const delay = draw.chance(0.02) ? draw.between(5000, 60_000) : draw.between(200, 4000)
    const wrong = at >= set ? 0 : offset + (perDay * (at - 1440)) / 1440
    const skewMillis = Math.round((at - received) * minute + wrong - delay)
    clock.push({ at: timeAt(received) + delay, skewMillis })
  }
  return clock.toSorted((a, b) => a.at - b.at)
}
