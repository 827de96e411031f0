import { sayQn, sprayCommand, type Tolerance } from '@plumbline/core/codec/hj212'
import { createServer, type Socket } from 'node:net'
import { type Ctx, read, systemContext } from '../../base/context.ts'
import type { House } from '../../base/house.ts'
import { findTolerant, noteAllDisconnected, noteConnected, noteSpoken } from '../../rooms/device/index.ts'
import { dropUnsent, takeCommands, tellDevices } from '../../rooms/telemetry/index.ts'
import { openIntake } from '../intake.ts'
import type { KnownDevice } from '../judge.ts'
import { type Connection, serveSocket } from './connection.ts'

export interface Limits {
  connections: number
  /** Devices of a county may all come through one address of the carrier. */
  perAddress: number
  /** Frames that may wait before sockets stop reading. */
  full: number
  /** How long a socket may stay that has proved nothing, and one that has fallen silent. */
  unprovenMillis: number
  silentMillis: number
}

const usual: Limits = {
  connections: 10_000,
  perAddress: 2_000,
  full: 4_000,
  unprovenMillis: 30_000,
  // HJ 212-2017 table 9: real-time data at least every 3,600 s, and a little.
  silentMillis: 3_900_000,
}

export interface Hj212Gateway {
  port: number
  stop(): Promise<void>
}

const strict: Tolerance = { crc: 'strict', ending: 'crlf' }
const sweepEvery = 1_000

/** Listens for HJ 212 devices. Port 0 takes a free one. */
export async function startHj212(house: House, given: Partial<Limits> = {}): Promise<Hj212Gateway> {
  const limits = { ...usual, ...given }
  const connections = new Set<Connection>()
  const byMn = new Map<string, Connection>()
  const perAddress = new Map<string, number>()
  const books = orderly(house)
  let tolerances = await loadTolerances(house)
  let lastQn = 0

  const dispatch = async (ctx: Ctx) => {
    const sprayers = [...byMn.values()].flatMap(({ devices }) =>
      [...devices.values()].filter(({ device }) => device.kind === 'sprayer'),
    )
    if (sprayers.length === 0) return
    const nextQn = () => sayQn((lastQn = Math.max(lastQn + 1, Date.parse(ctx.now))))
    const commands = await takeCommands(
      ctx,
      sprayers.map(({ device }) => device.id),
      nextQn,
    )
    for (const command of commands) {
      const to = sprayers.find(({ device }) => device.id === command.deviceId)!
      const { unit, on, maxRunSeconds } = command
      const order = { qn: command.qn!, unit, on, validTo: Date.parse(command.expiresAt), maxRunSeconds }
      const raw = sprayCommand({ ...to.address, pw: to.device.password }, order)
      // What the socket does not take is not sent again: it shows as unacknowledged.
      byMn.get(to.device.mn)?.send(raw)
      const spoken = {
        deviceId: to.device.id,
        way: 'out',
        at: ctx.now,
        raw,
        verdict: 'sent',
        verified: true,
        fault: null,
      } as const
      await read(ctx, (tx) => noteSpoken(tx, [spoken]))
    }
    await tellDevices(
      ctx,
      commands.map(({ deviceId }) => deviceId),
    )
  }

  const intake = openIntake(house, dispatch)

  const onProven = (connection: Connection, device: KnownDevice) => {
    const before = byMn.get(device.mn)
    if (before === connection) return
    byMn.set(device.mn, connection)
    if (before) replace(before, device)
    books.add((ctx) => read(ctx, (tx) => noteConnected(tx, device.id, true)))
  }
  /** Two sockets with one number: the newest wins. */
  const replace = (before: Connection, device: KnownDevice) => {
    house.log.warn({ mn: device.mn }, 'a second socket with this number; the older one is closed')
    before.forget(device.mn)
    if (before.devices.size === 0) before.close()
    const note = {
      deviceId: device.id,
      way: 'note',
      raw: new Uint8Array(0),
      verdict: 'replaced',
      verified: true,
      fault: null,
    } as const
    books.add((ctx) => read(ctx, (tx) => noteSpoken(tx, [{ ...note, at: ctx.now }])))
  }
  const onClose = (connection: Connection, address: string) => {
    connections.delete(connection)
    const left = (perAddress.get(address) ?? 1) - 1
    if (left > 0) perAddress.set(address, left)
    else perAddress.delete(address)
    for (const [mn, { device }] of connection.devices) {
      if (byMn.get(mn) !== connection) continue
      byMn.delete(mn)
      books.add((ctx) => read(ctx, (tx) => noteConnected(tx, device.id, false)))
    }
  }

  const accept = (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = perAddress.get(address) ?? 0
    if (connections.size >= limits.connections || count >= limits.perAddress) {
      socket.destroy()
      return
    }
    perAddress.set(address, count + 1)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 60_000)
    const toleranceOf = (mn: string | undefined) => (mn === undefined ? strict : (tolerances.get(mn) ?? strict))
    connections.add(
      serveSocket(socket, intake, {
        toleranceOf,
        onProven,
        onClose: (one) => onClose(one, address),
        full: limits.full,
      }),
    )
  }

  const ctx = await systemContext(house)
  await dropUnsent(ctx)
  await read(ctx, noteAllDisconnected)

  const server = createServer({ allowHalfOpen: true }, accept)
  const port = await listening(server, house)
  const sweep = setInterval(() => {
    const now = Date.now()
    for (const one of connections) {
      const over =
        one.provenAt === null ? now - one.openedAt > limits.unprovenMillis : now - one.provenAt > limits.silentMillis
      if (over) one.close()
    }
    books.add(dispatch)
    books.add(async () => {
      tolerances = await loadTolerances(house)
    })
  }, sweepEvery)

  return {
    port,
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

/** Small writes beside the intake, one after the other, so that "connected" and "gone" keep their order. */
function orderly(house: House) {
  let chain: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    add: (work: (ctx: Ctx) => Promise<unknown>) => {
      // The database is slow or away: what repeats every second need not pile up.
      if (waiting > 1000) return
      waiting += 1
      chain = chain
        .then(async () => work(await systemContext(house)))
        .catch((error: unknown) => house.log.error({ err: error }, 'a line could not be noted'))
        .finally(() => {
          waiting -= 1
        })
    },
    done: () => chain,
  }
}
