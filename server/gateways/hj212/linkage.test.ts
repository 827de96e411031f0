import { randomUUID } from 'node:crypto'
import { deviceContract } from '@plumbline/core/device'
import { linkageContract, telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { read, systemContext } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'
import { noteConnected } from '../../rooms/device/index.ts'
import { takeCommands } from '../../rooms/telemetry/index.ts'
import { type Ears, openEars } from '../../rooms/telemetry/testing.ts'
import { type Gateways, startGateways } from '../index.ts'
import { dustFrame, enterDevice, frameOf, freshQn, openPeer, type Peer, stamp, waitFor } from '../testing.ts'

let house: TestHouse
let cast: Cast
let gateway: Gateways
let ears: Ears
const peers: Peer[] = []

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  gateway = await startGateways(house)
  ears = await openEars(house)
})
afterAll(async () => {
  for (const peer of peers) peer.close()
  await gateway.stop()
  await ears.close()
  await house.close()
})

const minute = 60_000
let serial = 0
const newMn = () => `990421A8900019${String((serial += 1)).padStart(10, '0')}`
const enter = (mn: string, modelCode: string) =>
  enterDevice(house, cast.chief, { mn, modelCode, projectId: cast.projectId })
const keep = async (id: string, action: 'link' | 'set_mode' | 'retire', input: object) => {
  const body = { requestId: randomUUID(), action, input } as never
  expect(await house.call(cast.chief, deviceContract.act, { params: { id }, body })).toMatchObject({ status: 200 })
}
const tend = (cookie: string, id: string, action: 'interlock' | 'release', input: object) =>
  house.call(cookie, deviceContract.tend, { params: { id }, body: { requestId: randomUUID(), action, input } as never })
const lock = (cookie: string, id: string, hours = 2) => tend(cookie, id, 'interlock', { reason: '正在检修水泵', hours })
const turn = (cookie: string, id: string, on: boolean, more: { unit?: number; requestId?: string } = {}) =>
  house.call(cookie, linkageContract.switch, {
    params: { id },
    body: { requestId: randomUUID(), unit: 1, on, ...more },
  })
const commandsOf = async (id: string) =>
  (await house.call(cast.manager, telemetryContract.commands, { params: { id } })).body.rows
const pageOf = async (id: string) => (await house.call(cast.manager, telemetryContract.alarm, { params: { id } })).body

const state = (mn: string, on: 0 | 1, at = Date.now()) =>
  frameOf(`QN=${freshQn()};ST=39;CN=2021;PW=123456;MN=${mn};Flag=5;CP=&&DataTime=${stamp(at)};SB1-RS=${on}&&`)
const answer = (mn: string, qn: string, cn: string, cp: string) =>
  frameOf(`QN=${qn};ST=91;CN=${cn};PW=123456;MN=${mn};Flag=4;CP=&&${cp}&&`)
const orders = (pump: Peer) =>
  [...pump.heard().matchAll(/QN=(\d{17});ST=39;CN=3901;[^&]*CP=&&Unit=1;On=([01])/g)].map(([, qn, on]) => ({
    qn: qn!,
    on: on === '1',
  }))
const ordered = (pump: Peer, count: number) =>
  waitFor(() => (orders(pump).length >= count ? orders(pump).at(-1) : undefined), `${count} orders`)
/** The gateway looks for orders every second: it has looked twice. */
const twice = () => new Promise((resolve) => setTimeout(resolve, 2200))

async function openPump(mn: string): Promise<Peer> {
  const pump = await openPeer(gateway.hj212Port)
  peers.push(pump)
  pump.write(state(mn, 0))
  await pump.until('CN=9014')
  return pump
}
const isConnected = (id: string) =>
  waitFor(
    async () =>
      (await house.call(cast.chief, deviceContract.get, { params: { id } })).body.line.connected ? true : undefined,
    'a line',
  )
