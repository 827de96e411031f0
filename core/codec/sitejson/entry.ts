import { largest, note, sayName, type SiteProblem } from './message.ts'

/** A JSON object of which nothing is known yet. */
export type Entry = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && value <= largest && value >= -largest

/** Tells of the keys that the form does not know; null is the same as left out. */
export function noteUnknown(entry: Entry, known: ReadonlySet<string>, path: string, problems: SiteProblem[]): void {
  for (const key in entry) {
    if (!known.has(key) && entry[key] !== null) note(problems, 'field_unknown', path + sayName(key))
  }
}
