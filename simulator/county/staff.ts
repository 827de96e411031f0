import { lawOn, safetyOfficersRequired } from '@plumbline/core/law'
import { region } from './map.ts'
import { named, type Registry } from './people.ts'
import type { Org, OrgPost, Project, SitePost } from './schema.ts'

/** How many sites a chief supervising engineer, or an owner's representative, of this county looks after at most. */
const sitesPerChief = 3 // not more than the three that standards.md section 8 allows with the owner's consent
const sitesPerRepresentative = 4

/** The people who answer for enterprises: every 法定代表人, and one head office per group. */
export function staffOrgs(orgs: Org[], registry: Registry): OrgPost[] {
  return orgs.flatMap((org): OrgPost[] => {
    registry.enter(org.legalRepresentative)
    const legal = { person: org.legalRepresentative, org: org.key, capacity: 'company', title: '法定代表人' } as const
    if (org.role !== 'group') return [legal]
    const office =
      org.key === 'org:group-01'
        ? registry.enter(...named.headOffice)
        : registry.enter(`person:head-office-${org.key.slice(-2)}`)
    return [legal, { person: office.key, org: org.key, capacity: 'company', title: '集团安全总监' }]
  })
}

/** Gives each unit's people to its sites in turn, a new person when the last one has as many as `most`. */
function rota(registry: Registry, prefix: string, most: number) {
  const last = new Map<string, { person: string; sites: number }>()
  let drawn = 0
  return {
    next(org: string): string {
      const seat = last.get(org)
      if (seat && seat.sites < most) {
        seat.sites += 1
        return seat.person
      }
      const person = registry.enter(`person:${prefix}-${String(++drawn).padStart(3, '0')}`).key
      last.set(org, { person, sites: 1 })
      return person
    },
    seat(org: string, person: string): void {
      last.set(org, { person, sites: 0 })
    },
  }
}

/** 专职安全生产管理人员 by the quota of the day the works began: ㎡ for buildings, 万元 for the rest. */
function officersFor(project: Project): number {
  const { area, cost } = project
  const measure = area === null ? ({ by: 'cost', cost } as const) : ({ by: 'area', area } as const)
  return safetyOfficersRequired(measure, lawOn(project.startDay, region)).count
}

/**
 * Fills the key posts of every site and sets the site's contact.
 * A 项目经理 has one site only, as the law asks; the named people work on the first site, 城东污水厂扩建工程.
 */
export function staffSites(projects: Project[], registry: Registry): SitePost[] {
  const chiefs = rota(registry, 'chief-engineer', sitesPerChief)
  const representatives = rota(registry, 'owner-representative', sitesPerRepresentative)
  const [first] = projects
  if (first) {
    chiefs.seat(first.parties.supervision, registry.enter(...named.chiefEngineer).key)
    representatives.seat(first.parties.owner, registry.enter(...named.ownerRepresentative).key)
  }
  return projects.flatMap((project) => {
    const { key, parties } = project
    const serial = key.slice(-3)
    const manager = project === first ? registry.enter(...named.projectManager) : registry.enter(`person:pm-${serial}`)
    const post = (capacity: SitePost['capacity'], person: string, org: string): SitePost => ({
      person,
      org,
      project: key,
      capacity,
    })
    const watch = Array.from({ length: officersFor(project) }, (_, i) => {
      const told = project === first && i === 0
      const officer = told ? registry.enter(...named.safetyOfficer) : registry.enter(`person:safety-${serial}-${i + 1}`)
      return post('safety_officer', officer.key, parties.contractor)
    })
    project.contact = manager.key
    return [
      post('project_manager', manager.key, parties.contractor),
      ...watch,
      post('chief_engineer', chiefs.next(parties.supervision), parties.supervision),
      post('owner_rep', representatives.next(parties.owner), parties.owner),
    ]
  })
}
