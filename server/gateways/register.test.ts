import { randomUUID } from 'node:crypto'
import { deviceContract } from '@plumbline/core/device'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../house/setup/house.ts'
import { openRegister, type Register } from './register.ts'
import { enterDevice, waitFor } from './testing.ts'

let house: TestHouse
let cast: Cast
let register: Register

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  register = openRegister(house.house)
})
afterAll(async () => {
  await register.close()
  await house.close()
})

let serial = 0
const enter = async () => {
  const mn = `990421A8900094${String((serial += 1)).padStart(10, '0')}`
  return { mn, id: await enterDevice(house, cast.chief, { mn, projectId: cast.projectId }) }
}
const knownOf = async (mn: string) => (await register.find([mn]))[0]
const setPassword = async (id: string, password: string) => {
  const body = { requestId: randomUUID(), password }
  expect(
    (await house.call(cast.chief, deviceContract.setPassword, { params: { id }, body: body as never })).status,
  ).toBe(200)
}
const retire = (id: string) =>
  house.call(cast.chief, deviceContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action: 'retire', input: { reason: '拆除' } },
  })

test('a number that nobody entered is asked for each time, and found as soon as it is entered', async () => {
  const mn = '990421A89000939999999999'
  expect(await register.find([mn, undefined])).toEqual([undefined, undefined])
  await enterDevice(house, cast.chief, { mn, projectId: cast.projectId })
  expect(await knownOf(mn)).toMatchObject({ mn, password: '123456', state: 'pending' })
})

test('each number gets its own device, in its place', async () => {
  const [one, other] = [await enter(), await enter()]
  const found = await register.find([other.mn, undefined, one.mn, other.mn])
  expect(found.map((device) => device?.id)).toEqual([other.id, undefined, one.id, other.id])
})

test('known by heart: the same record while nothing changes, a new one when the password or the state does', async () => {
  const { mn, id } = await enter()
  await waitFor(async () => ((await knownOf(mn)) === (await knownOf(mn)) ? true : undefined), 'one record')
  await setPassword(id, 'abcdef')
  await waitFor(async () => ((await knownOf(mn))?.password === 'abcdef' ? true : undefined), 'the new password')
  await retire(id)
  await waitFor(async () => ((await knownOf(mn))?.state === 'retired' ? true : undefined), 'the end of service')
})

test('when the database cannot tell, it is asked', async () => {
  const { mn, id } = await enter()
  await knownOf(mn)
  const app = new Client({ connectionString: house.house.settings.databaseUrl })
  await app.connect()
  await app.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen plumbline_device'",
  )
  await app.end()
  await setPassword(id, 'ghijkl')
  await waitFor(async () => ((await knownOf(mn))?.password === 'ghijkl' ? true : undefined), 'the new password')
})
