import type { Rule } from '../rule.ts'
import { environmentRules } from './environment.ts'
import { equipmentRules } from './equipment.ts'
import { inspectionRules } from './inspection.ts'
import { identityRules, postRules } from './people.ts'
import { rectificationRules } from './rectification.ts'

/** Every rule the house ships. Regional rules of the database come beside it, see `lawOn`. */
export const rules = [
  ...rectificationRules,
  ...inspectionRules,
  ...equipmentRules,
  ...environmentRules,
  ...postRules,
  ...identityRules,
] as const satisfies readonly Rule[]

export type RuleCode = (typeof rules)[number]['code']
