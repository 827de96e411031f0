import { baseContract } from '@plumbline/core/base'
import { checkProof, evidenceContract, parseNote, type Proof, proofSteps } from '@plumbline/core/evidence'
import { projectContract } from '@plumbline/core/project'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { systemContext } from '../../base/context.ts'
import { verifyEd25519 } from './keys.ts'
import { keep, logOf } from './service.ts'
import { enterAll } from './testing.ts'
import { sha256 } from './tree.ts'
import { startWitness, type Witness } from './witness.ts'

let house: TestHouse
let cast: Cast
let scratch: string
let witnesses: Witness[]

beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  scratch = mkdtempSync(join(tmpdir(), 'evidence-'))
  const { log } = await logOf(house.house)
  const options = { host: '127.0.0.1', port: 0, logs: join(log.dir, 'key'), now: Date.now }
  witnesses = await Promise.all(
    ['renshe.example', 'huanbao.example', 'yingji.example'].map((name) =>
      startWitness({ ...options, name, dir: join(scratch, name) }),
    ),
  )
  const list = witnesses.map(({ line, port }) => `${line} http://127.0.0.1:${port}`)
  writeFileSync(join(house.house.settings.dataDir, 'witnesses'), `# three departments\n${list.join('\n')}\n`)
  cast = await openCast(house)
  await enterAll(house)
})
afterAll(async () => {
  for (const one of witnesses) await one.stop()
  await house.close()
  rmSync(scratch, { recursive: true })
})

const entries = async (id: string, cookie = cast.inspectorA) =>
  (await house.call(cookie, evidenceContract.ofCase, { params: { id } })).body
const proof = (seq: number, cookie = cast.inspectorA) =>
  house.call(cookie, evidenceContract.proof, { params: { seq: String(seq) } as never })
const check = (one: Proof) => checkProof({ sha256, verify: verifyEd25519 }, one)
const stranger = (one: Proof) => {
  const path = join(scratch, `${randomUUID()}.proof`)
  writeFileSync(path, JSON.stringify(one))
  const { status, stdout, stderr } = spawnSync('python3', [join(import.meta.dirname, 'check-proof.py'), path], {
    encoding: 'utf8',
  })
  return { status, said: stdout.trim() || stderr }
}
const owner = async (text: string) => {
  const client = new pg.Client({ connectionString: house.ownerUrl })
  await client.connect()
  const { rows } = await client.query(text).finally(() => client.end())
  return rows
}

test('an entry of a case out of reach, and one that is not there, are missing', async () => {
  const { rows } = await entries(cast.projectId)
  expect((await house.call(cast.rival, evidenceContract.ofCase, { params: { id: cast.projectId } })).status).toBe(404)
  expect((await proof(rows[0]!.seq, cast.rival)).status).toBe(404)
  expect((await proof(999_999)).status).toBe(404)
})

test('the application can neither change nor remove an entry', async () => {
  const app = new pg.Client({ connectionString: house.house.settings.databaseUrl })
  await app.connect()
  await app.query(`select set_config('plumbline.keys', '{d:}', false)`)
  await expect(app.query('delete from evidence.entry')).rejects.toThrow(/permission denied/)
  await expect(app.query(`update evidence.entry set sha256 = ''`)).rejects.toThrow(/permission denied/)
  await app.end()
})

test('each act of a case is an entry, and its proof convinces us and a stranger', async () => {
  const { rows, pending } = await entries(cast.projectId)
  const { rows: acts } = (await house.call(cast.inspectorA, baseContract.history, { params: { id: cast.projectId } }))
    .body
  expect(pending).toBe(0)
  expect(rows.filter(({ kind }) => kind === 'act').map(({ actId }) => actId)).toEqual(
    acts.map(({ id }) => id).toSorted((a, b) => a - b),
  )
  expect(rows.every((row) => row.witnessed)).toBe(true)
  const { body } = await proof(rows[0]!.seq)
  const checked = check(body)
  expect(checked.ok, JSON.stringify(checked)).toBe(true)
  expect(checked.witnessed.map(({ name }) => name).toSorted()).toEqual(witnesses.map(({ name }) => name).toSorted())
  expect(stranger(body)).toMatchObject({ status: 0, said: expect.stringContaining('3 witnesses') })
})