/** A sprayer with its socket open. */
async function enterPump() {
  const mn = newMn()
  const id = await enter(mn, 'sprayer-1')
  const pump = await openPump(mn)
  await isConnected(id)
  return { id, mn, pump }
}
async function enterMonitor(sprayerId: string): Promise<string> {
  const id = await ears.enter(cast.chief, { modelCode: 'dust-ug', projectId: cast.projectId })
  await keep(id, 'link', { sprayerId })
  return id
}
async function raise(deviceId: string, pm25 = 90) {
  await ears.store(deviceId, [{ quantity: 'a34004', value: pm25 }])
  await ears.settle()
  return (await ears.alarms(cast.manager, deviceId))[0]!
}
async function pass(millis: number) {
  const { clock, db } = house.house
  await inTx(db, (await systemContext(house.house)).actor.keys, async (tx) =>
    clock.jumpTo(tx, new Date(Date.parse(await clock.now()) + millis).toISOString()),
  )
  clock.forget()
}

test('who may not switch, and what cannot be switched, is refused by name', async () => {
  const { id, pump } = await enterPump()
  expect(await turn(cast.engineer, id, true)).toMatchObject({ status: 403 })
  expect(await turn(cast.admin, id, true)).toMatchObject({ status: 403, rule: 'capacity' })
  for (const cookie of [cast.rival, cast.inspectorC])
    expect(await turn(cookie, id, true)).toMatchObject({ status: 404 })
  expect(await turn(cast.manager, id, true, { unit: 2 })).toMatchObject({ status: 422, rule: 'sprayer_unit_missing' })

  const dust = await enter(newMn(), 'dust-ug')
  expect(await turn(cast.manager, dust, true)).toMatchObject({ status: 422, rule: 'device_not_actuator' })
  const unheard = await enter(newMn(), 'sprayer-1')
  expect(await turn(cast.manager, unheard, true)).toMatchObject({ status: 422, rule: 'actuator_offline' })
  const retired = await enter(newMn(), 'sprayer-1')
  await keep(retired, 'retire', { reason: '已拆除' })
  expect(await turn(cast.manager, retired, false)).toMatchObject({ status: 409, rule: 'state' })

  await twice()
  expect(orders(pump)).toEqual([])
  for (const one of [id, dust, unheard, retired]) expect(await commandsOf(one)).toEqual([])
})

test('one request is one order, however often and at once it is sent; repeated, late and reordered replies mark it once', async () => {
  const { id, mn, pump } = await enterPump()
  const requestId = randomUUID()
  const answers = await Promise.all([1, 2, 3].map(() => turn(cast.safety, id, true, { requestId })))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await turn(cast.safety, id, false, { requestId })).toMatchObject({ status: 409, rule: 'request_id_reused' })
  const { qn } = (await ordered(pump, 1))!
  expect(await turn(cast.inspectorA, id, true)).toMatchObject({ status: 409, rule: 'actuator_pending' })

  const said = answer(mn, qn, '9012', 'ExeRtn=1') + answer(mn, qn, '9011', 'QnRtn=1')
  pump.write(said + said)
  const marked = await waitFor(async () => (await commandsOf(id)).find((one) => one.acceptedAt), 'the marks')
  expect(marked).toMatchObject({ on: true, alarmId: null, by: { personId: cast.persons.safety }, effectiveAt: null })
  expect(marked.executedAt).not.toBeNull()
  expect(await turn(cast.manager, id, true)).toMatchObject({ status: 422, rule: 'actuator_rest' })

  // To stop asks for no rest.
  expect((await turn(cast.chief, id, false)).status).toBe(200)
  const off = (await ordered(pump, 2))!
  expect(off.on).toBe(false)
  // A state from before does not prove the order that came after it; a reply to the older one changes nothing in the newer.
  pump.write(state(mn, 1) + answer(mn, qn, '9012', 'ExeRtn=1'))
  await waitFor(() => (pump.heard().split('CN=9014').length >= 3 ? true : undefined), 'the state answered')
  expect(
    (await commandsOf(id)).map(({ on, executedAt, effectiveAt }) => [on, executedAt !== null, effectiveAt]),
  ).toEqual([
    [false, false, null],
    [true, true, null],
  ])
  // Silence stays what it is.
  await pass(2 * minute)
  pump.write(answer(mn, off.qn, '9011', 'QnRtn=2'))
  await waitFor(async () => (await commandsOf(id)).find(({ refusedCode }) => refusedCode === 2), 'a late refusal')
  const { body } = await house.call(cast.inspectorA, deviceContract.get, { params: { id } })
  expect(body.acts.filter(({ topic }) => topic === 'device.switch')).toHaveLength(2)
})

