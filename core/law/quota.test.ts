import { expect, test } from 'vitest'
import { lawOn } from './law.ts'
import { safetyOfficersRequired } from './quota.ts'

const law = lawOn('2026-11-20', '990421')

test.each([
  [0, 1],
  [10_000, 1],
  [10_000.01, 2],
  [49_999, 2],
  [50_000, 3],
])('a building of %d ㎡ needs %d', (area, count) =>
  expect(safetyOfficersRequired({ by: 'area', area }, law).count).toBe(count),
)

test.each([
  [4999, 1],
  [5000, 2],
  [9999, 2],
  [10_000, 3],
])('civil works of %d 万元 need %d', (cost, count) =>
  expect(safetyOfficersRequired({ by: 'cost', cost }, law).count).toBe(count),
)

test.each([
  [49, 1],
  [50, 2],
  [200, 2],
  [201, 3],
  [600, 3],
  [601, 4], // 5‰ of 601 is 3.005
  [1000, 5],
])('a labour subcontractor of %d needs %d', (workers, count) =>
  expect(safetyOfficersRequired({ by: 'workers', workers }, law)).toEqual({ count, clause: 'safety_officer.labour' }),
)
