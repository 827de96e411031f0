import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { connectingOf, deviceContract, samplePassword } from '@plumbline/core/device'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { systemContext } from '../../base/context.ts'
import { type Gateways, startGateways } from '../../gateways/index.ts'
import { waitFor } from '../../gateways/testing.ts'
import { goLive } from './index.ts'

let house: TestHouse
let cast: Cast
let serial = 0
const newMn = () => `ONBOARD${String((serial += 1)).padStart(4, '0')}`

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
})
afterAll(() => house.close())

const onboard = (more: object = {}, cookie = cast.chief) =>
  house.call(cookie, deviceContract.onboard, {
    body: {
      ...{ requestId: randomUUID(), modelCode: 'dust-ug', mn: newMn(), name: '北门', projectId: cast.projectId },
      ...more,
    },
  })
const enter = async (more: object = {}) => {
  const { status, body } = await onboard({ password: '123456', ...more })
  expect(status).toBe(200)
  return body.id
}
const tend = (id: string, action: 'hand_over' | 'note' | 'explain_offline', input: object, cookie = cast.chief) =>
  house.call(cookie, deviceContract.tend, {
    params: { id },
    body: { requestId: randomUUID(), action, input } as never,
  })
const view = async (id: string, cookie = cast.chief) =>
  (await house.call(cookie, deviceContract.get, { params: { id } })).body
const live = async (id: string) => goLive(await systemContext(house.house), id)

async function keptPassword(id: string): Promise<string> {
  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ password: string }>('select password from device.secret where device_id = $1', [
    id,
  ])
  await owner.end()
  return rows[0]!.password
}

test('a device without a password, and a meter without an address, are refused by name', async () => {
  expect(await onboard()).toMatchObject({ status: 422, rule: 'device_password_missing' })
  expect(await onboard({ modelCode: 'crane-gbt37366' })).toMatchObject({ rule: 'device_password_missing' })
  expect(await onboard({ modelCode: 'water-modbus' })).toMatchObject({ status: 422, rule: 'device_address_missing' })
  expect(await onboard({ modelCode: 'water-modbus', password: '123456' })).toMatchObject({
    rule: 'device_address_missing',
  })
})

test('a password that was made is told once, and kept where only the gateways look', async () => {
  const body = { requestId: randomUUID(), mn: newMn(), makePassword: true, modelCode: 'crane-gbt37366' }
  const first = await onboard(body)
  expect(first.body.password).toMatch(/^[0-9A-Za-z]{16}$/)
  expect(await keptPassword(first.body.id)).toBe(first.body.password)
  expect(await onboard(body)).toMatchObject({ status: 200, body: { id: first.body.id, password: null } })
  // Six characters are what every HJ 212 device takes.
  expect((await onboard({ makePassword: true })).body.password).toMatch(/^[0-9A-Za-z]{6}$/)
  const renew = (ask: object) =>
    house.call(cast.chief, deviceContract.setPassword, {
      params: { id: first.body.id },
      body: { requestId: randomUUID(), ...ask },
    })
  expect(await renew({})).toMatchObject({ rule: 'device_password_missing' })
  const renewed = await renew({ makePassword: true })
  expect(await keptPassword(first.body.id)).toBe(renewed.body.password)
  expect(renewed.body.password).not.toBe(first.body.password)
})

test('a meter is told no password, and nobody can guess the one that stands for it', async () => {
  const modbus = { host: '10.8.0.3', port: 502, unit: 1 }
  const { body } = await onboard({ modelCode: 'water-modbus', modbus })
  expect(body.password).toBeNull()
  expect(await keptPassword(body.id)).toMatch(/^[0-9A-Za-z]{16}$/)
  const { record, steps } = await view(body.id)
  expect(record.settings.modbus).toEqual(modbus)
  expect(steps.map(({ action }) => action)).not.toContain('set_password')
})

test('only an officer in office takes over, and only while a device is not alive', async () => {
  const id = await enter()
  expect(await tend(id, 'hand_over', { personId: randomUUID() })).toMatchObject({ rule: 'device_keeper_unknown' })
  expect(await tend(id, 'hand_over', { personId: cast.persons.manager })).toMatchObject({
    rule: 'device_keeper_unknown',
  })
  expect(await tend(id, 'hand_over', { personId: cast.persons.inspectorA }, cast.inspectorA)).toMatchObject({
    status: 403,
  })
  const { officers, record } = await view(id)
  expect(record.keeper?.personId).toBe(cast.persons.chief)
  expect(officers.map(({ personId }) => personId)).toContain(cast.persons.inspectorA)
  const handed = await tend(id, 'hand_over', { personId: cast.persons.inspectorA })
  expect(handed.body.record.keeper).toEqual(officers.find(({ personId }) => personId === cast.persons.inspectorA))
  await live(id)
  expect(await tend(id, 'hand_over', { personId: cast.persons.inspectorA })).toMatchObject({ status: 409 })
})