test('an interlock forbids every start and no stop, whoever asks; it ends with its release or its time', async () => {
  const { id, mn, pump } = await enterPump()
  expect(await lock(cast.manager, id)).toMatchObject({ status: 422, rule: 'interlock_mode' })
  await keep(id, 'set_mode', { mode: 'interlocked', reason: '现场有人作业' })
  expect(await lock(cast.chief, id)).toMatchObject({ status: 403 })
  expect(await lock(cast.manager, id, 25)).toMatchObject({ status: 422, rule: 'interlock_too_long' })
  expect((await lock(cast.safety, id, 2)).status).toBe(200)
  expect(await turn(cast.chief, id, true)).toMatchObject({ status: 422, rule: 'actuator_interlocked' })
  const alarm = await raise(await enterMonitor(id))
  expect((await pageOf(alarm.id)).withheld).toMatchObject({
    deviceId: id,
    because: 'interlocked',
    interlock: { reason: '正在检修水泵' },
  })
  expect((await turn(cast.manager, id, false)).status).toBe(200)
  const off = (await ordered(pump, 1))!
  pump.write(answer(mn, off.qn, '9012', 'ExeRtn=1'))
  expect(orders(pump).map(({ on }) => on)).toEqual([false])

  // Its time is over: an alarm that stood through it is no fresh cause, a person is.
  await pass(121 * minute)
  await waitFor(async () => {
    await house.house.settle()
    const { body } = await house.call(cast.manager, deviceContract.get, { params: { id } })
    return body.record.interlock === null ? true : undefined
  }, 'the end of the interlock')
  expect(await tend(cast.manager, id, 'release', {})).toMatchObject({ status: 422, rule: 'interlock_missing' })
  expect((await turn(cast.manager, id, true)).status).toBe(200)
  expect((await ordered(pump, 2))!.on).toBe(true)
})

test('what was ordered before the interlock, and not sent yet, is not sent', async () => {
  const mn = newMn()
  const id = await enter(mn, 'sprayer-1')
  await keep(id, 'set_mode', { mode: 'manual', reason: '检修' })
  const ctx = await systemContext(house.house)
  await read(ctx, (tx) => noteConnected(tx, id, true))
  expect((await turn(cast.manager, id, true)).status).toBe(200)
  expect((await lock(cast.inspectorA, id)).status).toBe(200)
  const pump = await openPump(mn)
  await twice()
  expect(orders(pump)).toEqual([])
})

test('under manual control an alarm starts nothing and says so; it stops nothing that a person began', async () => {
  const { id, pump } = await enterPump()
  await keep(id, 'set_mode', { mode: 'manual', reason: '检修' })
  const monitor = await enterMonitor(id)
  const alarm = await raise(monitor)
  expect((await pageOf(alarm.id)).withheld).toMatchObject({ because: 'manual', interlock: null })
  expect((await turn(cast.manager, id, true)).status).toBe(200)
  await ordered(pump, 1)
  await keep(monitor, 'retire', { reason: '拆除' })
  await waitFor(async () => {
    await ears.settle()
    return (await pageOf(alarm.id)).record.state === 'cleared' ? true : undefined
  }, 'the end of the alarm')
  await twice()
  expect(orders(pump).map(({ on }) => on)).toEqual([true])
})

