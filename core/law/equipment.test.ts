import { describe, expect, test } from 'vitest'
import { type Criterion, equipmentCriteria, equipmentDuties, type EquipmentFacts } from './equipment.ts'
import { lawOn } from './law.ts'

const county = '990421'
const plain: EquipmentFacts = {
  works: 'building',
  area: null,
  cost: null,
  keyProject: false,
  standardSite: false,
  designated: false,
  inZone: false,
}
const because = (facts: Partial<EquipmentFacts>, day = '2026-11-20'): Criterion[] =>
  equipmentCriteria({ ...plain, ...facts }, lawOn(day, county)).map(({ criterion }) => criterion)

describe('not obliged', () => {
  test.each<[string, Partial<EquipmentFacts>]>([
    ['a building whose area is not known', {}],
    ['a building of 4,999 ㎡', { area: 4999 }],
    ['a building of 4,999.99 ㎡', { area: 4999.99 }],
    ['a building of 4,999 ㎡ that costs more than 2,000 万元', { area: 4999, cost: 9000 }],
    ['municipal works of 1,999 万元', { works: 'municipal', cost: 1999 }],
    ['municipal works of 1,999 万元 on 9,000 ㎡', { works: 'municipal', cost: 1999, area: 9000 }],
    ['a building of 1,999 ㎡ in the zone', { area: 1999, inZone: true }],
    ['a building of 2,000 ㎡ outside the zone', { area: 2000 }],
    ['municipal works of 2,000 ㎡ in the zone', { works: 'municipal', area: 2000, inZone: true }],
  ])('%s', (_, facts) => expect(because(facts)).toEqual([]))
})

describe('obliged', () => {
  test.each<[string, Partial<EquipmentFacts>, Criterion[]]>([
    ['a building of 5,000 ㎡', { area: 5000 }, ['building_area']],
    ['municipal works of 2,000 万元', { works: 'municipal', cost: 2000 }, ['municipal_cost']],
    ['a key project of any size', { keyProject: true, area: 10 }, ['key_project']],
    ['a site that applies to be a standard site', { standardSite: true }, ['standard_site']],
    ['what the authority designates', { designated: true }, ['designated']],
    ['a building of 2,000 ㎡ in the zone', { area: 2000, inZone: true }, ['zone_area']],
    ['a building of 4,999 ㎡ in the zone', { area: 4999, inZone: true }, ['zone_area']],
    [
      'a building of 5,000 ㎡ in the zone, by the general rule first',
      { area: 5000, inZone: true },
      ['building_area', 'zone_area'],
    ],
    [
      'all that applies is told',
      { area: 5000, keyProject: true, designated: true },
      ['building_area', 'key_project', 'designated'],
    ],
  ])('%s', (_, facts, criteria) => expect(because(facts)).toEqual(criteria))
})

describe('by the law of its day', () => {
  test('no duty before 2016-07-01', () => {
    expect(because({ area: 5000, keyProject: true }, '2016-06-30')).toEqual([])
    expect(because({ area: 5000 }, '2016-07-01')).toEqual(['building_area'])
  })
  test('the zone is added in 2019, and does not reach back', () => {
    expect(because({ area: 2000, inZone: true }, '2018-12-31')).toEqual([])
    expect(because({ area: 2000, inZone: true }, '2019-01-01')).toEqual(['zone_area'])
  })
  test('dust is added in 2019; the clause is the text of the day', () => {
    const facts = { ...plain, area: 5000 }
    expect(equipmentDuties(facts, lawOn('2018-12-31', county))).toEqual([
      { duty: 'video', because: 'building_area', clause: 'xiuzhou.equipment_1' },
      { duty: 'attendance', because: 'building_area', clause: 'xiuzhou.equipment_1' },
    ])
    expect(equipmentDuties(facts, lawOn('2019-01-01', county))).toEqual([
      { duty: 'video', because: 'building_area', clause: 'xiuzhou.equipment_2' },
      { duty: 'attendance', because: 'building_area', clause: 'xiuzhou.equipment_2' },
      { duty: 'dust', because: 'building_area', clause: 'xiuzhou.equipment_2' },
    ])
  })
  test('a region may set its own figure, or switch a criterion or a duty off', () => {
    const own = (code: string, value: number | boolean, unit: string) => ({
      code,
      value,
      unit,
      clause: 'xiuzhou.equipment_2',
      source: 'L',
      from: '2026-01-01',
      region: county,
    })
    const law = lawOn('2026-11-20', `${county}003`, [
      own('equipment.building_area', 3000, '㎡'),
      own('equipment.designated', false, ''),
      own('equipment.duty.dust', false, ''),
    ])
    expect(equipmentDuties({ ...plain, area: 3000 }, law).map(({ duty }) => duty)).toEqual(['video', 'attendance'])
    expect(equipmentDuties({ ...plain, area: 2999, designated: true }, law)).toEqual([])
    expect(law.used().map(({ code }) => code)).toContain('equipment.building_area')
  })
})
