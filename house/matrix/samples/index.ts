import type { Samples } from '../run.ts'
import { accountSamples, baseSamples, sessionSamples } from './base.ts'
import { dispatchSamples } from './dispatches.ts'
import { deviceSamples, linkageSamples, telemetrySamples } from './devices.ts'
import { evidenceSamples } from './evidence.ts'
import { inspectionSamples } from './inspection.ts'
import { permitSamples, rectificationSamples } from './orders.ts'
import { liveSamples, pourSamples } from './pours.ts'
import { orgSamples, personSamples, projectSamples } from './registers.ts'
import { credibilitySamples, statisticsSamples, weatherSamples } from './statistics.ts'

/** A maker for every route, and for every action of a route that carries out acts. */
export const samples: Samples = {
  ...baseSamples,
  ...sessionSamples,
  ...accountSamples,
  ...evidenceSamples,
  ...orgSamples,
  ...personSamples,
  ...projectSamples,
  ...deviceSamples,
  ...telemetrySamples,
  ...linkageSamples,
  ...dispatchSamples,
  ...statisticsSamples,
  ...weatherSamples,
  ...credibilitySamples,
  ...liveSamples,
  ...pourSamples,
  ...inspectionSamples,
  ...permitSamples,
  ...rectificationSamples,
}
