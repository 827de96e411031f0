import { completenessOf, placeSite, type Project } from '@plumbline/core/project'
import { equipmentDuties } from '@plumbline/core/law'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { findOrgs } from '../org/index.ts'
import { findPeople } from '../person/index.ts'
import { getTowns } from './towns.ts'

/**
 * Fills in what follows from a project's facts: its town and zone, the names of its units and people, its duties under the
 * law of its own day, its completeness. Refuses unmet town_unknown, point_outside_town, org_unknown, person_unknown.
 */
export async function settleFacts(tx: Db, ctx: Ctx, project: Project, before?: Project): Promise<Project> {
  const placed = await settlePlace(tx, project, before)
  const named = { ...placed, ...(await settleNames(tx, placed)) }
  const judged = { ...named, duties: equipmentDuties(named, ctx.house.law(lawDay(named))) }
  return { ...judged, completeness: completenessOf(judged).percent }
}

/** A later text does not reach back: the law of the day its works begin, or, while none is named, of its registration. */
const lawDay = ({ startDay, registeredOn }: Project) => startDay ?? registeredOn

/** A site that did not move is not judged by borders drawn since. */
async function settlePlace(tx: Db, project: Project, before: Project | undefined): Promise<Project> {
  const { district, point } = project
  if (before?.district === district && before.point.lon === point.lon && before.point.lat === point.lat) return project
  const placed = placeSite(await getTowns(tx), district, point)
  if (!placed.ok) throw new Refused('unmet', placed.rule, { district, point })
  return { ...project, town: placed.town.name, inZone: placed.inZone }
}

/** Names as the registers have them now. What is newly given must stand in the register; what stood may have left it since. */
async function settleNames(tx: Db, { parties, posts }: Project): Promise<Pick<Project, 'parties' | 'posts'>> {
  const orgs = new Map(
    (await findOrgs(tx, [...new Set(parties.map(({ orgId }) => orgId))])).map((org) => [org.id, org]),
  )
  const personIds = [...new Set(posts.map(({ personId }) => personId))]
  const people = new Map((await findPeople(tx, personIds)).map((person) => [person.id, person]))
  return {
    parties: parties.map((party) => {
      const org = orgs.get(party.orgId)
      if (party.orgName === '' && org?.state !== 'registered')
        throw new Refused('unmet', 'org_unknown', { orgId: party.orgId })
      return { ...party, orgName: org?.name ?? party.orgName }
    }),
    posts: posts.map((post) => {
      const person = people.get(post.personId)
      if (post.name === '' && person?.state !== 'registered')
        throw new Refused('unmet', 'person_unknown', { personId: post.personId })
      return { ...post, name: person?.name ?? post.name, phone: person?.phone ?? post.phone }
    }),
  }
}
