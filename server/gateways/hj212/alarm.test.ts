import { randomUUID } from 'node:crypto'
import { baseContract, sessionContract } from '@plumbline/core/base'
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

const openGateway = () => startGateways(house)

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  gateway = await openGateway()
})
afterAll(async () => {
  for (const peer of peers) peer.close()
  await gateway.stop()
  await house.close()
})

const peer = async (port = gateway.hj212Port) => {
  const one = await openPeer(port)
  peers.push(one)
  return one
}
let serial = 0
const newMn = () => `990421A8900018${String((serial += 1)).padStart(10, '0')}`

/** A monitor linked to a sprayer of its own, both entered through the routes. */
async function enterPair() {
  const [dustMn, sprayMn] = [newMn(), newMn()]
  const enter = (mn: string, modelCode: string) =>
    enterDevice(house, cast.chief, { mn, modelCode, projectId: cast.projectId })
  const [dust, sprayer] = [await enter(dustMn, 'dust-ug'), await enter(sprayMn, 'sprayer-1')]
  const link = { requestId: randomUUID(), action: 'link' as const, input: { sprayerId: sprayer } }
  expect((await house.call(cast.chief, deviceContract.act, { params: { id: dust }, body: link })).status).toBe(200)
  return { dust, sprayer, dustMn, sprayMn }
}
const alarmsOf = async (deviceId: string) =>
  (await house.call(cast.inspectorA, telemetryContract.alarms, { query: { deviceId } })).body.rows
const commandsOf = async (id: string) =>
  (await house.call(cast.manager, telemetryContract.commands, { params: { id } })).body.rows
const theAlarm = (deviceId: string) => waitFor(async () => (await alarmsOf(deviceId))[0], 'an alarm')
const say = async (one: Peer, mn: string, at: number, pm25: number) => {
  const qn = freshQn()
  one.write(dustFrame({ mn, at, pm25, qn }))
  await one.until(`QN=${qn}`)
}
const stateFrame = (mn: string, at: number, on: 0 | 1) =>
  frameOf(`QN=${freshQn()};ST=39;CN=2021;PW=123456;MN=${mn};Flag=5;CP=&&DataTime=${stamp(at)};SB1-RS=${on}&&`)
const replyFrame = (mn: string, qn: string, cn: string, cp: string) =>
  frameOf(`QN=${qn};ST=91;CN=${cn};PW=123456;MN=${mn};Flag=4;CP=&&${cp}&&`)
const order = /QN=(\d{17});ST=39;CN=3901;PW=123456;MN=(\w+);Flag=5;CP=&&Unit=1;On=([01]);ValidTo=(\d{14});MaxRun=1800&&/

test('74.9 and 75.0 are quiet; 75.1 is one alarm, one order, three marks, and two are told once', async () => {
  const { dust, sprayer, dustMn, sprayMn } = await enterPair()
  const [meter, pump] = [await peer(), await peer()]
  pump.write(stateFrame(sprayMn, Date.now() - 1000, 0))
  await pump.until('CN=9014')
  const start = Date.now() - 10_000
  await say(meter, dustMn, start, 74.9)
  await say(meter, dustMn, start + 1000, 75)
  expect(await alarmsOf(dust)).toEqual([])

  await say(meter, dustMn, start + 2000, 75.1)
  await say(meter, dustMn, start + 3000, 90)
  const [, qn = '', mn, on] = order.exec(await pump.until(order))!
  expect([mn, on]).toEqual([sprayMn, '1'])
  const alarm = await theAlarm(dust)
  expect(alarm).toMatchObject({
    state: 'raised',
    value: 75.1,
    level: 'warn',
    limit: { value: 75 },
    projectId: cast.projectId,
  })
  expect(await alarmsOf(dust)).toHaveLength(1)
  const sent = (await commandsOf(sprayer))[0]!
  expect(sent).toMatchObject({ on: true, qn, acceptedAt: null, executedAt: null, effectiveAt: null })

  pump.write(replyFrame(sprayMn, qn, '9011', 'QnRtn=1') + replyFrame(sprayMn, qn, '9012', 'ExeRtn=1'))
  pump.write(stateFrame(sprayMn, Date.now() + 1000, 1))
  const marked = await waitFor(
    async () => (await commandsOf(sprayer)).find(({ effectiveAt }) => effectiveAt),
    'the third mark',
  )
  expect(marked.acceptedAt && marked.executedAt && marked.effectiveAt).toBeTruthy()
  expect(await commandsOf(sprayer)).toHaveLength(1)

  const about = async (cookie: string) =>
    (await house.call(cookie, baseContract.messages, {})).body.rows.filter(({ caseId }) => caseId === alarm.id)
  expect(await about(cast.inspectorA)).toHaveLength(1)
  expect(await about(cast.inspectorB)).toHaveLength(1)
  expect(await about(cast.manager)).toHaveLength(1)
  for (const other of [cast.rival, cast.inspectorC, cast.engineer]) expect(await about(other)).toEqual([])
  const seen = await house.call(cast.manager, telemetryContract.alarm, { params: { id: alarm.id } })
  expect(seen.body.around.lines[0]!.points.map(({ value }) => value)).toEqual([74.9, 75, 75.1, 90])
  expect(seen.body.acts.map(({ topic }) => topic)).toEqual(['alarm.raise'])
  expect(seen.body.messages.map(({ who }) => who).toSorted()).toEqual(
    ['监督员 周若溪', '监督员 林远舟', '项目经理 何秉'].toSorted(),
  )
})

