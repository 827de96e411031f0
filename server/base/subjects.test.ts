import { systemActor } from '@plumbline/core/access'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { contextOf } from './context.ts'
import { inTx } from './db.ts'
import { openLibrary, reader } from './testing.ts'
import { findHolds, liftHolds, placeHolds, requireNoHold } from './subjects.ts'

const { house, lend, close } = await openLibrary()
afterAll(close)

test('a subject that does not exist cannot be locked: a bug, not a gap', async () => {
  await expect(inTx(house.db, ['d:'], (tx) => requireNoHold(tx, [randomUUID()], ['draw']))).rejects.toThrow('not there')
})

test('a hold refuses the step, with its clause and item, until it is lifted', async () => {
  const { record } = await lend()
  const ctx = await contextOf(house, systemActor)
  await inTx(ctx.db, ['d:'], (tx) =>
    placeHolds(tx, ctx, [
      { subjectId: reader, effect: 'new_business', caseId: record.id, clause: 'pinghu.ladder', item: '未还书' },
    ]),
  )
  await expect(lend()).rejects.toMatchObject({
    kind: 'unmet',
    rule: 'held',
    detail: [{ clause: 'pinghu.ladder', item: '未还书', caseId: record.id, room: 'loan' }],
  })
  await inTx(ctx.db, ['d:'], (tx) => liftHolds(tx, ctx, record.id))
  expect(await inTx(ctx.db, ['d:'], (tx) => findHolds(tx, [reader]))).toEqual([])
  expect((await lend()).record.state).toBe('lent')
})

test('no step slips past a hold that is being placed', async () => {
  const { record } = await lend()
  const ctx = await contextOf(house, systemActor)
  for (let round = 0; round < 8; round += 1) {
    const placing = inTx(ctx.db, ['d:'], async (tx) => {
      await placeHolds(tx, ctx, [
        { subjectId: reader, effect: 'new_business', caseId: record.id, clause: 'c', item: 'i' },
      ])
      const { rows } = await sql<{ at: number }>`select coalesce(max(id), 0) as at from base.act`.execute(tx)
      return rows[0]!.at
    })
    const [placed, ...lent] = await Promise.allSettled([placing, ...Array.from({ length: 6 }, () => lend())])
    const before = placed.status === 'fulfilled' ? placed.value : Number.NaN
    // Whoever lent did so before the hold was placed: its act was already committed when the hold was written.
    for (const one of lent) if (one.status === 'fulfilled') expect(one.value.actId).toBeLessThanOrEqual(before)
    await inTx(ctx.db, ['d:'], (tx) => liftHolds(tx, ctx, record.id))
  }
})
