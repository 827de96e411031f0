import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lawOn } from '../../law/index.ts'
import { consumption, sumUsed } from './consumption.ts'
import { exitFaults, faultsOf } from './exits.ts'
import { dailyLimit, hourlyLimit } from './limits.ts'
import { addMonths, changeOf, isEnough, Month, monthSoFar, samePeriod, wholeMonth } from './month.ts'
import { offlineReason } from './offline.ts'
import { expectedSamples, rolled } from './rolled.ts'
import { type ScoreFacts, scoreOf } from './score.ts'
import { directionOf, directions, levelOf, levelsFrom } from './wind.ts'

const law = lawOn('2026-11-20', '990421')
const shanghai = (text: string) => Date.parse(`${text}+08:00`)

describe('what is not a month, and what cannot be compared', () => {
  test.each(['2026-13', '2026-00', '26-01', '2026-1', '2026-01-01'])('%s', (text) =>
    expect(Month.safeParse(text).success).toBe(false),
  )
  test('nothing to compare with is not zero', () => {
    expect(changeOf(40, null)).toBeNull()
    expect(changeOf(null, 40)).toBeNull()
    expect(changeOf(40, 0)).toBeNull()
    expect(changeOf(40, 50)).toBe(-20)
  })
  test('too few days make no mean of a month', () => {
    expect(isEnough(law, wholeMonth('2026-10'), 26)).toBe(false)
    expect(isEnough(law, wholeMonth('2026-10'), 27)).toBe(true)
    expect(isEnough(law, wholeMonth('2026-02'), 24)).toBe(false)
    expect(isEnough(law, wholeMonth('2026-02'), 25)).toBe(true)
  })
  test('a month that runs may lack no more days than a whole one', () => {
    // November lacks three at most: of its first nineteen days sixteen are needed.
    const soFar = monthSoFar('2026-11', '2026-11-20')
    expect(soFar).toEqual({ from: '2026-11-01', until: '2026-11-20' })
    expect(isEnough(law, soFar, 15)).toBe(false)
    expect(isEnough(law, soFar, 16)).toBe(true)
    expect(isEnough(law, monthSoFar('2026-11', '2026-11-01'), 0)).toBe(false)
  })
})

describe('months', () => {
  test('run over the year', () => {
    expect([addMonths('2026-01', -1), addMonths('2026-12', 1), addMonths('2026-03', -12)]).toEqual([
      '2025-12',
      '2027-01',
      '2025-03',
    ])
  })
  test('the same period of another month has the same days of the month, as far as it has them', () => {
    expect(samePeriod(monthSoFar('2026-11', '2026-11-20'), '2025-11')).toEqual({
      from: '2025-11-01',
      until: '2025-11-20',
    })
    expect(samePeriod(monthSoFar('2026-03', '2026-03-31'), '2026-02')).toEqual({
      from: '2026-02-01',
      until: '2026-03-01',
    })
    // A whole month is compared with a whole one, also with a longer.
    expect(samePeriod(wholeMonth('2026-02'), '2026-01')).toEqual({ from: '2026-01-01', until: '2026-02-01' })
  })
  test('a month to come has no days yet', () => {
    expect(monthSoFar('2026-12', '2026-11-20')).toEqual({ from: '2026-12-01', until: '2026-12-01' })
  })
})

describe('limits are those of their day', () => {
  test.each([
    ['2015-12-31', undefined],
    ['2026-02-28', 75],
    ['2026-03-01', 60],
    ['2030-12-31', 60],
    ['2031-01-01', 50],
  ])('PM2.5 on %s', (day, value) => expect(dailyLimit(lawOn(day, '990421'), 'a34004')?.value).toBe(value))
  test('PM10 and TSP', () => {
    const before = lawOn('2026-02-28', '990421')
    expect([dailyLimit(before, 'a34002')?.value, dailyLimit(before, 'a34001')?.value]).toEqual([150, 300])
  })
  test('noise is limited by day and by night', () => {
    const at = (time: string) => hourlyLimit(law, 'LA', shanghai(`2026-11-20T${time}`))?.value
    expect([at('05:00'), at('06:00'), at('21:00'), at('22:00')]).toEqual([55, 70, 70, 55])
  })
})

describe('wind', () => {
  test('north lies on both sides of zero', () => {
    expect([348.75, 359.9, 0, 11.24].map((degrees) => directions[directionOf(degrees)])).toEqual([
      '北',
      '北',
      '北',
      '北',
    ])
    expect(directions[directionOf(11.25)]).toBe('北东北')
    expect(directions[directionOf(225)]).toBe('西南')
    expect(directions[directionOf(360)]).toBe('北')
  })
  test('levels begin at their speed', () => {
    const from = levelsFrom(law)
    expect([0, 0.29, 0.3, 7.99, 8, 10.8, 40].map((speed) => levelOf(speed, from))).toEqual([0, 0, 1, 4, 5, 6, 12])
    expect(from).toEqual(from.toSorted((one, other) => one - other))
  })
})

