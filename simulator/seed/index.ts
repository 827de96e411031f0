import { dayOf, sayInstant } from '@plumbline/core/kit'
import type { Client } from '../client.ts'
import { historyDays, openCounty } from './administrator.ts'
import { legalNow, moveTo } from './clock.ts'
import { openDesk, takeMainSite } from './desk.ts'
import { livingCounty } from '../living/county.ts'
import { onboardDevices } from './devices.ts'
import { actorsOf, liveHistory } from './history.ts'
import { each, say } from './progress.ts'
import { drawMap, openAccounts, registerOrgs, registerPeople } from './registry.ts'
import { registerSite, registrationDay, startSite } from './sites.ts'

/**
 * Loads the demo county into an empty demo house through its public API, and lives its history up to now. Broken off and
 * begun again it goes on where it stood: what was done is answered by its request id.
 */
export async function loadCounty(client: Client, seed: number): Promise<void> {
  const { county, admin, opened, seenAt } = await openCounty(client, seed)
  await moveTo(admin, opened)
  const desk = openDesk(client, county, admin)
  await drawMap(admin, county)
  const orgs = await registerOrgs(admin, county)
  const people = await registerPeople(admin, county, orgs)
  const ids = { orgs, people }
  await openAccounts(desk, county, ids, actorsOf(county))
  const first = dayOf(new Date(opened))
  const projects = new Map<string, string>()
  await each(
    '项目',
    county.projects.filter((project) => registrationDay(project, first) === first),
    async (project) => {
      const id = await registerSite(desk, county, project, ids)
      projects.set(project.key, id)
      if (project.startDay <= first) await startSite(desk, county, project, id)
    },
  )
  await onboardDevices(admin, livingCounty(county, { seenAt, historyDays }), projects)
  await liveHistory({ county, desk, ids: { ...ids, projects } }, first)
  await moveTo(admin, new Date().toISOString())
  await takeMainSite(client, county)
  say(`演示时钟 ${sayInstant(new Date(await legalNow(admin)))}`)
}
