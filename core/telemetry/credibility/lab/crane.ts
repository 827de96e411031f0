import { type Draw, wandering } from './random.ts'
import { minutes } from './weather.ts'

/** A tower crane by minute of the lab. */
export interface Crane {
  ratedMoment: number
  load: Float64Array
  safe: Float64Array
  radius: Float64Array
  height: Float64Array
  round: Float64Array
  moment: Float64Array
}

/** Lifts while people are inside (it stands, and turns with the wind, when nobody is). */
export function craneOf(draw: Draw, people: Float64Array): Crane {
  const ratedMoment = draw.pick([63, 80, 125, 160, 250])
  const most = ratedMoment / draw.between(12, 16)
  const crane: Crane = {
    ratedMoment,
    load: new Float64Array(minutes),
    safe: new Float64Array(minutes),
    radius: new Float64Array(minutes),
    height: new Float64Array(minutes),
    round: new Float64Array(minutes),
    moment: new Float64Array(minutes),
  }
  const pace = draw.between(4, 11)
  const [gain, own, byChart] = [draw.between(0.93, 1.07), draw.between(0, 4), draw.chance(0.4)]
  const wind = wandering(draw, 90, 60)
  let lift: { until: number; load: number; radius: number; height: number } | null = null
  let [radius, height] = [15, 40]
  // The driver climbs before the first card is read and comes down after the last.
  const early = draw.int(0, 10)
  const late = draw.int(0, 10)
  const manned = (at: number) => (people[Math.min(minutes - 1, at + early)] ?? 0) > 0 || (people[at - late] ?? 0) > 0
  for (let at = 0; at < minutes; at++) {
    if (lift && at >= lift.until) lift = null
    if (!lift && manned(at) && draw.chance(pace / 60)) lift = newLift(draw, at, ratedMoment, most)
    radius += ((lift?.radius ?? radius) - radius) / 1.5
    height += ((lift?.height ?? height) - height) / 1.7
    write(crane, at, { radius, height, load: lift?.load ?? 0, most })
    const { load, safe } = crane
    const told = byChart ? load[at]! / safe[at]! : (load[at]! * radius) / ratedMoment
    // The two sensors are not read in the same instant: now and then one sees the lift, the other not yet.
    const torn = draw.chance(0.03) ? draw.between(0.5, 1.5) : 1
    crane.moment[at] = Math.max(0, own + 100 * told * gain * torn * (1 + 0.03 * draw.normal()))
    crane.round[at] = (360 + ((lift ? 7 * at : 200 + wind()) % 360)) % 360
    load[at] = Math.max(0, load[at]! + 0.1 + 0.03 * draw.normal())
  }
  return crane
}

const newLift = (draw: Draw, at: number, ratedMoment: number, most: number) => {
  const radius = draw.between(6, 45)
  const safe = Math.min(most, ratedMoment / radius)
  return { until: at + draw.int(2, 5), load: safe * draw.between(0.15, 0.93), radius, height: draw.between(2, 90) }
}

function write(crane: Crane, at: number, now: { radius: number; height: number; load: number; most: number }) {
  crane.radius[at] = now.radius
  crane.height[at] = now.height
  crane.safe[at] = Math.min(now.most, crane.ratedMoment / now.radius)
  // On its way in or out the hook carries no more than the chart allows there.
  crane.load[at] = Math.min(now.load, 0.97 * crane.safe[at]!)
}
