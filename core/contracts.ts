import { accountContract } from './account/index.ts'
import { baseContract, sessionContract } from './base/index.ts'
import { inspectionContract } from './inspection/index.ts'
import type { AnyRoute } from './kit/index.ts'

/** Every route there is, by room and name. */
export const contracts: Record<string, Record<string, AnyRoute>> = {
  base: baseContract,
  session: sessionContract,
  account: accountContract,
  inspection: inspectionContract,
  inspection: inspectionContract,
}
