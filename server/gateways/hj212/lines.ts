import type { Address } from '@plumbline/core/codec/hj212'
import { type Ctx, read, systemContext } from '../../base/context.ts'
import type { House } from '../../base/house.ts'
import { noteConnections, noteSpoken } from '../../rooms/device/index.ts'
import type { KnownDevice } from '../judge.ts'
import type { Connection } from './connection.ts'

/** Which socket speaks for which device. */
export interface Lines {
  /** A device has proved itself on a socket. Two sockets with one number: the newest wins. */
  take(connection: Connection, device: KnownDevice): void
  /** A socket is closed. */
  drop(connection: Connection): void
  proven(): { device: KnownDevice; address: Address; connection: Connection }[]
}

export function openLines(house: House, books: Books): Lines {
  const byMn = new Map<string, Connection>()
  const replace = (before: Connection, device: KnownDevice) => {
    house.log.warn({ mn: device.mn }, 'a second socket with this number; the older one is closed')
    before.forget(device.mn)
    if (before.devices.size === 0) before.close()
    const note = { deviceId: device.id, way: 'note', verdict: 'replaced', verified: true, fault: null } as const
    books.add((ctx) => read(ctx, (tx) => noteSpoken(tx, [{ ...note, raw: new Uint8Array(0), at: ctx.now }])))
  }
  return {
    take: (connection, device) => {
      const before = byMn.get(device.mn)
      if (before === connection) return
      byMn.set(device.mn, connection)
      if (before) replace(before, device)
      books.connected(device.id, true)
    },
    drop: (connection) => {
      for (const [mn, { device }] of connection.devices) {
        if (byMn.get(mn) !== connection) continue
        byMn.delete(mn)
        books.connected(device.id, false)
      }
    },
    proven: () =>
      [...byMn].flatMap(([mn, connection]) => {
        const found = connection.devices.get(mn)
        return found ? [{ ...found, connection }] : []
      }),
  }
}

/** Small writes beside the intake, one after the other, so that "connected" and "gone" keep their order. */
export interface Books {
  add(work: (ctx: Ctx) => Promise<unknown>): void
  /** A device's line is open or not: what gathers while others are written goes in one statement. */
  connected(deviceId: string, open: boolean): void
  done(): Promise<unknown>
}

/** So many writes may wait when the database is slow or away: what repeats every second need not pile up. */
const mostWaiting = 1000

export function openBooks(house: House): Books {
  let chain: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let open = new Map<string, boolean>()
  const enqueue = (work: (ctx: Ctx) => Promise<unknown>) => {
    waiting += 1
    chain = chain
      .then(async () => work(await systemContext(house)))
      .catch((error: unknown) => house.log.error({ err: error }, 'a line could not be noted'))
      .finally(() => {
        waiting -= 1
      })
  }
  return {
    add: (work) => {
      if (waiting <= mostWaiting) enqueue(work)
    },
    connected: (deviceId, isOpen) => {
      open.set(deviceId, isOpen)
      if (open.size > 1) return
      enqueue((ctx) => {
        const all = open
        open = new Map()
        return read(ctx, (tx) => noteConnections(tx, all))
      })
    },
    done: () => chain,
  }
}
