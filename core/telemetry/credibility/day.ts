/** A value of one quantity at its legal time (milliseconds), with its data mark ('!' impossible, null not told). */
export interface TimedValue {
  at: number
  value: number
  flag: string | null
}

/** By quantity code, each in order of time, each instant once, all of one span. */
export type SeriesByQuantity = Readonly<Record<string, readonly TimedValue[]>>

/** `[from, until)` in milliseconds. */
export interface Stretch {
  from: number
  until: number
}

/** What is known of one device and of its site in a window, commonly a day. Facts that the house has not are empty or null. */
export interface DeviceDay extends Stretch {
  /** Seconds from one value to the next. */
  periodSeconds: number
  /** Values may begin before `from`: what came earlier is history, by which the window is judged. */
  series: SeriesByQuantity
  /** Stations near enough to breathe the same air, with the same history; three or more, for each is silent now and then. */
  neighbours: readonly { deviceId: string; series: SeriesByQuantity }[]
  /** When the linked sprayer ran, by our command or by its own state. */
  sprays: readonly Stretch[]
  /** Of every frame: when it was received, and what its data time was ahead of that. */
  clock: readonly { at: number; skewMillis: number }[]
  /** What the site would not like to exceed. A quantity may have several (noise by day, by night). */
  limits: readonly { quantity: string; value: number }[]
  /** When someone looked: inspections on site, hours of a stricter limit. */
  watched: readonly Stretch[]
  /** How many people were inside, whenever it was told; null when the site has no count. */
  people: readonly TimedValue[] | null
  /** The rated moment of a crane (t·m), where the register has it. */
  ratedMoment: number | null
}
