import { orgContract } from '@plumbline/core/org'
import { useParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'

/** The enterprise of the address: the page and the forms of its steps read the same answer. */
export function useOrg() {
  const { id = '' } = useParams()
  return useRoute(orgContract.get, { params: { id } })
}
