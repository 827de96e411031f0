import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../house/setup/house.ts'
import { type Gateways, startGateways } from '../server/gateways/index.ts'
import { dustFrame, enterDevice, frameOf, freshQn, openPeer, type Peer, waitFor } from '../server/gateways/testing.ts'

let house: TestHouse
let cast: Cast
let gateway: Gateways
let network: Network
let edge: { process: ChildProcess; port: number } | undefined
const folder = mkdtempSync(join(tmpdir(), 'edge-'))
const mns = ['A1', 'A2', 'A3'].map((name) => `990421EDGE${name}`)
const ids = new Map<string, string>()

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  for (const mn of mns) ids.set(mn, await enterDevice(house, cast.chief, { mn, projectId: cast.projectId }))
  gateway = await startGateways(house)
  network = await openNetwork(gateway.hj212Port)
})
afterAll(async () => {
  edge?.process.kill('SIGKILL')
  await network.close()
  await gateway.stop()
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The line between site and platform, which can be cut at any byte. */
interface Network {
  port: number
  cut(): void
  mend(): void
  close(): Promise<void>
}

async function openNetwork(to: number): Promise<Network> {
  const sockets = new Set<Socket>()
  let whole = true
  const server: Server = createServer((near) => {
    if (!whole) return void near.destroy()
    const far = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const cut = () => {
    whole = false
    for (const one of sockets) one.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    mend: () => {
      whole = true
    },
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The node in a process of its own, impatient so that the test is not long. */
const alone = `
const [file, spool, port] = process.argv.slice(1)
const { startNode } = await import(file)
const waits = { answerMillis: 1500, repeats: 1, retryMillis: 50, retryMost: 200 }
const listen = { host: '127.0.0.1', port: 0 }
const node = await startNode({ listen, to: { host: '127.0.0.1', port: Number(port) }, spool, waits }, () => {})
process.stdout.write(String(node.port))`

async function startEdge(): Promise<number> {
  const process_ = spawn(
    process.execPath,
    ['--input-type=module', '--eval', alone, join(import.meta.dirname, 'node.ts'), folder, String(network.port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [chunk] = (await once(process_.stdout!, 'data')) as [Buffer]
  edge = { process: process_, port: Number(chunk.toString()) }
  return edge.port
}

async function killEdge(): Promise<void> {
  edge!.process.kill('SIGKILL')
  await once(edge!.process, 'exit')
}

const begun = Math.floor(Date.now() / 1000) * 1000 - 3 * 3_600_000
let serial = 0
/** When each device's next value is of: every value has a second of its own. */
const nextAt = new Map(mns.map((mn) => [mn, begun]))
const acked = new Set<string>()

/** Sends for so long through the node, then kills it or lets it live; answers how many frames were acknowledged. */
async function stream(millis: number, end: 'kill' | 'stay'): Promise<number> {
  const before = acked.size
  const peers = await Promise.all(mns.map(async (mn) => ({ mn, peer: await openPeer(edge!.port) })))
  const sent = new Map<string, string>()
  const send = ({ mn, peer }: { mn: string; peer: Peer }) => {
    const qn = `2026112010${String((serial += 1)).padStart(7, '0')}`
    const at = nextAt.get(mn)!
    nextAt.set(mn, at + 1000)
    sent.set(qn, `${ids.get(mn)} ${new Date(at).toISOString()}`)
    peer.write(dustFrame({ mn, qn, at, pm25: 20 + (serial % 9) }))
  }
  const timer = setInterval(() => peers.forEach(send), 15)
  await new Promise((resolve) => setTimeout(resolve, millis))
  if (end === 'kill') await killEdge()
  clearInterval(timer)
  for (const { peer } of peers) {
    for (const [, qn] of peer.heard().matchAll(/QN=(\d{17});ST=91;CN=9014/g)) acked.add(sent.get(qn!)!)
    peer.close()
  }
  return acked.size - before
}

async function query<R extends object>(text: string): Promise<R[]> {
  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<R>(text)
  await owner.end()
  return rows
}
const readings = () =>
  query<{ device_id: string; at: Date; count: string }>(
    "select device_id, at, count(*) from telemetry.reading where quantity = 'a34004' group by 1, 2",
  )

test(
  'what was acknowledged on site arrives once and in order, whatever is killed or cut',
  { timeout: 120_000 },
  async () => {
    await startEdge()
    expect(await stream(500, 'kill')).toBeGreaterThan(20)
    network.cut()
    await startEdge()
    // Nothing reaches the platform now, and every device is answered all the same.
    expect(await stream(600, 'kill')).toBeGreaterThan(20)
    await startEdge()
    expect(await stream(400, 'stay')).toBeGreaterThan(20)
    network.mend()
    await stream(400, 'kill')
    await startEdge()
    network.cut()
    network.mend()
    await stream(300, 'stay')

    const there = async () =>
      new Set((await readings()).map(({ device_id, at }) => `${device_id} ${new Date(at).toISOString()}`))
    await waitFor(async () => {
      const arrived = await there()
      return [...acked].every((one) => arrived.has(one)) ? true : undefined
    }, `${acked.size} frames`)
    expect((await readings()).every(({ count }) => Number(count) === 1)).toBe(true)

    for (const id of ids.values()) {
      const rows = await query<{ raw: Buffer }>(
        `select raw from device.conversation where device_id = '${id}' and verdict = 'stored' order by id`,
      )
      const times = rows.map(({ raw }) => /DataTime=(\d{14})/.exec(raw.toString('latin1'))![1]!)
      expect(times.length).toBeGreaterThan(50)
      expect(times).toEqual(times.toSorted())
    }
  },
)

test('a notice passes up and a command down, to the device it is for', async () => {
  const [mn, other] = [mns[0]!, mns[1]!]
  const [peer, beside] = [await openPeer(edge!.port), await openPeer(edge!.port)]
  beside.write(dustFrame({ mn: other, at: nextAt.get(other)! }))
  await beside.until('CN=9014')
  const qn = freshQn()
  peer.write(frameOf(`QN=${qn};ST=39;CN=1013;PW=123456;MN=${mn};Flag=5;CP=&&&&`))
  await peer.until(`QN=${qn};ST=91;CN=9013`)
  await peer.until('CN=1012')
  expect(beside.heard()).not.toContain('CN=1012')
  peer.close()
  beside.close()
})
