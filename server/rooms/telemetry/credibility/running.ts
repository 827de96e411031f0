import type { Device } from '@plumbline/core/device'
import { type Ctx, systemContext } from '../../../base/context.ts'
import { isJudged, judge, type Judged } from './judging.ts'
import { type JudgedDay, toKept } from './store.ts'

/** How long the judging of a running day is shown to whoever asks (machine time): it reads two days of seven stations. */
const fresh = 60_000

interface Kept {
  at: number
  judged: Promise<JudgedDay | null>
}
/** By house and device; and the end of the queue: one is judged after the other, however many pages are open. */
const kept = new WeakMap<Ctx['house'], { byDevice: Map<string, Kept>; last: Promise<unknown> }>()

/**
 * The running day of a device, judged up to now; null where it has told nothing today. The caller has seen the device
 * through the reader's wall; the neighbours are read as the system reads, and are not named in what is found.
 */
export function judgeToday(ctx: Ctx, device: Device): Promise<JudgedDay | null> {
  if (!isJudged(device)) return Promise.resolve(null)
  const own = kept.get(ctx.house) ?? { byDevice: new Map<string, Kept>(), last: Promise.resolve() }
  kept.set(ctx.house, own)
  const now = performance.now()
  for (const [id, { at }] of own.byDevice) if (now - at >= fresh) own.byDevice.delete(id)
  const known = own.byDevice.get(device.id)
  if (known) return known.judged
  const judged = own.last.then(() => judgeNow(ctx, device))
  own.last = judged.catch(() => undefined)
  own.byDevice.set(device.id, { at: now, judged })
  // What failed is not kept: the next who asks tries again.
  judged.catch(() => own.byDevice.delete(device.id))
  return judged
}

async function judgeNow(ctx: Ctx, device: Device): Promise<JudgedDay | null> {
  const system = await systemContext(ctx.house)
  const judged: Judged | null = await judge(system, device, system.today, { until: Date.parse(system.now) })
  return judged && { ...judged, findings: judged.findings.map(toKept), judgedAt: system.now }
}
