import { projectContract } from '@plumbline/core/project'
import { useParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'

/** The project of the address: the page and the forms of its steps read the same answer. */
export function useProject() {
  const { id = '' } = useParams()
  return useRoute(projectContract.get, { params: { id } })
}
