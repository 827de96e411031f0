import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../house/setup/clone.ts'
import { openClock } from './clock.ts'
import { openDatabase } from './db.ts'

let clone: Awaited<ReturnType<typeof cloneDatabase>>
beforeAll(async () => {
  clone = await cloneDatabase()
})
afterAll(() => clone.drop())

test('a clock that was never read knows no time without its database', async () => {
  const { db, pool } = openDatabase(clone.appUrl, 1)
  await pool.end()
  await expect(openClock(db).now()).rejects.toThrow()
})

test('a clock that was read goes on while its database is away', async () => {
  let machine = Date.parse('2026-11-20T06:05:00.000Z')
  const { db, pool } = openDatabase(clone.appUrl, 1)
  const clock = openClock(db, () => machine)
  expect(await clock.now()).toBe('2026-11-20T06:05:00.000Z')
  await pool.end()
  machine += 60_000
  expect(await clock.now()).toBe('2026-11-20T06:06:00.000Z')
})
