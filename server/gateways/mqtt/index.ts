import { switchCommand } from '@plumbline/core/codec/sitejson'
import type { Ctx } from '../../base/context.ts'
import type { House } from '../../base/house.ts'
import { openBooks } from '../books.ts'
import type { Intake } from '../intake.ts'
import { openDispatch } from '../orders.ts'
import { type Limits, startBroker } from './broker.ts'
import { listenOutside } from './outside.ts'

export type { Limits } from './broker.ts'

export interface MqttGateway {
  /** Of our own broker; null when an outside one is used. */
  port: number | null
  dispatch(ctx: Ctx): Promise<void>
  stop(): Promise<void>
}

const dispatchEvery = 1_000

export async function startMqtt(house: House, intake: Intake, given: Partial<Limits> = {}): Promise<MqttGateway> {
  const way = house.settings.mqttUrl
    ? { ...(await listenOutside(house, intake)), port: null }
    : await startBroker(house, intake, given)
  const dispatch = openDispatch(() =>
    way.connected().map((device) => ({
      device,
      say: ({ qn, ...order }) => {
        const raw = switchCommand({ ...order, id: qn })
        way.send(device.mn, raw)
        return raw
      },
    })),
  )
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
