import type { Day } from '@plumbline/core/kit'
import { drawMap, region } from './map.ts'
import { registerOrgs } from './orgs.ts'
import { appoint, named, openRegistry } from './people.ts'
import { drawProjects } from './projects.ts'
import type { County } from './schema.ts'
import { staffOrgs, staffSites } from './staff.ts'

export { photo, type PhotoKey, type PhotoSide, type Scene, scenes } from './photos.ts'
export { placeIn } from './map.ts'
export { random, type Random } from './random.ts'
export * from './schema.ts'

/** The day for which the drawings were made. */
export const drawnDay: Day = '2026-11-20'

/**
 * The fictitious county 青禾县 as it stands on a legal day: towns, enterprises, people and sites under construction.
 * Pure: the same seed and day give the same bytes. The land and the enterprises are the same for every seed.
 */
export function makeCounty(seed: number, today: Day = drawnDay): County {
  const { outline, towns, teams } = drawMap()
  const orgs = registerOrgs()
  const registry = openRegistry(seed, today)
  const officers = appoint(registry)
  const orgPosts = staffOrgs(orgs, registry)
  const sites = drawProjects(seed, today, towns, orgs)
  const sitePosts = staffSites(sites.projects, registry)
  registry.enter(...named.citizen)
  return {
    seed,
    today,
    region,
    name: '青禾县',
    authority: '青禾县住房和城乡建设局',
    outline,
    towns,
    teams,
    orgs,
    people: registry.people,
    officers,
    orgPosts,
    projects: sites.projects,
    sitePosts,
    demo: {
      projects: sites.demo,
      people: {
        inspector: 'person:lin-yuanzhou',
        secondInspector: 'person:zhou-ruoxi',
        neighbourInspector: 'person:inspector-05',
        chief: 'person:chief',
        clerk: 'person:clerk',
        leader: 'person:leader',
        admin: 'person:admin',
        projectManager: named.projectManager[0],
        safetyOfficer: named.safetyOfficer[0],
        chiefEngineer: named.chiefEngineer[0],
        ownerRepresentative: named.ownerRepresentative[0],
        headOffice: named.headOffice[0],
        citizen: named.citizen[0],
      },
    },
  }
}
