import { personContract } from '@plumbline/core/person'
import { projectContract } from '@plumbline/core/project'
import { useRoute } from '../../kit/api.ts'

/** People by part of their name, with unit and masked number, for a Picker. */
export function usePeople(words: string) {
  const found = useRoute(personContract.list, { query: { q: words, limit: 20 } }, { enabled: words !== '' })
  const rows = (found.data?.rows ?? []).map(({ id, name, orgName, idMasked }) => ({
    id,
    name,
    note: [orgName, idMasked].filter(Boolean).join(' · '),
  }))
  return { rows, busy: found.isFetching }
}

/** The county's drawn towns; they change rarely. */
export const useTowns = () =>
  useRoute(projectContract.county, {}, { staleTime: 300_000 }).data?.towns.toSorted((one, other) =>
    one.code.localeCompare(other.code),
  ) ?? []