test('values that are not normal raise nothing, however high', async () => {
  const { dust, dustMn } = await enterPair()
  const meter = await peer()
  for (const flag of ['D', 'T', 'B', 'C']) {
    meter.write(dustFrame({ mn: dustMn, pm25: 500, flag, at: Date.now() - 5000 + flag.charCodeAt(0) }))
  }
  await say(meter, dustMn, Date.now() + 1000, 20)
  expect(await alarmsOf(dust)).toEqual([])
})

test('two gateways hear the same monitor within the same millisecond: one alarm, one order', async () => {
  const { dust, sprayer, dustMn } = await enterPair()
  const other = await openGateway()
  const [here, there] = [await peer(), await peer(other.hj212Port)]
  const at = Date.now() - 20_000
  const frames = (from: number) =>
    Array.from({ length: 5 }, (_, i) => dustFrame({ mn: dustMn, at: at + (from + 2 * i) * 1000, pm25: 80 + i }))
  here.write(frames(0).join(''))
  there.write(frames(1).join(''))
  await waitFor(() => (here.heard().split('CN=9014').length === 6 ? true : undefined), 'five answers here')
  await waitFor(() => (there.heard().split('CN=9014').length === 6 ? true : undefined), 'five answers there')
  await theAlarm(dust)
  await house.house.settle()
  there.close()
  await other.stop()
  expect(await alarmsOf(dust)).toHaveLength(1)
  expect(await commandsOf(sprayer)).toHaveLength(1)
})

test('a restart opens nothing that was ordered before it', async () => {
  const { dust, sprayer, dustMn, sprayMn } = await enterPair()
  const meter = await peer()
  await say(meter, dustMn, Date.now(), 99)
  await theAlarm(dust)
  const waiting = await waitFor(async () => (await commandsOf(sprayer))[0], 'the order')
  expect(waiting.sentAt).toBeNull()

  await gateway.stop()
  gateway = await openGateway()
  const [again, pump] = [await peer(), await peer()]
  pump.write(stateFrame(sprayMn, Date.now(), 0))
  await pump.until('CN=9014')
  await say(again, dustMn, Date.now() + 1000, 99)
  // The gateway looks for orders every second: let it look twice.
  await new Promise((resolve) => setTimeout(resolve, 2200))
  expect(pump.heard()).not.toContain('CN=3901')
  expect(await alarmsOf(dust)).toHaveLength(1)
})

test('a person acknowledges: the manager may, the engineer may not, the rival sees nothing', async () => {
  const { dust, dustMn } = await enterPair()
  const meter = await peer()
  await say(meter, dustMn, Date.now(), 88)
  const { id } = await theAlarm(dust)
  const acknowledge = (cookie: string) =>
    house.call(cookie, telemetryContract.act, {
      params: { id },
      body: { requestId: randomUUID(), action: 'acknowledge', input: { note: '已安排洒水' } },
    })
  expect(await acknowledge(cast.engineer)).toMatchObject({ status: 403 })
  expect(await acknowledge(cast.rival)).toMatchObject({ status: 404 })
  expect(await acknowledge(cast.inspectorC)).toMatchObject({ status: 404 })
  const { body } = await house.call(cast.manager, baseContract.inbox, {})
  expect(body.rows.map((row) => row.id)).toContain(id)
  expect(await acknowledge(cast.manager)).toMatchObject({ status: 200, body: { record: { state: 'acknowledged' } } })
  expect(await acknowledge(cast.inspectorA)).toMatchObject({ status: 409, rule: 'state' })
})

// Last: it moves the clock.
test('the longest run ends the alarm and orders the sprayer off; what nobody read goes to those above', async () => {
  const { dust, sprayer, dustMn, sprayMn } = await enterPair()
  const [meter, pump] = [await peer(), await peer()]
  pump.write(stateFrame(sprayMn, Date.now(), 0))
  await pump.until('CN=9014')
  await say(meter, dustMn, Date.now(), 120)
  await pump.until(order)
  const alarm = await theAlarm(dust)

  expect(
    (await house.call(cast.admin, sessionContract.clock, { body: { requestId: randomUUID(), days: 1 } })).status,
  ).toBe(200)
  const over = await waitFor(async () => (await alarmsOf(dust)).find(({ state }) => state === 'cleared'), 'the end')
  expect(over.clearedBecause).toBe('longest_run')
  await pump.until(/On=1[^]*On=0/)
  expect((await commandsOf(sprayer)).map(({ on }) => on)).toEqual([false, true])

  const passedOn = async (cookie: string) =>
    (await house.call(cookie, baseContract.messages, { query: { limit: 100 } })).body.rows.filter(
      ({ kind }) => kind === 'alarm_unread',
    )
  await waitFor(async () => ((await passedOn(cast.chief)).length > 0 ? true : undefined), 'the chief told')
  // Those above have a day too: what nobody read of this day's warnings is one message.
  expect(await passedOn(cast.chief)).toHaveLength(1)
  expect(await passedOn(cast.company)).toHaveLength(1)
  expect(await passedOn(cast.manager)).toEqual([])
  const page = await house.call(cast.chief, telemetryContract.alarm, { params: { id: alarm.id } })
  expect(page.body.messages.map(({ who }) => who)).toContain('监督站')

  // A real device still speaks machine time; in a county whose clock was moved its data stands at the legal moment.
  await say(meter, dustMn, Date.now() + 2000, 21)
  const { body } = await house.call(cast.chief, telemetryContract.latest, { params: { id: dust } })
  expect(body.rows.find(({ quantity }) => quantity === 'a34004')).toMatchObject({ value: 21, freshness: 'live' })
})
