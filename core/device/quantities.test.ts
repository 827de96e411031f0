import { expect, test } from 'vitest'
import { decode, pointLongest, type Decoded } from '../codec/sitejson/index.ts'
import { bytesOf } from '../codec/sitejson/text.ts'
import { findQuantity } from './quantities.ts'

const heard = (point: string): Decoded =>
  decode(
    bytesOf(
      JSON.stringify({ id: 'm-1', deviceTime: '20261120140500', kind: 'pit', points: [{ point, subside: -3.2 }] }),
    ),
  )

test.each(['', 'S@1', '东1', 'S 1', 'S'.repeat(pointLongest + 1)])(
  'a point that the line does not take has no quantity in the house: "%s"',
  (point) => {
    expect(heard(point)).toMatchObject({ message: { values: [], problems: [{ path: 'points[0].point' }] } })
    expect(findQuantity(`subside@${point}`)).toBeUndefined()
  },
)

test.each(['1', 'CX1-05', 'S'.repeat(pointLongest)])('what the line takes, the house knows: "%s"', (point) => {
  expect(heard(point)).toMatchObject({ message: { values: [{ quantity: `subside@${point}` }] } })
  expect(findQuantity(`subside@${point}`)).toMatchObject({ name: `沉降 ${point}`, unit: 'mm' })
})
