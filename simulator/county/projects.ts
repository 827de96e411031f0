import { addDays, type Day, daysBetween, distanceMeters, type Point } from '@plumbline/core/kit'
import { placeIn, region } from './map.ts'
import { kindOf, type OwnerKind } from './orgs.ts'
import { type Random, random } from './random.ts'
import type { ClassTag, DemoProjects, Org, OrgRole, PartyRole, Project, Sector, Stage, Town } from './schema.ts'
import { type Told, toldSites } from './sites.ts'
import { drawAddress, drawWork } from './works.ts'

/** As many sites as the county of seed 002 reports dust points: one each. */
const projectCount = 170

const sectorWeights: [Sector, number][] = [
  ['building', 40],
  ['industrial', 20],
  ['housing', 12],
  ['municipal', 14],
  ['water', 5],
  ['transport', 4],
  ['landscape', 5],
]

const ownerKinds: Record<Sector, OwnerKind[]> = {
  building: ['developer', 'public'],
  municipal: ['municipal'],
  housing: ['housing'],
  industrial: ['industrial'],
  water: ['water'],
  transport: ['transport'],
  landscape: ['landscape'],
}

const townWeight = (town: Town): number => ({ street: 4, zone: 6, town: 2 })[town.kind]

/** How far a site of this length has come. */
function stageOf(started: Day, today: Day, months: number): Stage {
  const progress = daysBetween(started, today) / (months * 30)
  return progress < 0.25 ? 'foundation' : progress < 0.6 ? 'structure' : progress < 0.9 ? 'fitout' : 'completion'
}

/** Two digits of kind in a 项目编号: 01 房建, 02 市政, 99 neither (standards.md 12, from memory). */
const codeClass = (sector: Sector): string =>
  ['building', 'housing', 'industrial'].includes(sector) ? '01' : sector === 'municipal' ? '02' : '99'

/** Counts within a day and class, so that no number is given twice. */
function numbering() {
  const given = new Map<string, number>()
  const serial = (prefix: string) => {
    const next = (given.get(prefix) ?? 0) + 1
    given.set(prefix, next)
    return String(next).padStart(2, '0')
  }
  return {
    /** 四库平台项目编号: region, YYMMDD, class, serial. */
    code(day: Day, sector: Sector): string {
      const prefix = region + day.replaceAll('-', '').slice(2) + codeClass(sector)
      return prefix + serial(prefix)
    },
    /** 施工许可证编号: region, YYYYMMDD, serial of the day, class 01 or 02 (standards.md 11.1). Water and transport are permitted by their own authorities. */
    permit(day: Day, sector: Sector): string | null {
      if (sector === 'water' || sector === 'transport') return null
      const prefix = region + day.replaceAll('-', '')
      return prefix + serial(`permit ${prefix}`) + (codeClass(sector) === '01' ? '01' : '02')
    },
  }
}

/** Class tags that nobody told: large works are 一类, some sites declare for 标化, a few public ones are 重点. */
function drawTags(sector: Sector, cost: number, dice: Random): ClassTag[] {
  const tags: ClassTag[] = cost >= 10_000 ? ['first_class'] : []
  if (dice.chance(0.18)) tags.push('standard_site')
  if (cost >= 6000 && ['water', 'transport', 'municipal'].includes(sector) && dice.chance(0.4))
    tags.push('key_investment')
  if (cost < 2000 && dice.chance(0.06)) tags.push('designated')
  return tags
}

/** The zone's own bodies build in the zone. */
const ofZone = (owner: Org): boolean => owner.name.startsWith('青禾高新')

function drawSite(towns: Town[], owners: Org[], today: Day, dice: Random): Told {
  const sector = dice.weighted(sectorWeights)
  const town = dice.weighted(towns.map((each) => [each, townWeight(each)] as const))
  const owner = dice.pick(
    owners.filter((each) => ownerKinds[sector].includes(kindOf(each)) && (town.hightechZone || !ofZone(each))),
  )
  const work = drawWork(sector, town, { kind: kindOf(owner), short: owner.short }, dice)
  const months = Math.round(8 + Math.min(28, Math.sqrt(work.cost) / 6))
  const started = dice.int(12, Math.floor(months * 30 * 0.97))
  const stage = stageOf(addDays(today, -started), today, months)
  return {
    ...work,
    town: town.name,
    address: drawAddress(town, work, dice),
    sector,
    stage,
    tags: drawTags(sector, work.cost, dice),
    started,
    owner: owner.key,
  }
}

/** Contractors whose trade the name tells get the works of that trade. */
function fits(org: Org, sector: Sector): boolean {
  const works = {
    municipal: /市政|路桥|城建/,
    water: /水利|水务|市政/,
    transport: /路桥|市政/,
    landscape: /园林|绿化|市政/,
  }
  if (sector in works) return works[sector as keyof typeof works].test(org.name)
  return !/市政|路桥|水利|水务|园林|机电|幕墙|基础/.test(org.name)
}

function drawParties(site: Told, orgs: Org[], dice: Random): Record<PartyRole, string> {
  const among = (role: OrgRole, fit: (org: Org) => boolean = () => true) =>
    dice.pick(orgs.filter((org) => org.role === role && fit(org))).key
  return {
    owner: site.owner,
    contractor: site.contractor ?? among('contractor', (org) => fits(org, site.sector)),
    supervision: site.supervision ?? among('supervision'),
    design: among('design'),
    survey: among('survey'),
    testing: among('testing'),
  }
}

export interface Sites {
  projects: Project[]
  demo: DemoProjects
}

/** All sites under construction. `contact` is filled in by whoever staffs them. */
export function drawProjects(seed: number, today: Day, towns: Town[], orgs: Org[]): Sites {
  const dice = random(seed, 'projects')
  const numbers = numbering()
  const owners = orgs.filter((org) => org.role === 'owner')
  const sites: Told[] = [...toldSites]
  const names = new Set(sites.map((site) => site.name))
  while (sites.length < projectCount) {
    const site = drawSite(towns, owners, today, dice)
    if (names.has(site.name)) continue
    names.add(site.name)
    sites.push(site)
  }

  const taken: Point[] = []
  const place = (town: Town): Point => {
    for (;;) {
      const point = placeIn(town, dice)
      if (taken.some((other) => distanceMeters(point, other) < 180)) continue
      taken.push(point)
      return point
    }
  }
  const demo: Partial<DemoProjects> = {}
  const projects = sites.map((site, i): Project => {
    const { name, address, sector, category, area, cost, stage, tags } = site
    const town = towns.find((each) => each.name === site.town)
    if (!town) throw new Error(`no town: ${site.town}`)
    const key = `project:${String(i + 1).padStart(3, '0')}`
    if (site.demo) demo[site.demo] = key
    const startDay = typeof site.started === 'number' ? addDays(today, -site.started) : site.started
    const code = numbers.code(addDays(startDay, -dice.int(90, 240)), sector)
    const permitNo = numbers.permit(addDays(startDay, -dice.int(6, 60)), sector)
    const parties = drawParties(site, orgs, dice)
    const point = place(town)
    return {
      key,
      code,
      name,
      address,
      town: town.code,
      point,
      sector,
      category,
      area,
      cost,
      stage,
      tags,
      parties,
      contact: '',
      startDay,
      permitNo,
    }
  })
  return { projects, demo: demo as DemoProjects }
}
