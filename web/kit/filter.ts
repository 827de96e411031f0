import { useSearchParams } from 'react-router'

/** An address with some of its names set anew; a value that is empty takes its name out. */
export function changed(old: URLSearchParams, changes: Record<string, string | undefined>): URLSearchParams {
  const next = new URLSearchParams(old)
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return next
}

/** A list's filter lives in its address: a number elsewhere links to exactly its rows, and the way back keeps them. */
export function useFilter<K extends string>(
  names: readonly K[],
): {
  filter: Partial<Record<K, string>>
  set: (changes: Partial<Record<K, string | undefined>>) => void
} {
  const [params, setParams] = useSearchParams()
  const filter: Partial<Record<K, string>> = {}
  for (const name of names) {
    const value = params.get(name)
    if (value) filter[name] = value
  }
  const set = (changes: Partial<Record<K, string | undefined>>) =>
    setParams((old) => changed(old, changes), { replace: true })
  return { filter, set }
}

/** The value when it is one of these; anything else in an address is ignored. */
export const oneOf = <V extends string>(value: string | undefined, options: readonly { value: V }[]): V | undefined =>
  options.find((option) => option.value === value)?.value

/** A flag as an address and a query write it. */
export const flagOf = (value: string | undefined): 'true' | 'false' | undefined =>
  value === 'true' || value === 'false' ? value : undefined
