import { describe, expect, test } from 'vitest'
import { citeClause, findClause, getClause } from './clauses.ts'
import { lawOn, overrideFault } from './law.ts'
import { Rule } from './rule.ts'
import { type RuleCode, rules } from './rules/index.ts'

const county = '990421'
const yellow: Rule = {
  code: 'rectification.yellow_day',
  value: 5,
  unit: '日',
  clause: 'pinghu.ladder',
  source: 'L',
  from: '2026-03-01',
}

describe('refusals', () => {
  test('a rule that does not stand throws, and is told by day and region', () => {
    const law = lawOn('2016-06-30', county)
    expect(() => law.rule('equipment.building_area')).toThrow('no rule equipment.building_area on 2016-06-30 in 990421')
    expect(law.findRule('equipment.building_area')).toBeUndefined()
    expect(law.used()).toEqual([])
  })
  test('a switch is no number and a number is no switch', () => {
    const law = lawOn('2026-01-01', county)
    expect(() => law.number('equipment.key_project')).toThrow('not a number')
    expect(() => law.flag('rectification.yellow_day')).toThrow('not a switch')
  })
  test('an override must fit the question it answers', () => {
    expect(overrideFault({ ...yellow, code: 'rectification.orange_day' })).toBe('rule_code_unknown')
    expect(overrideFault({ ...yellow, value: '5' })).toBe('rule_value_kind')
    expect(overrideFault({ ...yellow, unit: '工作日' })).toBe('rule_unit')
    expect(overrideFault({ ...yellow, to: '2026-02-28' })).toBe('rule_period')
    expect(overrideFault({ ...yellow, clause: 'pinghu.other' })).toBe('rule_clause_unknown')
    expect(overrideFault({ ...yellow, to: '2026-03-01' })).toBeNull()
  })
  test('a region is a whole code: half a digit pair would reach the wrong county', () => {
    expect(Rule.safeParse({ ...yellow, region: '33048' }).success).toBe(false)
    expect(Rule.safeParse({ ...yellow, region: '330482' }).success).toBe(true)
  })
  test('an unknown clause', () => {
    expect(findClause('toString')).toBeUndefined()
    expect(() => getClause('none')).toThrow('no clause none')
  })
})

describe('which rule stands', () => {
  const on = (day: string, region: string, overrides: Rule[]) =>
    lawOn(day, region, overrides).number('rectification.yellow_day')

  test('an override begins and ends with its days', () => {
    const overrides = [{ ...yellow, to: '2026-03-31' }]
    expect(on('2026-02-28', county, overrides)).toBe(7)
    expect(on('2026-03-01', county, overrides)).toBe(5)
    expect(on('2026-03-31', county, overrides)).toBe(5)
    expect(on('2026-04-01', county, overrides)).toBe(7)
  })
  test('the nearest region wins over the latest text', () => {
    const overrides = [
      { ...yellow, value: 4, region: '990421', from: '2020-01-01' },
      { ...yellow, value: 6, region: '99', from: '2026-01-01' },
    ]
    expect(on('2026-03-01', '990421003', overrides)).toBe(4)
    expect(on('2026-03-01', '990422', overrides)).toBe(6)
    expect(on('2026-03-01', '330482', overrides)).toBe(7)
  })
  test('in one region the latest text wins, whatever the order of the list', () => {
    const old = { ...yellow, value: 6, from: '2025-01-01' }
    expect(on('2026-03-01', county, [yellow, old])).toBe(5)
    expect(on('2026-03-01', county, [old, yellow])).toBe(5)
  })
  test('an override of the same day as ours wins', () => {
    expect(on('2026-03-01', county, [{ ...yellow, from: '2019-01-01' }])).toBe(5)
  })
})

test('what was read is kept once each, in order, as it stood', () => {
  const law = lawOn('2026-03-01', county, [yellow])
  law.number('rectification.red_day')
  law.number('rectification.yellow_day')
  law.number('rectification.red_day')
  expect(law.used().map(({ code, value, from }) => [code, value, from])).toEqual([
    ['rectification.red_day', 15, '2019-01-01'],
    ['rectification.yellow_day', 5, '2026-03-01'],
  ])
})

describe('the table', () => {
  test.each(rules.map((rule): [string, Rule] => [`${rule.code} from ${rule.from}`, rule]))(
    '%s is well formed',
    (_, rule) => {
      expect(Rule.parse(rule)).toEqual(rule)
      expect(overrideFault(rule)).toBeNull()
    },
  )
  test('no two rules of one code and region stand on one day', () => {
    const codes = [...new Set(rules.map((rule) => rule.code))]
    for (const code of codes) {
      const periods = rules.filter((rule: Rule) => rule.code === code).toSorted((a, b) => a.from.localeCompare(b.from))
      periods.slice(1).forEach((rule, i) => {
        const before: Rule | undefined = periods[i]
        expect(before?.to && before.to < rule.from, `${code} ${rule.from}`).toBe(true)
      })
    }
  })
  test('the noise limits keep their figures and change their text on 2026-01-01', () => {
    const clauseOn = (day: string) => lawOn(day, county).rule('noise.night')
    expect(clauseOn('2025-12-31')).toMatchObject({ value: 55, clause: 'noise_2011.limit' })
    expect(clauseOn('2026-01-01')).toMatchObject({ value: 55, clause: 'noise_2025.limit' })
  })
  test('everything the county needs stands today', () => {
    const law = lawOn('2026-11-20', county)
    for (const code of new Set<RuleCode>(rules.map((rule) => rule.code))) expect(law.findRule(code), code).toBeDefined()
  })
})

test('a clause is cited by document, article and title', () => {
  expect(citeClause('noise_2011.limit')).toBe(
    'GB 12523-2011《建筑施工场界环境噪声排放标准》 4.1（建筑施工场界环境噪声排放限值）',
  )
})
