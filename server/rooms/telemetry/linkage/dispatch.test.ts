import { randomUUID } from 'node:crypto'
import { baseContract, sessionContract } from '@plumbline/core/base'
import { projectContract } from '@plumbline/core/project'
import { type CallInput, dispatchContract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../../house/setup/house.ts'
import { read, systemContext } from '../../../base/context.ts'
import { takeCommands } from '../commands.ts'
import { storeEvents } from '../events.ts'
import { type Ears, openEars } from '../testing.ts'
import { followTrucks } from './index.ts'

let house: TestHouse
let cast: Cast
let ears: Ears
let truckId: string
let site: { lon: number; lat: number }

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  ears = await openEars(house)
  const { body } = await house.call(cast.chief, projectContract.get, { params: { id: cast.projectId } })
  site = body.record.point
})
beforeEach(async () => {
  truckId = await ears.enter(cast.chief, { modelCode: 'water-truck', projectId: cast.projectId })
})
afterAll(async () => {
  await ears.close()
  await house.close()
})

const call = (cookie: string, change: Partial<CallInput> = {}, requestId: string = randomUUID()) =>
  house.call(cookie, dispatchContract.call, {
    body: {
      requestId,
      input: {
        projectId: cast.projectId,
        truckId,
        plate: '浙Z2J518',
        unit: '城东环卫所',
        reason: '土方扬尘',
        ...change,
      },
    },
  })
const view = (id: string) => house.call(cast.inspectorA, dispatchContract.get, { params: { id } })
const act = (cookie: string, id: string, action: 'finish' | 'cancel', note = '') =>
  house.call(cookie, dispatchContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action, input: { note } },
  })

/** The truck tells that it is so many degrees north of the site, and time passes. */
async function drive(north: number): Promise<void> {
  const ctx = await systemContext(house.house)
  const body = { lon: site.lon, lat: site.lat + north }
  await read(ctx, (tx) =>
    storeEvents(tx, ctx, [{ deviceId: truckId, kind: 'track', at: ctx.now, id: randomUUID(), body }]),
  )
  await followTrucks(ctx)
}

async function passMinutes(minutes: number): Promise<void> {
  const to = new Date(Date.parse(await house.house.clock.now()) + minutes * 60_000).toISOString()
  const { status } = await house.call(cast.inspectorA, sessionContract.clock, { body: { requestId: randomUUID(), to } })
  expect(status).toBe(200)
  await house.house.settle()
}

/** What a line of the truck's would be given to send. */
async function ordered() {
  const ctx = await systemContext(house.house)
  let serial = 0
  return takeCommands(ctx, [truckId], () => `${Date.parse(ctx.now)}${(serial += 1)}`)
}

test('no plate, no truck, a truck that is no truck, another site and another’s alarm are refused', async () => {
  expect(await call(cast.inspectorA, { plate: '警车一号' })).toMatchObject({ status: 400 })
  expect(await call(cast.inspectorA, { reason: ' ' })).toMatchObject({ status: 400 })
  const dust = await ears.enter(cast.chief, { modelCode: 'dust-ug', projectId: cast.projectId })
  expect(await call(cast.inspectorA, { truckId: dust })).toMatchObject({ status: 422, rule: 'dispatch_not_truck' })
  expect(await call(cast.inspectorA, { truckId: randomUUID() })).toMatchObject({ status: 404, rule: 'device' })
  expect(await call(cast.inspectorA, { alarmId: randomUUID() })).toMatchObject({ status: 404, rule: 'alarm' })
  expect(await call(cast.rival)).toMatchObject({ status: 404 })
  expect(await call(cast.engineer)).toMatchObject({ status: 403 })
  expect(await ordered()).toEqual([])
})

test('a truck that is out is not called again, by two at once neither', async () => {
  const answers = await Promise.all([call(cast.inspectorA), call(cast.manager)])
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
  expect(await call(cast.safety)).toMatchObject({ status: 409, rule: 'dispatch_truck_busy' })
})

