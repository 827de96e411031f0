import { switchCommand } from '@plumbline/core/codec/sitejson'
import { sayQn } from '@plumbline/core/codec/hj212'
import { isActuator } from '@plumbline/core/device'
import { type Ctx, read } from '../../base/context.ts'
import type { House } from '../../base/house.ts'
import { noteSpoken } from '../../rooms/device/index.ts'
import { takeCommands, tellDevices } from '../../rooms/telemetry/index.ts'
import { openBooks } from '../hj212/lines.ts'
import type { Intake } from '../intake.ts'
import type { KnownDevice } from '../judge.ts'
import { type Limits, startBroker } from './broker.ts'
import { listenOutside } from './outside.ts'

export type { Limits } from './broker.ts'

export interface MqttGateway {
  /** Of our own broker; null when an outside one is used. */
  port: number | null
  dispatch(ctx: Ctx): Promise<void>
  stop(): Promise<void>
}

/** What the orders go by: our own broker or an outside one. */
interface Way {
  connected(): KnownDevice[]
  send(number: string, payload: Uint8Array): boolean
}

const dispatchEvery = 1_000

export async function startMqtt(house: House, intake: Intake, given: Partial<Limits> = {}): Promise<MqttGateway> {
  const way = house.settings.mqttUrl
    ? { ...(await listenOutside(house, intake)), port: null }
    : await startBroker(house, intake, given)
  const dispatch = openDispatch(way)
  const books = openBooks(house)
  // An order may come of the passing of time, or of another process.
  const timer = setInterval(() => books.add(dispatch), dispatchEvery)
  return {
    port: way.port,
    dispatch,
    stop: async () => {
      clearInterval(timer)
      await books.done()
      await way.stop()
    },
  }
}

/** Sends what is ordered to the actuators whose lines are here. The QN that names the order is the command's id. */
function openDispatch(way: Way): (ctx: Ctx) => Promise<void> {
  let lastQn = 0
  return async (ctx) => {
    const actuators = way.connected().filter(({ kind }) => isActuator(kind))
    if (actuators.length === 0) return
    const nextQn = () => sayQn((lastQn = Math.max(lastQn + 1, Date.parse(ctx.now))))
    const ids = actuators.map(({ id }) => id)
    const commands = await takeCommands(ctx, ids, nextQn)
    for (const { qn, unit, on, expiresAt, maxRunSeconds, deviceId } of commands) {
      const { mn } = actuators.find(({ id }) => id === deviceId)!
      const raw = switchCommand({ id: qn!, unit, on, validTo: Date.parse(expiresAt), maxRunSeconds })
      // What the line does not take is not sent again: it shows as unacknowledged.
      way.send(mn, raw)
      const spoken = { deviceId, way: 'out', at: ctx.now, raw, verdict: 'sent', verified: true, fault: null } as const
      await read(ctx, (tx) => noteSpoken(tx, [spoken]))
    }
    await tellDevices(
      ctx,
      commands.map(({ deviceId }) => deviceId),
    )
  }
}
