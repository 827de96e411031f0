import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lawOn } from '../law/index.ts'
import { findCheckItem, findCheckTable, jgj59Tables, summaryItems } from './jgj59-tables.ts'
import {
  type Mark,
  scoreAll,
  scoreTable,
  type ScoringRules,
  scoringRules,
  summarise,
  type TableScore,
  unmarkedItems,
} from './jgj59.ts'

const rules = scoringRules(lawOn('2026-11-20', '990421'))
const tableOf = (code: string) => findCheckTable(code)!

/** Marks a table by what each item keeps; null is 缺项. */
const keeping = (code: string, kept: (number | null)[]): Map<string, Mark> =>
  new Map(
    tableOf(code).items.map((item, i) => {
      const points = kept[i]
      return [item.code, typeof points === 'number' ? { deducted: item.points - points } : { na: true }]
    }),
  )
const scored = (code: string, kept: (number | null)[], by: ScoringRules = rules) =>
  scoreTable(tableOf(code), keeping(code, kept), by)
const score = (table: string, value: number): TableScore => ({
  table,
  score: value,
  got: value,
  full: 100,
  zeroed: null,
})

describe('refusals', () => {
  test('an unmarked item is listed, and not scored', () => {
    const marks = keeping('B.1', [10, 10, 10, 10, 10, 10, 10, 10, 10, 10])
    marks.delete('B.1.4')
    expect(unmarkedItems([tableOf('B.1')], marks)).toEqual(['B.1.4'])
    expect(() => scoreTable(tableOf('B.1'), marks, rules)).toThrow('item B.1.4 is not marked')
  })
  test.each([-1, Number.NaN])('a deduction of %d is none', (deducted) => {
    const marks = keeping('B.1', [10, 10, 10, 10, 10, 10, 10, 10, 10, 10]).set('B.1.1', { deducted })
    expect(() => scoreTable(tableOf('B.1'), marks, rules)).toThrow(RangeError)
  })
  test('a table that does not exist has no place in the summary', () => {
    expect(() => summarise([score('B.20', 90)], rules)).toThrow('no table B.20')
  })
})

describe('the worked vector of the handbook', () => {
  test('41 + 32 = 73', () => {
    expect(scored('B.1', [9, 8, 7, 6, 5, 6, 8, 8, 8, 8])).toEqual({
      table: 'B.1',
      score: 73,
      got: 73,
      full: 100,
      zeroed: null,
    })
  })
  test('保证项目 of 39 zero the table', () => {
    expect(scored('B.1', [9, 8, 7, 5, 5, 5, 8, 8, 8, 8])).toMatchObject({
      score: 0,
      got: 71,
      zeroed: { by: 'sum', got: 39, full: 60 },
    })
  })
  test('90 and 80 of two items give 84, 优良', () => {
    const summary = summarise([score('B.1', 90), score('B.2', 80)], rules)
    expect(summary).toMatchObject({ total: 84, grade: 'excellent' })
    expect(summary?.rows.map(({ key, points }) => [key, points])).toEqual([
      ['safetyMgmt', 9],
      ['civilized', 12],
    ])
  })
})

describe('boundaries of a table, by hand', () => {
  test('保证项目 of exactly 40 stand', () => {
    expect(scored('B.1', [9, 8, 7, 6, 5, 5, 8, 8, 8, 8])).toMatchObject({ score: 72, zeroed: null })
  })
  test('39.9 do not', () => {
    expect(scored('B.1', [9, 8, 7, 6, 5, 4.9, 8, 8, 8, 8])).toMatchObject({ score: 0, zeroed: { by: 'sum' } })
  })
  test('one 保证项目 without points zeroes the table, whatever the rest', () => {
    expect(scored('B.1', [0, 10, 10, 10, 10, 10, 10, 10, 10, 10])).toMatchObject({
      score: 0,
      zeroed: { by: 'item', item: 'B.1.1' },
    })
  })
  test('a 一般项目 without points does not', () => {
    expect(scored('B.1', [10, 10, 10, 10, 10, 10, 0, 10, 10, 10])).toMatchObject({ score: 90, zeroed: null })
  })
  test('deductions beyond the item take the item only', () => {
    const marks = keeping('B.1', [10, 10, 10, 10, 10, 10, 10, 10, 10, 10]).set('B.1.7', { deducted: 25 })
    expect(scoreTable(tableOf('B.1'), marks, rules)).toMatchObject({ score: 90 })
  })
  test('缺项 is taken out of what is possible: 72 of 90 is 80', () => {
    expect(scored('B.1', [8, 8, 8, 8, 8, 8, 8, 8, 8, null])).toMatchObject({ score: 80, got: 72, full: 90 })
  })
  test('a 缺项 in the 保证项目 is not an item without points', () => {
    expect(scored('B.1', [null, 8, 8, 8, 8, 8, 8, 8, 8, 8])).toMatchObject({ score: 80, zeroed: null })
  })
  test('a table of 缺项 only has no score', () => {
    expect(
      scored(
        'B.1',
        Array.from({ length: 10 }, () => null),
      ),
    ).toBeNull()
  })
  test('tables without 保证项目 are not zeroed by an item', () => {
    expect(scored('B.13', [0, 10, 10, 10, 10, 10, 10, 10, 10, 10])).toMatchObject({ score: 90, zeroed: null })
  })
  test('items of 20 points: B.14 with 13 + 7 + 13 + 7 = 40 stands', () => {
    expect(scored('B.14', [7, 13, 7, 13, 15, 15, 10])).toMatchObject({ score: 80, zeroed: null })
  })
})

