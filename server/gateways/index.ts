import { type Ctx, read, systemContext } from '../base/context.ts'
import type { House } from '../base/house.ts'
import { noteAllDisconnected } from '../rooms/device/index.ts'
import { dropUnsent } from '../rooms/telemetry/index.ts'
import { type Limits as Hj212Limits, startHj212 } from './hj212/index.ts'
import { openIntake } from './intake.ts'

export interface Gateways {
  /** The port that HJ 212 devices reach. */
  hj212Port: number
  /** Stops listening, settles what was taken, closes every socket. Before the pool closes. */
  stop(): Promise<void>
}

/** What a test makes smaller than usual. */
export interface GivenLimits {
  hj212?: Partial<Hj212Limits>
}

/** Opens the doors for devices: whatever their protocol, all frames pass one intake. */
export async function startGateways(house: House, given: GivenLimits = {}): Promise<Gateways> {
  const dispatches: ((ctx: Ctx) => Promise<void>)[] = []
  const intake = openIntake(house, async (ctx) => {
    for (const dispatch of dispatches) await dispatch(ctx)
  })
  const ctx = await systemContext(house)
  await dropUnsent(ctx)
  await read(ctx, noteAllDisconnected)

  const hj212 = await startHj212(house, intake, given.hj212)
  dispatches.push(hj212.dispatch)
  return { hj212Port: hj212.port, stop: () => hj212.stop() }
}
