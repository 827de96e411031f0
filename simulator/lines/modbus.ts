import { answerOf, type Registers, takeFrames } from '@plumbline/core/codec/modbus'
import { type DeviceModel, getModel } from '@plumbline/core/device'
import { createServer, type Server, type Socket } from 'node:net'
import { type City, type CityDevice, valuesAt } from '../city/index.ts'
import type { Effects } from '../city/index.ts'

export interface Meters {
  /** The port of each, by device number. */
  ports: Record<string, number>
  close(): void
}

/** Where a meter is to answer: several of one port are told apart by their unit, as behind a gateway of serial lines. */
interface Place {
  device: CityDevice
  port: number
  unit: number
}

/**
 * The meters of a city that only answer, as Modbus-TCP slaves: each at a free port of its own unless `places` says where.
 * Unanswered while their network is cut. Throws when a port is taken.
 */
export async function openMeters(
  city: City,
  now: () => number,
  effects: Effects,
  places: readonly Place[] = alone(city),
): Promise<Meters> {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const ports: Record<string, number> = {}
  const byPort = Map.groupBy(places, ({ port, device }) => port || device.number)
  for (const together of byPort.values()) {
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
      serve(socket, (unit) => {
        const device = together.find((one) => one.unit === unit)?.device
        return device ? registersOf(city, device, getModel(device.modelCode), now(), effects) : null
      })
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(together[0]!.port, '127.0.0.1', () => resolve())
    })
    const bound = server.address()
    if (typeof bound === 'object' && bound) for (const { device } of together) ports[device.number] = bound.port
    servers.push(server)
  }
  return {
    ports,
    close: () => {
      for (const server of servers) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

const alone = ({ devices }: City): Place[] =>
  devices.flatMap((device) => (getModel(device.modelCode).protocol === 'modbus' ? [{ device, port: 0, unit: 1 }] : []))

function serve(socket: Socket, registers: (unit: number) => Registers | null): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    const { frames, used } = takeFrames(rest, rest.length)
    rest = rest.subarray(used)
    for (const frame of frames) {
      const present = registers(frame.unit)
      if (!present) return void socket.destroy()
      socket.write(answerOf(frame, present))
    }
  })
}

/** What stands in a meter's registers at a moment; null while it cannot be reached or says nothing. */
function registersOf(
  city: City,
  device: CityDevice,
  model: DeviceModel,
  at: number,
  effects: Effects,
): Registers | null {
  const second = (at - city.start) / 1000
  if (device.cuts.some(({ from, until }) => second >= from && second < until)) return null
  const values = valuesAt(city, device, at, { effects })
  if (!values) return null
  const tables = { holding: new Map<number, number>(), input: new Map<number, number>() }
  for (const { register, table, type, scale, quantity } of model.registers ?? []) {
    const raw = Math.round((values[quantity] ?? 0) / scale)
    const wide = type === 'u32' || type === 'i32'
    if (wide) tables[table].set(register, (raw >>> 16) & 0xffff)
    tables[table].set(wide ? register + 1 : register, raw & 0xffff)
  }
  return tables
}
