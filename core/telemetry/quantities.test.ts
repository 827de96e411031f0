import { expect, test } from 'vitest'
import { getCaptured } from '../codec/hj212/captures/captured.ts'
import { decode } from '../codec/hj212/index.ts'
import { measurementsOf, spanOf } from './quantities.ts'

const readingsOf = (name: string) => {
  const frame = getCaptured(name)
  return decode(frame, 6, frame.length - 6)
}
const taken = (name: string, profile: 'ug' | 'ng' = 'ug') => {
  const message = readingsOf(name)
  return measurementsOf(message.readings, spanOf(message.cn)!, profile)
}

test('what cannot be is not taken for normal', () => {
  // A device that says ng/m³ read as µg/m³: 75,600.
  expect(taken('s2')[0]).toEqual({ quantity: 'a34004', span: 'r', value: 75600, flag: '!' })
  expect(taken('s2', 'ng')[0]).toEqual({ quantity: 'a34004', span: 'r', value: 75.6, flag: 'N' })
})

test('marks are kept; of faults none becomes normal', () => {
  expect(taken('f16').map(({ flag }) => flag)).toEqual(['D', 'T', 'B'])
})

test('of statistics the mean is kept, of noise statistics each level, and dialects take the code of the standard', () => {
  expect(taken('f03').map(({ quantity, span, value }) => [quantity, span, value])).toEqual([
    ['a34004', 'm', 71.4],
    ['a34002', 'm', 132.5],
    ['a34001', 'm', 251],
    ['LA', 'm', 62.8],
  ])
  expect(taken('f05').find(({ quantity }) => quantity === 'Leq')).toMatchObject({ value: 62.8, flag: 'N' })
  expect(taken('f14').map(({ quantity }) => quantity)).toEqual(['a34004', 'a34002'])
  expect(taken('f17')).toEqual([
    { quantity: 'SB1', span: 'r', value: 1, flag: 'N' },
    { quantity: 'SB2', span: 'r', value: 0, flag: 'N' },
  ])
})
