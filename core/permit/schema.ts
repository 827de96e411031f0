import { z } from 'zod'
import { Instant } from '../workflow/index.ts'
import { Material, MaterialKind } from './materials.ts'

export const ApplicationState = z.enum(['submitted', 'returned', 'accepted', 'withdrawn'])
export type ApplicationState = z.infer<typeof ApplicationState>

/** What is wanting, and where: at one item of the form, or at the application as a whole. */
export const Gap = z.object({ kind: MaterialKind.nullable(), text: z.string().trim().min(2).max(300) })
export type Gap = z.infer<typeof Gap>

const By = z.object({ personId: z.uuid().nullable(), name: z.string(), at: Instant })

/** 联合验收申请: one form, one set of materials for all departments. */
export const Application = z.object({
  id: z.uuid(),
  state: ApplicationState.nullable(),
  /** 青建验受〔2026〕0001号 */
  number: z.string().nullable(),
  projectId: z.uuid(),
  projectName: z.string(),
  projectState: z.string().nullable(),
  district: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  statement: z.string(),
  materials: z.array(Material),
  submitted: By.nullable(),
  /** Every time it was returned, with all gaps named at once. */
  returns: z.array(z.object({ gaps: z.array(Gap), by: By })),
  accepted: By.nullable(),
})
export type Application = z.infer<typeof Application>
