import { describe, expect, test } from 'vitest'
import { computed, formOf, itemsOf, saveFault, sayTolerance, signedContent, submitFaults } from './record.ts'
import {
  idOf,
  sampleAnswered,
  sampleDraft,
  sampleFinding,
  sampleNow,
  sampleRules,
  sampleSpot,
  supervision,
} from './samples.ts'
import type { Inspection } from './schema.ts'

const ruleOf = (record: Inspection) => {
  const fault = saveFault(record, sampleNow)
  return typeof fault === 'string' ? fault : (fault?.rule ?? null)
}

describe('a draft is refused', () => {
  test.each<[string, Partial<Inspection>]>([
    ['inspection_in_future', { visitedAt: '2026-11-20T06:05:00.001Z' }],
    ['inspection_table_unknown', { tables: ['B.20'] }],
    ['inspection_entry_twice', { findings: [sampleFinding(), sampleFinding()] }],
    ['inspection_finding_outside', { tables: ['B.1'], findings: [sampleFinding()] }],
    ['inspection_unit_unknown', { findings: [sampleFinding({ orgId: idOf(99) })] }],
    ['inspection_unit_unknown', { attendees: [{ orgId: idOf(99), name: '何秉', role: '项目经理' }] }],
    [
      'deduction_out_of_range',
      { findings: [sampleFinding({ deductions: [{ by: 'rule', rule: 'B.13.4-1', points: 4, count: 1 }] })] },
    ],
    [
      'deduction_rule_other_item',
      { findings: [sampleFinding({ deductions: [{ by: 'rule', rule: 'B.13.1-1', points: 5, count: 1 }] })] },
    ],
    [
      'deduction_over_item',
      {
        findings: [
          sampleFinding({ deductions: [{ by: 'discretion', text: '甲', points: 6 }] }),
          sampleFinding({ id: idOf(32), deductions: [{ by: 'discretion', text: '乙', points: 5 }] }),
        ],
      },
    ],
  ])('%s', (rule, change) => expect(ruleOf(sampleDraft(change))).toBe(rule))

  test('an unfinished one is not', () =>
    expect(ruleOf(sampleDraft({ findings: [sampleFinding({ text: '' })] }))).toBeNull())
})

describe('what stands in the way of submitting is listed by name', () => {
  const faults = (record: Inspection) => submitFaults(record).map(({ rule }) => rule)

  test('nothing, once everything is there', () => expect(submitFaults(sampleAnswered())).toEqual([]))
  test('every unanswered item', () => {
    const record = sampleAnswered()
    record.answers = record.answers.filter(({ itemCode }) => !['B.13.1', 'B.13.5'].includes(itemCode))
    expect(submitFaults(record)).toEqual([{ rule: 'inspection_unanswered', detail: { items: ['安全帽', '洞口防护'] } }])
  })
  test.each<[string, Partial<Inspection>]>([
    ['inspection_finding_missing', { findings: [] }],
    [
      'inspection_finding_contradicts',
      { findings: [sampleFinding(), sampleFinding({ id: idOf(32), itemCode: 'B.13.1', itemName: '安全帽' })] },
    ],
    ['inspection_finding_text', { findings: [sampleFinding({ text: '  ' })] }],
    ['inspection_deduction_missing', { findings: [sampleFinding({ deductions: [] })] }],
    ['inspection_photo_missing', { findings: [sampleFinding({ severity: 'serious' })] }],
    ['inspection_part_missing', { part: ' ' }],
  ])('%s', (rule, change) => expect(faults(sampleAnswered(change))).toEqual([rule]))
  test('a scored form without a table', () => {
    expect(faults(sampleDraft({ tables: [] }))).toEqual(['inspection_table_missing'])
  })
})

test('deductions of one item are taken in order and never exceed it', () => {
  const perPerson = { by: 'rule', rule: 'B.13.1-1', points: 5, count: 3 } as const
  const later = { by: 'rule', rule: 'B.13.1-2', points: 2, count: 1 } as const
  const record = computed(
    sampleDraft({
      findings: [
        sampleFinding({ itemCode: 'B.13.1', deductions: [perPerson] }),
        sampleFinding({ id: idOf(32), itemCode: 'B.13.1', deductions: [later] }),
      ],
    }),
    sampleRules,
  )
  expect(record.findings.map(({ points }) => points)).toEqual([10, 0])
})

