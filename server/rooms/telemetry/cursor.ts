import { Refused } from '../../base/errors.ts'

/** The row after which a page begins, of a list by moment and id. */
export interface Cursor {
  at: string
  id: string
}

export const sayCursor = ({ at, id }: Cursor): string => `${at}_${id}`

/** Refuses malformed `cursor`. */
export function cursorOf(after: string | undefined): Cursor | null {
  if (after === undefined) return null
  const [, at, id] = /^(\d{4}-[\d:.TZ-]{10,25})_([\da-f-]{36})$/.exec(after) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new Refused('malformed', 'cursor')
  return { at, id }
}
