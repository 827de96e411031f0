import { expect, test } from 'vitest'
import { lawOn, type Rule } from '../../law/index.ts'
import { type CheatKind, type CredibilityFinding, scoreOf, thresholdsOn } from './index.ts'

const county = '990421'
const thresholds = thresholdsOn(lawOn('2026-11-20', county))
const found = (kind: CheatKind, at = 0): CredibilityFinding => ({
  kind,
  from: at,
  until: at + 60_000,
  quantity: 'a34002',
  reasons: [{ key: 'same_value', numbers: { count: 60, value: 35 + at } }],
  weight: thresholds[`weight.${kind}`],
})

test('what can be a fault alone does not make a device suspect', () => {
  expect(scoreOf([found('frozen')], thresholds)).toMatchObject({ score: 70, suspect: false })
  expect(scoreOf([], thresholds)).toEqual({ score: 100, suspect: false, deductions: [] })
})

test('a plain forgery does', () => {
  expect(scoreOf([found('spray_sensor')], thresholds)).toMatchObject({ score: 55, suspect: true })
})

test('the threshold itself is not below it', () => {
  const at = { ...found('frozen'), weight: 100 - thresholds['suspect_below'] }
  expect(scoreOf([at], thresholds).suspect).toBe(false)
  expect(scoreOf([{ ...at, weight: at.weight + 0.1 }], thresholds).suspect).toBe(true)
})

test('one fault told twenty times costs half as much again, every reason is kept', () => {
  const many = Array.from({ length: 20 }, (_, i) => found('frozen', i))
  const { score, deductions } = scoreOf(many, thresholds)
  expect(score).toBe(55)
  expect(deductions).toMatchObject([{ kind: 'frozen', count: 20, points: 45 }])
  expect(deductions[0]!.reasons.map(({ numbers }) => numbers.value)).toEqual(many.map((_, i) => 35 + i))
})

test('it ends at nothing, the costliest kind first', () => {
  const { score, deductions } = scoreOf([found('order_broken'), found('replayed'), found('clipped')], thresholds)
  expect(score).toBe(0)
  expect(deductions.map(({ kind }) => kind)).toEqual(['replayed', 'clipped', 'order_broken'])
})

test('a county tunes it by a rule of its own', () => {
  const rule: Rule = {
    code: 'credibility.suspect_below',
    value: 50,
    unit: '分',
    clause: 'house.credibility',
    source: 'engineering',
    from: '2026-01-01',
    region: county,
  }
  const tuned = thresholdsOn(lawOn('2026-11-20', county, [rule]))
  expect(scoreOf([found('spray_sensor')], tuned)).toMatchObject({ score: 55, suspect: false })
})
