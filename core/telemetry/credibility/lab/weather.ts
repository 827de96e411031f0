import { type Draw, wandering } from './random.ts'

/** Two days of minutes, the second the one that is judged. Index 0 is midnight. */
export const minutes = 2880

interface Spell {
  start: number
  end: number
  strength: number
}

/** What the whole district shares, by minute. */
export interface Weather {
  /** ln of the background of PM10 without rain. */
  background: Float64Array
  /** The share of PM10 that is fine. */
  fine: Float64Array
  temperature: Float64Array
  /** Of dry air; rain and fog are added at the station, which they reach in their own time. */
  humidity: Float64Array
  rains: Spell[]
  fogs: Spell[]
}

export const hourOf = (at: number): number => (at / 60) % 24

/** `bad`: with a spell of bad air on the second day, during work. */
export function weatherOf(draw: Draw, bad = false): Weather {
  const level = Math.log(draw.spread(18, 110))
  const slow = wandering(draw, draw.between(400, 900), draw.between(0.1, 0.35))
  const mild = draw.between(6, 30)
  const swing = draw.between(2, 6)
  const damp = draw.between(45, 82)
  const airy = wandering(draw, 300, 1)
  const hazes: Spell[] = []
  if (bad || draw.chance(0.4)) {
    const length = draw.between(45, 300)
    const start = bad ? 1440 + draw.between(300, 1100) : draw.between(0, minutes)
    hazes.push({ start, end: start + length, strength: draw.between(0.7, 1.4) })
  }
  const rising = draw.between(8, 25)
  const share = draw.between(0.42, 0.68)
  const weather: Weather = {
    background: new Float64Array(minutes),
    fine: new Float64Array(minutes),
    temperature: new Float64Array(minutes),
    humidity: new Float64Array(minutes),
    rains: spells(draw, draw.chance(0.35) ? draw.int(1, 3) : 0, 0, minutes, 25, 400),
    fogs: draw.chance(0.25) ? spells(draw, 1, 1440 + 120, 1440 + 360, 60, 300) : [],
  }
  let haze = 0
  for (let at = 0; at < minutes; at++) {
    const warmth = Math.sin(((hourOf(at) - 9) / 24) * 2 * Math.PI)
    const wanted = hazes.find(({ start, end }) => at >= start && at < end)?.strength ?? 0
    haze += (wanted - haze) / rising
    const unsettled = airy()
    weather.background[at] = level + slow() - 0.12 * warmth + haze
    weather.fine[at] = Math.min(0.8, share + 0.05 * haze)
    weather.temperature[at] = mild + swing * warmth + 0.8 * unsettled
    weather.humidity[at] = Math.min(97, Math.max(15, damp - 2.4 * swing * warmth - 2.5 * unsettled))
  }
  return weather
}

const spells = (draw: Draw, count: number, from: number, until: number, short: number, long: number): Spell[] =>
  Array.from({ length: count }, () => {
    const start = draw.between(from, until)
    return { start, end: start + draw.spread(short, long), strength: draw.between(0.5, 1.3) }
  })
