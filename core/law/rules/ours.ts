import { always } from './dates.ts'

/** A number that no text names: engineering judgement of ours. A county enters its own beside it. */
export const ours = <const Code extends string, const Clause extends `house.${string}`>(
  code: Code,
  value: number,
  unit: string,
  clause: Clause,
) => ({ code, value, unit, clause, source: 'engineering' as const, from: always })
