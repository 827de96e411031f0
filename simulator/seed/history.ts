import { baseContract } from '@plumbline/core/base'
import { addDays, type Day, dayOf, daysBetween } from '@plumbline/core/kit'
import type { County } from '../county/index.ts'
import { applyForAcceptance, decideAcceptance } from './accept.ts'
import { historyDays } from './administrator.ts'
import { instantAt, moveTo } from './clock.ts'
import { hours } from './courses.ts'
import { inspect } from './inspect.ts'
import { doDeed, serveOrder } from './order.ts'
import { acceptances, planHistory, type Visit, workdayBefore } from './plan.ts'
import { inTurns, say } from './progress.ts'
import { registerSite, registrationDay, startSite } from './sites.ts'
import { holderOf, type Setting } from './setting.ts'

/** Something that happens at a legal instant. What happens at the same one does not depend on each other. */
interface Moment {
  at: string
  do(): Promise<unknown>
}

/** Sites that were entered later than all others: entered in the morning, begun on the day their works began. */
function laterSites(setting: Setting, first: Day): Moment[] {
  const { county, desk, ids } = setting
  return county.projects.flatMap((project): Moment[] => {
    const day = registrationDay(project, first)
    const register: Moment = {
      at: instantAt(day, '08:40'),
      do: async () => ids.projects.set(project.key, await registerSite(desk, county, project, ids)),
    }
    const start: Moment = {
      at: instantAt(project.startDay, '08:50'),
      do: () => startSite(desk, county, project, ids.projects.get(project.key)!),
    }
    if (project.startDay <= first) return []
    return day === first ? [start] : [register, start]
  })
}

function visitMoments(setting: Setting, visit: Visit): Moment[] {
  const at = (day: Day, hour: number) => instantAt(day, hours[hour]!)
  let inspectionId = ''
  const arrive: Moment = {
    at: at(visit.day, visit.hour),
    do: async () => (inspectionId = (await inspect(setting, visit, at(visit.day, visit.hour))).id),
  }
  const orders = visit.orders.flatMap((order): Moment[] => {
    let id = ''
    const serve: Moment = {
      at: at(visit.day, visit.hour + 1),
      do: async () => (id = await serveOrder(setting, visit, order, inspectionId)),
    }
    const deeds = order.deeds.map(({ day, hour }, index): Moment => {
      const instant = at(day, hour)
      return { at: instant, do: () => doDeed(setting, visit, order, { id, at: instant, index }) }
    })
    return [serve, ...deeds]
  })
  return [arrive, ...orders]
}

function acceptanceMoments(setting: Setting): Moment[] {
  const { county } = setting
  const at = (age: number, time: string) => instantAt(workdayBefore(county.today, age), time)
  return acceptances(county).flatMap(({ project, fate }): Moment[] => {
    let id = ''
    const apply = async () => (id = await applyForAcceptance(setting, project, fate))
    if (fate === 'submitted') return [{ at: at(1, '10:10'), do: apply }]
    return [
      { at: at(9, '10:10'), do: apply },
      { at: at(6, '14:20'), do: () => decideAcceptance(setting, id, fate) },
    ]
  })
}

/** The demo people have read what was sent to them by the evening before the newcomer comes. */
function readMessages({ county, desk }: Setting): Moment {
  const read = async (person: string) => {
    const session = await desk.as(person)
    for (;;) {
      const { rows } = await session.call(baseContract.messages, { query: { unread: 'true', limit: 100 } })
      if (rows.length === 0) return
      await session.call(baseContract.markRead, { body: { ids: rows.map(({ id }) => id) } })
    }
  }
  return {
    at: instantAt(workdayBefore(county.today, 1), '17:20'),
    do: () => inTurns(Object.values(county.demo.people), read),
  }
}

/** People outside the bureau who act in the history and so need accounts. */
export function actorsOf(county: County): string[] {
  const sites = planHistory(county).map(({ project }) => project)
  return [
    ...sites.flatMap((project) => [
      holderOf(county, project, 'project_manager'),
      holderOf(county, project, 'chief_engineer'),
    ]),
    ...acceptances(county).map(({ project }) => holderOf(county, project, 'owner_rep')),
  ]
}

/** Lives the six weeks up to yesterday in the order of legal time, each act by the person whose it is. */
export async function liveHistory(setting: Setting, first: Day): Promise<void> {
  const { county, desk } = setting
  const moments = [
    ...laterSites(setting, first),
    ...planHistory(county).flatMap((visit) => visitMoments(setting, visit)),
    ...acceptanceMoments(setting),
    readMessages(setting),
  ]
  const instants = [...Map.groupBy(moments, ({ at }) => at)].sort(([a], [b]) => (a < b ? -1 : 1))
  const start = addDays(county.today, -historyDays)
  let told = Date.now()
  for (const [at, now] of instants) {
    await moveTo(desk.admin, at)
    await inTurns(now, (moment) => moment.do())
    if (Date.now() - told < 2000) continue
    told = Date.now()
    say(`历史 第 ${daysBetween(start, dayOf(new Date(at)))}/${historyDays} 天（${dayOf(new Date(at))}）`)
  }
  say(`历史 第 ${historyDays}/${historyDays} 天`)
}