test('who is stuck is listed with keeper, age, failing check and note, and only for those who see the project', async () => {
  const id = await enter()
  expect(await tend(id, 'note', { text: '专线未通' }, cast.rival)).toMatchObject({ status: 404 })
  expect((await tend(id, 'note', { text: '专线未通' }, cast.manager)).status).toBe(200)
  const list = async (cookie = cast.inspectorA, query: object = {}) =>
    (await house.call(cookie, deviceContract.onboarding, { query })).body
  const mine = (await list()).rows.find((row) => row.id === id)!
  expect(mine).toMatchObject({ stuck: false, failing: 'network', note: { text: '专线未通' } })
  expect((await list(cast.inspectorC)).rows.map((row) => row.id)).not.toContain(id)
  await ageBy(id, (await list()).hours)
  const after = await list()
  expect(after.rows[0]).toMatchObject({ id, stuck: true, keeper: { personId: cast.persons.chief } })
  expect(after.stuck).toBe(1)
  expect((await list(cast.inspectorA, { stuck: 'true' })).rows.map((row) => row.id)).toEqual([id])
  await live(id)
  expect((await list()).rows.map((row) => row.id)).not.toContain(id)
})

/** As if it had been entered so many hours ago. */
async function ageBy(id: string, hours: number): Promise<void> {
  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  await owner.query(`update device.device set entered_at = entered_at - $2 * interval '1 hour' where id = $1`, [
    id,
    hours,
  ])
  await owner.end()
}

test('the online rate counts what was once alive; an explained silence stands apart until it is over', async () => {
  const id = await enter({ modelCode: 'pit-logger', name: '基坑' })
  const rates = async (cookie = cast.inspectorA) => (await house.call(cookie, deviceContract.online, {})).body
  const pits = async () => (await rates()).kind.find(({ key }) => key === 'pit')
  expect(await pits()).toBeUndefined()
  const today = (await systemContext(house.house)).today
  expect(await tend(id, 'explain_offline', { cause: 'power', until: today })).toMatchObject({ status: 409 })
  await live(id)
  expect(await pits()).toMatchObject({ devices: 1, live: 0, explained: 0 })
  expect(await tend(id, 'explain_offline', { cause: 'power', until: '2020-01-01' })).toMatchObject({
    rule: 'offline_until_past',
  })
  expect(await tend(id, 'explain_offline', { cause: 'power', until: today }, cast.manager)).toMatchObject({
    status: 403,
  })
  expect((await tend(id, 'explain_offline', { cause: 'power', until: today }, cast.inspectorA)).status).toBe(200)
  expect(await pits()).toMatchObject({ devices: 1, live: 0, explained: 1 })
  const { total, town } = await rates()
  expect(town.reduce((sum, { devices }) => sum + devices, 0)).toBe(total.devices)
  // The filter of each count opens just those rows.
  for (const { filter, devices } of [total, ...town, (await pits())!]) {
    const listed = await house.call(cast.inspectorA, deviceContract.list, { query: { ...filter, limit: 200 } as never })
    expect(listed.body.total).toBe(devices)
  }
  const explained = await house.call(cast.inspectorA, deviceContract.list, { query: { explained: 'true' } })
  expect(explained.body.rows.map((row) => row.id)).toEqual([id])
  expect((await rates(cast.inspectorC)).kind.map(({ key }) => key)).not.toContain('pit')
})

test('of an outside broker the page learns the place and never the login', async () => {
  const doors = () => house.call(cast.chief, deviceContract.doors, {})
  expect(await house.call(cast.inspectorA, deviceContract.doors, {})).toMatchObject({ status: 403 })
  expect((await doors()).body.mqtt.outside).toBe(false)
  house.house.settings.mqttUrl = 'mqtts://platform:secret@broker.example'
  const { body } = await doors()
  house.house.settings.mqttUrl = ''
  expect(body.mqtt).toEqual({ host: 'broker.example', port: 8883, outside: true })
  expect(JSON.stringify(body)).not.toContain('secret')
})

test('the commands that the page shows bring a turnstile to life', async () => {
  const url = await house.http.listen({ host: '127.0.0.1', port: 0 })
  const gateway: Gateways = await startGateways(house)
  const id = await enter({ modelCode: 'turnstile', name: '南门闸机', password: samplePassword })
  const { record } = await view(id)
  const doors = (await house.call(cast.chief, deviceContract.doors, {})).body
  const { trial } = connectingOf(record, { ...doors, push: { url } }, Date.now())
  const { stdout } = await promisify(execFile)('bash', ['-c', trial!])
  expect(JSON.parse(stdout)).toMatchObject({ ack: expect.stringMatching(/^trial-/) })
  await waitFor(async () => ((await view(id)).record.state === 'live' ? true : undefined), 'the turnstile')
  await gateway.stop()
})
