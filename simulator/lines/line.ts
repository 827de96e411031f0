import type { Point } from '@plumbline/core/kit'
import type { City, CityDevice, Saying, Sending } from '../city/index.ts'

/** An order as a device understands it, whatever protocol brought it. */
export interface Order {
  id: string
  on: boolean
  validTo: number
  maxRunSeconds: number
  /** Where a vehicle is to work. */
  to?: Point
}

/** A device's line to the platform. */
export interface DeviceLine {
  /** Sends a frame, and again on a new connection when the line breaks. Done when it is acknowledged. */
  send(sending: Sending, stepSeconds: number): Promise<void>
  close(): void
}

/** Where the platform is, by protocol: the ports are of the host of `url`. */
export interface Hosts {
  hj212Port: number
  mqttPort: number
  url: string
  /** Lets a device take the time it needs before it says something, by its own clock; without it everything is said at once. */
  pace?: (at: number, say: () => void) => void
}

export const hostOf = ({ url }: Hosts): string => new URL(url).hostname

/** Says what a device answers to an order, each in its own time. */
export function saySlowly(
  { pace }: Hosts,
  sayings: readonly Saying[],
  say: (one: Saying, index: number) => void,
): void {
  for (const [index, one] of sayings.entries()) {
    if (pace) pace(one.at, () => say(one, index))
    else say(one, index)
  }
}

export type OpenLine = (
  city: City,
  device: CityDevice,
  hosts: Hosts,
  /** What the device does with an order, and says. */
  onOrder: (order: Order) => Saying[],
) => Promise<DeviceLine>

/** How long an acknowledgement may take before the frame is sent again. The machine may be busy: it is a long time. */
export const answerMillis = 60_000
