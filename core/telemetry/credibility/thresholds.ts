import { type Law, type RuleCode, rules } from '../../law/index.ts'

type CredibilityCode = Extract<RuleCode, `credibility.${string}`>
type NameOf<Code> = Code extends `credibility.${infer Name}` ? Name : never

/** The numbers of core/law/rules/credibility.ts by what follows `credibility.`. */
export type Thresholds = Record<NameOf<CredibilityCode>, number>

const prefix = 'credibility.'
const isOurs = (code: RuleCode): code is CredibilityCode => code.startsWith(prefix)

/** The thresholds of a day in a region, those an administrator tuned among them. */
export function thresholdsOn(law: Law): Thresholds {
  const codes = rules.map((rule): RuleCode => rule.code).filter(isOurs)
  return Object.fromEntries(codes.map((code) => [code.slice(prefix.length), law.number(code)])) as Thresholds
}
