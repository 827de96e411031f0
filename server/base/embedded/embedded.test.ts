import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { getPackagedBinaries } from './binaries.ts'
import { type Embedded, startEmbedded } from './index.ts'
import { preparePlace } from './place.ts'
import { startPostmaster } from './postmaster.ts'

const asRoot = process.getuid?.() === 0
const psql = '/usr/bin/psql'
let scratch = ''
let open: Embedded[] = []

beforeAll(() => {
  // mkdtemp makes the folder mode 700: nobody but us may enter it.
  scratch = mkdtempSync(join(tmpdir(), 'plumbline-embedded-'))
})

afterEach(async () => {
  await Promise.all(open.map((embedded) => embedded.stop()))
  open = []
})

afterAll(() => {
  for (const name of readdirSync(scratch)) {
    const pointer = join(scratch, name, 'pg')
    if (asRoot && name !== 'copy' && existsSync(pointer))
      rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true })
  }
  rmSync(scratch, { recursive: true, force: true })
})

async function start(name: string): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir: join(scratch, name) })
  open.push(embedded)
  return embedded
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0])
  } finally {
    await client.end()
  }
}

/** Another Node process that starts the embedded database, says so and waits. */
function startElsewhere(name: string): { pid: number; said: Promise<string>; gone: Promise<void> } {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))})
    try { console.log((await startEmbedded({ dataDir: ${JSON.stringify(join(scratch, name))} })).ownerUrl) }
    catch (error) { console.log(error.message); process.exit(1) }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(String(data).trim())),
  )
  return { pid: child.pid ?? 0, said, gone: new Promise((resolve) => child.once('exit', () => resolve())) }
}

function placeOf(name: string) {
  const place = preparePlace(join(scratch, name))
  return { place, binaries: getPackagedBinaries(place.binaries) }
}

describe('refusals', () => {
  test('a second start on the same DATA_DIR is refused, here and from another process', async () => {
    const first = await start('one')
    await expect(startEmbedded({ dataDir: join(scratch, 'one') })).rejects.toThrow('正由另一个进程使用')
    const other = startElsewhere('one')
    expect(await other.said).toContain('正由另一个进程使用')
    await other.gone
    expect(await ask(first.ownerUrl, 'select 1')).toEqual([1])
  })

  test('two first starts at once: one opens, one is refused, and nothing is spoilt', async () => {
    const dataDir = join(scratch, 'race')
    const results = await Promise.allSettled([startEmbedded({ dataDir }), startEmbedded({ dataDir })])
    open.push(...results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await ask(open[0]?.appUrl ?? '', 'select 1')).toEqual([1])
  })

  test('the application can neither become nor make anything', async () => {
    const { appUrl } = await start('one')
    const asks =
      'select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication from pg_roles where '
    expect(await ask(appUrl, `${asks} rolname = current_user`)).toEqual([false])
    await expect(ask(appUrl, 'create role intruder superuser')).rejects.toMatchObject({ code: '42501' })
    await expect(ask(appUrl, 'create database intruder')).rejects.toMatchObject({ code: '42501' })
    await expect(ask(appUrl, 'create table intruder (x int)')).rejects.toMatchObject({ code: '42501' })
    await expect(ask(appUrl, 'set role plumbline_owner')).rejects.toMatchObject({ code: '42501' })
  })

  test('the owner is no superuser and does not pass row-level security by attribute', async () => {
    const { ownerUrl } = await start('one')
    const asks = 'select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls from pg_roles where '
    expect(await ask(ownerUrl, `${asks} rolname = current_user`)).toEqual([false])
  })

  test('a wrong password is refused on the socket, and there is no TCP', async () => {
    const { appUrl } = await start('one')
    await expect(ask(appUrl.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
    expect(await ask(appUrl, "select current_setting('listen_addresses')")).toEqual([''])
  })

  test('a cluster of another major version is refused before anything runs', async () => {
    await (await start('old')).stop()
    writeFileSync(join(placeOf('old').place.cluster, 'PG_VERSION'), '15\n')
    await expect(startEmbedded({ dataDir: join(scratch, 'old') })).rejects.toThrow('PostgreSQL 15')
  })

  test.runIf(asRoot)('a copied DATA_DIR does not open the rows of the original, a moved one does', async () => {
    await (await start('original')).stop()
    cpSync(join(scratch, 'original'), join(scratch, 'copy'), { recursive: true })
    await expect(startEmbedded({ dataDir: join(scratch, 'copy') })).rejects.toThrow('副本')
    rmSync(join(scratch, 'original'), { recursive: true })
    cpSync(join(scratch, 'copy'), join(scratch, 'moved'), { recursive: true })
    rmSync(join(scratch, 'copy'), { recursive: true })
    expect((await start('moved')).fresh).toBe(false)
  })

  test.runIf(asRoot)('a pointer that leads out of the state folder is refused', async () => {
    await (await start('pointer')).stop()
    const { folder } = placeOf('pointer').place
    writeFileSync(join(scratch, 'pointer', 'pg'), `${folder}/../../../tmp\n`)
    await expect(startEmbedded({ dataDir: join(scratch, 'pointer') })).rejects.toThrow('不是数据库位置')
    writeFileSync(join(scratch, 'pointer', 'pg'), `${folder}\n`)
  })
})

describe('what was committed stays', () => {
  test('over stop and start', async () => {
    const first = await start('keep')
    expect(first.fresh).toBe(true)
    await ask(first.ownerUrl, 'create table kept as select 7 as n')
    await first.stop()
    const second = await start('keep')
    expect(second.fresh).toBe(false)
    expect(await ask(second.ownerUrl, 'select n from kept')).toEqual([7])
  })

  test('over kill -9 of the parent, whose server stops by itself or is stopped', async () => {
    const other = startElsewhere('killed')
    const url = await other.said
    await ask(url, 'create table kept as select 8 as n')
    process.kill(other.pid, 'SIGKILL')
    await other.gone
    expect(await ask((await start('killed')).ownerUrl, 'select n from kept')).toEqual([8])
  })

  test('when a server without a parent still runs', async () => {
    const first = await start('orphan')
    await ask(first.ownerUrl, 'create table kept as select 9 as n')
    await first.stop()
    const { place, binaries } = placeOf('orphan')
    const orphan = startPostmaster(binaries, place, { durable: true }, false)
    await expect.poll(() => ask(first.ownerUrl, 'select n from kept').catch(() => [])).toEqual([9])
    const lines: string[] = []
    const again = await startEmbedded({ dataDir: join(scratch, 'orphan'), log: (line) => lines.push(line) })
    open.push(again)
    await orphan.ended
    expect(lines[0]).toContain('遗留')
    expect(await ask(again.ownerUrl, 'select n from kept')).toEqual([9])
  })

  test('over kill -9 of the server, and the one who started it is told', async () => {
    const first = await start('crash')
    await ask(first.ownerUrl, 'create table kept as select 10 as n')
    const pidFile = join(placeOf('crash').place.cluster, 'postmaster.pid')
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL')
    await first.lost
    await first.stop()
    // The number of the dead server now belongs to a living stranger, as happens in every container.
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)))
    expect(await ask((await start('crash')).ownerUrl, 'select n from kept')).toEqual([10])
  })
})

