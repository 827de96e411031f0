import { globSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clone, cloneDatabase } from './setup/clone.ts'

let clone: Clone
let client: pg.Client

beforeAll(async () => {
  clone = await cloneDatabase()
  client = new pg.Client({ connectionString: clone.ownerUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await clone.drop()
})

interface Told {
  schema: string
  table: string
  columns: string[]
}

/** Tables as a tables.ts tells them: `'schema.table': { column: type }`, with `null` where the type has it. */
function toldBy(text: string): Told[] {
  return [...text.matchAll(/'(\w+)\.(\w+)': \{/g)].map((match) => ({
    schema: match[1]!,
    table: match[2]!,
    columns: columnsOf(text.slice(match.index + match[0].length, closing(text, match.index + match[0].length))),
  }))
}

/** Where the brace closes that opened just before `from`. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  throw new Error('a table does not end')
}

function columnsOf(body: string): string[] {
  const flat = body.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, '')
  let depth = 0
  let part = ''
  const parts: string[] = []
  for (const char of flat) {
    if ('<{[('.includes(char)) depth += 1
    if ('>}])'.includes(char)) depth -= 1
    if (depth === 0 && (char === '\n' || char === ';')) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part]
    .map((one) => /^\s*(\w+):\s*(.+)$/s.exec(one))
    .flatMap((match) =>
      match ? [`${match[1]}${/\|\s*null\b/.test(match[2]!.replace(/<[^]*>/g, '')) ? ' null' : ''}`] : [],
    )
    .sort()
}

async function madeBy(schema: string, table: string): Promise<string[]> {
  const { rows } = await client.query<{ c: string }>(
    `select column_name || case is_nullable when 'YES' then ' null' else '' end as c from information_schema.columns where table_schema = $1 and table_name = $2`,
    [schema, table],
  )
  return rows.map(({ c }) => c).sort()
}

for (const file of ['server/base/tables.ts', ...globSync('server/rooms/*/tables.ts')])
  for (const { schema, table, columns } of toldBy(readFileSync(file, 'utf8')))
    test(`${schema}.${table} is as ${file} tells`, async () => expect(columns).toEqual(await madeBy(schema, table)))

test('a column or a null that is told wrong is found', () => {
  const text =
    "export type T = {\n  'base.hold': {\n    id: string\n    gone: string | null\n    wide: Json<{ a: string | null }>\n  }\n}"
  expect(toldBy(text)).toEqual([{ schema: 'base', table: 'hold', columns: ['gone null', 'id', 'wide'] }])
})

/** Tables without a wall, each with the reason why nobody's rows lie in it. */
const open: Record<string, string> = {
  'base.clock': 'one row: the time',
  'base.setting': 'facts of the installation',
  'base.serial': 'counters',
  'base.rule': 'the law is public',
  'base.hearing': 'the worker’s queue; it holds ids and errors, no route reads it but the operator’s',
  'base.session': 'read by the hash of a secret token alone',
  'base.sign_in_failure': 'counters for the lockout',
  'account.account': 'sign-in must find an account before anybody is known',
  'account.secret': 'password hashes, named by the account room’s store alone',
}

async function unwalled(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('public', 'pg_catalog', 'information_schema')
      and n.nspname not like 'pg_%' and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`)
  return rows.map(({ name }) => name)
}

test('every table stands behind the wall, or is known not to', async () => {
  const reasons = { ...open, ...roomsOpen() }
  expect((await unwalled()).filter((name) => !reasons[name])).toEqual([])
})

/** A room tells its own exceptions in a comment of its migration: `-- no wall: schema.table: reason`. */
const roomsOpen = () =>
  Object.fromEntries(
    globSync('server/migrations/*.sql').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^-- no wall: (\w+\.\w+): (.+)$/gm)].map(([, name, reason]) => [
        name!,
        reason!,
      ]),
    ),
  )

test('no policy compares a case with itself', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_policies where qual ~ '\\(c\\.id = c\\.id\\)' or with_check ~ '\\(c\\.id = c\\.id\\)'`,
  )
  expect(rows).toEqual([])
})

test('a wall on a column named id hides the rows of cases out of reach', async () => {
  await client.query(
    `create schema probe; create table probe.thing (id uuid primary key); grant usage on schema probe to plumbline_app`,
  )
  await client.query(`select base.wall('probe.thing', 'id', 'plumbline_app')`)
  const [near, far] = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2']
  for (const [id, key] of [
    [near, 'd:1'],
    [far, 'd:2'],
  ]) {
    await client.query(
      `insert into base.case (id, room, title, state, open, reach, since, opened_at) values ($1, 'probe', '', '', true, array[$2], now(), now())`,
      [id, key],
    )
    await client.query('insert into probe.thing values ($1)', [id])
  }
  const app = new pg.Client({ connectionString: clone.appUrl })
  await app.connect()
  try {
    await app.query('begin')
    await app.query(`select base.enter(array['d:1'])`)
    expect((await app.query('select id from probe.thing')).rows).toEqual([{ id: near }])
    expect((await app.query('delete from probe.thing')).rowCount).toBe(1)
    await app.query('rollback')
  } finally {
    await app.end()
    await client.query(`drop schema probe cascade; delete from base.case where room = 'probe'`)
  }
})

test('a table without a wall is found', async () => {
  await client.query('create table base.leak (id int)')
  expect(await unwalled()).toContain('base.leak')
  await client.query('drop table base.leak')
})

test('the application owns nothing and can neither change nor remove an act', async () => {
  const app = new pg.Client({ connectionString: clone.appUrl })
  await app.connect()
  try {
    for (const sql of [
      'update base.act set topic = topic',
      'delete from base.act',
      'drop table base.act',
      'truncate base.act',
      'alter table base.case disable row level security',
    ])
      await expect(app.query(sql), sql).rejects.toThrow(/permission denied|must be owner/)
    const { rows } = await app.query(
      'select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
    )
    expect(rows[0]).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false })
  } finally {
    await app.end()
  }
})
