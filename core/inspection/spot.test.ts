import { describe, expect, test } from 'vitest'
import { judgeSpot, SpotTest } from './spot.ts'

const cover: SpotTest = {
  quantity: '钢筋保护层厚度',
  part: '三层 5-6 轴楼板',
  unit: 'mm',
  design: 15,
  lower: -5,
  upper: 8,
  clause: '检查人员填写的验收规范条款',
  readings: [
    { place: '1', value: 10 },
    { place: '2', value: 23 },
    { place: '3', value: 9.9 },
    { place: '4', value: 23.1 },
  ],
}

describe('refusals', () => {
  test.each<[string, Partial<SpotTest>]>([
    ['no readings', { readings: [] }],
    ['no tolerance at all', { lower: null, upper: null }],
    ['a tolerance the wrong way round', { lower: 8, upper: -5 }],
    ['no clause', { clause: ' ' }],
    ['a reading that is no number', { readings: [{ place: '1', value: Number.NaN }] }],
  ])('%s', (_, change) => expect(SpotTest.safeParse({ ...cover, ...change }).success).toBe(false))
  test('a judgement needs a reading', () => expect(() => judgeSpot({ ...cover, readings: [] })).toThrow(RangeError))
})

test('a reading on the limit passes, beyond it fails', () => {
  const result = judgeSpot(SpotTest.parse(cover))
  expect(result.readings.map(({ pass }) => pass)).toEqual([true, true, false, false])
  expect(result).toMatchObject({ passed: 2, passRate: 0.5 })
  expect(result.outOfTolerance).toEqual([
    { place: '3', value: 9.9, deviation: -5.1 },
    { place: '4', value: 23.1, deviation: 8.1 },
  ])
})

test('a limit that binary fractions would miss still passes', () => {
  // 30.3 - 30 is 0.3000000000000007 in binary
  expect(judgeSpot({ design: 30, lower: -0.3, upper: 0.3, readings: [{ place: '1', value: 30.3 }] }).passRate).toBe(1)
})

test('one side may be free: a guard rail is at least 1.2 m high', () => {
  const readings = [1.19, 1.2, 1.5].map((value, i) => ({ place: `${i}`, value }))
  expect(judgeSpot({ design: 1.2, lower: 0, upper: null, readings }).readings.map(({ pass }) => pass)).toEqual([
    false,
    true,
    true,
  ])
  expect(judgeSpot({ design: 1.2, lower: null, upper: 0, readings }).readings.map(({ pass }) => pass)).toEqual([
    true,
    true,
    false,
  ])
})
