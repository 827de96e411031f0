import { expect, test } from 'vitest'
import { warningWordOf } from './warning-word.ts'

/** The word as a device sends it (docs/devices-json.md): 32 characters, item 0 at the left, which stands at 2^0. */
const sent = (text: string) => [...text].reduce((sum, bit, item) => sum + (bit === '1' ? 2 ** item : 0), 0)
const names = (word: number) => warningWordOf(word)?.map(({ name }) => name)

test('what is no word of 32 bits is not read', () => {
  for (const wrong of [-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])
    expect(warningWordOf(wrong)).toBeUndefined()
})

test('the leftmost character is item 0, the wind', () => {
  expect(names(sent('1'.padEnd(32, '0')))).toEqual(['风速'])
  expect(names(sent(`0001${'0'.repeat(28)}`))).toEqual(['力矩'])
  expect(names(0)).toEqual([])
})

test('the last item with a meaning is 21; the reserved ones are told by their number', () => {
  expect(warningWordOf(2 ** 21)).toEqual([{ item: 21, name: '防碰撞刹车角' }])
  expect(warningWordOf(2 ** 31)).toEqual([{ item: 31, name: '保留位 31' }])
  expect(warningWordOf(2 ** 32 - 1)).toHaveLength(32)
})
