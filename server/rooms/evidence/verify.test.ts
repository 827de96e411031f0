import { projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { logOf } from './service.ts'
import { enterAll } from './testing.ts'
import { sayFinding, verifyHouse } from './verifying.ts'
import { startWitness, type Witness } from './witness.ts'

let house: TestHouse
let cast: Cast
let owner: pg.Client
let scratch: string
let witness: Witness
let fileId: string

beforeAll(async () => {
  house = await openTestHouse({ worker: false })
  cast = await openCast(house)
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
  scratch = mkdtempSync(join(tmpdir(), 'verify-'))
  const { log } = await logOf(house.house)
  const logs = join(log.dir, 'key')
  witness = await startWitness({
    dir: scratch,
    name: 'renshe.example',
    host: '127.0.0.1',
    port: 0,
    logs,
    now: Date.now,
  })
  writeFileSync(join(house.house.settings.dataDir, 'witnesses'), `${witness.line} http://127.0.0.1:${witness.port}\n`)
  const photo = sharp({ create: { width: 40, height: 30, channels: 3, background: '#888' } })
  fileId = (await house.upload(cast.inspectorA, await photo.jpeg().toBuffer(), '大门.jpg')).body.id
  await act({ action: 'stop', input: { reason: '台风预警', files: [fileId] } })
  await enter()
})
afterAll(async () => {
  await owner.end()
  await witness.stop()
  await house.close()
  rmSync(scratch, { recursive: true })
})

const act = (step: { action: 'stop' | 'resume'; input: { reason: string; files: string[] } }) =>
  house.call(cast.inspectorA, projectContract.act, {
    params: { id: cast.projectId },
    body: { requestId: randomUUID(), ...step },
  })
const enter = () => enterAll(house)
const found = async () => (await verifyHouse(house.house)).findings
/** Changes rows as their owner could, past every door; what was changed is put back afterwards. */
async function forging(forge: string, look: (findings: Awaited<ReturnType<typeof found>>) => void, mend: string) {
  await owner.query(forge)
  try {
    look(await found())
  } finally {
    await owner.query(mend)
  }
  expect(await found()).toEqual([])
}

test('an honest county has nothing that does not fit', async () => {
  const { findings, ...done } = await verifyHouse(house.house)
  expect(findings.map(sayFinding)).toEqual([])
  expect(done.entries).toBe(done.acts + done.files)
  expect(done.records).toBeGreaterThan(10)
  expect(done.files).toBe(1)
})

test('a field changed behind the house is named with record, field, entry and what it was', async () => {
  const { rows } = await owner.query(`select address from project.project where id = '${cast.projectId}'`)
  const address: string = rows[0].address
  await forging(
    `update project.project set address = '别处' where id = '${cast.projectId}'`,
    (findings) => {
      expect(findings).toHaveLength(1)
      expect(findings[0]).toMatchObject({ kind: 'record_differs', field: 'address', expected: address, found: '别处' })
      expect(findings[0]!.entry).toBeGreaterThanOrEqual(0)
      expect(sayFinding(findings[0]!)).toMatch(/字段 address · 与存证不符 · 应为 .+ · 现为 别处 · 第 \d+ 条存证/)
    },
    `update project.project set address = '${address}' where id = '${cast.projectId}'`,
  )
})

const off = 'alter table base.act disable trigger act_once'
const on = 'alter table base.act enable trigger act_once'

test('an act whose words were changed, and one that was deleted', async () => {
  const { rows } = await owner.query(`select max(id) as id from base.act where topic = 'project.stop'`)
  const id: number = rows[0].id
  await forging(
    `${off}; update base.act set actor_name = '别人' where id = ${id}; ${on}`,
    (findings) => expect(findings).toMatchObject([{ kind: 'act_altered', what: `第 ${id} 号行为` }]),
    `${off}; update base.act set actor_name = '${(await owner.query(`select actor_name from base.act where id = ${id}`)).rows[0].actor_name}' where id = ${id}; ${on}`,
  )
  await forging(
    `${off}; create table kept as select * from base.act where id = ${id}; alter table evidence.entry drop constraint entry_act_id_fkey;
     alter table base.hearing drop constraint hearing_act_id_fkey; delete from base.act where id = ${id}; ${on}`,
    (findings) => expect(findings.map(({ kind }) => kind)).toContain('act_missing'),
    `insert into base.act overriding system value select * from kept; drop table kept`,
  )
})

test('a photograph swapped on disk, and in its row', async () => {
  const { rows } = await owner.query(`select sha256 from base.file where id = '${fileId}'`)
  const name: string = rows[0].sha256
  const path = join(house.house.settings.dataDir, 'files', name.slice(0, 2), name.slice(2, 4), name)
  const original = readFileSync(path)
  writeFileSync(path, Buffer.concat([original, Buffer.from('x')]))
  expect(await found()).toMatchObject([{ kind: 'file_altered' }])
  writeFileSync(path, original)
  await forging(
    `update base.file set taken_at = now() where id = '${fileId}'`,
    (findings) => expect(findings).toMatchObject([{ kind: 'file_altered', what: `文件 ${fileId}` }]),
    `update base.file set taken_at = null where id = '${fileId}'`,
  )
})

test('an entry that fits its forged act no longer fits the root that was signed and witnessed', async () => {
  const { rows } = await owner.query("select seq, encode(sha256, 'hex') as digest from evidence.entry where seq = 3")
  await forging(
    `update evidence.entry set sha256 = decode(repeat('ab', 32), 'hex') where seq = 3`,
    (findings) =>
      expect(findings.map(({ kind, by }) => [kind, by])).toEqual(
        expect.arrayContaining([
          ['act_altered', undefined],
          ['log_differs', '日志检查点'],
          ['log_differs', 'renshe.example'],
        ]),
      ),
    `update evidence.entry set sha256 = decode('${rows[0].digest}', 'hex') where seq = 3`,
  )
})

test('a tail cut off, acts and entries together, is shorter than what the witness holds', async () => {
  const { log } = await logOf(house.house)
  const last = log.tree.size - 1
  await owner.query(`create table kept as select * from evidence.entry where seq = ${last}`)
  await owner.query(`delete from evidence.entry where seq = ${last}`)
  // The tree on disk is cut as well: only the witness remembers.
  const checkpoint = join(log.dir, 'checkpoint')
  const signed = readFileSync(checkpoint, 'utf8')
  rmSync(checkpoint)
  expect(await found()).toMatchObject([
    { kind: 'log_shorter', expected: log.tree.size, by: 'renshe.example' },
    { kind: expect.stringContaining('not_entered') },
  ])
  writeFileSync(checkpoint, signed)
  await owner.query('insert into evidence.entry select * from kept; drop table kept')
  expect(await found()).toEqual([])
})

test('an act written past the house has no entry', async () => {
  await act({ action: 'resume', input: { reason: '台风解除', files: [fileId] } })
  await enter()
  await owner.query(`insert into base.act (request_id, digest, topic, case_id, to_state, actor_name, capacity, input, done_at, written_in)
    values ('${randomUUID()}', '', 'project.stop', '${cast.projectId}', 'stopped', '无名', 'system', '{}', now(), '5')`)
  expect((await found()).map(({ kind }) => kind)).toEqual(['act_not_entered'])
  await owner.query(`${off}; delete from base.act where actor_name = '无名'; ${on}`)
  expect(await found()).toEqual([])
})

test('the data directory holds no key in clear', () => {
  const keys = join(house.house.settings.dataDir, 'keys')
  for (const name of readdirSync(keys)) expect(readFileSync(join(keys, name), 'latin1')).not.toContain('PRIVATE KEY')
})
