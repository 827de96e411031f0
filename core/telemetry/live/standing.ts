import { z } from 'zod'
import { CauseCode, causesOf, getCause, senseOf } from '../causes.ts'
import type { Asked, Limit } from '../limits.ts'
import { isBeyond } from '../watch.ts'

const LimitView = z.object({ value: z.number(), unit: z.string(), clause: z.string(), strict: z.boolean() })

/** One limit that a quantity is held to there and then: by the value, or by how far it moves within 24 hours. */
export const HeldTo = z.object({
  quantity: z.string(),
  cause: CauseCode,
  title: z.string(),
  measure: z.enum(['value', 'change']),
  side: z.enum(['above', 'below', 'either']),
  centre: z.number(),
  warn: LimitView.nullable(),
  alarm: LimitView.nullable(),
})
export type HeldTo = z.infer<typeof HeldTo>

/** All limits of a quantity, from the law of the day and the device's papers. */
export const heldTo = (asked: Asked): HeldTo[] =>
  causesOf(asked.device.kind, asked.quantity).flatMap((cause) => {
    const { warn, alarm } = cause.limits(asked)
    if (!warn && !alarm) return []
    const { code, title, measure } = getCause(cause.code)
    return [{ quantity: asked.quantity, cause: code, title, measure, ...senseOf(cause, asked.law), warn, alarm }]
  })

export type Standing = 'alarm' | 'warn' | 'calm' | 'unwatched'

const reaches = (limit: Limit | null, value: number, { side, centre }: HeldTo) =>
  limit !== null && isBeyond({ limit: limit.value, strict: limit.strict }, value, { side, centre })

/**
 * Where a value stands among its limits at this moment. An alarm is more than that: it is raised after its hold time and
 * is over only with hysteresis.
 * @param moved how far it moved within 24 hours, or null where that is not known
 */
export function standingOf(limits: readonly HeldTo[], value: number, moved: number | null = null): Standing {
  const told = limits.flatMap((held) => {
    const judged = held.measure === 'value' ? value : moved
    if (judged === null) return []
    return [reaches(held.alarm, judged, held) ? 'alarm' : reaches(held.warn, judged, held) ? 'warn' : 'calm'] as const
  })
  return (['alarm', 'warn', 'calm'] as const).find((one) => told.includes(one)) ?? 'unwatched'
}