test('the high-work table with one item lost scores 90, by hand: (100 - 10) / 100', () => {
  expect(sampleAnswered().score).toMatchObject({ total: 90, grade: 'excellent' })
})

test('a table that is not answered whole is not scored yet, the others are', () => {
  const record = computed({ ...sampleAnswered(), tables: ['B.1', 'B.13'] }, sampleRules)
  expect(record.score?.rows.map(({ key }) => key)).toEqual(['highWork'])
})

describe('a spot test', () => {
  test('out of tolerance makes a finding, once', () => {
    const once = computed(sampleDraft({ spots: [sampleSpot()] }), sampleRules)
    const again = computed(once, sampleRules)
    expect(once.findings).toMatchObject([{ id: idOf(41), spotId: idOf(41), itemName: '临边防护', severity: 'general' }])
    expect(once.findings[0]?.text).toContain('西侧 1.05（偏差 -0.15）')
    expect(again.findings).toEqual(once.findings)
  })
  test('keeps what the officer added to its finding, not what he typed over the readings', () => {
    const record = sampleDraft({
      spots: [sampleSpot()],
      findings: [
        sampleFinding({ id: idOf(41), spotId: idOf(41), severity: 'serious', orgId: supervision.orgId, text: '无' }),
      ],
    })
    const { findings } = computed(record, sampleRules)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ severity: 'serious', orgId: supervision.orgId })
    expect(findings[0]?.text).toContain('西侧')
  })
  test('within tolerance makes none, and corrected readings take it back', () => {
    const within = sampleSpot({ readings: [{ place: '东侧', value: 1.2 }] })
    const out = computed(sampleDraft({ spots: [sampleSpot()] }), sampleRules)
    expect(computed({ ...out, spots: [within] }, sampleRules).findings).toEqual([])
    expect(computed({ ...out, spots: [] }, sampleRules).findings).toEqual([])
  })
})

test('a tolerance is said as standards print it', () => {
  expect([
    sayTolerance({ lower: -5, upper: 8 }),
    sayTolerance({ lower: -5, upper: 5 }),
    sayTolerance({ lower: 0, upper: null }),
  ]).toEqual(['-5，+8', '±5', '下偏差 0'])
})

test('a checklist is walked by its sections, each item with its clause', () => {
  const form = formOf({ templateCode: 'fire', templateVersion: '2026.1', tables: [] })
  expect(form.map(({ title, items }) => [title, items.length])).toEqual([
    ['现场防火', 2],
    ['作业防火', 2],
    ['消防手续', 2],
  ])
  expect(form[0]?.items[0]?.clause).toContain('GB 50720-2011')
  expect(() => itemsOf({ templateCode: 'fire', templateVersion: '1900', tables: [] })).toThrow(RangeError)
})

describe('what a signature is bound to', () => {
  const record = sampleAnswered({ photos: [idOf(51)] })
  const text = (one: Inspection, hash = 'aa') => JSON.stringify(signedContent(one, new Map([[idOf(51), hash]])))
  const same = text(record)
  test.each<[string, Partial<Inspection>]>([
    ['an answer', { answers: record.answers.map((answer, at) => (at === 0 ? { ...answer, mark: 'na' } : answer)) }],
    ['a finding', { findings: [sampleFinding({ severity: 'serious' })] }],
    ['a measure', { measures: ['correct'] }],
    ['the opinion', { opinion: '限期整改' }],
    ['the part', { part: '4 号楼' }],
    ['who was there', { attendees: [{ orgId: supervision.orgId, name: '陈堃', role: '总监理工程师' }] }],
  ])('%s', (_, change) => expect(text({ ...record, ...change })).not.toBe(same))
  test('a photograph itself, not only its name', () => expect(text(record, 'bb')).not.toBe(same))
  test('not the order in which the items were answered, nor who confirmed', () => {
    expect(
      text({
        ...record,
        answers: record.answers.toReversed(),
        officers: record.officers.map((officer) => ({ ...officer, confirmedAt: sampleNow })),
      }),
    ).toBe(same)
  })
})
