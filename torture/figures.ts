import { type Figure, isMet, tableOf } from '../bench/figure.ts'

export type { Figure } from '../bench/figure.ts'

/** How a trial is asked for. */
export interface Asked {
  quick: boolean
  /** Further arguments: `--kills 500`. */
  number(name: string, usual: number): number
  say(line: string): void
  /** Somebody wants the figures now: what is being repeated ends early. */
  interrupted(): boolean
}

export const none = (id: string, what: string, figure: number, note?: string): Figure => ({
  ...{ id, what, figure, unit: '', goal: 0 },
  ...(note ? { note } : {}),
})

export const told = (id: string, what: string, figure: number, unit: string, note?: string): Figure => ({
  ...{ id, what, figure, unit, goal: null },
  ...(note ? { note } : {}),
})

export const atMost = (
  id: string,
  what: string,
  goal: number,
  figure: number,
  unit: string,
  note?: string,
): Figure => ({
  ...{ id, what, figure, unit, goal },
  ...(note ? { note } : {}),
})

export const isBreach = (figure: Figure): boolean => isMet(figure) === false

export { tableOf }
