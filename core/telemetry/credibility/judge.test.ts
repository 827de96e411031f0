import { expect, test } from 'vitest'
import { lawOn } from '../../law/index.ts'
import {
  CheatKind,
  cheatTitles,
  CredibilityFinding,
  type DeviceDay,
  findingsOf,
  sayReason,
  scoreOf,
  thresholdsOn,
  type TimedValue,
} from './index.ts'
import { forgedDay } from './lab/cheats.ts'
import { drawing } from './lab/random.ts'
import { worldOf } from './lab/world.ts'

const thresholds = thresholdsOn(lawOn('2026-11-20', '990421'))
const from = Date.parse('2026-11-20T00:00:00+08:00')
const minute = 60_000
const empty: DeviceDay = {
  from,
  until: from + 1440 * minute,
  periodSeconds: 60,
  series: {},
  neighbours: [],
  sprays: [],
  clock: [],
  limits: [{ quantity: 'a34002', value: 150 }],
  watched: [{ from: from + 600 * minute, until: from + 700 * minute }],
  people: null,
  ratedMoment: null,
}
const told = (value: (at: number) => number, flag = 'N', count = 1440): TimedValue[] =>
  Array.from({ length: count }, (_, at) => ({ at: from + at * minute, value: value(at), flag }))
const kindsOf = (day: DeviceDay) => findingsOf(day, thresholds).map(({ kind }) => kind)
const draw = drawing(1)
/** Uneven as air is. */
const dusty = Array.from({ length: 1440 }, (_, at) => 80 + 30 * Math.sin(at / 90) + draw.between(0, 10))
const uneven = (at: number) => dusty[at]!

/** The first of the lab's days on which the kind is forged and found. */
function foundDay(kind: CheatKind): { day: DeviceDay; own: CredibilityFinding[] } {
  for (let seed = 1; seed < 40; seed++) {
    const day = forgedDay(kind, seed, worldOf(seed, kind === 'silent_when_bad'))?.day
    const own = day ? findingsOf(day, thresholds, [kind]) : []
    if (day && own.length > 0) return { day, own }
  }
  throw new Error(`nothing found of ${kind}`)
}

test('of nothing told nothing is said', () => {
  expect(findingsOf(empty, thresholds)).toEqual([])
})

test('what the device itself marks as its fault is no forgery', () => {
  const stuck = { a34002: told(() => 42, 'D') }
  expect(kindsOf({ ...empty, series: stuck })).toEqual([])
  expect(kindsOf({ ...empty, series: { a34002: told(() => 42) } })).toEqual(['frozen'])
})

test('still air told in whole micrograms repeats itself lawfully, for long', () => {
  const calm = told((at) => 8 + Math.floor((((at * 2654435761) >>> 0) / 2 ** 32) ** 6 * 2 + Math.sin(at / 200)))
  expect(kindsOf({ ...empty, series: { a34004: calm } })).toEqual([])
})

test('fog makes nearly all dust fine; a tenth more of it is within the noise of two channels', () => {
  const series = { a34004: told((at) => uneven(at) * 1.05), a34002: told(uneven) }
  expect(kindsOf({ ...empty, series })).toEqual([])
  expect(kindsOf({ ...empty, series: { ...series, a34004: told((at) => uneven(at) * 1.4) } })).toEqual(['order_broken'])
})

test('a house that sets a clock right makes no drift; one that goes away does', () => {
  const clock = (skew: (at: number) => number) =>
    Array.from({ length: 1440 }, (_, at) => ({ at: from + at * minute, skewMillis: skew(at) }))
  expect(kindsOf({ ...empty, clock: clock((at) => (at < 700 ? 600_000 : 0)) })).toEqual([])
  // After an outage three hours come at once, the newest among them.
  const backlog = Array.from({ length: 180 }, (_, at) => ({ at: from + 720 * minute, skewMillis: -at * minute }))
  expect(kindsOf({ ...empty, clock: backlog })).toEqual([])
  expect(kindsOf({ ...empty, clock: clock((at) => (at < 700 ? 0 : -600_000)) })).toEqual(['clock_drift'])
})

test('without enough neighbours nobody says that one station alone was wet', () => {
  const { day, own } = foundDay('spray_sensor')
  expect(own).toHaveLength(1)
  expect(findingsOf({ ...day, neighbours: day.neighbours.slice(0, 1) }, thresholds, ['spray_sensor'])).toEqual([])
})

test('the same water from the linked sprayer is lawful', () => {
  const { day, own } = foundDay('spray_sensor')
  const sprays = [...day.sprays, { from: own[0]!.from - 10 * minute, until: own[0]!.until }]
  expect(findingsOf({ ...day, sprays }, thresholds, ['spray_sensor'])).toEqual([])
})

test('a sprayed sensor makes its day suspect, for three reasons', () => {
  const { day, own } = foundDay('spray_sensor')
  expect(own[0]!.reasons.map(({ key }) => key)).toEqual(['humidity_jump', 'dust_drop', 'neighbours_still'])
  expect(scoreOf(findingsOf(day, thresholds), thresholds).suspect).toBe(true)
})

test('a boom that turns with the wind does not work, nor does a load left hanging', () => {
  const people = [{ at: from, value: 0, flag: 'N' }]
  const crane = (height: (at: number) => number, everyMinutes = 1) => {
    const seldom = (values: TimedValue[]) => values.filter((_, at) => at % everyMinutes === 0)
    return {
      liftingCapacity: seldom(told(() => 1.2)),
      height: seldom(told(height)),
      round: seldom(told((at) => at % 360)),
    }
  }
  expect(kindsOf({ ...empty, people, series: crane(() => 40) })).toEqual([])
  const working = { ...empty, people, series: crane((at) => 40 + 20 * Math.sin(at)) }
  expect(kindsOf(working)).toEqual(['work_without_people'])
  const seldom = crane((at) => 40 + 20 * Math.sin(at), 5)
  expect(kindsOf({ ...working, periodSeconds: 300, series: seldom })).toEqual(['work_without_people'])
  expect(kindsOf({ ...working, people: null })).toEqual([])
  expect(kindsOf({ ...working, people: [{ at: from, value: 3, flag: 'N' }] })).toEqual([])
})

test.each(CheatKind.options)('%s is told in whole sentences, within the window, and can be stored', (kind) => {
  const { day, own } = foundDay(kind)
  expect(cheatTitles[kind]).toMatch(/^[一-鿿]+$/)
  for (const each of own) {
    expect(CredibilityFinding.parse(JSON.parse(JSON.stringify(each)))).toEqual(each)
    expect(each.from).toBeGreaterThanOrEqual(day.from)
    expect(each.until).toBeGreaterThan(each.from)
    expect(each.until).toBeLessThanOrEqual(day.until)
    expect(each.weight).toBe(thresholds[`weight.${kind}`])
    for (const reason of each.reasons) expect(sayReason(reason)).not.toMatch(/undefined|NaN|Infinity|—/)
  }
})
