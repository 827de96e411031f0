import { distanceMeters, type Point } from '@plumbline/core/kit'
import { tenth, wave } from '../noise.ts'
import type { City, CityDevice, Journey, Site } from '../schema.ts'
import { dayAt, daySeconds } from '../work.ts'

const hour = 3600
const stopSeconds = 1200
/** m/s through a county with its lights, and along what is sprayed. */
const driving = 9
const sprayingSpeed = 8

/** Where a truck is, how fast in km/h, and whether it sprays by order. */
export interface Placed extends Point {
  speed: number
  spraying: boolean
}

/** The site that a water truck serves at a moment: its town's, in turn. Its own when it stands in its yard. */
function stopOf(city: City, device: CityDevice, n: number): Site {
  const own = city.sites.filter(({ town }) => town === device.town)
  return own[(n + device.index) % own.length]!
}

/** A truck's round: half of each stretch under way to the next site, half spraying along it. */
function onRound(city: City, device: CityDevice, t: number): Placed {
  const second = t - dayAt(t) * daySeconds
  if (second < 7 * hour || second >= 18 * hour) return { ...device.point, speed: 0, spraying: false }
  const n = Math.floor(t / stopSeconds)
  const through = t / stopSeconds - n
  const [a, b] = [stopOf(city, device, n).point, stopOf(city, device, n + 1).point]
  const f = Math.min(1, through * 2)
  const along = through > 0.5 ? 0.001 * Math.sin((through - 0.5) * 4 * Math.PI) : 0
  const speed = through > 0.5 ? sprayingSpeed : tenth(24 + 10 * wave(device.salt, t, 90))
  return { ...between(a, b, f, along), speed, spraying: false }
}

const between = (a: Point, b: Point, f: number, along = 0): Point => ({
  lon: a.lon + (b.lon - a.lon) * f + along,
  lat: a.lat + (b.lat - a.lat) * f,
})

/** Where a water truck is: on its round, unless an order has sent it somewhere. */
export function truckAt(city: City, device: CityDevice, t: number): Placed {
  const journey = device.journeys.findLast(({ from, back }) => t >= from && t < back)
  return journey ? onJourney(city, device, journey, t) : onRound(city, device, t)
}

function onJourney(
  city: City,
  device: CityDevice,
  { from, arrives, until, back, start, to }: Journey,
  t: number,
): Placed {
  const speed = tenth(driving * 3.6 + 6 * wave(device.salt, t, 90))
  if (t < arrives) return { ...between(start, to, (t - from) / (arrives - from)), speed, spraying: false }
  // Up and down the site's road, some sixty metres to either side.
  if (t < until)
    return { ...between(to, to, 0, 0.0006 * Math.sin((t - arrives) / 60)), speed: sprayingSpeed, spraying: true }
  const home = onRound(city, device, back)
  const left = between(to, to, 0, 0.0006 * Math.sin((until - arrives) / 60))
  return { ...between(left, home, (t - until) / (back - until)), speed, spraying: false }
}

/** Sends a truck somewhere, from where it is at `t`; it sprays there for so many seconds. Answers when it arrives and ends. */
export function sendTruck(city: City, device: CityDevice, to: Point, t: number, spraySeconds: number): Journey {
  const { lon, lat } = truckAt(city, device, t)
  const start = { lon, lat }
  const arrives = t + Math.max(30, Math.round(distanceMeters(start, to) / driving))
  const journey = { from: t, arrives, until: arrives + spraySeconds, back: 0, start, to }
  endJourney(city, device, journey, journey.until)
  device.journeys.push(journey)
  return journey
}

/** Ends the spraying, or the way there, at a moment: the truck goes back to its round. */
export function endJourney(city: City, device: CityDevice, journey: Journey, until: number): void {
  const { from, arrives, start, to } = journey
  if (until < arrives) {
    journey.to = between(start, to, (until - from) / (arrives - from))
    journey.arrives = until
  }
  journey.until = until
  const home = onRound(city, device, journey.until)
  journey.back = journey.until + Math.max(60, Math.round(distanceMeters(journey.to, home) / driving))
}

export function sampleTruck(city: City, device: CityDevice, t: number, out: Float64Array): void {
  const { speed, spraying } = truckAt(city, device, t)
  out[0] = speed
  out[1] = spraying ? 1 : 0
}
