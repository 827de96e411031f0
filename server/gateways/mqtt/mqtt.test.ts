import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleOf } from '@plumbline/core/codec/sitejson'
import { deviceContract } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { connectAsync, type MqttClient } from 'mqtt'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { type Gateways, startGateways } from '../index.ts'
import { dustFrame, enterDevice, openPeer, waitFor } from '../testing.ts'
import { packetMeter } from './packets.ts'

let house: TestHouse
let cast: Cast
let gateway: Gateways
const clients: MqttClient[] = []

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  gateway = await startGateways(house)
})
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
  await gateway.stop()
  await house.close()
})

let serial = 0
const newNumber = () => `MQ${String((serial += 1)).padStart(8, '0')}`
const enter = (mn: string, modelCode: string) =>
  enterDevice(house, cast.chief, { mn, modelCode, projectId: cast.projectId })

interface Published {
  number: string
  payload: string
  password?: string
  topic?: string
  port?: number | null
  more?: string[]
}

/** A stranger's client. Ends with 0 only when the broker has acknowledged. */
async function publish({ number, payload, password = '123456', topic, port, more = [] }: Published): Promise<number> {
  const child = spawn('mosquitto_pub', [
    ...['-h', '127.0.0.1', '-p', String(port ?? gateway.mqttPort), '-q', '1', '-V', 'mqttv311'],
    ...['-u', number, '-P', password, '-t', topic ?? `plumbline/v1/${number}/up`, '-m', payload, ...more],
  ])
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? -1
}

const craneMessage = (values: object = {}) =>
  JSON.stringify({
    ...sampleOf('crane'),
    id: randomUUID(),
    deviceTime: new Date().toISOString(),
    events: [],
    ...values,
  })
const saidBy = async (id: string) =>
  (await house.call(cast.chief, deviceContract.conversation, { params: { id } })).body.rows
const latestOf = async (id: string) =>
  (await house.call(cast.manager, telemetryContract.latest, { params: { id } })).body.rows

test('a number that nobody entered is turned away, and offered for onboarding', async () => {
  const number = newNumber()
  expect(await publish({ number, payload: craneMessage() })).not.toBe(0)
  const offered = await house.call(cast.chief, deviceContract.unknown)
  expect(offered.body.rows.map(({ mn }) => mn)).toContain(number)
})

test('a wrong password is turned away, and shown under the number it claims', async () => {
  const number = newNumber()
  const id = await enter(number, 'crane-gbt37366')
  expect(await publish({ number, payload: craneMessage(), password: 'abcdef' })).not.toBe(0)
  expect(await saidBy(id)).toMatchObject([{ verdict: 'wrong_password', verified: false }])
})

test("a dust meter's number does not open the door for MQTT", async () => {
  const number = newNumber()
  await enter(number, 'dust-ug')
  expect(await publish({ number, payload: craneMessage() })).not.toBe(0)
})

test("another device's topic is not acknowledged", async () => {
  const [own, other] = [newNumber(), newNumber()]
  await enter(own, 'crane-gbt37366')
  const id = await enter(other, 'crane-gbt37366')
  const topic = `plumbline/v1/${other}/up`
  const child = publish({ number: own, payload: craneMessage(), topic, more: ['--repeat', '1'] })
  expect(await Promise.race([child, new Promise((resolve) => setTimeout(resolve, 3000, 'no answer'))])).not.toBe(0)
  expect(await saidBy(id)).toEqual([])
})

test('a packet that declares more than a message may hold is cut off before it is gathered', async () => {
  const within = packetMeter(1000)
  expect(within(Buffer.from([0x10, 0xe8, 0x07]))).toBe(true)
  expect(packetMeter(999)(Buffer.from([0x10, 0xe8, 0x07]))).toBe(false)
  expect(packetMeter(1000)(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]))).toBe(false)
  const socket = connect(gateway.mqttPort!, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => {})
  // CONNECT with a remaining length of 268,435,455.
  socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]))
  await once(socket, 'close')
})

test('what is no message is acknowledged, refused with the reason, and kept as nothing', async () => {
  const number = newNumber()
  const id = await enter(number, 'crane-gbt37366')
  expect(await publish({ number, payload: '{"id":' })).toBe(0)
  const rows = await saidBy(id)
  expect(rows.find(({ way, verdict }) => way === 'in' && verdict === 'not_understood')?.fault).toMatchObject({
    reason: 'not_json',
  })
  expect((await latestOf(id)).every(({ at }) => at === null)).toBe(true)
})

