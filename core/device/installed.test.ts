import { expect, test } from 'vitest'
import type { Project } from '../project/index.ts'
import { countInstalled } from './installed.ts'

const project = (name: string, town: string, tags: Project['tags'] = []) => ({
  id: name,
  name,
  district: town === '城东街道' ? '990421001' : '990421002',
  town,
  tags,
})
const obliged = [
  project('甲', '城东街道', ['first_class']),
  project('乙', '城东街道', ['first_class', 'standard_site']),
  project('丙', '云桥镇'),
]

test('where nobody is obliged nothing is counted, and no share is invented', () => {
  const none = countInstalled([], new Set(['甲']))
  expect([none.town, none.tag, none.lacking]).toEqual([[], [], []])
  expect(none.total).toMatchObject({ obliged: 0, equipped: 0 })
})

test('a monitor on a project that is not obliged counts nowhere', () => {
  expect(countInstalled(obliged, new Set(['丁'])).total).toMatchObject({ obliged: 3, equipped: 0 })
})

test('counts by town and by class, names those without, and each count opens its rows', () => {
  const counted = countInstalled(obliged, new Set(['乙']))
  expect(counted.town.map(({ label, obliged: all, equipped }) => [label, all, equipped])).toEqual([
    ['城东街道', 2, 1],
    ['云桥镇', 1, 0],
  ])
  expect(counted.tag.map(({ key, obliged: all, equipped }) => [key, all, equipped])).toEqual([
    ['first_class', 2, 1],
    ['standard_site', 1, 1],
  ])
  expect(counted.lacking.map(({ name }) => name)).toEqual(['甲', '丙'])
  expect(counted.town[0]!.filter).toEqual({ duty: 'dust', state: 'building', town: '990421001' })
  expect(counted.tag[0]!.filter).toEqual({ duty: 'dust', state: 'building', tag: 'first_class' })
})
