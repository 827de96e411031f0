import { orgContract } from '@plumbline/core/org'
import { useRoute } from '../../kit/api.ts'

/** Enterprises by part of their name, for a Picker. */
export function useOrgs(words: string) {
  const found = useRoute(orgContract.list, { query: { q: words, limit: 20 } }, { enabled: words !== '' })
  const rows = (found.data?.rows ?? []).map(({ id, name, uscc }) => ({ id, name, note: uscc }))
  return { rows, busy: found.isFetching }
}
