import type { Day } from '@plumbline/core/kit'
import type { SuspectDay } from '@plumbline/core/telemetry'
import { type Ctx, read } from '../../../base/context.ts'
import { Refused } from '../../../base/errors.ts'
import { devicesOfProject, findDevice } from '../../device/index.ts'
import { getProject } from '../../project/index.ts'
import { paged, pageFrom, requireReached } from '../statistics/period.ts'
import { judgeToday } from './running.ts'
import { dayView, findDay, findDays, listSuspects } from './store.ts'

const daysShown = 30

/** A device's day and the days before. Refuses missing `device`. */
export async function credibilityOf(ctx: Ctx, id: string, ask: { day?: Day | undefined }) {
  const running = ask.day === undefined || ask.day === ctx.today
  const { device, days, past } = await read(ctx, async (tx) => {
    const found = await findDevice(tx, id)
    if (!found) throw new Refused('missing', 'device')
    return {
      device: found,
      days: await findDays(tx, id, daysShown),
      past: running ? undefined : await findDay(tx, id, ask.day!),
    }
  })
  const shown = running ? await judgeToday(ctx, device) : past
  return {
    day: shown ? dayView(shown, running) : null,
    days,
    suspectBelow: ctx.law().number('credibility.suspect_below'),
  }
}

/** The devices of a project whose running day is suspect. Refuses missing `project`. */
export async function doubtedOf(ctx: Ctx, projectId: string) {
  const devices = await read(ctx, async (tx) => {
    await getProject(tx, projectId)
    return (await devicesOfProject(tx, projectId)).filter(({ state }) => state === 'live')
  })
  const rows: SuspectDay[] = []
  for (const device of devices) {
    const judged = await judgeToday(ctx, device)
    if (!judged?.suspect) continue
    const { id: deviceId, name: deviceName, kind, projectName } = device
    rows.push({ ...dayView(judged, true), deviceId, deviceName, kind, projectId, projectName })
  }
  return { rows }
}

interface ListAsk {
  day?: Day | undefined
  projectId?: string | undefined
  after?: string | undefined
  limit: number
}

/** Suspect days of what the reader reaches. Refuses missing `project` where one is asked for that he does not. */
export async function suspectsOf(ctx: Ctx, ask: ListAsk) {
  const seen = pageFrom(ask.after)
  return read(ctx, async (tx) => {
    await requireReached(tx, ask)
    return paged(await listSuspects(tx, { ...ask, seen }), seen, ask.limit)
  })
}
