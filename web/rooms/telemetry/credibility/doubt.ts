import { credibilityContract } from '@plumbline/core/telemetry'
import { useRoute } from '../../../kit/api.ts'

const often = 60_000

/** What is doubted of a device today; with a day, what was doubted then. */
export const useCredibility = (id: string, day?: string) =>
  useRoute(
    credibilityContract.device,
    { params: { id }, query: day ? { day } : {} },
    day ? {} : { refetchInterval: often },
  )

/** The devices of a project that are doubted today. */
export const useDoubted = (id: string) =>
  useRoute(credibilityContract.project, { params: { id } }, { refetchInterval: often })
