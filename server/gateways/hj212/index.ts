import { sprayCommand, type Tolerance } from '@plumbline/core/codec/hj212'
import { createServer } from 'node:net'
import { type Ctx, read, systemContext } from '../../base/context.ts'
import type { House } from '../../base/house.ts'
import { findTolerant } from '../../rooms/device/index.ts'
import { openBooks } from '../books.ts'
import type { Intake } from '../intake.ts'
import { openDispatch } from '../orders.ts'
import { type Admission, listen, openGate } from '../ports.ts'
import { type Connection, serveSocket } from './connection.ts'
import { openLines } from './lines.ts'
import { openSplits } from './splits.ts'

export interface Limits extends Admission {
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
  const splits = openSplits(books)
  const dispatch = openDispatch(() =>
    lines.proven().map(({ device, address, connection }) => ({
      device,
      say: (order) => {
        const raw = sprayCommand({ ...address, pw: device.password }, order)
        connection.send(raw)
        return raw
      },
    })),
  )
  let tolerances = await loadTolerances(house)
  const toleranceOf = (mn: string | undefined) => (mn === undefined ? strict : (tolerances.get(mn) ?? strict))

  const connections = new Set<Connection>()
  const admits = openGate(limits)
  const onClose = (one: Connection) => {
    connections.delete(one)
    lines.drop(one)
  }
  const served = { toleranceOf, onProven: lines.take, onHeard: splits.heard, onClose }
  const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) => {
    if (admits(socket)) connections.add(serveSocket(socket, intake, served))
  })
  const port = await listen(server, house, house.settings.hj212Port, 'HJ 212')
  const sweep = setInterval(() => {
    closeIdle(connections, limits)
    splits.sweep()
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

/** Closes what has proved nothing in time, however slowly it speaks, and what has long been silent. */
function closeIdle(connections: ReadonlySet<Connection>, { unprovenMillis, silentMillis }: Limits): void {
  const now = Date.now()
  for (const one of connections) {
    const { provenAt, openedAt } = one
    if (provenAt === null ? now - openedAt > unprovenMillis : now - provenAt > silentMillis) one.close()
  }
}

async function loadTolerances(house: House): Promise<Map<string, Tolerance>> {
  const ctx = await systemContext(house)
  const rows = await read(ctx, findTolerant)
  return new Map(rows.map(({ mn, crc_mode, ending }) => [mn, { crc: crc_mode, ending }]))
}
