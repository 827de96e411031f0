import type { Cost } from './meter.ts'
import { mostForeign } from './meter.ts'
import { median } from './statistics.ts'

export interface Options {
  quick: boolean
  rounds: number
  say(line: string): void
}

/** Says when a wall figure was taken on a machine that others were using: it is then told and not to be trusted. */
export function wallNote(costs: readonly Cost[]): string {
  const foreign = median(costs.map((cost) => cost.foreign))
  const steal = median(costs.map((cost) => cost.steal))
  const disturbed = foreign > mostForeign || steal > mostForeign
  const percent = (share: number) => `${Math.round(share * 100)} %`
  return disturbed ? `wall INVALID: ${percent(foreign)} of the machine used by others, ${percent(steal)} stolen` : ''
}
