import { z } from 'zod'

/** What may be wrong with a vehicle that leaves (ENV-12, 13, 14). */
export const exitFaults = {
  unwashed: '未冲洗',
  uncovered: '未密闭',
  illegible: '车牌不清',
  overload: '疑似超载',
} as const
export type ExitFault = keyof typeof exitFaults
export const ExitFault = z.enum(Object.keys(exitFaults) as [ExitFault, ...ExitFault[]])

interface Exit {
  washed: boolean
  covered: boolean
  legible: boolean
  plate: string | null
  grossWeight?: number | undefined
}

/** The faults of an exit; `most` is the gross weight in t above which a lorry is taken for overloaded. */
export function faultsOf({ washed, covered, legible, plate, grossWeight }: Exit, most: number): ExitFault[] {
  const found: Record<ExitFault, boolean> = {
    unwashed: !washed,
    uncovered: !covered,
    illegible: !legible || plate === null,
    overload: grossWeight !== undefined && grossWeight > most,
  }
  return ExitFault.options.filter((fault) => found[fault])
}
