import { type Draw, wandering } from './random.ts'
import { hourOf, minutes, type Weather } from './weather.ts'

export interface Run {
  from: number
  until: number
}

/** What stands around one monitor, by minute of the lab: what is true before the instrument reads it. */
export interface Station {
  pm25: Float64Array
  pm10: Float64Array
  tsp: Float64Array
  noise: Float64Array
  temperature: Float64Array
  humidity: Float64Array
  /** Runs of the linked sprayer. */
  sprays: Run[]
  /** Inspections on site. */
  inspections: Run[]
  /** Work is stopped while inspectors walk around. */
  pauses: boolean
  /** People inside. */
  people: Float64Array
}

interface Shift {
  start: number
  end: number
  lunch: number
}

/** A site at work, under the weather. `own`: with the water, the visits and the people of the site that is judged. */
export function stationOf(draw: Draw, weather: Weather, own: boolean): Station {
  const station: Station = {
    pm25: new Float64Array(minutes),
    pm10: new Float64Array(minutes),
    tsp: new Float64Array(minutes),
    noise: new Float64Array(minutes),
    temperature: new Float64Array(minutes),
    humidity: new Float64Array(minutes),
    sprays: own ? runs(draw, draw.chance(0.5) ? draw.int(1, 4) : 0, 5, 30) : [],
    inspections: own ? runs(draw, draw.int(1, 2), 40, 150) : [],
    pauses: own && draw.chance(0.6),
    people: new Float64Array(minutes),
  }
  const hoses = own && draw.chance(0.2) ? runs(draw, 1, 10, 40) : []
  const shifts = [0, 1].map((): Shift | null =>
    draw.chance(0.92)
      ? {
          start: draw.between(5.8, 8),
          end: draw.chance(0.2) ? draw.between(20, 23.5) : draw.between(17, 19),
          lunch: 12,
        }
      : null,
  )
  const work = busyness(draw, shifts, station.pauses ? station.inspections : [])
  fillPeople(draw, station.people, shifts)
  fillAir(draw, weather, station, work, hoses)
  return station
}

/** Runs in the working hours of the second day. */
const runs = (draw: Draw, count: number, short: number, long: number): Run[] =>
  Array.from({ length: count }, () => {
    const from = 1440 + draw.int(8 * 60, 18 * 60)
    return { from, until: from + Math.round(draw.between(short, long)) }
  })

/** 0 to 1: how much is being done, following the shift within minutes. Work pauses while inspectors walk around. */
function busyness(draw: Draw, shifts: readonly (Shift | null)[], pauses: readonly Run[]): Float64Array {
  const work = new Float64Array(minutes)
  const pace = draw.between(5, 15)
  const mood = wandering(draw, 25, 0.35)
  let now = 0
  for (let at = 0; at < minutes; at++) {
    const shift = shifts[Math.floor(at / 1440)]!
    const time = hourOf(at)
    const resting = shift && time >= shift.lunch && time < shift.lunch + 1
    const paused = pauses.some(({ from, until }) => at >= from && at < until)
    const wanted = !shift || time < shift.start || time >= shift.end || resting || paused ? 0 : 1
    now += (wanted - now) / pace
    work[at] = now * Math.exp(mood())
  }
  return work
}

function fillPeople(draw: Draw, people: Float64Array, shifts: readonly (Shift | null)[]) {
  const crew = draw.int(8, 120)
  shifts.forEach((shift, day) => {
    if (!shift) return
    const [come, go] = [shift.start * 60 - draw.between(10, 40), shift.end * 60 + draw.between(10, 50)]
    for (let at = Math.floor(come); at < Math.min(1440, go); at++) {
      const arriving = Math.min(1, (at - come) / 30)
      const leaving = Math.min(1, (go - at) / 30)
      people[day * 1440 + at] = Math.max(1, Math.round(crew * Math.min(arriving, leaving)))
    }
  })
}

function fillAir(draw: Draw, weather: Weather, station: Station, work: Float64Array, hoses: readonly Run[]) {
  const place = 0.15 * draw.normal()
  const near = wandering(draw, 120, 0.1)
  const [emission, lag, catches] = [draw.spread(8, 90), draw.between(0, 30), draw.between(0.6, 1.4)]
  const [damp, warm, quiet, loud] = [3 * draw.normal(), draw.normal(), draw.between(41, 50), draw.between(12, 22)]
  const [foggy, lorries] = [draw.between(0.1, 0.5), draw.between(0.2, 2.5)]
  const din = wandering(draw, 4, 2)
  const sprayed = { wet: draw.between(4, 20), washed: draw.between(0.15, 0.5) }
  const hosed = { wet: draw.between(2, 6), washed: draw.between(0.1, 0.3) }
  let [burst, fade, washed, rain, fog, sprayer, hose] = [0, 5, 0, 0, 0, 0, 0]
  for (let at = 0; at < minutes; at++) {
    const falling = weather.rains.find(({ start, end }) => at >= start + lag && at < end + lag)
    rain += ((falling ? 1 : 0) - rain) / (falling ? 14 : 70)
    washed += falling ? (0.5 + 0.6 * falling.strength * catches - washed) / 30 : -washed / 180
    fog += ((weather.fogs.some(({ start, end }) => at >= start + lag && at < end + lag) ? 1 : 0) - fog) / 40
    sprayer += ((station.sprays.some((run) => at >= run.from && at < run.until) ? 1 : 0) - sprayer) / 7
    hose += ((hoses.some((run) => at >= run.from && at < run.until) ? 1 : 0) - hose) / 7
    if (draw.chance((lorries / 60) * Math.min(1, work[at]!))) {
      burst += draw.spread(20, 400)
      fade = draw.between(2, 8)
    }
    burst -= burst / fade
    const air = (1 - sprayed.washed * sprayer) * (1 - hosed.washed * hose)
    const background = Math.exp(weather.background[at]! + place + near() - washed) * air
    const raised = (emission * work[at]! + burst) * Math.exp(-1.5 * washed) * air
    // Droplets scatter light as dust does.
    const fine = Math.min(0.93, weather.fine[at]! * (1 + foggy * fog))
    station.pm25[at] = background * (1 + 0.3 * foggy * fog) * fine + 0.18 * raised
    station.pm10[at] = background * (1 + 0.25 * foggy * fog) + raised
    station.tsp[at] = background * 1.35 + raised * 1.9
    station.noise[at] = quiet + loud * Math.min(1.1, work[at]!) + (work[at]! > 0.1 ? 1 : 0.5) * din()
    station.temperature[at] = weather.temperature[at]! + warm - 2 * rain
    const dry = weather.humidity[at]! + damp
    const wet = dry + (96 - dry) * Math.max(rain, fog) + sprayed.wet * sprayer + hosed.wet * hose
    station.humidity[at] = Math.min(100, wet)
  }
}
