import { z } from 'zod'
import { DayString } from '../kit/index.ts'

/**
 * A number of law with the days and the region in which it stands.
 * `from` and `to` are both days on which it stands. `region` is a GB/T 2260 code or a longer one below it; it reaches everything below itself.
 * `source` says how sure we are: 'V:Sn' verified against source n of the handbook, 'M' from memory, 'M?' doubtful,
 * 'seed:n' stated by brief n, 'L' local practice taken as default, 'engineering' ours.
 */
export const Rule = z.object({
  code: z.string().regex(/^[a-z0-9_.]+$/),
  value: z.union([z.number(), z.string(), z.boolean()]),
  unit: z.string(),
  clause: z.string().min(1),
  source: z.string().min(1),
  from: DayString,
  to: DayString.optional(),
  region: z
    .string()
    .regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/)
    .optional(),
})
export type Rule = z.infer<typeof Rule>
