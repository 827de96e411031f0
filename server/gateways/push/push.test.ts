import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deviceContract } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { type Gateways, startGateways } from '../index.ts'
import { enterDevice, waitFor } from '../testing.ts'

let house: TestHouse
let cast: Cast
let gateway: Gateways
let url: string

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  url = await house.http.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await gateway?.stop()
  await house.close()
})

const number = 'TURNSTILE01'
let id: string

/** Signed by the openssl command, as a vendor's script would. */
function signed(body: string, time: string, secret = '123456'): string {
  const file = join(house.house.settings.dataDir, 'push-body')
  writeFileSync(file, `${time}\n${body}`)
  return execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-r', file], { encoding: 'utf8' }).slice(0, 64)
}

async function push(body: string, change: { time?: string; signature?: string; number?: string } = {}) {
  const time = change.time ?? String(Date.now())
  const headers = {
    'content-type': 'application/json',
    'x-device-time': time,
    'x-device-signature': change.signature ?? signed(body, time),
  }
  const answer = await fetch(`${url}/device/v1/${change.number ?? number}`, { method: 'POST', headers, body })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const cardDigest = createHash('sha256').update('a card').digest('hex')
const message = (peopleInside: number, events: object[] = []) =>
  JSON.stringify({ id: randomUUID(), kind: 'turnstile', deviceTime: new Date().toISOString(), peopleInside, events })
const latest = async () =>
  (await house.call(cast.manager, telemetryContract.latest, { params: { id } })).body.rows.find(
    ({ quantity }) => quantity === 'peopleInside',
  )

test('a door that is not open yet says so', async () => {
  expect(await push(message(1), { signature: '0'.repeat(64) })).toMatchObject({
    status: 503,
    body: { refused: 'busy' },
  })
  gateway = await startGateways(house)
  id = await enterDevice(house, cast.chief, { mn: number, modelCode: 'turnstile', projectId: cast.projectId })
})

test('unknown number, wrong secret, altered body and old signature are all answered alike', async () => {
  const body = message(3)
  const time = String(Date.now())
  const signature = signed(body, time)
  const late = String(Date.now() - 301_000)
  const refused = { status: 401, body: { refused: 'not_signed' } }
  expect(await push(body, { number: 'NOBODY0001' })).toEqual(refused)
  expect(await push(body, { time, signature: signed(body, time, 'abcdef') })).toEqual(refused)
  expect(await push(body.replace('3', '4'), { time, signature })).toEqual(refused)
  expect(await push(body, { time: late, signature: signed(body, late) })).toEqual(refused)
  expect(await push(body, { signature: '' })).toEqual(refused)
  expect((await latest())?.at).toBeNull()
  const { rows } = (await house.call(cast.chief, deviceContract.unknown)).body
  expect(rows.map(({ mn }) => mn)).toContain('NOBODY0001')
})

test('what is too long or no message is refused by name', async () => {
  expect(await push('x'.repeat(70_000))).toMatchObject({ status: 413, body: { refused: 'too_long' } })
  expect(await push('{"id":')).toMatchObject({ status: 400, body: { refused: 'not_json' } })
  expect(await push(JSON.stringify({ id: 'a', kind: 'crane' }))).toMatchObject({ status: 400 })
})

test('a signed message is kept and answered; sent again it counts once', async () => {
  const at = new Date(Date.now() - 2000).toISOString()
  const body = message(37, [{ id: 'pass-1', at, kind: 'passage', body: { cardDigest, direction: 'in' } }])
  const time = String(Date.now())
  const change = { time, signature: signed(body, time) }
  expect((await push(body, change)).status).toBe(200)
  expect((await push(body, change)).status).toBe(200)
  await waitFor(async () => ((await latest())?.value === 37 ? true : undefined), 'the count')
  const { rows } = (await house.call(cast.chief, deviceContract.conversation, { params: { id } })).body
  expect(rows.filter(({ verdict }) => verdict === 'stored')).toHaveLength(1)
  expect(rows.filter(({ verdict }) => verdict === 'repeated')).toHaveLength(1)
})
