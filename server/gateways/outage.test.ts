import { baseContract } from '@plumbline/core/base'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../house/setup/house.ts'
import { type Gateways, startGateways } from './index.ts'
import { isOutage, sayOutage } from './outage.ts'
import { dustFrame, enterDevice, freshQn, openPeer, waitFor } from './testing.ts'

// T8 in small: while the database cannot write nothing is acknowledged, the page says why, and it recovers by itself.
let house: TestHouse
let cast: Cast
let gateway: Gateways
let owner: Client
const mn = '990421A89000950000000001'

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  gateway = await startGateways(house)
  owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  await enterDevice(house, cast.chief, { mn, projectId: cast.projectId })
})
afterAll(async () => {
  await gateway.stop()
  await owner.end()
  await house.close()
})

const ingest = async () => {
  const { body } = await house.call(null, baseContract.health, {})
  return { ok: body.ok, check: body.checks.find(({ name }) => name === 'ingest') }
}

/** Whether new sessions of this database may write; those that are open are ended, the application's by itself. */
async function setReadOnly(on: boolean): Promise<void> {
  const { rows } = await owner.query<{ name: string }>('select current_database() as name')
  await owner.query(`alter database ${rows[0]!.name} set default_transaction_read_only = ${on ? 'on' : 'off'}`)
  const app = new Client({ connectionString: house.house.settings.databaseUrl })
  await app.connect()
  await app.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()',
  )
  await app.end()
}

test('read-only: no answer, a red light with the reason; writable again: the answer comes, and the light is green', async () => {
  const peer = await openPeer(gateway.hj212Port)
  const first = freshQn()
  peer.write(dustFrame({ mn, qn: first, at: Date.now() - 60_000 }))
  await peer.until(`QN=${first}`)
  expect(await ingest()).toMatchObject({ ok: true, check: { ok: true } })

  await setReadOnly(true)
  const qn = freshQn()
  peer.write(dustFrame({ mn, qn, at: Date.now() - 30_000 }))
  const red = await waitFor(async () => {
    const { ok, check } = await ingest().catch(() => ({ ok: true, check: undefined }))
    return !ok && check && !check.ok && check.detail.includes('只读') ? check : undefined
  }, 'the red light')
  expect(red.detail).toBe('数据不能入库，暂停应答：数据库只读；1 帧等待')
  expect(peer.heard()).not.toContain(qn)

  await setReadOnly(false)
  await peer.until(`QN=${qn}`)
  await waitFor(async () => ((await ingest()).check?.ok ? true : undefined), 'the green light')
  const { rows } = await owner.query("select count(*)::int as n from telemetry.reading where quantity = 'a34004'")
  expect(rows).toEqual([{ n: 2 }])
  peer.close()
})

test('what is the database’s fault, and what the frame’s', () => {
  const withCode = (code: string) => Object.assign(new Error('x'), { code })
  for (const code of ['53100', '25006', '57P01', '08006', '40P01', 'ECONNREFUSED', 'ENOENT'])
    expect(isOutage(withCode(code)), code).toBe(true)
  for (const code of ['22P02', '23505', '42P01', 'XX000']) expect(isOutage(withCode(code)), code).toBe(false)
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isOutage(new TypeError('x is not a function'))).toBe(false)
  expect(['53100', '25006', '57P01'].map((code) => sayOutage(withCode(code)))).toEqual([
    '磁盘已满',
    '数据库只读',
    '数据库连接中断',
  ])
})
