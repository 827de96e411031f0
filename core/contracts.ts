import { accountContract } from './account/index.ts'
import { baseContract, sessionContract } from './base/index.ts'
import { pourContract } from './danger-work/index.ts'
import { deviceContract } from './device/index.ts'
import { evidenceContract } from './evidence/index.ts'
import { inspectionContract } from './inspection/index.ts'
import type { AnyRoute } from './kit/index.ts'
import { orgContract } from './org/index.ts'
import { permitContract } from './permit/index.ts'
import { personContract } from './person/index.ts'
import { projectContract } from './project/index.ts'
import { rectificationContract } from './rectification/index.ts'
import {
  credibilityContract,
  dispatchContract,
  linkageContract,
  liveContract,
  statisticsContract,
  telemetryContract,
  weatherContract,
} from './telemetry/index.ts'

/** Every route there is, by room and name. */
export const contracts: Record<string, Record<string, AnyRoute>> = {
  base: baseContract,
  session: sessionContract,
  account: accountContract,
  org: orgContract,
  person: personContract,
  project: projectContract,
  device: deviceContract,
  evidence: evidenceContract,
  telemetry: telemetryContract,
  linkage: linkageContract,
  dispatch: dispatchContract,
  live: liveContract,
  statistics: statisticsContract,
  weather: weatherContract,
  credibility: credibilityContract,
  pour: pourContract,
  inspection: inspectionContract,
  permit: permitContract,
  rectification: rectificationContract,
}
