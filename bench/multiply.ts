import type pg from 'pg'

/**
 * Sizes are made by multiplying a few thousand records that the product's own `save` and `head` wrote: every row of a
 * record is copied set-based, with its id and its number replaced wherever they stand, in reach keys and JSON too.
 */
export interface Multiplied {
  /** Tables that hold rows of the record, with the column that names it; base.case first. */
  tables: readonly { table: string; key: string }[]
  /** Ids of the templates and the text that is each one's alone: its number. */
  templates: readonly { id: string; token: string }[]
  /** SQL for the number of copy `no`. */
  token: string
  /** SQL expressions for columns that the copies do not need in full. */
  instead?: Record<string, string>
}

/** The id of copy `no`, in SQL: spread over the key space like a random one, and the same in every run. */
export const copyId = (what: string, no: string): string =>
  `overlay(overlay(md5('${what}' || ${no}) placing '4' from 13) placing '8' from 17)::uuid`

/** Adds the copies `from` up to, not including, `to`. Copy `no` is made from template `no % templates`. */
export async function multiply(
  owner: pg.Pool,
  what: string,
  many: Multiplied,
  from: number,
  to: number,
): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query(
      `set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 1; set work_mem = '256MB'`,
    )
    await nameCopies(client, what, many, from, to)
    const columns: Column[][] = []
    for (const { table, key } of many.tables) columns.push(await columnsOf(client, table, key))
    const tables = [...many.tables.map(({ table }) => table), 'base.reach']
    const restore = await takeDown(client, tables)
    await client.query('begin')
    await client.query('alter table base.case disable trigger case_inserted')
    for (const [at, { table, key }] of many.tables.entries())
      await copyRows(client, table, key, columns[at]!, many.instead ?? {})
    // What the trigger base.follow_case does for each case, once for all.
    await client.query(`insert into base.reach (key, room, open, due, case_id)
      select key, c.room, c.open, coalesce(c.due, 'infinity'), c.id
      from bench_copy b join base.case c on c.id = b.new_id, unnest(c.reach || c.waits) key`)
    await client.query('alter table base.case enable trigger case_inserted')
    await client.query('commit')
    for (const statement of restore) await client.query(statement)
    for (const table of tables) await client.query(`vacuum (analyze) ${table}`)
  } finally {
    client.release(true)
  }
}

async function nameCopies(
  client: pg.PoolClient,
  what: string,
  many: Multiplied,
  from: number,
  to: number,
): Promise<void> {
  await client.query('create temp table bench_template (place int primary key, id uuid, token text)')
  await client.query(
    'insert into bench_template select no - 1, id, token from unnest($1::uuid[], $2::text[]) with ordinality t(id, token, no)',
    [many.templates.map(({ id }) => id), many.templates.map(({ token }) => token)],
  )
  await client.query(`create temp table bench_copy as
    select no, t.id as old_id, t.token as old_token, ${copyId(what, 'no')} as new_id, ${many.token} as new_token
    from generate_series(${from}, ${to - 1}) no join bench_template t on t.place = no % ${many.templates.length}`)
  await client.query('analyze bench_template; analyze bench_copy')
}

interface Column {
  name: string
  type: string
  /** The record's id or number stands somewhere in it. */
  told: boolean
  /** A uuid that must differ from row to row. */
  own: boolean
}

async function columnsOf(client: pg.PoolClient, table: string, key: string): Promise<Column[]> {
  const { rows } = await client.query<{ name: string; type: string; own: boolean }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       a.attname <> $2 and a.atttypid = 'uuid'::regtype and exists (select 1 from pg_index i
         where i.indrelid = a.attrelid and i.indisunique and i.indnkeyatts = 1 and i.indkey[0] = a.attnum) as own
     from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
     order by a.attnum`,
    [table, key],
  )
  const tests = rows.map(
    ({ name }) =>
      `coalesce(bool_or(position(t.id::text in x."${name}"::text) > 0 or position(t.token in x."${name}"::text) > 0), false) as "${name}"`,
  )
  const told = await client.query<Record<string, boolean>>(
    `select ${tests.join(', ')} from ${table} x join bench_template t on t.id = x."${key}"`,
  )
  return rows.map((row) => ({ ...row, told: told.rows[0]![row.name]! }))
}

function copyRows(
  client: pg.PoolClient,
  table: string,
  key: string,
  columns: readonly Column[],
  instead: Record<string, string>,
) {
  const values = columns.map(({ name, type, told, own }) => {
    const column = `x."${name}"`
    const other = instead[`${table}.${name}`]
    if (other) return other
    if (name === key) return 'b.new_id'
    if (own && !told) return copyId(table, `${column} || '|' || b.no`)
    if (type === 'uuid') return told ? `case when ${column} = b.old_id then b.new_id else ${column} end` : column
    return told
      ? `replace(replace(${column}::text, b.old_id::text, b.new_id::text), b.old_token, b.new_token)::${type}`
      : column
  })
  return client.query(
    `insert into ${table} (${columns.map(({ name }) => `"${name}"`).join(', ')})
     select ${values.join(', ')} from bench_copy b join ${table} x on x."${key}" = b.old_id`,
  )
}

/** Takes down foreign keys and indexes that no constraint needs; answers the statements that put them back. */
async function takeDown(client: pg.PoolClient, tables: readonly string[]): Promise<string[]> {
  const keys = await client.query<{ down: string; up: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as down,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as up
     from pg_constraint where contype = 'f' and conrelid = any($1::regclass[])`,
    [tables],
  )
  const indexes = await client.query<{ down: string; up: string }>(
    `select format('drop index %s', indexrelid::regclass) as down, pg_get_indexdef(indexrelid) as up
     from pg_index i where indrelid = any($1::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  )
  const all = [...keys.rows, ...indexes.rows]
  for (const { down } of all) await client.query(down)
  return all.map(({ up }) => up).reverse()
}
