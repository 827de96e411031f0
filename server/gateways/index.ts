import type { House } from '../base/house.ts'
import { startHj212 } from './hj212/index.ts'

export interface Gateways {
  /** The port that HJ 212 devices reach. */
  hj212Port: number
  /** Stops listening, settles what was taken, closes every socket. Before the pool closes. */
  stop(): Promise<void>
}

/** Opens the doors for devices. */
export async function startGateways(house: House): Promise<Gateways> {
  const hj212 = await startHj212(house)
  return { hj212Port: hj212.port, stop: () => hj212.stop() }
}
