import type { Device } from '@plumbline/core/device'
import { addDays, type Day, dayOf, startOf } from '@plumbline/core/kit'
import { type Ctx, read } from '../../../base/context.ts'
import { findDevices } from '../../device/index.ts'
import { followVerdict } from './doubts.ts'
import { type Judged, judge, judgedKinds, type Shelf } from './judging.ts'
import { iso } from './series.ts'
import { findUnjudged, saveJudged } from './store.ts'

/** Devices in one tick: a second or so of work, and the alarms' own tick comes between. */
const chunk = 8
/** What is older is not judged: after a jump of a demo clock, or a long absence, there would be months of it. */
const lastDays = 7
const askEvery = 60_000
/** How long a device that could not be judged is left aside (legal time). */
const tryAgain = 3_600_000

interface Rest {
  /** Machine time. */
  at: number
  day: Day
}
/** By house: when it last found nothing to do, and which was the last day that was over. */
const rested = new WeakMap<Ctx['house'], Rest>()
/** By house: devices that could not be judged, and when that was tried. */
const failed = new WeakMap<Ctx['house'], Map<string, number>>()

/** The room's tick: some of the devices whose day is over and not judged. */
export async function keepCredibility(ctx: Ctx): Promise<void> {
  const day = endedDays(ctx)[0]!
  const last = rested.get(ctx.house)
  if (last?.day === day && performance.now() - last.at < askEvery) return
  if ((await judgeEnded(ctx)) === 0) rested.set(ctx.house, { at: performance.now(), day })
}

/** Judges up to a chunk of devices of the latest day that has any left. Answers how many were tried. */
export async function judgeEnded(ctx: Ctx): Promise<number> {
  const aside = leftAside(ctx)
  for (const day of endedDays(ctx)) {
    const [from, until] = [startOf(day), startOf(addDays(day, 1))].map((at) => iso(at.getTime())) as [string, string]
    const ask = { day, from, until, kinds: judgedKinds, except: [...aside.keys()], limit: chunk }
    const devices = await read(ctx, async (tx) => findDevices(tx, await findUnjudged(tx, ask)))
    if (devices.length === 0) continue
    const shelf: Shelf = new Map()
    const judged: Judged[] = []
    for (const device of devices) {
      const verdict = await judgeOne(ctx, device, day, shelf).catch((error: unknown) => {
        ctx.house.log.error({ err: error, device: device.id, day }, 'a device could not be judged')
        aside.set(device.id, Date.parse(ctx.now))
      })
      if (verdict) judged.push(verdict)
    }
    await read(ctx, (tx) => saveJudged(tx, judged, ctx.now))
    if (judged.some(({ suspect }) => suspect))
      await ctx.house.stream.tell([{ room: 'credibility', caseId: '', reach: ['everybody'] }])
    return devices.length
  }
  return 0
}

/** First the case, which bears being told twice: a day that is saved is not looked at again. */
async function judgeOne(ctx: Ctx, device: Device, day: Day, shelf: Shelf): Promise<Judged> {
  // A day with readings of which none is looked at is judged too: nothing speaks against it.
  const verdict = (await judge(ctx, device, day, { shelf })) ?? nothingAgainst(device.id, day)
  await followVerdict(ctx, device, verdict)
  return verdict
}

const nothingAgainst = (deviceId: string, day: Day): Judged => ({
  ...{ deviceId, day, score: 100, suspect: false },
  findings: [],
})

/** What could not be judged a while ago is tried again. */
function leftAside({ house, now }: Ctx): Map<string, number> {
  const aside = failed.get(house) ?? new Map<string, number>()
  failed.set(house, aside)
  for (const [id, at] of aside) if (Date.parse(now) - at >= tryAgain) aside.delete(id)
  return aside
}

/** The last days that are over, the latest first; late frames of the evening are waited for. */
function endedDays(ctx: Ctx): Day[] {
  const grace = ctx.law().number('statistics.grace') * 60_000
  const running = dayOf(new Date(Date.parse(ctx.now) - grace))
  return Array.from({ length: lastDays }, (_, index) => addDays(running, -1 - index))
}
