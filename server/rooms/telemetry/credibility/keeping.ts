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

/** By house: when it last found nothing to do (machine time). */
const rested = new WeakMap<Ctx['house'], number>()

/** The room's tick: some of the devices whose day is over and not judged. */
export async function keepCredibility(ctx: Ctx): Promise<void> {
  const last = rested.get(ctx.house)
  if (last !== undefined && performance.now() - last < askEvery) return
  if ((await judgeEnded(ctx)) === 0) rested.set(ctx.house, performance.now())
}

/** Judges up to a chunk of devices of the latest day that has any left. Answers how many. */
export async function judgeEnded(ctx: Ctx): Promise<number> {
  for (const day of endedDays(ctx)) {
    const [from, until] = [startOf(day), startOf(addDays(day, 1))].map((at) => iso(at.getTime())) as [string, string]
    const devices = await read(ctx, async (tx) =>
      findDevices(tx, await findUnjudged(tx, { day, from, until, kinds: judgedKinds, limit: chunk })),
    )
    if (devices.length === 0) continue
    const shelf: Shelf = new Map()
    const judged: Judged[] = []
    for (const device of devices) {
      // A day with readings of which none is looked at is judged too: nothing speaks against it.
      const verdict = await judge(ctx, device, day, { shelf })
      judged.push(verdict ?? { deviceId: device.id, day, score: 100, suspect: false, findings: [] })
    }
    // First the cases, which bear being told twice: a day that is saved is not looked at again.
    for (const [index, device] of devices.entries()) await followVerdict(ctx, device, judged[index]!)
    await read(ctx, (tx) => saveJudged(tx, judged, ctx.now))
    if (judged.some(({ suspect }) => suspect))
      await ctx.house.stream.tell([{ room: 'credibility', caseId: '', reach: ['everybody'] }])
    return judged.length
  }
  return 0
}

/** The last days that are over, the latest first; late frames of the evening are waited for. */
function endedDays(ctx: Ctx): Day[] {
  const grace = ctx.law().number('statistics.grace') * 60_000
  const running = dayOf(new Date(Date.parse(ctx.now) - grace))
  return Array.from({ length: lastDays }, (_, index) => addDays(running, -1 - index))
}
