import { isActuator } from '@plumbline/core/device'
import { sayQn, sprayCommand } from '@plumbline/core/codec/hj212'
import { type Ctx, read } from '../../base/context.ts'
import { noteSpoken } from '../../rooms/device/index.ts'
import { takeCommands, tellDevices } from '../../rooms/telemetry/index.ts'
import type { Lines } from './lines.ts'

/** Sends what is ordered to the sprayers whose sockets are here. Answers a function to be called often. */
export function openDispatch(lines: Lines): (ctx: Ctx) => Promise<void> {
  let lastQn = 0
  return async (ctx) => {
    const sprayers = lines.proven().filter(({ device }) => isActuator(device.kind))
    if (sprayers.length === 0) return
    const nextQn = () => sayQn((lastQn = Math.max(lastQn + 1, Date.parse(ctx.now))))
    const ids = sprayers.map(({ device }) => device.id)
    const commands = await takeCommands(ctx, ids, nextQn)
    for (const { qn, unit, on, expiresAt, maxRunSeconds, deviceId } of commands) {
      const { device, address, connection } = sprayers.find((one) => one.device.id === deviceId)!
      const order = { qn: qn!, unit, on, validTo: Date.parse(expiresAt), maxRunSeconds }
      const raw = sprayCommand({ ...address, pw: device.password }, order)
      // What the socket does not take is not sent again: it shows as unacknowledged.
      connection.send(raw)
      const spoken = { deviceId, way: 'out', at: ctx.now, raw, verdict: 'sent', verified: true, fault: null } as const
      await read(ctx, (tx) => noteSpoken(tx, [spoken]))
    }
    await tellDevices(
      ctx,
      commands.map(({ deviceId }) => deviceId),
    )
  }
}
