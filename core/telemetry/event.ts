import { z } from 'zod'
import { Instant } from '../workflow/index.ts'

/** What happens at a moment and is no value: told once by its id, however often it is sent. */
const event = <K extends string, B extends z.ZodType>(kind: K, body: B) =>
  z.object({ id: z.string().min(1).max(64), at: Instant, kind: z.literal(kind), body })

/** A vehicle leaves the site (ENV-12, ENV-13). `plate` null: not readable. What the machine cannot tell is null. */
export const ExitBody = z.object({
  plate: z.string().max(16).nullable(),
  washed: z.boolean().nullable(),
  covered: z.boolean().nullable(),
  grossWeight: z.number().min(0).max(200).nullable(),
})
/** Somebody passes a turnstile. A card is known by its digest alone. */
export const PassageBody = z.object({ cardDigest: z.string().max(64), direction: z.enum(['in', 'out']) })
/** A crossing seen by the perimeter's host; `clip` names the file at the vendor's recorder. */
export const IntrusionBody = z.object({ zone: z.string().max(16), clip: z.string().max(200).nullable() })
/** A work cycle of a tower crane (standards 6.1, M). */
export const CycleBody = z.object({
  endedAt: Instant,
  maxLoad: z.number(),
  maxMoment: z.number(),
  driverId: z.string().max(40).nullable(),
})
/** Where a water truck is. */
export const TrackBody = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })

export const SiteEvent = z.discriminatedUnion('kind', [
  event('exit', ExitBody),
  event('passage', PassageBody),
  event('intrusion', IntrusionBody),
  event('cycle', CycleBody),
  event('track', TrackBody),
])
export type SiteEvent = z.infer<typeof SiteEvent>
export type EventKind = SiteEvent['kind']
