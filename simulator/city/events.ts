import { craneAt, liftAt, lifts } from './instruments/lifting.ts'
import { truckAt } from './instruments/truck.ts'
import { blankFrame, read } from './line.ts'
import { mix, unit } from './noise.ts'
import type { City, CityDevice, Site } from './schema.ts'
import { spanAt } from './spans.ts'
import { dayAt, dayBook } from './work.ts'

/** What happens at a moment and is no value; `at` in milliseconds. The bodies are those of core/codec/sitejson. */
export type CityEvent = { id: string; at: number } & (
  | {
      kind: 'exit'
      body: { plate: string | null; washed: boolean; covered: boolean; legible: boolean; grossWeight?: number }
    }
  | { kind: 'passage'; body: { cardDigest: string; direction: 'in' | 'out' } }
  | { kind: 'intrusion'; body: { zone: string } }
  | { kind: 'cycle'; body: { endedAt: number; maxLoad: number; maxMomentPercent: number; maxWindSpeed: number } }
  | { kind: 'track'; body: { lon: number; lat: number } }
)

/** The events of a device in `[from, until)` (milliseconds), in order. */
export function* eventsOf(city: City, device: CityDevice, from: number, until: number): Generator<CityEvent> {
  const first = (from - city.start) / 1000
  const end = (until - city.start) / 1000
  switch (device.kind) {
    case 'wheel_wash':
    case 'weighbridge':
      return yield* exits(city, device, first, end)
    case 'turnstile':
      return yield* passages(city, device, first, end)
    case 'perimeter':
      return yield* intrusions(city, device, first, end)
    case 'crane':
      return yield* cycles(city, device, first, end)
    case 'water_truck':
      return yield* tracks(city, device, first, end)
    default:
  }
}

/** An id that is the same whenever the event is told again. */
const idOf = ({ number }: CityDevice, what: string | number): string => `${number.slice(-12)}-${what}`

function* exits(city: City, device: CityDevice, from: number, until: number): Generator<CityEvent> {
  const site = city.sites[device.site]!
  for (let day = dayAt(from); day <= dayAt(until); day++)
    for (const [i, { at, grossWeight, ...lorry }] of dayBook(site, day).lorries.entries()) {
      if (at < from || at >= until) continue
      const body = { ...lorry, legible: lorry.plate !== null }
      yield {
        id: idOf(device, `${day}-${i}`),
        at: city.start + at * 1000,
        kind: 'exit',
        body: device.kind === 'weighbridge' ? { ...body, grossWeight } : body,
      }
    }
}

/** 64 hexadecimal characters that stand for a card and tell nothing of it. */
function cardOf({ salt }: Site, worker: number): string {
  let text = ''
  for (let i = 0; i < 8; i++) text += (mix(salt, 1_000_000 + worker * 8 + i) >>> 0).toString(16).padStart(8, '0')
  return text
}

function* passages(city: City, device: CityDevice, from: number, until: number): Generator<CityEvent> {
  const site = city.sites[device.site]!
  for (let day = dayAt(from) - 1; day <= dayAt(until); day++)
    for (const { at, worker, direction } of dayBook(site, day).passages) {
      if (at < from || at >= until) continue
      const cheat = spanAt(device.cheats, at)
      // The gate stands open beside the turnstile: a few go through it for the record.
      if (cheat?.cheat === 'work_without_people' && unit(site.salt, 2_000_000 + worker) >= cheat.by) continue
      yield {
        id: idOf(device, `${day}-${worker}-${direction}`),
        at: city.start + at * 1000,
        kind: 'passage',
        body: { cardDigest: cardOf(site, worker), direction },
      }
    }
}

function* intrusions(city: City, device: CityDevice, from: number, until: number): Generator<CityEvent> {
  const seen = device.pushes.flatMap((pushes, i) => pushes.map((push) => ({ at: push.from, zone: `Z${i + 1}` })))
  const false_ = device.faults
    .filter(({ fault }) => fault === 'false_trigger')
    .map((one) => ({ at: one.from, zone: 'Z1' }))
  for (const { at, zone } of [...seen, ...false_].sort((a, b) => a.at - b.at))
    if (at >= from && at < until)
      yield { id: idOf(device, at), at: city.start + at * 1000, kind: 'intrusion', body: { zone } }
}

/** A lift is told when it has ended. */
function* cycles(city: City, device: CityDevice, from: number, until: number): Generator<CityEvent> {
  const frame = blankFrame(device)
  const { values } = frame
  for (let lift = liftAt(device, from); lift.from < until; lift = liftAt(device, lift.until)) {
    if (lift.from < from || !lifts(city, device, lift)) continue
    const top = { load: 0, moment: 0, wind: 0 }
    for (let t = lift.loadedFrom; t < lift.loadedUntil; t += 10) {
      read(city, frame, t, 0)
      top.load = Math.max(top.load, values[craneAt.lifted]!)
      top.moment = Math.max(top.moment, values[craneAt.moment]!)
      top.wind = Math.max(top.wind, values[craneAt.wind]!)
    }
    yield {
      id: idOf(device, lift.number),
      at: city.start + lift.from * 1000,
      kind: 'cycle',
      body: {
        endedAt: city.start + lift.until * 1000,
        maxLoad: top.load,
        maxMomentPercent: top.moment,
        maxWindSpeed: top.wind,
      },
    }
  }
}

const trackSeconds = 30
const parkedSeconds = 600

function* tracks(city: City, device: CityDevice, from: number, until: number): Generator<CityEvent> {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
  for (let t = Math.ceil(from / trackSeconds) * trackSeconds; t < until; t += trackSeconds) {
    const { lon, lat, speed } = truckAt(city, device, t)
    // In its yard it says every ten minutes that it is still there.
    if (speed === 0 && t % parkedSeconds !== 0) continue
    const body = { lon: round(lon), lat: round(lat) }
    yield { id: idOf(device, t), at: city.start + t * 1000, kind: 'track', body }
  }
}
