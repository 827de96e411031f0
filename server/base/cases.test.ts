import { afterAll, expect, test } from 'vitest'
import { inbox, listCases } from './cases.ts'
import { contextOf } from './context.ts'
import { clerk, openLibrary } from './testing.ts'

const { house, lend, give, close } = await openLibrary()
afterAll(close)

test('the inbox holds what waits for the capacity, the list what it reaches; closed cases leave the inbox', async () => {
  const actor = clerk('990421777')
  const { record } = await lend(actor, { town: '990421777', reader: '李四' })
  const ctx = await contextOf(house, actor)
  expect((await inbox(ctx, { limit: 10 })).rows.map(({ id }) => id)).toEqual([record.id])
  expect((await inbox({ ...ctx, actor: { ...actor, capacity: 'leader' } }, { limit: 10 })).rows).toEqual([])
  await give(actor, record.id)
  expect((await inbox(ctx, { limit: 10 })).rows).toEqual([])
  expect((await listCases(ctx, { rooms: ['loan'], limit: 10 })).rows.map(({ state }) => state)).toEqual(['back'])
})

test('a page follows a page without gap or repeat', async () => {
  const actor = clerk('990421778')
  for (let day = 1; day <= 7; day += 1)
    await lend(actor, { town: '990421778', dueAt: new Date(Date.UTC(2030, 0, ((day * 3) % 7) + 1)).toISOString() })
  const ctx = await contextOf(house, actor)
  const seen: string[] = []
  let after: string | undefined
  do {
    const { rows, next } = await listCases(ctx, { rooms: ['loan'], limit: 3, ...(after ? { after } : {}) })
    seen.push(...rows.map(({ due }) => due!))
    after = next ?? undefined
  } while (after)
  expect(seen).toHaveLength(7)
  expect(seen).toEqual([...seen].sort())
})