test('a restart between the order and its sending starts nothing, whoever ordered; a stop is still carried out', async () => {
  const [mn, other] = [newMn(), newMn()]
  const [id, stopped] = [await enter(mn, 'sprayer-1'), await enter(other, 'sprayer-1')]
  await read(await systemContext(house.house), (tx) => noteConnected(tx, id, true))
  expect((await turn(cast.manager, id, true)).status).toBe(200)
  expect((await turn(cast.manager, stopped, false)).status).toBe(200)
  await gateway.stop()
  gateway = await startGateways(house)
  const [pump, second] = [await openPump(mn), await openPump(other)]
  expect((await ordered(second, 1))!.on).toBe(false)
  await twice()
  expect(orders(pump)).toEqual([])
  expect((await commandsOf(id))[0]).toMatchObject({ on: true, sentAt: null, qn: null })
})

test('an order whose time has passed is never sent', async () => {
  const mn = newMn()
  const id = await enter(mn, 'sprayer-1')
  expect((await turn(cast.manager, id, false)).status).toBe(200)
  await pass(minute + 1000)
  const pump = await openPump(mn)
  await twice()
  expect(orders(pump)).toEqual([])
})

test('all at once: each of twenty actuators gets one order', async () => {
  const pumps = await Promise.all(Array.from({ length: 20 }, enterPump))
  const meters = await Promise.all(
    pumps.map(async ({ id }) => {
      const mn = newMn()
      await keep(await enter(mn, 'dust-ug'), 'link', { sprayerId: id })
      return { mn, peer: await openPeer(gateway.hj212Port) }
    }),
  )
  peers.push(...meters.map(({ peer }) => peer))
  for (const { mn, peer } of meters)
    for (let i = 0; i < 3; i += 1) peer.write(dustFrame({ mn, at: Date.now() - 3000 + i * 1000, pm25: 90 + i }))
  for (const { pump } of pumps) await ordered(pump, 1)
  await twice()
  expect(pumps.map(({ pump }) => orders(pump).length)).toEqual(pumps.map(() => 1))
}, 60_000)

// Last: it moves the clock by hours.
test('values that flap around the limit at two monitors switch their pump once in five minutes at most', async () => {
  const id = await enter(newMn(), 'sprayer-1')
  const monitors = [await enterMonitor(id), await enterMonitor(id)]
  let lastQn = 0
  const switches: { at: number; on: boolean }[] = []
  for (let tick = 0; tick < 90; tick += 1) {
    await pass(minute)
    for (const [place, monitor] of monitors.entries()) {
      // One is high for twenty minutes and low for twenty; the other rises the moment the pump stands still.
      const last = switches.at(-1)
      const still = last?.on === false && Date.parse(await house.house.clock.now()) - last.at < 12 * minute
      const high = place === 0 ? Math.floor(tick / 20) % 2 === 0 : still
      await ears.store(monitor, [{ quantity: 'a34004', value: high ? 75 + (tick % 3) : 40 + (tick % 3) }])
    }
    await ears.settle()
    const ctx = await systemContext(house.house)
    const taken = await takeCommands(ctx, [id], () => String((lastQn += 1)).padStart(17, '0'))
    for (const { on } of taken)
      if (on !== (switches.at(-1)?.on ?? false)) switches.push({ at: Date.parse(ctx.now), on })
  }
  expect(switches.length).toBeGreaterThan(3)
  const gaps = switches.slice(1).map(({ at }, i) => at - switches[i]!.at)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5 * minute)
  // Had the orders gone out when they were given, some would have come sooner.
  expect((await commandsOf(id)).some(({ createdAt, dueAt }) => dueAt > createdAt)).toBe(true)
}, 60_000)