test('a proof with any part bent convinces nobody', async () => {
  const { rows } = await entries(cast.projectId)
  const { body } = await proof(rows[0]!.seq)
  const bent: Partial<Record<keyof typeof proofSteps, Proof>> = {
    content: { ...body, content: body.content.replace('"topic"', '"topik"') },
    inclusion: { ...body, seq: body.seq + 1 },
    log: { ...body, checkpoint: body.checkpoint.replace(/— plumbline\/\S+ \S+\n/, '') },
    witnesses: { ...body, checkpoint: body.checkpoint.replace(/— \w+\.example \S+\n/g, '') },
  }
  for (const [step, one] of Object.entries(bent)) {
    expect(check(one).steps.find(({ ok }) => !ok)?.step).toBe(step)
    expect(stranger(one)).toEqual({ status: 1, said: step })
  }
})

test('an entry says nothing of what it is of, and without its salt nobody can show it any more', async () => {
  const { rows } = await entries(cast.projectId)
  const { body } = await proof(rows[0]!.seq)
  const words = [...new Set(body.content.match(/[\u4e00-\u9fff]{2,}/g))]
  expect(words.length).toBeGreaterThan(0)
  expect(body.entry).toMatch(/^plumbline\/entry\/v1\nact \d+\nsha256 [0-9a-f]{64}\nsm3 [0-9a-f]{64}\n$/)
  await owner(`update evidence.entry set salt = null where seq = ${rows[0]!.seq}`)
  expect((await proof(rows[0]!.seq)).rule).toBe('entry_forgotten')
})

test('the tiles and the checkpoint are served as a stranger’s client asks for them', async () => {
  const { log } = await logOf(house.house)
  const get = (url: string) => house.http.inject({ method: 'GET', url: `/api/log/${url}` })
  const checkpoint = await get('checkpoint')
  const [origin, size] = parseNote(checkpoint.body)!.text.split('\n')
  expect([origin, Number(size)]).toEqual([log.signer.signatory.name, log.tree.size])
  const width = log.tree.size % 256
  const tile = await get(`tile/0/${String(Math.floor(log.tree.size / 256)).padStart(3, '0')}.p/${width}`)
  expect(tile.rawPayload.length).toBe(width * 32)
  expect((await get('tile/entries/../../../keys/log.key')).statusCode).toBe(404)
  expect((await get('tile/0/..%2f..%2fcheckpoint')).statusCode).toBe(404)
  expect((await get('key')).body.trim()).toBe(log.signer.line)
})

test('what an open transaction may still precede waits; then it is entered, once', async () => {
  const client = new pg.Client({ connectionString: house.ownerUrl })
  onTestFinished(() => client.end())
  await client.connect()
  await client.query('begin')
  await client.query('select pg_current_xact_id()')
  const { rows: before } = await entries(cast.projectId)
  const photo = sharp({ create: { width: 40, height: 30, channels: 3, background: '#888' } })
  const { body: file } = await house.upload(cast.inspectorA, await photo.jpeg().toBuffer(), '大门.jpg')
  const { status } = await house.call(cast.inspectorA, projectContract.act, {
    params: { id: cast.projectId },
    body: { requestId: randomUUID(), action: 'stop', input: { reason: '台风预警', files: [file.id] } },
  })
  expect(status).toBe(200)
  await keep(await systemContext(house.house))
  expect(await entries(cast.projectId)).toMatchObject({ pending: 1, rows: before })
  await client.query('commit')
  await enterAll(house)
  await keep(await systemContext(house.house))
  expect(await entries(cast.projectId)).toMatchObject({
    pending: 0,
    rows: [...before, { kind: 'act' }, { kind: 'file' }],
  })
})

test('a witness that is shown another history does not cosign it, and the health of the house says so', async () => {
  const other = await openTestHouse({ worker: false })
  const { log } = await logOf(house.house)
  // The county's key and name in another house: as if the bureau kept a second set of books.
  execFileSync('cp', ['-r', join(house.house.settings.dataDir, 'keys'), other.house.settings.dataDir])
  writeFileSync(
    join(other.house.settings.dataDir, 'witnesses'),
    readFileSync(join(house.house.settings.dataDir, 'witnesses')),
  )
  await openCast(other)
  await enterAll(other)
  const forged = await logOf(other.house)
  expect(forged.log.signer.line).toBe(log.signer.line)
  await forged.cosigning.ask()
  expect(forged.cosigning.lines.map(({ problem }) => problem)).not.toContain(null)
  const health = await other.call(null, baseContract.health, {})
  expect(health.body.checks.find(({ name }) => name === 'evidence')).toMatchObject({ ok: false })
  await other.close()
})
