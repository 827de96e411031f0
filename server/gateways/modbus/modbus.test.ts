import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { deviceContract } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { type Gateways, startGateways } from '../index.ts'
import { enterDevice, waitFor } from '../testing.ts'
import { askDevice, mayReach } from './ask.ts'

let house: TestHouse
let cast: Cast
let gateway: Gateways

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  gateway = await startGateways(house)
})
afterAll(async () => {
  await gateway.stop()
  await house.close()
})

/**
 * A meter written in another language from the specification: by function 3, registers 0–3 hold 123,456 and -2,500; every
 * other function is answered with exception 1, illegal function.
 */
const meter = `
import socket, struct
server = socket.socket(); server.bind(("127.0.0.1", 0)); server.listen(8)
print(server.getsockname()[1], flush=True)
registers = struct.unpack(">4H", struct.pack(">Ii", 123456, -2500))
while True:
    peer, _ = server.accept()
    while True:
        asked = peer.recv(260)
        if len(asked) < 12: break
        transaction, _, _, unit, function, address, count = struct.unpack(">HHHBBHH", asked[:12])
        if function == 3: body = struct.pack(">BB", 3, 2 * count) + struct.pack(">%dH" % count, *registers[address:address + count])
        else: body = struct.pack(">BB", function | 0x80, 1)
        peer.sendall(struct.pack(">HHHB", transaction, 0, len(body) + 1, unit) + body)
    peer.close()`

async function startMeter() {
  const child = spawn('python3', ['-c', meter], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(line.toString()), stop: () => child.kill() }
}

test('neither this machine nor a cloud’s own addresses are asked', async () => {
  for (const address of [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '::',
    'fe80::1',
    '224.0.0.1',
  ])
    expect(mayReach(address, false), address).toBe(false)
  expect(mayReach('127.0.0.1', true)).toBe(true)
  expect(mayReach('169.254.169.254', true)).toBe(false)
  expect(mayReach('10.1.2.3', false)).toBe(true)
  await expect(askDevice({ host: '169.254.169.254', port: 502, unit: 1 }, [], false)).rejects.toThrow('no address')
})

test('an exception is told by its name', async () => {
  const peer = await startMeter()
  const map = [{ register: 0, table: 'input', type: 'u16', scale: 1, quantity: 'power' }] as const
  const asked = await askDevice({ host: '127.0.0.1', port: peer.port, unit: 1 }, map, true)
  expect(asked).toMatchObject({ fault: 'illegal_function', values: [] })
  peer.stop()
})

test('a meter is asked, its values are kept in the house’s units, and the device goes live', async () => {
  const peer = await startMeter()
  const id = await enterDevice(house, cast.chief, {
    mn: 'METER0001',
    modelCode: 'electricity-modbus',
    projectId: cast.projectId,
  })
  const settings = { limits: [], rated: {}, modbus: { host: '127.0.0.1', port: peer.port, unit: 1 } }
  const body = { requestId: randomUUID(), action: 'configure' as const, input: settings }
  expect((await house.call(cast.chief, deviceContract.act, { params: { id }, body })).status).toBe(200)
  const rows = await waitFor(async () => {
    const { body: latest } = await house.call(cast.manager, telemetryContract.latest, { params: { id } })
    return latest.rows.every(({ at }) => at !== null) ? latest.rows : undefined
  }, 'the meter')
  expect(rows.map(({ quantity, value, unit }) => [quantity, value, unit])).toEqual([
    ['electricity', 1234.56, 'kWh'],
    ['power', -2.5, 'kW'],
  ])
  const { rows: talk } = (await house.call(cast.chief, deviceContract.conversation, { params: { id } })).body
  const [answer, question] = talk.map(({ way, raw }) => ({ way, hex: Buffer.from(raw, 'base64').toString('hex') }))
  expect(question).toEqual({ way: 'out', hex: '000100000006010300000004' })
  expect(answer).toEqual({ way: 'in', hex: '00010000000b0103080001e240fffff63c' })
  peer.stop()
})

test('when time is led by hand, a meter is asked at once, and only when its period is over', async () => {
  const peer = await startMeter()
  const where = { modelCode: 'electricity-modbus', projectId: cast.projectId }
  const id = await enterDevice(house, cast.chief, { mn: 'METER0002', ...where })
  const settings = { limits: [], rated: {}, modbus: { host: '127.0.0.1', port: peer.port, unit: 1 } }
  const body = { requestId: randomUUID(), action: 'configure' as const, input: settings }
  await house.call(cast.chief, deviceContract.act, { params: { id }, body })
  const questions = async () =>
    (await house.call(cast.chief, deviceContract.conversation, { params: { id } })).body.rows.filter(
      ({ way }) => way === 'out',
    ).length
  await gateway.pass()
  const { body: latest } = await house.call(cast.manager, telemetryContract.latest, { params: { id } })
  expect(latest.rows.map(({ value }) => value)).toEqual([1234.56, -2.5])
  await gateway.pass()
  expect(await questions()).toBe(1)
  peer.stop()
})
