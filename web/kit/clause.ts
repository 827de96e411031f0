import { citeClause, findClause } from '@plumbline/core/law'

/** A clause key as people cite it, 《…》 with its article. What is not a key is already said in words. */
export const sayClause = (key: string | null | undefined): string | undefined =>
  key ? (findClause(key) ? citeClause(key) : key) : undefined