describe('a counter', () => {
  const at = (hour: number) => hour * 3_600_000
  test('that falls was changed, and that hour is not known', () => {
    const used = consumption({ at: at(0), min: 90, max: 100 }, [
      { at: at(1), min: 0, max: 3 },
      { at: at(2), min: 3, max: 8 },
    ])
    expect(used.map((one) => one.used)).toEqual([null, 5])
  })
  test('that was changed and has overtaken itself within the hour is known by its least reading', () => {
    expect(consumption({ at: at(0), min: 1, max: 4 }, [{ at: at(1), min: 0, max: 9 }])[0]!.used).toBeNull()
  })
  test('that nothing is known of begins at its first reading', () => {
    expect(consumption(null, [{ at: at(1), min: 500, max: 503 }])).toEqual([{ at: at(1), used: 3, hours: 1 }])
  })
  test('tells a gap once, and it belongs neither to the day nor to the night', () => {
    const used = consumption({ at: at(0), min: 0, max: 10 }, [
      { at: at(1), min: 10, max: 12 },
      { at: at(5), min: 30, max: 32 },
      { at: at(6), min: 32, max: 33 },
    ])
    expect(used.map(({ used: one, hours }) => [one, hours])).toEqual([
      [2, 1],
      [20, 4],
      [1, 1],
    ])
    expect(sumUsed(used, (hour) => hour === at(1))).toEqual({ total: 23, night: 2, nightShare: 2 / 3 })
    expect(sumUsed([], () => true)).toEqual({ total: 0, night: 0, nightShare: null })
  })
  test('that only rises uses what it rose by, however the hours lie', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(50), fc.nat(50)), { minLength: 1 }),
        (steps) => {
          let [hour, reading] = [0, 1000]
          const hours = steps.map(([gap, idle, use]) => {
            hour += gap
            const min = (reading += idle)
            return { at: at(hour), min, max: (reading += use) }
          })
          const { total } = sumUsed(consumption({ at: 0, min: 1000, max: 1000 }, hours), () => false)
          expect(total).toBe(reading - 1000)
        },
      ),
    )
  })
})

describe('an exit', () => {
  const good = { washed: true, covered: true, legible: true, plate: '浙F12345' }
  test('without a fault has none', () => expect(faultsOf({ ...good, grossWeight: 31 }, 31)).toEqual([]))
  test('may have each, and all at once', () => {
    expect(faultsOf({ ...good, plate: null }, 31)).toEqual(['illegible'])
    const bad = { washed: false, covered: false, legible: false, plate: null, grossWeight: 31.02 }
    expect(faultsOf(bad, 31)).toEqual(Object.keys(exitFaults))
  })
})

describe('the score of a site', () => {
  const best: ScoreFacts = {
    ...{ hours: 720, validHours: 720, exceedHours: 0, alarms: 2, answerMinutes: 30, exits: 40, unwashed: 0 },
  }
  const cost = (facts: Partial<ScoreFacts>) =>
    Object.fromEntries(scoreOf(law, { ...best, ...facts }).parts.map(({ part, deduction }) => [part, deduction]))

  test('is not told of a site that has no monitor', () => {
    expect(scoreOf(law, { ...best, hours: 0, validHours: 0 }).total).toBeNull()
  })
  test('what was not counted costs nothing and has no value', () => {
    const { parts } = scoreOf(law, { ...best, exits: 0, answerMinutes: null })
    expect(parts.filter(({ value }) => value === null).map(({ part }) => part)).toEqual(['answer', 'wash'])
  })
  test('each part costs in a straight line, and no more than its weight', () => {
    expect(scoreOf(law, best).total).toBe(100)
    expect(cost({ exceedHours: 72 })).toEqual({ exceed: 20, answer: 0, offline: 0, wash: 0 })
    expect(cost({ answerMinutes: 135 })).toEqual({ exceed: 0, answer: 10, offline: 0, wash: 0 })
    expect(cost({ validHours: 630 })).toEqual({ exceed: 0, answer: 0, offline: 12.5, wash: 0 })
    expect(cost({ unwashed: 4 })).toEqual({ exceed: 0, answer: 0, offline: 0, wash: 7.5 })
    const worst = { validHours: 100, exceedHours: 100, answerMinutes: 9_000, unwashed: 40 }
    expect(scoreOf(law, { ...best, ...worst }).total).toBe(0)
  })
  test('the weights make 100', () => {
    expect(scoreOf(law, best).parts.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  })
})

test('why a monitor is offline is told by its line', () => {
  const since = '2026-11-20T01:00:00.000Z'
  const line = { connected: true, heardAt: null, freshAt: null, refused: 0, good: 0 }
  const [before, after] = ['2026-11-20T00:00:00.000Z', '2026-11-20T01:02:00.000Z']
  expect(offlineReason(line, since)).toBe('never')
  expect(offlineReason({ ...line, refused: 3 }, since)).toBe('refused')
  expect(offlineReason({ ...line, heardAt: after, freshAt: before, good: 9 }, since)).toBe('no_normal')
  expect(offlineReason({ ...line, heardAt: before, freshAt: before, good: 9 }, since)).toBe('quiet')
  expect(offlineReason({ ...line, connected: false, heardAt: before, freshAt: before, good: 9 }, since)).toBe(
    'disconnected',
  )
})

test('what is promised in a second is expected in an hour', () => {
  const promised = expectedSamples(law)
  const of = (model: string, code: string) =>
    promised.filter((one) => one.model === model && one.code === code).map(({ span, expected }) => [span, expected])
  expect(of('dust-ug', 'a34004')).toEqual([
    ['r', 60],
    ['m', 12],
  ])
  expect(rolled.map(({ code }) => code)).not.toContain('round')
  expect(rolled.find(({ code }) => code === 'LA')?.mean).toBe('energy')
  expect(rolled.find(({ code }) => code === 'a01008')?.mean).toBe('direction')
})
