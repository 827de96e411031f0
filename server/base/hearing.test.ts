import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { inTx } from './db.ts'
import { findPoisoned, hearOnce } from './hearing.ts'
import { clerk, library, openLibrary } from './testing.ts'

const { house, lend, give, close } = await openLibrary()
afterAll(close)

test('every listener hears each act once; one that fails is tried again and holds up only its case', async () => {
  const [one, other] = [await lend(), await lend()]
  await hearOnce(house)
  library.heard = []
  library.deaf = true
  const first = await give(clerk(), one.record.id)
  await hearOnce(house)
  expect(library.heard).toEqual([])
  library.deaf = false
  const second = await give(clerk(), other.record.id)
  await hearOnce(house)
  expect(library.heard).toEqual([second.actId])
  expect(await inTx(house.db, ['d:'], findPoisoned)).toMatchObject([
    {
      actId: first.actId,
      listener: 'loan',
      topic: 'loan.return',
      caseId: one.record.id,
      tries: 1,
      error: 'Error: not listening',
    },
  ])
  await sql`update base.hearing set next_try = now()`.execute(house.db)
  await hearOnce(house)
  await hearOnce(house)
  expect(library.heard).toEqual([second.actId, first.actId])
  expect(await inTx(house.db, ['d:'], findPoisoned)).toEqual([])
})
