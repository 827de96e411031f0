import { type Ctx, systemContext } from '../base/context.ts'
import type { House } from '../base/house.ts'
import { liveFrom } from '../rooms/telemetry/index.ts'
import type { Moment } from './judge.ts'

/** When a batch is judged, and by which rules. */
export interface Now {
  ctx: Ctx
  moment: Moment
  /** From which moment on a normal value counts as live, in milliseconds. */
  liveFrom: number
}

/** How long rules and the clock's last jump are taken as known. */
const knownMillis = 250

/** Answers the legal moment, with the rules of placing read once in a while instead of for every frame. */
export function openMoments(house: House): () => Promise<Now> {
  let known: { readAt: number; today: string; law: ReturnType<Ctx['law']>; back: number } | undefined
  return async () => {
    const fresh = await systemContext(house)
    const now = Date.parse(fresh.now)
    if (!known || known.today !== fresh.today || Date.now() - known.readAt > knownMillis)
      known = { readAt: Date.now(), today: fresh.today, law: fresh.law(), back: now - (await liveFrom(fresh)) }
    const { law, back } = known
    const minute = 60_000
    const placing = {
      skewMillis: law.number('telemetry.clock_skew') * minute,
      keptMillis: law.number('telemetry.late') * 60 * minute,
      freshMillis: law.number('telemetry.refresh') * minute,
    }
    const moment = { now: fresh.now, legalNow: now, machineNow: Date.now(), placing }
    return { ctx: { ...fresh, law: () => law }, moment, liveFrom: now - back }
  }
}
