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
import { holderOf, type Stage } from './stage.ts'

/** Something that happens at a legal instant. What happens at the same one does not depend on each other. */
interface Moment {
  at: string
  do(): Promise<unknown>
}

/** Sites that were entered later than all others: entered in the morning, begun on the day their works began. */
function laterSites(stage: Stage, first: Day): Moment[] {
  const { county, desk, ids } = stage
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

function visitMoments(stage: Stage, visit: Visit): Moment[] {
  const at = (day: Day, hour: number) => instantAt(day, hours[hour]!)
  let inspectionId = ''
  const arrive: Moment = {
    at: at(visit.day, visit.hour),
    do: async () => (inspectionId = (await inspect(stage, visit, at(visit.day, visit.hour))).id),
  }
  const orders = visit.orders.flatMap((order): Moment[] => {
    let id = ''
    const serve: Moment = {
      at: at(visit.day, visit.hour + 1),
      do: async () => (id = await serveOrder(stage, visit, order, inspectionId)),
    }
    const deeds = order.deeds.map(({ day, hour }, index): Moment => {
      const instant = at(day, hour)
      return { at: instant, do: () => doDeed(stage, visit, order, { id, at: instant, index }) }
    })
    return [serve, ...deeds]
  })
  return [arrive, ...orders]
}

function acceptanceMoments(stage: Stage): Moment[] {
  const { county } = stage
  const at = (age: number, time: string) => instantAt(workdayBefore(county.today, age), time)
  return acceptances(county).flatMap(({ project, fate }): Moment[] => {
    let id = ''
    const apply = async () => (id = await applyForAcceptance(stage, project, fate))
    if (fate === 'submitted') return [{ at: at(1, '10:10'), do: apply }]
    return [
      { at: at(9, '10:10'), do: apply },
      { at: at(6, '14:20'), do: () => decideAcceptance(stage, id, fate) },
    ]
  })
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
export async function liveHistory(stage: Stage, first: Day): Promise<void> {
  const { county, desk } = stage
  const moments = [
    ...laterSites(stage, first),
    ...planHistory(county).flatMap((visit) => visitMoments(stage, visit)),
    ...acceptanceMoments(stage),
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
