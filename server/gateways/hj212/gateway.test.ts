import { randomUUID } from 'node:crypto'
import { deviceContract } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { dustFrame, enterDevice, frameOf, freshQn, openPeer, type Peer, stamp, waitFor } from '../testing.ts'
import { type Gateways, startGateways } from '../index.ts'

let house: TestHouse
let cast: Cast
let gateway: Gateways
const peers: Peer[] = []

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  gateway = await startGateways(house)
})
afterAll(async () => {
  for (const peer of peers) peer.close()
  await gateway.stop()
  await house.close()
})

const peer = async () => {
  const one = await openPeer(gateway.hj212Port)
  peers.push(one)
  return one
}
let serial = 0
const newMn = () => `990421A8900016${String((serial += 1)).padStart(10, '0')}`
const enter = (mn: string, more: object = {}) =>
  enterDevice(house, cast.chief, { mn, projectId: cast.projectId, ...more })
const latest = async (id: string) =>
  (await house.call(cast.chief, telemetryContract.latest, { params: { id } })).body.rows
const pm25 = async (id: string) => (await latest(id)).find(({ quantity }) => quantity === 'a34004')!
const conversation = async (id: string) =>
  (await house.call(cast.chief, deviceContract.conversation, { params: { id } })).body.rows
const alarmsOf = async (deviceId: string) =>
  (await house.call(cast.inspectorA, telemetryContract.alarms, { query: { deviceId } })).body.rows
const lineOf = async (id: string) => (await house.call(cast.chief, deviceContract.get, { params: { id } })).body.line
/** A good frame after another shows that the other was dealt with: frames of one socket keep their order. */
const after = async (one: Peer, mn: string) => {
  const qn = freshQn()
  one.write(dustFrame({ mn, qn, at: Date.now() - 120_000, pm25: 20 }))
  await one.until(`QN=${qn}`)
}

test('a wrong check value: no answer, counted, and shown under the claimed number as unproven', async () => {
  const mn = newMn()
  const id = await enter(mn)
  const one = await peer()
  const bad = dustFrame({ mn, qn: '20261120101010001' }).replace(/([01])\r\n$/, (_, last) => `${1 - Number(last)}\r\n`)
  one.write(bad)
  await after(one, mn)
  expect(one.heard()).not.toContain('20261120101010001')
  const shown = (await conversation(id)).find(({ verdict }) => verdict === 'crc')!
  expect(shown.verified).toBe(false)
  expect(shown.fault!.givenCrc).not.toBe(shown.fault!.expectedCrc)
  expect(Buffer.from(shown.raw, 'base64').toString()).toContain('PW=******')
  expect((await lineOf(id)).bad).toBe(1)
})

test('a wrong password: no answer, nothing stored', async () => {
  const mn = newMn()
  const id = await enter(mn)
  const one = await peer()
  one.write(dustFrame({ mn, pw: '654321', pm25: 99, qn: '20261120101010002' }))
  await after(one, mn)
  expect(one.heard()).not.toContain('20261120101010002')
  expect((await conversation(id)).map(({ verdict }) => verdict)).toContain('wrong_password')
  expect(await alarmsOf(id)).toEqual([])
})

test('a good frame is answered, and what was answered is there', async () => {
  const mn = newMn()
  const id = await enter(mn)
  expect((await pm25(id)).freshness).toBe('never')
  const one = await peer()
  const qn = freshQn()
  one.write(dustFrame({ mn, qn, pm25: 74.9 }))
  const heard = await one.until(/CN=9014/)
  const data = `QN=${qn};ST=91;CN=9014;PW=123456;MN=${mn};Flag=4;CP=&&&&`
  expect(heard).toBe(frameOf(data))
  expect(await pm25(id)).toMatchObject({ value: 74.9, flag: 'N', freshness: 'live' })
  await waitFor(async () => {
    const { body } = await house.call(cast.chief, deviceContract.get, { params: { id } })
    return body.record.state === 'live' && body.line.connected ? true : undefined
  }, 'the device to be live')
  expect(await alarmsOf(id)).toEqual([])
})

test('a number that nobody entered is counted and offered, and known once it is entered', async () => {
  const mn = newMn()
  const one = await peer()
  one.write(dustFrame({ mn }) + dustFrame({ mn }) + dustFrame({ mn }))
  const offered = async () => {
    const { body } = await house.call(cast.chief, deviceContract.unknown, {})
    return body.rows.find((row) => row.mn === mn)
  }
  const row = await waitFor(async () => ((await offered())?.count === 3 ? offered() : undefined), 'three counted')
  expect(Buffer.from(row!.raw, 'base64').toString()).toContain('PW=******')
  expect(one.heard()).toBe('')
  await enter(mn)
  expect(await offered()).toBeUndefined()
  await after(one, mn)
})

