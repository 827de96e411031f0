import { sayQn } from '@plumbline/core/codec/hj212'
import type { Point } from '@plumbline/core/kit'
import { takesOrders } from '@plumbline/core/device'
import { type Ctx, read } from '../base/context.ts'
import { noteSpoken } from '../rooms/device/index.ts'
import { takeCommands, tellDevices } from '../rooms/telemetry/index.ts'
import type { KnownDevice } from './judge.ts'

export interface Order {
  /** Names the exchange: a device carries out each once. */
  qn: string
  unit: number
  on: boolean
  /** Void after this instant, milliseconds. */
  validTo: number
  maxRunSeconds: number
  /** Where a vehicle is to work. */
  to?: Point
}

/** A device whose line is here. */
export interface Reachable {
  device: KnownDevice
  /** Says an order in the device's protocol, and answers the bytes. What the line does not take is not sent again. */
  say(order: Order): Uint8Array
}

/** Sends what is ordered to the devices whose lines are here. Answers a function to be called often. */
export function openDispatch(reachable: () => Reachable[]): (ctx: Ctx) => Promise<void> {
  let lastQn = 0
  return async (ctx) => {
    const obeying = reachable().filter(({ device }) => takesOrders(device.kind))
    if (obeying.length === 0) return
    const nextQn = () => sayQn((lastQn = Math.max(lastQn + 1, Date.parse(ctx.now))))
    const ids = obeying.map(({ device }) => device.id)
    const commands = await takeCommands(ctx, ids, nextQn)
    for (const { qn, unit, on, expiresAt, maxRunSeconds, deviceId, to } of commands) {
      const { say } = obeying.find(({ device }) => device.id === deviceId)!
      const raw = say({ qn: qn!, unit, on, validTo: Date.parse(expiresAt), maxRunSeconds, ...(to ? { to } : {}) })
      const spoken = { deviceId, way: 'out', at: ctx.now, raw, verdict: 'sent', verified: true, fault: null } as const
      await read(ctx, (tx) => noteSpoken(tx, [spoken]))
    }
    await tellDevices(
      ctx,
      commands.map(({ deviceId }) => deviceId),
    )
  }
}
