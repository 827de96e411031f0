import { baseContract } from '@plumbline/core/base'
import { useRoute } from './api.ts'

/** Entries of a register by name or pinyin initials, for a Picker: through the search that serves all rooms. */
const fromSearch = (room: string) =>
  function useFound(words: string) {
    const found = useRoute(baseContract.search, { query: { q: words, room, limit: 20 } }, { enabled: words !== '' })
    const rows = (found.data?.rows ?? []).map(({ id, title, number }) => ({ id, name: title, note: number }))
    return { rows, busy: found.isFetching }
  }

export const usePeople = fromSearch('person')
export const useOrgs = fromSearch('org')
export const useProjects = fromSearch('project')