test('data from the future is set aside, answered, and the clock is set; data from last week too', async () => {
  const mn = newMn()
  const id = await enter(mn)
  const one = await peer()
  one.write(dustFrame({ mn, at: Date.now() + 3_600_000, pm25: 200 }))
  await one.until(/CN=1012.*SystemTime=\d{14}/)
  one.write(dustFrame({ mn, at: Date.now() - 7 * 86_400_000, pm25: 200 }))
  await after(one, mn)
  const verdicts = (await conversation(id)).map(({ verdict }) => verdict)
  expect(verdicts).toContain('in_future')
  expect(verdicts).toContain('too_old')
  expect((await lineOf(id)).quarantined).toBe(2)
  expect((await pm25(id)).value).toBe(20)
})

test('late data is stored and raises nothing', async () => {
  const mn = newMn()
  const id = await enter(mn)
  const one = await peer()
  const at = Date.now() - 3_600_000
  one.write(dustFrame({ mn, at, pm25: 300 }))
  await one.until('CN=9014')
  expect(await pm25(id)).toMatchObject({ value: 300, freshness: 'stale' })
  expect(await alarmsOf(id)).toEqual([])
})

test('sent again, a frame is answered again and counts once', async () => {
  const mn = newMn()
  const id = await enter(mn)
  const one = await peer()
  const frame = dustFrame({ mn, pm25: 41 })
  one.write(frame)
  await one.until('CN=9014')
  one.write(frame)
  await waitFor(() => (one.heard().split('CN=9014').length === 3 ? true : undefined), 'a second answer')
  expect((await lineOf(id)).duplicates).toBe(1)
})

test('units: a device by the standard says ng/m³; a value that cannot be is not taken for normal', async () => {
  const mn = newMn()
  const id = await enter(mn, { modelCode: 'dust-ng' })
  const one = await peer()
  one.write(dustFrame({ mn, pm25: '75600.000', more: ';a01002-Rtd=150,a01002-Flag=N' }))
  await one.until('CN=9014')
  expect((await pm25(id)).value).toBe(75.6)
  const humidity = (await latest(id)).find(({ quantity }) => quantity === 'a01002')!
  expect(humidity).toMatchObject({ value: 150, flag: '!', freshness: 'never' })
})

test('two sockets with one number: the newest wins, and it is noted', async () => {
  const mn = newMn()
  const id = await enter(mn)
  const [first, second] = [await peer(), await peer()]
  await after(first, mn)
  const closed = new Promise((resolve) => first.socket.once('close', resolve))
  second.write(dustFrame({ mn }))
  await second.until('CN=9014')
  await closed
  await waitFor(async () => (await conversation(id)).find(({ way }) => way === 'note'), 'the note')
})

test('one side closed, as nc does: the answer still comes', async () => {
  const mn = newMn()
  await enter(mn)
  const one = await peer()
  one.socket.end(dustFrame({ mn }))
  await one.until('CN=9014')
})

test('a device that forgives: MODBUS check values are taken from those models that print them', async () => {
  const mn = newMn()
  await enter(mn, { modelCode: 'dust-modbus' })
  const data = `QN=${freshQn()};ST=22;CN=2011;PW=123456;MN=${mn};Flag=5;CP=&&DataTime=${stamp(Date.now())};a34004-Rtd=33,a34004-Flag=N&&`
  let crc = 0xffff
  for (const byte of Buffer.from(data)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  const frame = `##${String(data.length).padStart(4, '0')}${data}${crc.toString(16).toUpperCase().padStart(4, '0')}\r\n`
  const one = await peer()
  // The gateway learns of a new model within a second or two.
  await waitFor(async () => {
    one.write(frame)
    await new Promise((resolve) => setTimeout(resolve, 300))
    return one.heard().includes('CN=9014') ? true : undefined
  }, 'an answer')
})

test('others do not see the device; its own parties do', async () => {
  const id = await enter(newMn())
  for (const cookie of [cast.rival, cast.inspectorC])
    expect(await house.call(cookie, deviceContract.get, { params: { id } })).toMatchObject({ status: 404 })
  for (const cookie of [cast.manager, cast.engineer, cast.owner, cast.company, cast.inspectorA])
    expect(await house.call(cookie, deviceContract.get, { params: { id } })).toMatchObject({ status: 200 })
  expect((await house.call(cast.rival, telemetryContract.latest, { params: { id } })).status).toBe(404)
  expect((await house.call(cast.rival, deviceContract.conversation, { params: { id } })).status).toBe(404)
})

test('a number is entered once, by those who may', async () => {
  const mn = newMn()
  const body = {
    requestId: randomUUID(),
    password: '1',
    name: '北门',
    modelCode: 'dust-ug',
    mn,
    projectId: cast.projectId,
  }
  expect(await house.call(cast.inspectorA, deviceContract.onboard, { body })).toMatchObject({ rule: 'permission' })
  expect(await house.call(cast.chief, deviceContract.onboard, { body: { ...body, modelCode: 'x' } })).toMatchObject({
    status: 422,
    rule: 'device_model_unknown',
  })
  expect((await house.call(cast.chief, deviceContract.onboard, { body })).status).toBe(200)
  const again = { ...body, requestId: randomUUID() }
  expect(await house.call(cast.chief, deviceContract.onboard, { body: again })).toMatchObject({ rule: 'mn_taken' })
})
