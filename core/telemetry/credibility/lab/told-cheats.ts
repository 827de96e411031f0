import type { DeviceDay, Stretch, TimedValue } from '../day.ts'
import { at, daytime, type Forge, when } from './forge.ts'
import type { Draw } from './random.ts'
import { stretchAt, type World } from './world.ts'

const fractions = ['a34004', 'a34002', 'a34001'] as const

/** One fraction, or all three. */
const chosen = (draw: Draw): readonly string[] => (draw.chance(0.5) ? fractions : [draw.pick(fractions)])

/** The day as told when values are changed on their way. */
function retold(
  { honest }: World,
  codes: readonly string[],
  { from, until }: Stretch,
  tell: (each: TimedValue, code: string) => TimedValue | null,
): DeviceDay {
  const changed = codes.map((code): [string, TimedValue[]] => [
    code,
    honest.series[code]!.flatMap((each) => {
      if (each.at < from || each.at >= until || each.flag !== 'N') return [each]
      const told = tell(each, code)
      return told ? [told] : []
    }),
  ])
  return { ...honest, series: { ...honest.series, ...Object.fromEntries(changed) } }
}

const frozen: Forge = (world) => {
  const { draw } = world
  const forged = stretchAt(when(draw, 60, 600, 0, 20))
  const held = new Map<string, number>()
  const told = retold(world, chosen(draw), forged, (each, code) => {
    const value = held.get(code) ?? each.value
    held.set(code, value)
    return { ...each, value }
  })
  return { day: told, forged: [forged] }
}

/** Values made up from a short list of plausible ones, or rounded to whole steps. */
const quantised: Forge = (world) => {
  const { draw, own } = world
  const forged = stretchAt(when(draw, 300, 1440, 0, 12))
  const sorted = daytime(own.pm10)
  const [low, high] = [at(sorted, 0.1), at(sorted, 0.8)]
  const list = Array.from({ length: draw.int(3, 9) }, () => Math.round(draw.between(low, high)))
  const [madeUp, step] = [draw.chance(0.5), draw.spread(4, 25)]
  const told = retold(world, ['a34002'], forged, (each) => ({
    ...each,
    value: madeUp ? draw.pick(list) : Math.round(Math.round(each.value / step) * step * 10) / 10,
  }))
  const kept = told.series['a34002']!.filter((each) => each.at >= forged.from && each.at < forged.until)
  // Where one value is left it is the other forgery.
  return new Set(kept.map(({ value }) => value)).size < 3 ? null : { day: told, forged: [forged] }
}

/** Nothing over the limit, on a day that would have been over it for some time. */
const clipped: Forge = (world) => {
  const { draw, own, honest } = world
  const [quantity, truth] = draw.pick([
    ['a34004', own.pm25],
    ['a34002', own.pm10],
    ['LA', own.noise],
  ] as const)
  const limit = Math.round(at(daytime(truth), draw.between(0.4, 0.9)))
  const [under, jitters] = [draw.spread(0.001, 0.03), draw.chance(0.5)]
  const whole = { from: honest.from, until: honest.until }
  const told = retold(world, [quantity], whole, (each) => {
    const cap = limit * (1 - (jitters ? draw.between(0.001, 0.001 + under) : under))
    return { ...each, value: Math.round(Math.min(each.value, cap) * 10) / 10 }
  })
  return { day: { ...told, limits: [{ quantity, value: limit }] }, forged: [whole] }
}

/** The values of an earlier hour once more. */
const replayed: Forge = (world) => {
  const { draw, honest, instrument } = world
  const forged = stretchAt(when(draw, 50, 480, 0, 20))
  const period = instrument.periodMinutes * 60_000
  const lag = Math.round(((draw.chance(0.5) ? 24 : draw.between(1, 20)) * 60 * 60_000) / period) * period
  const earlier = lag < forged.until - forged.from ? Math.ceil((forged.until - forged.from) / period) * period : lag
  const lift = draw.chance(0.3) ? Math.round(draw.between(-5, 5)) : 0
  const codes = chosen(draw)
  const told = retold(world, codes, forged, (each, code) => {
    const source = honest.series[code]!.find((old) => old.at === each.at - earlier)
    return source && source.flag === 'N'
      ? { ...each, value: Math.max(0, Math.round((source.value + lift) * 10) / 10) }
      : null
  })
  const within = (each: TimedValue) => each.at >= forged.from && each.at < forged.until
  const [had, has] = [honest, told].map(({ series }) => series[codes[0]!]!.filter(within).length)
  // Out of an outage nothing can be replayed.
  return has! < 0.7 * had! ? null : { day: told, forged: [forged] }
}

/** One fraction alone is made small. */
const orderBroken: Forge = (world) => {
  const { draw, own } = world
  const run = when(draw, 30, 600, 0, 20)
  const [code, coarse, fine] = draw.pick([
    ['a34002', own.pm10, own.pm25],
    ['a34001', own.tsp, own.pm10],
  ] as const)
  const factor = draw.between(0.2, 0.7)
  let broken = 0
  for (let i = run.from; i < run.until; i++) if (coarse[i]! * factor < 0.85 * fine[i]!) broken += 1
  // A fraction that stays in its place breaks no order.
  if (broken < 0.6 * (run.until - run.from)) return null
  const forged = stretchAt(run)
  const told = retold(world, [code], forged, (each) => ({ ...each, value: Math.round(each.value * factor * 10) / 10 }))
  return { day: told, forged: [forged] }
}

const unitFlip: Forge = (world) => {
  const { draw } = world
  const forged = stretchAt(when(draw, 20, 360, 0, 22))
  const factor = 10 ** draw.pick([-3, -2, -1, 1, 2, 3])
  const told = retold(world, chosen(draw), forged, (each) => {
    const value = Math.round(each.value * factor * 1000) / 1000
    // What intake marks as impossible.
    return { ...each, value, flag: value > 10_000 ? '!' : 'N' }
  })
  return { day: told, forged: [forged] }
}

/** Another station's values, as they are or from some time ago. */
const copiedNeighbour: Forge = (world) => {
  const { draw, honest } = world
  const forged = stretchAt(when(draw, 60, 1440, 0, 16))
  const other = draw.pick(honest.neighbours).series
  const lag = draw.chance(0.5) ? 0 : draw.int(1, 36) * 5 * 60_000
  const codes = chosen(draw)
  const times = new Map(codes.map((code) => [code, new Map(other[code]!.map((each) => [each.at, each]))]))
  const told = retold(world, codes, forged, (each, code) => {
    // Whoever asks oftener than the other tells gets the last value again.
    for (let back = 0; back < 5; back++) {
      const source = times.get(code)!.get(each.at - lag - back * 60_000)
      if (source) return source.flag === 'N' ? { ...each, value: source.value } : null
    }
    return null
  })
  return { day: told, forged: [forged] }
}

export const toldCheats = {
  frozen,
  quantised,
  clipped,
  replayed,
  order_broken: orderBroken,
  unit_flip: unitFlip,
  copied_neighbour: copiedNeighbour,
}
