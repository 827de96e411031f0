import { randomUUID } from 'node:crypto'
import { deviceContract } from '@plumbline/core/device'
import { projectContract } from '@plumbline/core/project'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { systemContext } from '../../base/context.ts'
import { enterDevice } from '../../gateways/testing.ts'
import { goLive } from './index.ts'

let house: TestHouse
let cast: Cast
let serial = 0
const newMn = () => `990421A8900020${String((serial += 1)).padStart(10, '0')}`

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
})
afterAll(() => house.close())

const enter = (more: object = {}) => enterDevice(house, cast.chief, { mn: newMn(), projectId: cast.projectId, ...more })
const change = (id: string, action: 'link' | 'retire' | 'amend', input: object, cookie = cast.chief) =>
  house.call(cookie, deviceContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action, input } as never,
  })

test('only those who keep the register change it', async () => {
  const id = await enter()
  for (const cookie of [cast.inspectorA, cast.manager, cast.clerk])
    expect(await change(id, 'retire', { reason: '拆除' }, cookie)).toMatchObject({ status: 403, rule: 'permission' })
})

test('a monitor opens a sprayer in service on its own project, and nothing else', async () => {
  const [dust, other, sprayer] = [await enter(), await enter(), await enter({ modelCode: 'sprayer-1' })]
  const far = await enter({ modelCode: 'sprayer-1', projectId: cast.otherProjectId })
  const link = (id: string, sprayerId: string, unit = 1) => change(id, 'link', { sprayerId, unit })
  expect(await link(dust, other)).toMatchObject({ status: 422, rule: 'device_not_sprayer' })
  expect(await link(dust, far)).toMatchObject({ status: 422, rule: 'device_not_sprayer' })
  expect(await link(dust, randomUUID())).toMatchObject({ status: 422, rule: 'device_not_sprayer' })
  expect(await link(dust, sprayer, 2)).toMatchObject({ status: 422, rule: 'sprayer_unit_missing' })
  expect(await link(sprayer, sprayer)).toMatchObject({ status: 422, rule: 'device_not_dust' })
  expect((await link(dust, sprayer)).body.record).toMatchObject({ linkedTo: sprayer, linkedUnit: 1 })
})

test('a password stands in no act and no reply', async () => {
  const secret = 'Zq8Kx7Wv5'
  const id = await enter({ password: secret })
  const renewed = { requestId: randomUUID(), password: `${secret}2` }
  expect((await house.call(cast.chief, deviceContract.setPassword, { params: { id }, body: renewed })).status).toBe(200)
  expect(JSON.stringify((await house.call(cast.chief, deviceContract.get, { params: { id } })).body)).not.toContain(
    secret,
  )
  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query('select input, change from base.act where case_id = $1', [id])
  const kept = await owner.query<{ password: string }>('select password from device.secret where device_id = $1', [id])
  await owner.end()
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(kept.rows[0]!.password).toBe(`${secret}2`)
})

test('a number that was given back may be entered again', async () => {
  const mn = newMn()
  const id = await enter({ mn })
  expect((await change(id, 'retire', { reason: '更换设备' })).body.record.state).toBe('retired')
  const next = await enter({ mn })
  expect(next).not.toBe(id)
  expect(
    await change(id, 'amend', { name: '北门', unitProfile: 'ug', crcMode: 'strict', ending: 'crlf', point: null }),
  ).toMatchObject({
    status: 409,
  })
})

test('when a unit joins the project, it sees the devices', async () => {
  const id = await enter()
  expect((await house.call(cast.rival, deviceContract.get, { params: { id } })).status).toBe(404)
  const { body } = await house.call(cast.chief, projectContract.get, { params: { id: cast.projectId } })
  const parties = [
    ...body.record.parties.map(({ role, orgId }) => ({ role, orgId })),
    { role: 'testing' as const, orgId: cast.rivalId },
  ]
  const amended = await house.call(cast.chief, projectContract.amend, {
    params: { id: cast.projectId },
    body: { requestId: randomUUID(), action: 'amend', input: { parties } } as never,
  })
  expect(amended.status).toBe(200)
  await house.house.settle()
  const seen = (await house.call(cast.chief, deviceContract.get, { params: { id } })).body
  expect(seen.record.parties).toContain(cast.rivalId)
  expect(seen.acts.map(({ topic }) => topic)).toEqual(['device.onboard', 'device.follow'])
})

test('a project counts as equipped when its monitor has reported, and only for those who see it', async () => {
  const rates = async (cookie: string) => (await house.call(cookie, deviceContract.installed, {})).body
  expect(await house.call(cast.citizen, deviceContract.installed, {})).toMatchObject({ status: 403 })
  const id = await enter()
  const before = await rates(cast.inspectorA)
  expect(before.total).toMatchObject({ equipped: 0 })
  expect(before.lacking.map((one) => one.id)).toContain(cast.projectId)
  await goLive(await systemContext(house.house), id)
  const after = await rates(cast.inspectorA)
  expect(after.total).toMatchObject({ obliged: before.total.obliged, equipped: 1 })
  expect(after.lacking.map((one) => one.id)).not.toContain(cast.projectId)
  // The filter of each count opens just those rows.
  for (const { filter, obliged } of [after.total, ...after.town]) {
    const listed = await house.call(cast.inspectorA, projectContract.list, { query: { ...filter, limit: 200 } })
    expect(listed.body.rows).toHaveLength(obliged)
  }
  expect((await rates(cast.inspectorC)).total.equipped).toBe(0)
})

test('the list is cut by reach, filtered, and read page by page', async () => {
  const mine = await house.call(cast.inspectorA, deviceContract.list, { query: { limit: 3 } })
  expect(mine.body.rows).toHaveLength(3)
  const rest = await house.call(cast.inspectorA, deviceContract.list, { query: { limit: 200, after: mine.body.next! } })
  expect(mine.body.rows.length + rest.body.rows.length).toBe(mine.body.total)
  const ids = [...mine.body.rows, ...rest.body.rows].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const far = await house.call(cast.inspectorC, deviceContract.list, {})
  expect(far.body.rows.map(({ projectId }) => projectId)).toEqual([cast.otherProjectId])
  expect(far.body.total).toBe(1)
  const sprayers = await house.call(cast.inspectorA, deviceContract.list, { query: { kind: 'sprayer' } })
  expect(sprayers.body.rows.every(({ kind }) => kind === 'sprayer')).toBe(true)
})