describe('running', () => {
  test('two DATA_DIRs side by side do not see each other', async () => {
    const [left, right] = await Promise.all([start('left'), start('right')])
    await ask(left.ownerUrl, 'create table only_left (x int)')
    expect(await ask(right.ownerUrl, "select to_regclass('only_left')")).toEqual([null])
  })

  test('text is UTF-8, times are UTC, writes are durable, and the extensions we use need no superuser', async () => {
    const { ownerUrl } = await start('one')
    const shown = `select current_setting(name) from unnest(array['server_encoding','timezone','fsync','synchronous_commit']) name`
    expect(await ask(ownerUrl, shown)).toEqual(['UTF8', 'UTC', 'on', 'on'])
    for (const name of ['ltree', 'pg_trgm', 'btree_gist', 'pgcrypto'])
      await ask(ownerUrl, `create extension if not exists ${name}`)
    const pinyin = `select string_agg(w, '' order by w collate "zh-x-icu") from unnest(array['周','林','安']) w`
    expect(await ask(ownerUrl, pinyin)).toEqual(['安林周'])
  })

  test.runIf(existsSync(psql))("Debian's psql opens the same address", async () => {
    const { appUrl } = await start('one')
    expect(execFileSync(psql, [appUrl, '-Atc', 'select current_user'], { encoding: 'utf8' })).toBe('plumbline_app\n')
  })

  test('a throwaway cluster leaves nothing behind, a real one is not touched by its clearing', async () => {
    await (await start('one')).stop()
    const embedded = await startEmbedded({ dataDir: join(scratch, 'throwaway'), throwaway: true })
    const { folder } = placeOf('throwaway').place
    await ask(embedded.ownerUrl, 'create database allowed_here')
    await embedded.stop()
    expect(existsSync(folder)).toBe(false)
    expect(existsSync(placeOf('one').place.cluster)).toBe(true)
  })
})