test('a crane speaks: acknowledged after the commit, shown with its quantities, live', async () => {
  const number = newNumber()
  const id = await enter(number, 'crane-gbt37366')
  expect(await publish({ number, payload: craneMessage({ momentPercent: 63.5 }) })).toBe(0)
  const rows = await waitFor(async () => {
    const found = await latestOf(id)
    return found.find(({ quantity }) => quantity === 'momentPercent')?.value === 63.5 ? found : undefined
  }, 'the moment')
  expect(rows.find(({ quantity }) => quantity === 'momentPercent')).toMatchObject({ unit: '%', freshness: 'live' })
  expect(rows.find(({ quantity }) => quantity === 'loadPercent')?.value).toBeGreaterThan(0)
})

test('nothing is acknowledged before it is committed', async () => {
  const number = newNumber()
  const id = await enter(number, 'crane-gbt37366')
  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  const client = await open(number)
  await owner.query('begin')
  await owner.query('lock table device.conversation in access exclusive mode')
  let acknowledged = false
  const sent = client
    .publishAsync(`plumbline/v1/${number}/up`, craneMessage({ momentPercent: 71.5 }), { qos: 1 })
    .then(() => (acknowledged = true))
  await waitFor(async () => {
    const { rows } = await owner.query('select 1 from pg_locks where not granted')
    return rows.length > 0 || undefined
  }, 'the commit to wait')
  expect(acknowledged).toBe(false)
  await owner.query('rollback')
  await sent
  await owner.end()
  await waitFor(
    async () =>
      (await latestOf(id)).find(({ quantity, value }) => quantity === 'momentPercent' && value === 71.5) ?? undefined,
    'the value',
  )
})

async function open(number: string, port = gateway.mqttPort!): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    username: number,
    password: '123456',
    clientId: number,
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  clients.push(client)
  return client
}

test('a fog cannon over MQTT is opened by dust, and its three marks are kept', async () => {
  const [dustMn, cannonMn] = [newNumber(), newNumber()]
  const dust = await enter(dustMn, 'dust-ug')
  const cannon = await enter(cannonMn, 'fog-cannon-mqtt')
  const link = { requestId: randomUUID(), action: 'link' as const, input: { sprayerId: cannon } }
  expect((await house.call(cast.chief, deviceContract.act, { params: { id: dust }, body: link })).status).toBe(200)

  const client = await open(cannonMn)
  await client.subscribeAsync(`plumbline/v1/${cannonMn}/down`)
  const say = (body: object) => {
    const message = { id: randomUUID(), deviceTime: new Date().toISOString(), kind: 'fog_cannon', ...body }
    return client.publishAsync(`plumbline/v1/${cannonMn}/up`, JSON.stringify(message), { qos: 1 })
  }
  client.on('message', (_topic, payload) => {
    const said = JSON.parse(payload.toString()) as { command?: string; id: string; unit: number; on: boolean }
    if (said.command !== 'switch') return
    void (async () => {
      await say({ replies: [{ commandId: said.id, mark: 'accepted' }] })
      await say({ replies: [{ commandId: said.id, mark: 'executed' }] })
      await say({ states: [{ unit: said.unit, running: said.on }] })
    })()
  })
  const peer = await openPeer(gateway.hj212Port)
  peer.write(dustFrame({ mn: dustMn, pm25: 75.1 }))
  await peer.until('CN=9014')
  peer.close()
  const command = await waitFor(async () => {
    const { body } = await house.call(cast.manager, telemetryContract.commands, { params: { id: cannon } })
    return body.rows.find(({ effectiveAt }) => effectiveAt !== null)
  }, 'the cannon to run')
  expect(command).toMatchObject({ on: true, refusedCode: null })
  expect(command.acceptedAt).not.toBeNull()
  expect(command.executedAt).not.toBeNull()
})

test('by an outside broker: mosquitto passes on what a device published in MQTT 5', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-broker-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  writeFileSync(join(folder, 'mosquitto.conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\n`)
  const broker = spawn('mosquitto', ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' })
  try {
    await waitFor(
      () =>
        new Promise<true | undefined>((resolve) => {
          const socket = connect(port, '127.0.0.1')
          socket.once('connect', () => (socket.destroy(), resolve(true)))
          socket.once('error', () => resolve(undefined))
        }),
      'the broker',
    )
    const settings = { ...house.house.settings, mqttUrl: `mqtt://127.0.0.1:${port}` }
    const outside = await startGateways({ ...house, house: { ...house.house, settings } })
    expect(outside.mqttPort).toBeNull()
    const number = newNumber()
    const id = await enter(number, 'crane-gbt37366')
    const payload = craneMessage({ momentPercent: 44.5 })
    expect(await publish({ number, payload, port, more: ['-V', 'mqttv5'] })).toBe(0)
    await waitFor(
      async () => (await latestOf(id)).find(({ value }) => value === 44.5) ?? undefined,
      'the value by way of the broker',
    )
    await outside.stop()
  } finally {
    broker.kill()
    await once(broker, 'close')
    rmSync(folder, { recursive: true })
  }
})
