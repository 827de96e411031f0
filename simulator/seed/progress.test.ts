import { expect, test } from 'vitest'
import { inTurns } from './progress.ts'

test('the first failure stops the list, and is thrown when nobody works any more', async () => {
  const begun: number[] = []
  let working = 0
  const run = inTurns([1, 2, 3, 4, 5, 6, 7, 8], async (n) => {
    begun.push(n)
    working += 1
    await new Promise((resolve) => setTimeout(resolve, n))
    working -= 1
    if (n === 2) throw new Error('the second')
  })
  await expect(run).rejects.toThrow('the second')
  expect(working).toBe(0)
  expect(begun).not.toContain(8)
})

test('results stand in the order of the list, whoever is done first', async () => {
  const slow = async (n: number) => {
    await new Promise((resolve) => setTimeout(resolve, 10 - n))
    return n * n
  }
  expect(await inTurns([1, 2, 3, 4, 5, 6], slow)).toEqual([1, 4, 9, 16, 25, 36])
})
