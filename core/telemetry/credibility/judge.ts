import { nightMask, spraySensor } from './air.ts'
import { coveredInlet } from './covered.ts'
import { momentMismatch, overloadHidden, workWithoutPeople } from './crane.ts'
import type { DeviceDay } from './day.ts'
import type { CredibilityFinding } from './finding.ts'
import { CheatKind } from './kinds.ts'
import { clockDrift, silentWhenBad } from './presence.ts'
import { copiedNeighbour, replayed } from './sequence.ts'
import type { Thresholds } from './thresholds.ts'
import { clipped, frozen, orderBroken, quantised, unitFlip } from './values.ts'
import { type Detector, viewOf } from './view.ts'

const detectors: Record<CheatKind, Detector> = {
  spray_sensor: spraySensor,
  covered_inlet: coveredInlet,
  frozen,
  quantised,
  clipped,
  replayed,
  order_broken: orderBroken,
  clock_drift: clockDrift,
  moment_mismatch: momentMismatch,
  overload_hidden: overloadHidden,
  work_without_people: workWithoutPeople,
  silent_when_bad: silentWhenBad,
  unit_flip: unitFlip,
  copied_neighbour: copiedNeighbour,
  night_mask: nightMask,
}

/**
 * Everything that is doubtful in a device's day, in order of time. Linear in the number of values.
 * @param kinds only these; all when absent
 */
export function findingsOf(
  day: DeviceDay,
  thresholds: Thresholds,
  kinds: readonly CheatKind[] = CheatKind.options,
): CredibilityFinding[] {
  const view = viewOf(day, thresholds)
  return kinds.flatMap((kind) => detectors[kind](view)).toSorted((a, b) => a.from - b.from)
}
