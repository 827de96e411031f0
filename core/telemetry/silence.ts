import { baseOf } from '../device/index.ts'

/** The quantity of an alarm that concerns the whole device. */
export const wholeDevice = '*'

/** When a quantity last had a normal value (milliseconds). */
export interface LastHeard {
  quantity: string
  normalAt: number
}

/** What should be an open alarm of silence, and since when it has been silent (the last normal value, milliseconds). */
export interface Silence {
  quantity: string
  since: number
}

/**
 * What has fallen silent of one device. Each quantity is asked for itself; when none speaks any more it is the device,
 * once. A quantity that its model does not promise, or that never spoke, owes nothing.
 * @param since the oldest normal value that still counts (milliseconds), see `liveSince`: a jump of the clock is no silence
 */
export function silencesOf(heard: readonly LastHeard[], promised: readonly string[], since: number): Silence[] {
  const owed = heard.filter(({ quantity }) => promised.includes(baseOf(quantity)))
  const silent = owed.filter(({ normalAt }) => normalAt < since)
  if (silent.length < owed.length) return silent.map(({ quantity, normalAt }) => ({ quantity, since: normalAt }))
  return silent.length === 0 ? [] : [{ quantity: wholeDevice, since: Math.max(...silent.map((one) => one.normalAt)) }]
}
