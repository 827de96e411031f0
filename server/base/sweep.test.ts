import { systemActor } from '@plumbline/core/access'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { sameId } from './act.ts'
import { contextOf } from './context.ts'
import { inTx } from './db.ts'
import { clerk, library, openLibrary } from './testing.ts'
import { findStuck, retryTimer, sweepOnce } from './sweep.ts'

const { house, lend, acts, close } = await openLibrary()
afterAll(close)

test('a timer rings at its time, not a millisecond before, and once', async () => {
  const now = await house.clock.now()
  const { record } = await lend(clerk(), { dueAt: new Date(Date.parse(now) + 86_400_000).toISOString() })
  await sweepOnce(house)
  expect(await acts(record.id)).toHaveLength(1)
  const ctx = await contextOf(house, systemActor)
  await ctx.db.transaction().execute((tx) => house.clock.jumpTo(tx, record.dueAt))
  house.clock.forget()
  await sweepOnce(house)
  await sweepOnce(house)
  const [, expired] = await acts(record.id)
  expect(expired).toMatchObject({
    topic: 'loan.expire',
    capacity: 'system',
    done_at: record.dueAt,
    request_id: sameId('loan', 'expire', record.id, record.dueAt),
  })
  expect(await acts(record.id)).toHaveLength(2)
})

test('a timer that fails is tried eight times, then left for the operator, who is told why', async () => {
  const { record } = await lend()
  const stuck = async () =>
    (await inTx(house.db, ['d:'], findStuck)).map(({ caseId, tries, error, givenUp }) => [
      caseId,
      tries,
      error,
      givenUp,
    ])
  await inTx(house.db, ['d:'], (tx) =>
    sql`update base.timer set at = '2001-01-01T00:00:00Z' where case_id = ${record.id}`.execute(tx),
  )
  library.jammed = true
  await sweepOnce(house)
  const why = 'Error: the shelf is jammed'
  expect(await stuck()).toEqual([[record.id, 1, why, false]])
  for (let count = 0; count < 9; count += 1) await sweepOnce(house)
  library.jammed = false
  await sweepOnce(house)
  expect(await stuck()).toEqual([[record.id, 8, why, true]])

  const retry = (caseId: string) => inTx(house.db, ['d:'], (tx) => retryTimer(tx, { caseId, action: 'expire' }))
  expect(await retry(randomUUID())).toBe(false)
  expect(await retry(record.id)).toBe(true)
  // Pressed twice: it is already going.
  expect(await retry(record.id)).toBe(false)
  await sweepOnce(house)
  expect(await stuck()).toEqual([])
})
