import type { Rule } from '../rule.ts'
import { alarmRules } from './alarm.ts'
import { credibilityRules } from './credibility.ts'
import { environmentRules } from './environment.ts'
import { equipmentRules } from './equipment.ts'
import { groundRules } from './ground.ts'
import { inspectionRules } from './inspection.ts'
import { liftingRules } from './lifting.ts'
import { identityRules, postRules } from './people.ts'
import { rectificationRules } from './rectification.ts'
import { statisticsRules } from './statistics.ts'

/** Every rule the house ships. Regional rules of the database come beside it, see `lawOn`. */
export const rules = [
  ...rectificationRules,
  ...inspectionRules,
  ...equipmentRules,
  ...environmentRules,
  ...liftingRules,
  ...groundRules,
  ...alarmRules,
  ...credibilityRules,
  ...statisticsRules,
  ...postRules,
  ...identityRules,
] as const satisfies readonly Rule[]

export type RuleCode = (typeof rules)[number]['code']
