import type { City, CityDevice, Saying, Sending } from '../../simulator/city/index.ts'

/** An order as a device understands it, whatever protocol brought it. */
export interface Order {
  id: string
  on: boolean
  validTo: number
  maxRunSeconds: number
}

/** A device's line to the platform. */
export interface CityLine {
  /** Sends a frame, and again on a new connection when the line breaks. Done when it is acknowledged. */
  send(sending: Sending, stepSeconds: number): Promise<void>
  close(): void
}

export interface Hosts {
  hj212Port: number
  mqttPort: number
  url: string
}

export type OpenLine = (
  city: City,
  device: CityDevice,
  hosts: Hosts,
  /** What the device does with an order, and says. */
  onOrder: (order: Order) => Saying[],
) => Promise<CityLine>

/** How long an acknowledgement may take before the frame is sent again. The machine may be busy: it is a long time. */
export const answerMillis = 60_000
