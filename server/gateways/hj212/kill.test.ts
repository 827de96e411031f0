import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { dustFrame, enterDevice, openPeer, type Peer, waitFor } from '../testing.ts'

let house: TestHouse
let cast: Cast
let running: ChildProcess | undefined
const mns = Array.from({ length: 10 }, (_, index) => `990421A890001700000000${String(index).padStart(2, '0')}`)
const ids = new Map<string, string>()

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  for (const mn of mns) ids.set(mn, await enterDevice(house, cast.chief, { mn, projectId: cast.projectId }))
})
afterAll(async () => {
  running?.kill('SIGKILL')
  await house.close()
})

/** The gateway alone in a process of its own: opens the house, starts the doors, prints the port. */
const alone = `
const [app, gateways, config, log] = await Promise.all(process.argv.slice(1).map((file) => import(file)))
const settings = { ...config.readSettings(process.env), hj212Port: 0, mqttPort: 0 }
const opened = await app.openApp(settings, { log: log.silentLog, worker: false })
process.stdout.write(String((await gateways.startGateways(opened)).hj212Port))`
const server = join(import.meta.dirname, '..', '..')
const parts = ['app.ts', 'gateways/index.ts', 'base/config.ts', 'base/log.ts'].map((file) => join(server, file))

async function startGateway(): Promise<number> {
  const { databaseUrl, dataDir } = house.house.settings
  running = spawn(process.execPath, ['--input-type=module', '--eval', alone, ...parts], {
    env: { ...process.env, DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: house.ownerUrl, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [chunk] = (await once(running.stdout!, 'data')) as [Buffer]
  return Number(chunk.toString())
}

/** Sends until it is told to stop; remembers what was acknowledged. Each frame has a second of its own. */
function stream(peer: Peer, mn: string, from: number, acked: Set<string>) {
  const sent = new Map<string, string>()
  let next = from
  let stopped = false
  const send = () => {
    if (stopped || peer.socket.destroyed) return
    const qn = `2026112010${String((serial += 1)).padStart(7, '0')}`
    sent.set(qn, new Date(next).toISOString())
    peer.write(dustFrame({ mn, qn, at: next, pm25: 20 + (serial % 30) }))
    next += 1000
    setTimeout(send, 20)
  }
  send()
  return {
    next: () => next,
    stop: () => {
      stopped = true
      for (const [, qn] of peer.heard().matchAll(/QN=(\d{17});ST=91;CN=9014/g)) acked.add(`${mn} ${sent.get(qn!)}`)
    },
  }
}
let serial = 0

test('what was acknowledged is there, whenever the gateway is killed', { timeout: 120_000 }, async () => {
  const acked = new Set<string>()
  const times = new Map(mns.map((mn) => [mn, Math.floor(Date.now() / 1000) * 1000 - 40 * 3_600_000]))
  for (const life of [350, 700, 500, 900]) {
    const port = await startGateway()
    const peers = await Promise.all(mns.map(() => openPeer(port)))
    const streams = mns.map((mn, index) => stream(peers[index]!, mn, times.get(mn)!, acked))
    await waitFor(() => (peers.every((one) => one.heard().includes('CN=9014')) ? true : undefined), 'first answers')
    await new Promise((resolve) => setTimeout(resolve, life))
    running!.kill('SIGKILL')
    await once(running!, 'exit')
    await Promise.all(peers.filter((one) => !one.socket.destroyed).map((one) => once(one.socket, 'close')))
    for (const [index, one] of streams.entries()) {
      one.stop()
      times.set(mns[index]!, one.next())
    }
  }
  expect(acked.size).toBeGreaterThan(400)

  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query<{ device_id: string; at: Date | string; count: string }>(
    "select device_id, at, count(*) from telemetry.reading where quantity = 'a34004' group by 1, 2",
  )
  await owner.end()
  const there = new Set(rows.map(({ device_id, at }) => `${device_id} ${new Date(at).toISOString()}`))
  const lost = [...acked].filter((one) => {
    const [mn, at] = one.split(' ')
    return !there.has(`${ids.get(mn!)} ${at}`)
  })
  expect(lost).toEqual([])
  expect(rows.every(({ count }) => Number(count) === 1)).toBe(true)
})
