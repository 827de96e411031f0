import { afterAll, beforeAll, expect, test } from 'vitest'
import { deviceContract } from '@plumbline/core/device'
import { telemetryContract } from '@plumbline/core/telemetry'
import { chanceOf, damaged, segmentOf } from '../../../core/codec/hj212/captures/made.ts'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { dustFrame, enterDevice, frameOf, freshQn, openPeer, type Peer, waitFor } from '../testing.ts'
import { type Gateways, startGateways } from '../index.ts'

let house: TestHouse
let cast: Cast
let gateway: Gateways
const peers: Peer[] = []
const mn = '990421A89000190000000001'
let id: string

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  gateway = await startGateways(house, { hj212: { perAddress: 40, unprovenMillis: 2_000 } })
  id = await enterDevice(house, cast.chief, { mn, projectId: cast.projectId })
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
const closed = (one: Peer) =>
  new Promise<void>((resolve) => (one.socket.destroyed ? resolve() : one.socket.once('close', () => resolve())))
let sentAt = Date.now() - 250_000
const good = async (one: Peer) => {
  const qn = freshQn()
  one.write(dustFrame({ mn, qn, at: (sentAt += 1000), pm25: 31 }))
  await one.until(`QN=${qn}`)
}

test('five thousand damaged and foreign inputs: none is taken for data, and a good frame between them is answered', async () => {
  const chance = chanceOf(7)
  const one = await peer()
  await good(one)
  const line = async () => (await house.call(cast.chief, deviceContract.get, { params: { id } })).body.line
  const before = await line()
  for (let round = 0; round < 50; round += 1) {
    const inputs = Array.from({ length: 100 }, () => {
      const segment = segmentOf(chance).replace(/MN=[^;]*/, `MN=${mn}`)
      if (segment.length > 1024) return Buffer.from(segment)
      return Buffer.from(damaged(Buffer.from(frameOf(segment)), chance))
    })
    one.write(Buffer.concat([...inputs, Buffer.from('\r\n')]))
    await good(one)
  }
  // A frame damaged in more than one byte passes the check value once in 256, but never with another password.
  const rows = (await house.call(cast.chief, telemetryContract.latest, { params: { id } })).body.rows
  expect(rows.find(({ quantity }) => quantity === 'a34004')!.value).toBe(31)
  const after = await line()
  expect(after.good - before.good).toBeGreaterThanOrEqual(50)
  expect(after.bad).toBeGreaterThan(500)
  expect(one.socket.destroyed).toBe(false)
})

test('what proves nothing is closed, however slowly it speaks', async () => {
  const [silent, dribbling] = [await peer(), await peer()]
  const drip = setInterval(() => dribbling.write('#'), 100)
  await Promise.all([closed(silent), closed(dribbling)])
  clearInterval(drip)
})

test('one that does not read its answers slows nobody', async () => {
  const slow = await peer()
  slow.socket.pause()
  const ask = frameOf(`QN=${freshQn()};ST=39;CN=1013;PW=123456;MN=${mn};Flag=5;CP=&&&&`)
  const flood = Buffer.from(ask.repeat(400))
  const gone = closed(slow)
  let stopped = false
  void gone.then(() => (stopped = true))
  const pump = () => {
    if (stopped || slow.socket.destroyed) return
    slow.socket.write(flood, () => setTimeout(pump, 0))
  }
  pump()
  const other = '990421A89000190000000002'
  await enterDevice(house, cast.chief, { mn: other, projectId: cast.projectId })
  const well = await peer()
  for (let round = 0; round < 20; round += 1) {
    const qn = freshQn()
    well.write(dustFrame({ mn: other, qn, at: Date.now() - 60_000 + round * 1000 }))
    await well.until(`QN=${qn}`)
  }
  slow.close()
  await gone
})

test('beyond its share an address gets no further connection', async () => {
  const many = await Promise.all(Array.from({ length: 45 }, () => openPeer(gateway.hj212Port).catch(() => null)))
  const open = many.filter((one) => one !== null)
  peers.push(...open)
  await waitFor(
    () => (open.filter(({ socket }) => socket.destroyed).length >= 5 ? true : undefined),
    'the surplus closed',
  )
})
