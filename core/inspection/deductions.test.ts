import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DeductionAsk,
  deductionFor,
  deductionRules,
  deductionRulesOf,
  deductionsFor,
  findDeductionRule,
} from './deductions.ts'
import { findCheckItem, jgj59Tables } from './jgj59-tables.ts'

const rule = (code: string, points: number, count = 1): DeductionAsk => ({ by: 'rule', rule: code, points, count })
const free = (points: number, text = '通道堆放钢管'): DeductionAsk => ({ by: 'discretion', points, text })

describe('refusals', () => {
  test.each<[string, string, DeductionAsk, string]>([
    ['an unknown item', 'B.20.1', free(2), 'check_item_unknown'],
    ['an unknown rule', 'B.1.1', rule('B.1.1-99', 5), 'deduction_rule_unknown'],
    ['a rule of another item', 'B.1.2', rule('B.1.1-1', 10), 'deduction_rule_other_item'],
    ['fewer points than the range', 'B.1.1', rule('B.1.1-3', 1), 'deduction_out_of_range'],
    ['more points than the range', 'B.1.1', rule('B.1.1-3', 11), 'deduction_out_of_range'],
    ['other points where there is no choice', 'B.1.1', rule('B.1.1-2', 2), 'deduction_out_of_range'],
    ['no number', 'B.1.1', rule('B.1.1-3', Number.NaN), 'deduction_out_of_range'],
    ['twice where it counts once', 'B.1.1', rule('B.1.1-2', 3, 2), 'deduction_count'],
    ['no person', 'B.13.1', rule('B.13.1-1', 5, 0), 'deduction_count'],
    ['half a person', 'B.13.1', rule('B.13.1-1', 5, 1.5), 'deduction_count'],
    ['free points without a reason', 'B.2.1', free(3, '  '), 'deduction_text_missing'],
    ['free points of zero', 'B.2.1', free(0), 'deduction_out_of_range'],
    ['more free points than the item has', 'B.2.1', free(11), 'deduction_over_item'],
  ])('%s', (_, item, ask, fault) => expect(deductionFor(item, ask)).toEqual({ fault }))

  test('more free points than the item has left', () => {
    expect(deductionFor('B.2.1', free(3), 8)).toEqual({ fault: 'deduction_over_item' })
    expect(deductionFor('B.2.1', free(2), 8)).toMatchObject({ deducted: 2 })
  })
  test('the first fault of a list is told with its place', () => {
    expect(deductionsFor('B.2.1', [free(3), free(8), free(99)])).toEqual({ fault: 'deduction_over_item', at: 1 })
  })
})

test('a rule of the library', () => {
  expect(deductionFor('B.1.1', rule('B.1.1-3', 7))).toEqual({
    item: 'B.1.1',
    rule: 'B.1.1-3',
    text: '未制定各工种安全技术操作规程',
    found: 7,
    deducted: 7,
    discretionary: false,
  })
})

test('three without a helmet are found as 15 and taken as 10', () => {
  expect(deductionFor('B.13.1', rule('B.13.1-1', 5, 3))).toMatchObject({ found: 15, deducted: 10 })
})

test('an item of five points caps a rule of ten', () => {
  expect(deductionFor('B.3.10', rule('B.3.10-2', 10))).toMatchObject({ found: 10, deducted: 5 })
})

test('an item without library rules takes free points, marked', () => {
  expect(deductionRulesOf('B.2.1')).toEqual([])
  expect(deductionFor('B.2.1', free(4, ' 围挡高度不足 '))).toEqual({
    item: 'B.2.1',
    rule: null,
    text: '围挡高度不足',
    found: 4,
    deducted: 4,
    discretionary: true,
  })
})

test('deductions of an item add up to its points at most', () => {
  expect(deductionsFor('B.13.1', [rule('B.13.1-2', 2, 3), rule('B.13.1-3', 5)])).toMatchObject({
    deducted: 10,
    deductions: [{ deducted: 6 }, { found: 5, deducted: 4 }],
  })
  const asks = fc.array(
    fc
      .constantFrom(...deductionRules)
      .chain((one) => fc.record({ one: fc.constant(one), count: fc.integer({ min: 1, max: 9 }) })),
  )
  fc.assert(
    fc.property(fc.constantFrom(...jgj59Tables.flatMap((table) => table.items)), asks, (item, picks) => {
      const own = picks.filter(({ one }) => one.item === item.code)
      const result = deductionsFor(
        item.code,
        own.map(({ one, count }) => rule(one.code, one.max, one.per === 'once' ? 1 : count)),
      )
      expect('deducted' in result && result.deducted <= item.points).toBe(true)
    }),
  )
})

describe('the library', () => {
  test.each(deductionRules.map((one) => [one.code, one] as const))('%s is sound', (code, one) => {
    expect(findCheckItem(one.item)).toBeDefined()
    expect(one.min > 0 && one.min <= one.max).toBe(true)
    expect(findDeductionRule(code)).toBe(one)
  })
  test('covers what the handbook covers', () => {
    const tables = new Set(deductionRules.map(({ item }) => item.slice(0, item.lastIndexOf('.'))))
    expect([...tables]).toEqual(['B.1', 'B.3', 'B.10', 'B.13', 'B.15', 'B.16', 'B.19'])
  })
})
