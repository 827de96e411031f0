import { Client } from 'pg'
import { expect, test } from 'vitest'
import { withDatabase } from './address.ts'
import { cloneDatabase } from './clone.ts'

test('an address that is none is refused', () => {
  expect(() => withDatabase('mysql://x/y', 'z')).toThrow('not a PostgreSQL address')
})

test('addresses keep login, host and socket', () => {
  expect(withDatabase('postgres://u:p@/a?host=%2Fs', 'b')).toBe('postgres://u:p@/b?host=%2Fs')
  expect(withDatabase('postgresql://u:p@db:5432/a', 'b')).toBe('postgresql://u:p@db:5432/b')
})

test('two clones at once are two databases, and a dropped one is gone', async () => {
  const [left, right] = await Promise.all([cloneDatabase(), cloneDatabase()])
  const owner = new Client({ connectionString: left.ownerUrl })
  await owner.connect()
  await owner.query('create schema only_left')
  const app = new Client({ connectionString: right.appUrl })
  await app.connect()
  const found = await app.query("select 1 from pg_namespace where nspname = 'only_left'")
  expect(found.rowCount).toBe(0)
  await Promise.all([owner.end(), app.end()])
  await left.drop()
  await right.drop()
  const late = new Client({ connectionString: left.appUrl })
  await expect(late.connect()).rejects.toMatchObject({ code: '3D000' })
})
