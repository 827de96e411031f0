/** Where a data time stands, all in milliseconds. `at` is the legal time under which the data is kept. */
export type Placing = { ok: true; at: number; late: boolean } | { ok: false; fault: 'in_future' | 'too_old' }

export interface PlacingRule {
  /** How far a device's clock may run ahead. */
  skewMillis: number
  /** How old data may be to be kept. */
  keptMillis: number
  /** How old data may be to raise or clear anything. */
  freshMillis: number
}

/**
 * Places a device's data time on the legal clock. In a demo county whose clock was moved a real device still speaks
 * machine time: when that is the clock it agrees with, its data is placed at the legal moment. Elsewhere both are one.
 */
export function placeTime(told: number, legalNow: number, machineNow: number, rule: PlacingRule): Placing {
  const { skewMillis, keptMillis, freshMillis } = rule
  const moved = Math.abs(legalNow - machineNow) > skewMillis
  const speaksMachineTime = moved && Math.abs(told - machineNow) <= skewMillis && Math.abs(told - legalNow) > skewMillis
  const at = speaksMachineTime ? told + (legalNow - machineNow) : told
  if (at > legalNow + skewMillis) return { ok: false, fault: 'in_future' }
  if (at < legalNow - keptMillis) return { ok: false, fault: 'too_old' }
  return { ok: true, at, late: at < legalNow - freshMillis }
}
