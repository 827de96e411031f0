import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

const folder = join(import.meta.dirname, '..', 'migrations')
const lockNumber = 2_121_959

/**
 * Brings the database to the newest schema: each file once, in order, each in a transaction, under one lock, so that two
 * servers may start at once. `:app` in a file stands for the application's role. A file that was changed after it ran is
 * refused: migrations are added, never edited.
 */
export async function migrate(ownerUrl: string, options: { appRole?: string } = {}): Promise<string[]> {
  const appRole = options.appRole ?? 'plumbline_app'
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const ran: string[] = []
  try {
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    await client.query(
      'create table if not exists public.migration (name text primary key, sha256 text not null, ran_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from public.migration')
    const known = new Map(rows.map(({ name, sha256 }) => [name, sha256]))
    for (const { name, text, sha256 } of migrations()) {
      if (known.get(name) === sha256) continue
      if (known.has(name)) throw new Error(`migration ${name} was changed after it ran`)
      await runOne(client, name, text.replaceAll(':app', client.escapeIdentifier(appRole)), sha256)
      ran.push(name)
    }
  } finally {
    await client.end()
  }
  return ran
}

const migrations = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    })

async function runOne(client: pg.Client, name: string, text: string, sha256: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into public.migration (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed: ${String(error)}`, { cause: error })
  }
}
