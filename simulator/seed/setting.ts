import type { ActLine } from '@plumbline/core/workflow'
import type { Session } from '../client.ts'
import type { County, Project } from '../county/index.ts'
import type { Desk } from './desk.ts'
import { getId, type Ids } from './registry.ts'

/** What a deed of the history is done with: the people who can act, and the house's ids of what the county names by keys. */
export interface Setting {
  county: County
  desk: Desk
  ids: { orgs: Ids; people: Ids; projects: Map<string, string> }
}

export const nameOf = ({ county }: Setting, person: string): string =>
  county.people.find(({ key }) => key === person)!.name

/** Who holds a post on a site; the first where several do. */
export function holderOf(county: County, project: Project, capacity: County['sitePosts'][number]['capacity']): string {
  const post = county.sitePosts.find((one) => one.project === project.key && one.capacity === capacity)
  if (!post) throw new Error(`${project.key} has no ${capacity}`)
  return post.person
}

export const sessionOf = (
  setting: Setting,
  project: Project,
  capacity: Parameters<typeof holderOf>[2],
): Promise<Session> => setting.desk.as(holderOf(setting.county, project, capacity), project.name)

export const orgIdOf = ({ ids }: Setting, { parties }: Project, unit: 'owner' | 'contractor' | 'supervision'): string =>
  getId(ids.orgs, parties[unit])

/** How often a step was taken: what a loading that is gone on with need not do again. */
export const countOf = (acts: readonly ActLine[], topic: string): number =>
  acts.filter((act) => act.topic === topic).length
