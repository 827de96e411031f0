import { projectContract } from '@plumbline/core/project'
import { addDays, type Day } from '@plumbline/core/kit'
import { isRefusal, type Session } from '../client.ts'
import type { County, PartyRole, Project } from '../county/index.ts'
import type { Desk } from './desk.ts'
import { idOf } from './names.ts'
import { getId, type Ids } from './registry.ts'

/** Two officers of the team in whose towns a site lies, the first of them 主办. The demo inspectors have the demo sites. */
export function officersOf(county: County, project: Project): [lead: string, second: string] {
  const { officers, towns, demo } = county
  const { inspector, secondInspector } = demo.people
  if (Object.values(demo.projects).includes(project.key)) return [inspector, secondInspector]
  const { team } = towns.find(({ code }) => code === project.town)!
  const own = officers.filter((one) => one.capacity === 'inspector' && one.team === team).map(({ person }) => person)
  const turn = Number(project.key.slice(-3))
  return [own[turn % own.length]!, own[(turn + 1) % own.length]!]
}

/** The day on which a site is entered: with all others on the first, or some days before its works begin. */
export const registrationDay = (project: Project, first: Day): Day => {
  const ahead = addDays(project.startDay, -4)
  return ahead > first ? ahead : first
}

function factsOf(county: County, project: Project, ids: { orgs: Ids; people: Ids }) {
  const { code, name, town, address, point, sector, category, area, cost, stage, tags, permitNo, startDay } = project
  const { name: contact, phone } = county.people.find(({ key }) => key === project.contact)!
  const posts = county.sitePosts.filter((post) => post.project === project.key)
  return {
    ...{ code, name, address, point, sector, category, area, cost, stage, tags, permitNo, startDay },
    district: town,
    contact: { name: contact, phone },
    parties: (Object.entries(project.parties) as [PartyRole, string][]).map(([role, org]) => ({
      role,
      orgId: getId(ids.orgs, org),
    })),
    posts: posts.map(({ capacity, org, person }) => ({
      capacity,
      orgId: getId(ids.orgs, org),
      personId: getId(ids.people, person),
    })),
  }
}

/** Enters a site and assigns its officers. Answers its id. */
export async function registerSite(
  desk: Desk,
  county: County,
  project: Project,
  ids: { orgs: Ids; people: Ids },
): Promise<string> {
  const { seed, demo } = county
  const clerk = await desk.as(demo.people.clerk)
  const { record } = await clerk
    .call(projectContract.register, {
      body: { requestId: idOf(seed, project.key), input: factsOf(county, project, ids) },
    })
    .catch(async (error: unknown) => {
      if (!isRefusal(error, 'project_code_taken')) throw error
      return { record: await findSite(clerk, project.code) }
    })
  const chief = await desk.as(demo.people.chief)
  const officers = officersOf(county, project).map((person, at) => ({
    personId: getId(ids.people, person),
    lead: at === 0,
  }))
  await chief.call(projectContract.assign, {
    params: { id: record.id },
    body: { requestId: idOf(seed, 'assign', project.key), action: 'assign', input: { officers } },
  })
  return record.id
}

async function findSite(clerk: Session, code: string) {
  const { rows } = await clerk.call(projectContract.list, { query: { q: code } })
  const found = rows.find((one) => one.code === code)
  if (!found) throw new Error(`project ${code} is taken and not seen`)
  return found
}

export async function startSite(desk: Desk, { seed, demo }: County, project: Project, id: string): Promise<void> {
  const clerk = await desk.as(demo.people.clerk)
  await clerk.call(projectContract.act, {
    params: { id },
    body: { requestId: idOf(seed, 'start', project.key), action: 'start', input: { day: project.startDay } },
  })
}
