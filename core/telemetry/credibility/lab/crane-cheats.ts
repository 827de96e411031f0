import type { Stretch } from '../day.ts'
import type { Crane } from './crane.ts'
import { day, type Forge } from './forge.ts'
import { minutes } from './weather.ts'
import { readCrane, readPeople, stretchAt, type World } from './world.ts'

const copyOf = (crane: Crane): Crane => ({ ...crane, load: crane.load.slice(), moment: crane.moment.slice() })

const retold = ({ draw, honest }: World, crane: Crane, forged: Stretch) => ({
  day: { ...honest, series: { ...honest.series, ...readCrane(draw, crane) } },
  forged: [forged],
})

/** Part of the shift of the second day; undefined when nobody works. */
function inShift({ draw, own }: World, short: number, long: number) {
  const present = own.people.findIndex((inside, at) => at >= day && inside > 0)
  const last = own.people.findLastIndex((inside) => inside > 0)
  if (present < day || last - present < 240) return undefined
  const from = Math.round(draw.between(present + 30, last - 150))
  return { from, until: Math.min(last - 20, from + Math.round(draw.spread(short, long))) }
}

/** One of the two sensors is made to say less. */
const momentMismatch: Forge = (world) => {
  const run = inShift(world, 120, 600)
  if (!run) return null
  const crane = copyOf(world.crane)
  const changed = world.draw.chance(0.6) ? crane.moment : crane.load
  const factor = world.draw.between(0.35, 0.75)
  for (let i = run.from; i < run.until; i++) changed[i]! *= factor
  return retold(world, crane, stretchAt(run))
}

/** Some lifts carry more than the chart allows; the told load stops at what it allows, or at a number of tons. */
const overloadHidden: Forge = (world) => {
  const { draw } = world
  const crane = copyOf(world.crane)
  const { load, safe, moment } = crane
  const lifts: { start: number; end: number }[] = []
  for (let i = day + 1; i < minutes; i++) {
    if (load[i]! < 0.5) continue
    const last = lifts.at(-1)
    if (last && last.end === i && last.end - last.start < 4) last.end = i + 1
    else lifts.push({ start: i, end: i + 1 })
  }
  if (lifts.length < 10) return null
  const first = draw.int(0, Math.floor(lifts.length / 2))
  const heavy = lifts
    .slice(first)
    .filter(() => draw.chance(0.5))
    .slice(0, draw.int(3, 15))
  const share = draw.chance(0.5) ? draw.between(0.88, 1) : undefined
  const tons = draw.between(0.8, 1) * Math.min(...heavy.map(({ start }) => safe[start]!))
  for (const { start, end } of heavy) {
    const over = draw.between(1.15, 1.6)
    for (let i = start; i < end; i++) {
      moment[i] = 100 * over * (1 + 0.03 * draw.normal())
      load[i] = (share === undefined ? tons : share * safe[i]!) * (1 + 0.003 * draw.normal())
    }
  }
  return retold(world, crane, stretchAt({ from: heavy[0]!.start, until: heavy.at(-1)!.end }))
}

/** The crew went around the turnstile; the crane works all the same. */
const workWithoutPeople: Forge = (world) => {
  const run = inShift(world, 120, 900)
  if (!run) return null
  const people = world.own.people.map((inside, at) => (at >= run.from && at < run.until ? 0 : inside))
  return { day: { ...world.honest, people: readPeople(people) }, forged: [stretchAt(run)] }
}

export const craneCheats = {
  moment_mismatch: momentMismatch,
  overload_hidden: overloadHidden,
  work_without_people: workWithoutPeople,
}
