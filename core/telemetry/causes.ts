import { baseOf, type DeviceKind } from '../device/index.ts'
import type { Law } from '../law/index.ts'
import { inAir } from './causes/air.ts'
import { inGround } from './causes/ground.ts'
import { onMachines } from './causes/machines.ts'
import { type Cause, type CauseCode, minutesOf } from './causes/row.ts'
import { onSite } from './causes/site.ts'
import type { Asked, Limit, Limits } from './limits.ts'
import type { AlarmLevel, Bound, Sense, WatchRule } from './watch.ts'

export { type Cause, CauseCode } from './causes/row.ts'

export const causes: readonly Cause[] = [...inAir, ...onMachines, ...inGround, ...onSite]

const byCode = new Map(causes.map((cause) => [cause.code, cause]))
const byQuantity = new Map<DeviceKind, Map<string, Cause[]>>()
for (const cause of causes)
  for (const kind of cause.kinds) {
    const ofKind = byQuantity.get(kind) ?? new Map<string, Cause[]>()
    byQuantity.set(kind, ofKind)
    for (const quantity of cause.quantities) ofKind.set(quantity, [...(ofKind.get(quantity) ?? []), cause])
  }
const none: readonly Cause[] = []

/** What a quantity of such a device is watched for; a code with a point like its base. */
export function causesOf(kind: DeviceKind, quantity: string): readonly Cause[] {
  const ofKind = byQuantity.get(kind)
  if (!ofKind) return none
  return ofKind.get(quantity) ?? (quantity.includes('@') ? ofKind.get(baseOf(quantity)) : undefined) ?? none
}

export function getCause(code: string): Cause {
  const found = byCode.get(code as CauseCode)
  if (!found) throw new Error(`no cause ${code}`)
  return found
}

export const senseOf = ({ sense }: Pick<Cause, 'sense'>, law: Law): Sense =>
  typeof sense === 'function' ? sense(law) : sense

/** Causes that switch a sprayer. */
export const spraying: readonly CauseCode[] = causes.filter(({ sprays }) => sprays).map(({ code }) => code)

const boundOf = (limit: Limits['warn']): Bound | null => limit && { limit: limit.value, strict: limit.strict }

/** How a cause is watched there and then, or null where nothing limits the quantity. */
export function watchOf(cause: Cause, asked: Asked): WatchRule | null {
  const { warn, alarm } = cause.limits(asked)
  const lowest = warn ?? alarm
  if (!lowest) return null
  const { law } = asked
  return {
    sense: senseOf(cause, law),
    warn: boundOf(warn),
    alarm: boundOf(alarm),
    by: 'value',
    holdSeconds: 0,
    band: (Math.abs(lowest.value) * law.number('alarm.hysteresis')) / 100,
    meanSeconds: 0,
    mean: 'arithmetic',
    share: law.number('telemetry.valid_share') / 100,
    calmSeconds: minutesOf(law, 'alarm.calm'),
    minimumSeconds: 0,
    restSeconds: 0,
    gapSeconds: minutesOf(law, 'telemetry.refresh'),
    ...cause.course?.(asked),
  }
}

/** The limit at which a level begins; a cause without a warning begins at the alarm. */
export function limitOf(cause: Cause, asked: Asked, level: AlarmLevel): (Limit & Sense) | null {
  const { warn, alarm } = cause.limits(asked)
  const limit = level === 'alarm' ? alarm : (warn ?? alarm)
  return limit && { ...limit, ...senseOf(cause, asked.law) }
}
