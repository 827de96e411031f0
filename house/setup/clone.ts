import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { inject } from 'vitest'
import { withDatabase } from './address.ts'
import { templateName } from './database.ts'

/** A database of its own for one test file, migrated and empty. */
export interface Clone {
  ownerUrl: string
  appUrl: string
  drop(): Promise<void>
}

/** Clones the migrated template (about 0.05 s). Close your pools before `drop`, which ends sessions that are still open. */
export async function cloneDatabase(): Promise<Clone> {
  const ownerUrl = inject('ownerUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await command(ownerUrl, `create database ${name} template ${templateName}`)
  return {
    ownerUrl: withDatabase(ownerUrl, name),
    appUrl: withDatabase(inject('appUrl'), name),
    drop: () => dropPatiently(ownerUrl, name),
  }
}

/** The server's own workers may look in at any moment; its owner cannot send them away, but they leave by themselves. */
async function dropPatiently(ownerUrl: string, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await command(ownerUrl, `drop database if exists ${name} with (force)`)
    } catch (error) {
      const { code } = error as { code?: string }
      if (tries === 50 || (code !== insufficientPrivilege && code !== objectInUse)) throw error
      await wait(100)
    }
  }
}
const insufficientPrivilege = '42501'
const objectInUse = '55006'

async function command(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
