import type { Tolerance } from '@plumbline/core/codec/hj212'
import { createServer, type Socket } from 'node:net'
import { type Ctx, read, systemContext } from '../../base/context.ts'
import type { House } from '../../base/house.ts'
import { findTolerant } from '../../rooms/device/index.ts'
import type { Intake } from '../intake.ts'
import { type Connection, serveSocket } from './connection.ts'
import { openBooks, openLines } from './lines.ts'
import { openDispatch } from './orders.ts'

export interface Limits {
  connections: number
  /** Devices of a county may all come through one address of the carrier. */
  perAddress: number
  /** How long a socket may stay that has proved nothing, and one that has fallen silent. */
  unprovenMillis: number
  silentMillis: number
}

const usual: Limits = {
  connections: 10_000,
  perAddress: 2_000,
  unprovenMillis: 30_000,
  // HJ 212-2017 table 9: real-time data at least every 3,600 s, and a little.
  silentMillis: 3_900_000,
}

export interface Hj212Gateway {
  port: number
  /** Sends what is ordered to the devices whose sockets are here. */
  dispatch(ctx: Ctx): Promise<void>
  /** Stops listening and closes every socket, when what they sent is settled. */
  stop(): Promise<void>
}

const strict: Tolerance = { crc: 'strict', ending: 'crlf' }
const sweepEvery = 1_000

/** Listens for HJ 212 devices. Port 0 takes a free one. */
export async function startHj212(house: House, intake: Intake, given: Partial<Limits> = {}): Promise<Hj212Gateway> {
  const limits = { ...usual, ...given }
  const books = openBooks(house)
  const lines = openLines(house, books)
  const dispatch = openDispatch(lines)
  let tolerances = await loadTolerances(house)
  const toleranceOf = (mn: string | undefined) => (mn === undefined ? strict : (tolerances.get(mn) ?? strict))

  const connections = new Set<Connection>()
  const counts = new Map<string, number>()
  const serve = (socket: Socket, address: string) => {
    const onClose = (one: Connection) => {
      connections.delete(one)
      count(counts, address, -1)
      lines.drop(one)
    }
    count(counts, address, 1)
    connections.add(serveSocket(socket, intake, { toleranceOf, onProven: lines.take, onClose }))
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) => {
    const address = socket.remoteAddress ?? ''
    const tooMany = connections.size >= limits.connections || (counts.get(address) ?? 0) >= limits.perAddress
    if (tooMany) socket.destroy()
    else serve(socket, address)
  })
  const port = await listening(server, house)
  const sweep = setInterval(() => {
    closeIdle(connections, limits)
    books.add(dispatch)
    books.add(async () => {
      tolerances = await loadTolerances(house)
    })
  }, sweepEvery)

  return {
    port,
    dispatch,
    stop: async () => {
      clearInterval(sweep)
      const closed = new Promise((resolve) => server.close(resolve))
      await intake.drain()
      for (const one of connections) one.close()
      await closed
      await intake.drain()
      await books.done()
    },
  }
}

function count(counts: Map<string, number>, address: string, change: 1 | -1): void {
  const left = (counts.get(address) ?? 0) + change
  if (left > 0) counts.set(address, left)
  else counts.delete(address)
}

/** Closes what has proved nothing in time, however slowly it speaks, and what has long been silent. */
function closeIdle(connections: ReadonlySet<Connection>, { unprovenMillis, silentMillis }: Limits): void {
  const now = Date.now()
  for (const one of connections) {
    const { provenAt, openedAt } = one
    if (provenAt === null ? now - openedAt > unprovenMillis : now - provenAt > silentMillis) one.close()
  }
}

function listening(server: ReturnType<typeof createServer>, house: House): Promise<number> {
  const { host, hj212Port } = house.settings
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(hj212Port, host, () => {
      server.off('error', reject)
      server.on('error', (error) => house.log.error({ err: error }, 'the HJ 212 port failed'))
      const bound = server.address()
      resolve(typeof bound === 'object' && bound ? bound.port : hj212Port)
    })
  })
}

async function loadTolerances(house: House): Promise<Map<string, Tolerance>> {
  const ctx = await systemContext(house)
  const rows = await read(ctx, findTolerant)
  return new Map(rows.map(({ mn, crc_mode, ending }) => [mn, { crc: crc_mode, ending }]))
}