test('one request orders once, to the site’s place, and is void when nobody takes it in time', async () => {
  const requestId = randomUUID()
  const first = await call(cast.manager, {}, requestId)
  const again = await call(cast.manager, {}, requestId)
  expect(again.body.record.id).toBe(first.body.record.id)
  const [order, ...more] = await ordered()
  expect(more).toEqual([])
  expect(order).toMatchObject({ on: true, unit: 1, to: site })
  expect(Date.parse(order!.expiresAt) - Date.parse(order!.createdAt)).toBe(60_000)
  expect(await ordered()).toEqual([])
})

test('near is proved by a position within 200 m after the call, and not finished before', async () => {
  await drive(0)
  const { id } = (await call(cast.inspectorA)).body.record
  await drive(0.0019)
  expect((await view(id)).body.record).toMatchObject({ state: 'called', arrival: null })
  expect(await act(cast.manager, id, 'finish')).toMatchObject({ status: 409, rule: 'state' })
  await drive(0.0017)
  const arrived = (await view(id)).body
  expect(arrived.record).toMatchObject({ state: 'working', arrival: { metres: 189 } })
  expect(arrived.track.map(({ metres }) => metres)).toEqual([211, 189])
  const told = (await house.call(cast.inspectorA, baseContract.messages, { query: {} })).body.rows
  expect(told.some(({ title }) => title === '浙Z2J518 已到场作业')).toBe(true)
  expect((await act(cast.manager, id, 'finish')).body.record).toMatchObject({ state: 'done', ended: { name: '何秉' } })
})

test('the site hears that a truck comes; a call that is taken back stops the truck', async () => {
  const { id } = (await call(cast.inspectorA)).body.record
  const heard = (await house.call(cast.manager, baseContract.messages, { query: {} })).body.rows
  expect(heard.filter(({ caseId }) => caseId === id)).toHaveLength(1)
  expect(await act(cast.safety, id, 'cancel')).toMatchObject({ status: 400 })
  await act(cast.safety, id, 'cancel', '已降雨')
  // The start that had not been sent is void, the stop is not.
  expect((await ordered()).map(({ on }) => on)).toEqual([false])
  expect((await view(id)).body.record).toMatchObject({ state: 'cancelled', ended: { note: '已降雨' } })
})

test('the means before the arrival and of the last ten minutes are those of the stored values', async () => {
  const dust = await ears.enter(cast.chief, { modelCode: 'dust-ug', projectId: cast.projectId })
  const values = (low: number, pm: number) =>
    [60, 120, 540].map((ago, i) => ({ quantity: 'a34004', value: pm + i, ago: ago + low }))
  // One of them lies before the ten minutes, one is doubtful: neither counts.
  const odd = [
    { quantity: 'a34004', value: 900, ago: 661 },
    { quantity: 'a34004', value: 800, ago: 300, flag: 'D' },
  ]
  await ears.store(dust, [...values(0, 90), ...odd])
  const { id } = (await call(cast.manager)).body.record
  await drive(0)
  const early = (await view(id)).body.effects.find(
    ({ deviceId, quantity }) => deviceId === dust && quantity === 'a34004',
  )
  expect(early).toMatchObject({ before: 91, after: null })
  await passMinutes(11)
  await ears.store(dust, values(0, 50))
  const late = (await view(id)).body.effects.find(
    ({ deviceId, quantity }) => deviceId === dust && quantity === 'a34004',
  )
  expect(late).toMatchObject({ before: 91, after: 51 })
})

test('a truck that never comes lapses at its time, and the caller hears of it', async () => {
  const { id } = (await call(cast.inspectorA)).body.record
  await passMinutes(61)
  expect((await view(id)).body.record.state).toBe('lapsed')
  const told = (await house.call(cast.inspectorA, baseContract.messages, { query: {} })).body.rows
  expect(told.some(({ title, caseId }) => caseId === id && title === '浙Z2J518 超时未到场')).toBe(true)
})
