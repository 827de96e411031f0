import { rectificationContract } from '@plumbline/core/rectification'
import { useRoute } from '../../kit/api.ts'

const byName = (one: { label: string }, other: { label: string }) => one.label.localeCompare(other.label, 'zh-CN')

/** The projects and units that have been ordered something and that the reader reaches: only these can narrow a list. */
export function useChoices() {
  const projects = useRoute(rectificationContract.conservation, { query: {} })
  const units = useRoute(rectificationContract.units, { query: {} })
  return {
    projects: (projects.data?.projects ?? [])
      .map(({ projectId, projectName }) => ({ value: projectId, label: projectName }))
      .toSorted(byName),
    units: (units.data?.rows ?? []).map(({ orgId, orgName }) => ({ value: orgId, label: orgName })).toSorted(byName),
  }
}
