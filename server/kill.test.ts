import { sessionContract } from '@plumbline/core/base'
import { idCardCheck } from '@plumbline/core/kit'
import { personContract } from '@plumbline/core/person'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startEmbedded } from './base/embedded/index.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-kill-'))
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  // As root the cluster lies apart from DATA_DIR, at the place that DATA_DIR/pg names.
  const named = join(dataDir, 'pg')
  if (statSync(named).isFile()) rmSync(readFileSync(named, 'utf8').trim(), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
})

interface Running {
  child: ChildProcess
  url: string
}

/** The whole server with its embedded database, as npm start runs it. */
async function start(): Promise<Running> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', HJ212_PORT: '0', LOG: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { listening: string }) => resolve(message.listening))
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return { child, url }
}

const gone = (child: ChildProcess) =>
  new Promise((resolve) => (child.exitCode !== null || child.signalCode ? resolve(null) : child.once('exit', resolve)))

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

async function post(url: string, path: string, cookie: string, body: unknown) {
  const headers = { 'content-type': 'application/json', 'x-plumbline': '1', cookie }
  const response = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { ok: response.ok, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

/** The postmaster of our own DATA_DIR: its number is in the first line of its own pid file. */
const postmaster = () =>
  Number(
    readFileSync(join(readFileSync(join(dataDir, 'pg'), 'utf8').trim(), 'cluster', 'postmaster.pid'), 'utf8').split(
      '\n',
    )[0],
  )

let people = 0
/** A valid identity number that nobody bears, another each time: a thousand to a year of birth. */
function nextIdNumber(): string {
  people += 1
  const first17 = `990421${1960 + Math.floor(people / 1000)}0101${String(people % 1000).padStart(3, '0')}`
  return first17 + idCardCheck(first17)
}

/** Enters people one after the other in four lines until the server dies; adds those it acknowledged. */
async function enterUntilDeath(url: string, cookie: string, acknowledged: string[]): Promise<void> {
  const line = async () => {
    for (;;) {
      const body = { requestId: randomUUID(), idNumber: nextIdNumber(), input: { name: '测试人员' } }
      const answer = await post(url, personContract.register.path, cookie, body).catch(() => null)
      if (!answer) return
      if (answer.ok) acknowledged.push(body.requestId)
    }
  }
  await Promise.all([line(), line(), line(), line()])
}

test('whoever is killed in the middle, an act is there whole or not at all, and none that was answered is lost', async () => {
  let { child, url } = await start()
  const county = { region: '990421', name: '青禾县', authority: '青禾县住房和城乡建设局', documentWord: '青建监' }
  const first = await post(url, sessionContract.firstAdministrator.path, '', {
    county,
    login: 'admin',
    name: '管理员',
    password: 'a long enough password',
  })
  expect(first.ok).toBe(true)

  const acknowledged: string[] = []
  for (const victim of ['server', 'database', 'server', 'database', 'server']) {
    const working = enterUntilDeath(url, first.cookie, acknowledged)
    const enough = acknowledged.length + 12
    while (acknowledged.length < enough) await pause(10)
    await pause(Math.random() * 200)
    if (victim === 'server') child.kill('SIGKILL')
    else process.kill(postmaster(), 'SIGKILL')
    await gone(child)
    await working
    ;({ child, url } = await start())
  }
  child.kill('SIGTERM')
  await gone(child)
  expect(acknowledged.length).toBeGreaterThan(50)

  const embedded = await startEmbedded({ dataDir })
  const client = new pg.Client({ connectionString: embedded.ownerUrl })
  await client.connect()
  try {
    const count = async (sql: string, values: unknown[] = []) =>
      Number((await client.query<{ n: string }>(`select count(*) as n ${sql}`, values)).rows[0]!.n)
    expect(await count('from base.act where request_id = any($1)', [acknowledged])).toBe(acknowledged.length)
    // Whole or not at all: each person has a case, an act, a sealed number and rows of reach; and the other way round.
    const halves = [
      `from person.person p where not exists (select 1 from base.act t where t.case_id = p.id and t.topic = 'person.register')`,
      `from person.person p where not exists (select 1 from person.identity i where i.person_id = p.id)`,
      `from person.person p where not exists (select 1 from base.subject s where s.id = p.id)`,
      `from person.person p where not exists (select 1 from base.reach r where r.case_id = p.id)`,
      `from base.case c where c.room = 'person' and not exists (select 1 from person.person p where p.id = c.id)`,
      `from base.act t where not exists (select 1 from base.case c where c.id = t.case_id)`,
    ]
    for (const half of halves) expect(await count(half), half).toBe(0)
  } finally {
    await client.end()
    await embedded.stop()
  }
}, 180_000)
