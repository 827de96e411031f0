import { expect, test } from 'vitest'
import { equipmentDuties, lawOn } from '../law/index.ts'
import { completenessOf } from './completeness.ts'
import { sampleProject } from './sample.ts'
import { placeSite, type Town } from './town.ts'

const box = (west: number, south: number, size: number) => [
  { lon: west, lat: south },
  { lon: west + size, lat: south },
  { lon: west + size, lat: south + size },
  { lon: west, lat: south + size },
]
const towns: Town[] = [
  { code: '990421001', name: '禾丰街道', polygon: box(120, 30, 1), hightechZone: false },
  // The zone overlaps the town: what counts is the polygon in which the site lies.
  { code: '990421400', name: '高新区', polygon: box(120.5, 30, 1), hightechZone: true },
]

test('a site lies in its town or is refused', () => {
  expect(placeSite(towns, '990421999', { lon: 120.2, lat: 30.2 })).toEqual({ ok: false, rule: 'town_unknown' })
  expect(placeSite(towns, '990421001', { lon: 121.2, lat: 30.2 })).toEqual({ ok: false, rule: 'point_outside_town' })
})

test('the zone is told by its polygon', () => {
  expect(placeSite(towns, '990421001', { lon: 120.2, lat: 30.2 })).toMatchObject({ inZone: false })
  expect(placeSite(towns, '990421001', { lon: 120.7, lat: 30.2 })).toMatchObject({ inZone: true })
})

test('a small building in the zone is obliged since 2019 and not before, the same outside never', () => {
  const at = (inZone: boolean, day: string) =>
    equipmentDuties(sampleProject({ area: 2000, inZone }), lawOn(day, '990421'))
  expect(at(true, '2018-12-31')).toEqual([])
  expect(at(true, '2026-01-01').map(({ duty, clause }) => [duty, clause])).toEqual([
    ['video', 'xiuzhou.zone'],
    ['attendance', 'xiuzhou.zone'],
    ['dust', 'xiuzhou.zone'],
  ])
  expect(at(false, '2026-01-01')).toEqual([])
})

test('what is missing is named, and counts', () => {
  const { percent, missing } = completenessOf(sampleProject())
  // 18 things are asked of a building: 11 are known.
  expect(missing.map(({ field }) => field)).toEqual([
    'permitNo',
    'parties.design',
    'parties.survey',
    'parties.testing',
    'posts.owner_rep',
    'posts.safety_officer',
    'posts.chief_engineer',
  ])
  expect(percent).toBe(61)
})

test('no area is asked of a road, and no construction permit of a water work', () => {
  const fields = (change: object) => completenessOf(sampleProject(change)).missing.map(({ field }) => field)
  expect(fields({ area: null })).toContain('area')
  expect(fields({ area: null, works: 'municipal', sector: 'municipal' })).not.toContain('area')
  expect(fields({ works: 'municipal', sector: 'water' })).not.toContain('permitNo')
})
