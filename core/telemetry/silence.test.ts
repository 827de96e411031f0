import { expect, test } from 'vitest'
import { silencesOf } from './silence.ts'

const promised = ['a34004', 'LA', 'subside']
const heard = (...rows: [quantity: string, normalAt: number][]) =>
  rows.map(([quantity, normalAt]) => ({ quantity, normalAt }))

test('what speaks, what never spoke and what is not promised is no silence', () => {
  expect(silencesOf([], promised, 100)).toEqual([])
  expect(silencesOf(heard(['a34004', 100], ['LA', 200]), promised, 100)).toEqual([])
  expect(silencesOf(heard(['a34004', 100], ['a01007', 1]), promised, 100)).toEqual([])
})

test('one head that died is one quantity; all of them are the device, once', () => {
  expect(silencesOf(heard(['a34004', 99], ['LA', 200]), promised, 100)).toEqual([{ quantity: 'a34004', since: 99 }])
  expect(silencesOf(heard(['a34004', 40], ['LA', 60]), promised, 100)).toEqual([{ quantity: '*', since: 60 }])
  expect(silencesOf(heard(['a34004', 40]), promised, 100)).toEqual([{ quantity: '*', since: 40 }])
})

test('each measuring point owes its own value', () => {
  expect(silencesOf(heard(['subside@S1', 40], ['subside@S2', 200]), promised, 100)).toEqual([
    { quantity: 'subside@S1', since: 40 },
  ])
})
