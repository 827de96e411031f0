import { answerOf, type Registers, takeFrames } from '@plumbline/core/codec/modbus'
import { type DeviceModel, getModel } from '@plumbline/core/device'
import { createServer, type Server, type Socket } from 'node:net'
import { type City, type CityDevice, valuesAt } from '../simulator/city/index.ts'
import type { Effects } from '../simulator/city/index.ts'

export interface Meters {
  /** The port of each, by device number. */
  ports: Record<string, number>
  close(): void
}

/** The meters of a city that only answer: each a Modbus-TCP slave of its own. Unanswered while their network is cut. */
export async function openMeters(city: City, now: () => number, effects: Effects): Promise<Meters> {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const ports: Record<string, number> = {}
  for (const device of city.devices) {
    const model = getModel(device.modelCode)
    if (model.protocol !== 'modbus') continue
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
      serve(socket, () => registersOf(city, device, model, now(), effects))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    const bound = server.address()
    if (typeof bound === 'object' && bound) ports[device.number] = bound.port
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

function serve(socket: Socket, registers: () => Registers | null): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    const { frames, used } = takeFrames(rest, rest.length)
    rest = rest.subarray(used)
    const present = registers()
    if (!present) return void socket.destroy()
    for (const frame of frames) socket.write(answerOf(frame, present))
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
