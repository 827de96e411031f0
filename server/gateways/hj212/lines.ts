import type { Address } from '@plumbline/core/codec/hj212'
import type { House } from '../../base/house.ts'
import type { Books } from '../books.ts'
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
    books.note(device.id, 'replaced')
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
