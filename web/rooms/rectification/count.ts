import { rectificationContract } from '@plumbline/core/rectification'
import { useRoute } from '../../kit/api.ts'

/** How many notices that the reader reaches stand open; the number beside 责令整改. */
export const useOpenCount = (): number | undefined =>
  useRoute(rectificationContract.conservation, { query: {} }).data?.total.open
