import { z } from 'zod'
import type { SiteEvent as Told } from '../codec/sitejson/index.ts'
import { Instant } from '../workflow/index.ts'

/** What happens at a moment and is no value: kept once by its id, however often it is sent. */
const event = <K extends Told['kind'], B extends z.ZodType>(kind: K, body: B) =>
  z.object({ id: z.string(), at: Instant, kind: z.literal(kind), body })

/** A vehicle leaves the site (ENV-12, ENV-13). `plate` is null when nothing could be read; `grossWeight` in t. */
export const ExitBody = z.object({
  plate: z.string().nullable(),
  washed: z.boolean(),
  covered: z.boolean(),
  legible: z.boolean(),
  grossWeight: z.number().optional(),
})
/** Somebody passes a turnstile: a card is known by its digest alone. */
export const PassageBody = z.object({ cardDigest: z.string(), direction: z.enum(['in', 'out']) })
export const IntrusionBody = z.object({ zone: z.string() })
/** A lift of a crane from `at` to `endedAt` (ms): loads in t, moments in %, heights and amplitudes in m. */
export const CycleBody = z.object({
  endedAt: z.number(),
  maxLoad: z.number().optional(),
  maxMomentPercent: z.number().optional(),
  maxWindSpeed: z.number().optional(),
  startHeight: z.number().optional(),
  endHeight: z.number().optional(),
  startAmplitude: z.number().optional(),
  endAmplitude: z.number().optional(),
  startRound: z.number().optional(),
  endRound: z.number().optional(),
  driverId: z.string().optional(),
})
/** Where a vehicle was, in degrees of WGS 84. */
export const TrackBody = z.object({ lon: z.number(), lat: z.number() })

export const SiteEvent = z.discriminatedUnion('kind', [
  event('exit', ExitBody),
  event('passage', PassageBody),
  event('intrusion', IntrusionBody),
  event('cycle', CycleBody),
  event('track', TrackBody),
])
export type SiteEvent = z.infer<typeof SiteEvent>
export type EventKind = SiteEvent['kind']

/** An event as a device told it, on the legal clock. */
export const eventOf = (told: Told, at: Instant): SiteEvent => ({ ...told, at })
