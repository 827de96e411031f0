import { z } from 'zod'
import type { Law } from '../law/index.ts'
import type { Broken, Instant } from '../workflow/index.ts'
import { isActuator } from './kinds.ts'
import { getModel } from './models.ts'
import type { Device } from './schema.ts'

/** Which of an actuator's units is to run, or to stand still. */
export const Switch = z.object({ unit: z.number().int().min(1).max(99), on: z.boolean() })
export type Switch = z.infer<typeof Switch>

/** The rules by which every order to an actuator lives. */
export const switchTerms = (law: Law) => ({
  ttlMillis: law.number('actuator.command_ttl') * 1000,
  maxRunSeconds: law.number('dust.spray_run_max') * 60,
  restMillis: law.number('dust.spray_rest') * 60_000,
})

/** An interlock whose time is over holds nothing, also before the clock has taken it away. */
export const isInterlocked = ({ interlock }: Pick<Device, 'interlock'>, now: Instant): boolean =>
  interlock !== null && now < interlock.until

/** What the register itself says against an order; the line and earlier orders are the room's to ask. */
export function barrierOf(device: Device, { unit, on }: Switch, now: Instant): Broken | string | null {
  if (!isActuator(device.kind)) return 'device_not_actuator'
  if (unit > (getModel(device.modelCode).units ?? 0)) return 'sprayer_unit_missing'
  if (!on || !isInterlocked(device, now)) return null
  const { until, by, reason } = device.interlock!
  return { rule: 'actuator_interlocked', detail: { until, by, reason } }
}

/** Why an alarm may not start an actuator now; null when it may. Stopping is never withheld by an interlock. */
export type Withheld = 'manual' | 'interlocked'
export function withheldBy(device: Pick<Device, 'mode' | 'interlock'>, now: Instant): Withheld | null {
  if (device.mode === 'manual') return 'manual'
  return isInterlocked(device, now) ? 'interlocked' : null
}

export const later = (at: Instant, millis: number): Instant => new Date(Date.parse(at) + millis).toISOString()
