import type { AddressInfo, Server, Socket } from 'node:net'
import type { House } from '../base/house.ts'

export interface Admission {
  connections: number
  /** Devices of a county may all come through one address of the carrier. */
  perAddress: number
}

/** Whether one more socket may come in; what comes in is counted until it is closed, what may not is closed at once. */
export function openGate({ connections, perAddress }: Admission): (socket: Socket) => boolean {
  const counts = new Map<string, number>()
  let all = 0
  return (socket) => {
    const address = socket.remoteAddress ?? ''
    const here = counts.get(address) ?? 0
    if (all >= connections || here >= perAddress) {
      socket.destroy()
      return false
    }
    all += 1
    counts.set(address, here + 1)
    socket.once('close', () => {
      all -= 1
      const left = counts.get(address)! - 1
      if (left > 0) counts.set(address, left)
      else counts.delete(address)
    })
    return true
  }
}

/** Listens, and answers the port that was bound. An error before that is thrown; one after it is logged. */
export function listen(server: Server, house: House, port: number, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, house.settings.host, () => {
      server.off('error', reject)
      server.on('error', (error) => house.log.error({ err: error }, `the ${name} port failed`))
      resolve((server.address() as AddressInfo).port)
    })
  })
}
