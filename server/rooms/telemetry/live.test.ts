import { liveContract, telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, expect, test } from 'vitest'
import { read, systemContext } from '../../base/context.ts'
import { type DeviceEvent, storeEvents } from './events.ts'
import { openListening } from './testing.ts'

const { house, cast, ears, close } = await openListening()
afterAll(close)

const enter = (modelCode: string) => ears.enter(cast.chief, { modelCode, projectId: cast.projectId })
const keep = async (events: DeviceEvent[]) => {
  const ctx = await systemContext(house.house)
  await read(ctx, (tx) => storeEvents(tx, ctx, events))
}
const at = (time: string) => new Date(`2026-11-20T${time}+08:00`).toISOString()
const day = '2026-11-20'

test('events of other days, kinds and devices are left out; the newest stands first', async () => {
  const [wash, other] = [await enter('wheel-wash'), await enter('wheel-wash')]
  const exit = (deviceId: string, id: string, time: string): DeviceEvent => ({
    ...{ deviceId, id, at: at(time), kind: 'exit' },
    body: { plate: '浙F12345', washed: true, covered: false, legible: true },
  })
  const stray: DeviceEvent = { ...exit(wash, 'z', '10:00:00'), kind: 'intrusion', body: { zone: 'Z1' } }
  const yesterday = { ...exit(wash, 'y', '10:00:00'), at: '2026-11-19T15:59:59.999Z' }
  await keep([exit(wash, 'a', '00:00:00'), exit(wash, 'b', '09:30:00'), exit(other, 'c', '09:00:00'), stray, yesterday])
  const { body } = await house.call(cast.manager, liveContract.events, {
    params: { id: wash },
    query: { kind: 'exit', day },
  })
  expect(body.rows.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(body.more).toBe(false)
  const rival = await house.call(cast.rival, liveContract.events, {
    params: { id: wash },
    query: { kind: 'exit', day },
  })
  expect(rival).toMatchObject({ status: 404, rule: 'device' })
})

test('passages are counted by hour, and no card leaves the house', async () => {
  const gate = await enter('turnstile')
  const pass = (id: string, time: string, direction: 'in' | 'out'): DeviceEvent => ({
    ...{ deviceId: gate, id, at: at(time), kind: 'passage', body: { cardDigest: 'c0ffee', direction } },
  })
  await keep([pass('1', '07:00:00', 'in'), pass('2', '07:59:59', 'in'), pass('3', '08:00:00', 'out')])
  const { body } = await house.call(cast.safety, liveContract.passages, { params: { id: gate }, query: { day } })
  expect(body.rows).toHaveLength(24)
  expect(body.rows.filter((hour) => hour.in + hour.out > 0)).toEqual([
    { from: at('07:00:00'), in: 2, out: 0 },
    { from: at('08:00:00'), in: 0, out: 1 },
  ])
  const told = await house.call(cast.safety, liveContract.events, {
    params: { id: gate },
    query: { kind: 'passage' as never, day },
  })
  expect(told.status).toBe(400)
  expect(JSON.stringify(body)).not.toContain('c0ffee')
})

test('the ground is read against its papers and the value of a day ago, each point by itself', async () => {
  const pit = await enter('pit-logger')
  const limits = [{ quantity: 'subside', warn: 14, alarm: 20, ratePerDay: 2, source: '基坑监测方案 第3章' }]
  await ears.configure(cast.chief, pit, { limits })
  const ago = 86_400
  await ears.store(pit, [
    { quantity: 'subside@S1', value: -3, ago },
    { quantity: 'subside@S2', value: -3, ago: ago / 2 },
  ])
  await ears.store(pit, [
    { quantity: 'subside@S1', value: -4.5 },
    { quantity: 'subside@S2', value: -4.5 },
  ])
  const { body } = await house.call(cast.engineer, liveContract.bearings, { params: { id: pit } })
  expect(body.moved.map(({ quantity }) => quantity)).toEqual(['subside@S1'])
  expect(body.moved[0]!.perDay).toBeCloseTo(-1.5, 2)
  const total = body.limits.find(({ quantity, cause }) => quantity === 'subside@S2' && cause === 'ground_total')
  expect(total?.alarm).toEqual({ value: 20, unit: 'mm', clause: '设计文件：基坑监测方案 第3章', strict: false })
})

test('a point with a long name has a curve', async () => {
  const pit = await enter('pit-logger')
  const quantity = 'deepDisplace@CX1-05-0m5-east'
  expect(
    await house.call(cast.engineer, telemetryContract.series, { params: { id: pit }, query: { quantity } }),
  ).toMatchObject({
    status: 200,
    body: { quantity },
  })
})
