import type { FieldName } from '../../../kit/fields.ts'

/** The server counts the items it was sent; a form of items keeps them by their id, and what is said of one in `field` if it has one name. */
export const byItem = ([list, at, ...rest]: FieldName, sent: readonly string[], field?: string): FieldName =>
  list === 'items' && typeof at === 'number'
    ? ['items', sent[at] ?? at, ...(field ? [field] : rest)]
    : [list!, at!, ...rest]