describe('40 of 60 when 保证项目 are missing', () => {
  const half = [null, null, null, 7, 7, 6, 10, 10, 10, 10] // 20 of 30, exactly two thirds
  const under = [null, null, null, 7, 6, 6, 10, 10, 10, 10] // 19 of 30
  const literal = { ...rules, byRatio: false }
  test('by ratio, 20 of 30 stands and 19 of 30 does not', () => {
    expect(scored('B.1', half)).toMatchObject({ zeroed: null, got: 60, full: 70 })
    expect(scored('B.1', under)).toMatchObject({ score: 0, zeroed: { by: 'sum', got: 19, full: 30 } })
  })
  test('read literally, 20 is under 40', () => {
    expect(scored('B.1', half, literal)).toMatchObject({ score: 0, zeroed: { by: 'sum', got: 20, full: 30 } })
  })
  test('with nothing missing both readings agree', () => {
    const kept = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(kept, (points) => {
        expect(scored('B.1', points, literal)).toEqual(scored('B.1', points))
      }),
    )
  })
})

describe('the summary', () => {
  test('nothing checked is no summary', () => expect(summarise([], rules)).toBeNull())
  test.each([
    [80, 'excellent'],
    [79.99, 'qualified'],
    [70, 'qualified'],
    [69.99, 'unqualified'],
  ])('%d is %s', (value, grade) =>
    expect(summarise([score('B.1', value)], rules)).toMatchObject({ total: value, grade }),
  )
  test('a table of zero is 不合格 whatever the total', () => {
    const rest = jgj59Tables.filter(({ code }) => code !== 'B.19').map(({ code }) => score(code, 100))
    expect(summarise([...rest, score('B.19', 0)], rules)).toMatchObject({ total: 95, grade: 'unqualified' })
  })
  test('several scaffolds count by their mean', () => {
    const summary = summarise([score('B.3', 90), score('B.8', 80), score('B.10', 70), score('B.1', 70)], rules)
    expect(summary?.rows.find(({ key }) => key === 'scaffold')).toMatchObject({ score: 80, points: 8 })
    expect(summary).toMatchObject({ total: 75, grade: 'qualified' })
  })
  test('the weight of 文明施工 is 15 and of 施工机具 5', () => {
    expect(summarise([score('B.2', 80), score('B.19', 60)], rules)).toMatchObject({ total: 75 })
  })
  test('70 everywhere is 70, not 69.99999999999999', () => {
    fc.assert(
      fc.property(fc.subarray([...jgj59Tables], { minLength: 1 }), fc.constantFrom(70, 80), (tables, value) => {
        expect(
          summarise(
            tables.map(({ code }) => score(code, value)),
            rules,
          )?.total,
        ).toBe(value)
      }),
    )
  })
})

describe('for any marks', () => {
  const marks = fc.subarray([...jgj59Tables], { minLength: 1 }).chain((tables) => {
    const items = tables.flatMap((table) => table.items)
    const mark = fc.oneof(
      { arbitrary: fc.record({ deducted: fc.integer({ min: 0, max: 12 }) }), weight: 4 },
      { arbitrary: fc.constant<Mark>({ na: true }), weight: 1 },
    )
    return fc
      .array(mark, { minLength: items.length, maxLength: items.length })
      .map((all) => new Map(items.map((item, i): [string, Mark] => [item.code, all[i]!])))
  })

  test('scores lie in 0-100 and the total between the least and the greatest', () => {
    fc.assert(
      fc.property(marks, (all) => {
        const { scores, summary } = scoreAll(all, rules)
        const values = scores.map((one) => one.score)
        for (const value of values) expect(value >= 0 && value <= 100).toBe(true)
        if (summary)
          expect(summary.total >= Math.min(...values) - 1e-6 && summary.total <= Math.max(...values) + 1e-6).toBe(true)
      }),
    )
  })
  test('one more point deducted never raises the total', () => {
    fc.assert(
      fc.property(marks, fc.nat(), (all, pick) => {
        const [code, mark] = [...all][pick % all.size]!
        if (mark.na) return
        const worse = new Map(all).set(code, { deducted: mark.deducted + 1 })
        const before = scoreAll(all, rules).summary?.total ?? 0
        const after = scoreAll(worse, rules).summary?.total ?? 0
        expect(after).toBeLessThanOrEqual(before)
      }),
    )
  })
  test('缺项 of an item with full marks never raises the score of its table', () => {
    fc.assert(
      fc.property(marks, fc.nat(), (all, pick) => {
        const code = [...all.keys()][pick % all.size]!
        const item = findCheckItem(code)!
        const table = tableOf(code.slice(0, code.lastIndexOf('.')))
        const full = scoreTable(table, new Map(all).set(item.code, { deducted: 0 }), rules)
        const missing = scoreTable(table, new Map(all).set(item.code, { na: true }), rules)
        if (full && missing) expect(missing.score).toBeLessThanOrEqual(full.score)
      }),
    )
  })
})

describe('the tables', () => {
  test('nineteen, their codes in order', () =>
    expect(jgj59Tables.map(({ code }) => code)).toEqual(Array.from({ length: 19 }, (_, i) => `B.${i + 1}`)))
  test('the weights make 100', () => expect(summaryItems.reduce((sum, { weight }) => sum + weight, 0)).toBe(100))
  test.each(jgj59Tables.map((table) => [table.code, table] as const))('%s makes 60 + 40', (code, { items }) => {
    const points = (guarantee: boolean) =>
      items.filter((item) => item.guarantee === guarantee).reduce((sum, item) => sum + item.points, 0)
    expect([points(true), points(false)]).toEqual(['B.13', 'B.19'].includes(code) ? [0, 100] : [60, 40])
  })
})
