import { z } from 'zod'
import { districtKeys } from '../access/index.ts'
import { findClause, overrideFault, Rule } from '../law/index.ts'
import { defineWorkflow, stepOf } from '../workflow/index.ts'

/** A rule an administrator entered beside those shipped: a county's own number, with its clause and its days. */
export const RuleRecord = z.object({
  id: z.uuid(),
  state: z.enum(['standing']).nullable(),
  county: z.string(),
  rule: Rule,
})
export type RuleRecord = z.infer<typeof RuleRecord>

const step = stepOf<'standing', RuleRecord>()

/** A rule is superseded by a later one, never changed: a decision of the past keeps the version it used. */
export const ruleWorkflow = defineWorkflow<'standing', RuleRecord>()({
  name: 'rule',
  title: '地方规则',
  states: { standing: { label: '已颁行', final: true } },
  steps: {
    enact: step({
      label: '颁行规则',
      from: [null],
      to: 'standing',
      by: ['admin'],
      input: z.object({ rule: Rule }),
      guard: ({ record }) =>
        overrideFault(record.rule) ??
        ((record.rule.region ?? '').startsWith(record.county) ? null : 'rule_outside_county'),
    }),
  },
  head: ({ rule, county }) => ({
    number: null,
    title: `${rule.code} = ${rule.value}${rule.unit}`,
    projectId: null,
    subjects: [],
    parties: [],
    reach: [...districtKeys(county), 'everybody'],
    due: null,
    tier: 'calm',
    timers: [],
    words: [rule.code, findClause(rule.clause)?.title ?? ''],
  }),
})
