import { createHash } from 'node:crypto'
import { equipmentDuties, lawOn } from '@plumbline/core/law'
import { describe, expect, it } from 'vitest'
import { type County, drawnDay, makeCounty, type Project } from './index.ts'

const county = makeCounty(1)
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')
const byKey = <T extends { key: string }>(list: T[]) => new Map(list.map((each) => [each.key, each]))
const town = (project: Project) => county.towns.find((each) => each.code === project.town)

// The check digits once more, written from the congruences that the standards state, not from our own code.

const mod = (text: string, alphabet: string, weights: number[], modulus: number) =>
  [...text].reduce((sum, character, i) => sum + alphabet.indexOf(character) * (weights[i] ?? NaN), 0) % modulus
const alphabet31 = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const alphabet36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** GB 32100-2015: the weighted sum of all eighteen is a multiple of 31. */
const creditCodeHolds = (code: string) =>
  code.length === 18 &&
  mod(code, alphabet31, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1], 31) === 0
/** GB 11714: the weighted sum of all nine is a multiple of 11, where X is ten. */
const orgCodeHolds = (code: string) => {
  const last = code[8] === 'X' ? 10 : Number(code[8])
  return (mod(code.slice(0, 8), alphabet36, [3, 7, 9, 10, 5, 8, 4, 2], 11) + last) % 11 === 0
}
/** GB 11643-1999 by ISO 7064 MOD 11-2: each digit times 2 to its distance from the end leaves 1. */
const identityHolds = (number: string) =>
  [...number].reduce((sum, digit) => (sum * 2 + (digit === 'X' ? 10 : Number(digit))) % 11, 0) === 1

describe('the checks of this test', () => {
  it('refuse a number with two digits changed places', () => {
    expect(identityHolds('11010519491230102X')).toBe(false)
    expect(creditCodeHolds('11100000000031338W')).toBe(false)
    expect(orgCodeHolds('000130338')).toBe(false)
  })
  it('accept published numbers', () => {
    expect(identityHolds('11010519491231002X')).toBe(true) // the standard's example
    expect(creditCodeHolds('11100000000013338W')).toBe(true) // the ministry's own
    expect(orgCodeHolds('000013338')).toBe(true)
  })
})

describe('makeCounty', () => {
  it('gives the same bytes for the same seed and day, and others for another', () => {
    expect(hash(makeCounty(1))).toBe(hash(county))
    expect(hash(makeCounty(2))).not.toBe(hash(county))
    expect(hash(makeCounty(1, '2026-11-21'))).not.toBe(hash(county))
  })

  it('keeps land and enterprises when the seed changes, so that the import files fit', () => {
    const other = makeCounty(7, '2027-03-01')
    expect([other.towns, other.orgs]).toEqual([county.towns, county.orgs])
  })

  it('has the size that was asked for', () => {
    const roles = Object.groupBy(county.orgs, (org) => org.role)
    const sizes = Object.entries(roles).map(([role, list]) => [role, list?.length])
    expect(Object.fromEntries(sizes)).toEqual({
      group: 6,
      contractor: 40,
      supervision: 15,
      owner: 30,
      design: 4,
      survey: 3,
      testing: 3,
    })
    expect([county.towns.length, county.projects.length, county.officers.length]).toEqual([12, 170, 14])
    expect(county.towns.filter((each) => each.hightechZone)).toHaveLength(1)
    expect(new Set(county.projects.map((project) => project.sector)).size).toBe(7)
    expect(new Set(county.projects.map((project) => project.town)).size).toBe(12)
  })

  it('names nobody and nothing that could exist', () => {
    for (const { uscc } of county.orgs) expect(uscc.slice(2, 8)).toBe('990421')
    for (const { idNumber, phone } of county.people) {
      expect(idNumber.slice(0, 6)).toBe('990421')
      expect(phone).toMatch(/^1990000\d{4}$/)
    }
  })
})

describe.each([1, 2, 20261120])('seed %i', (seed) => {
  const { orgs, people, projects, sitePosts, orgPosts, officers, towns, demo }: County = makeCounty(seed)
  const persons = byKey(people)
  const units = byKey(orgs)

  it('repeats no key, name, number or telephone', () => {
    const single = (list: unknown[]) => expect(new Set(list).size).toBe(list.length)
    single([...orgs, ...people, ...projects].map((each) => each.key))
    single(orgs.map((each) => each.name))
    single(orgs.map((each) => each.uscc))
    single(people.map((each) => each.name))
    single(people.map((each) => each.idNumber))
    single([...orgs, ...people].map((each) => each.phone))
    single(projects.map((each) => each.name))
    single(projects.map((each) => each.code))
    single(projects.flatMap((each) => each.permitNo ?? []))
    single(officers.map((each) => each.certificate))
  })

  it('gives every enterprise and person a right number', () => {
    expect(orgs.filter(({ uscc }) => !creditCodeHolds(uscc) || !orgCodeHolds(uscc.slice(8, 17)))).toEqual([])
    expect(people.filter(({ idNumber }) => !/^\d{17}[\dX]$/.test(idNumber) || !identityHolds(idNumber))).toEqual([])
    for (const { sex, idNumber } of people) expect(Number(idNumber[16]) % 2 === 1 ? '男' : '女').toBe(sex)
  })

  it('dates every code and permit before the works begin', () => {
    for (const { code, permitNo, startDay, sector } of projects) {
      const [, yy, mm, dd, kind] = /^990421(\d\d)(\d\d)(\d\d)(01|02|99)\d\d$/.exec(code) ?? []
      const registered = new Date(`20${yy}-${mm}-${dd}T00:00:00Z`).toISOString().slice(0, 10)
      expect(kind).toBe({ building: '01', housing: '01', industrial: '01', municipal: '02' }[sector as string] ?? '99')
      const permitted = permitNo?.replace(/^990421(\d{4})(\d\d)(\d\d)\d\d0[12]$/, '$1-$2-$3') ?? startDay
      expect([registered, permitted, startDay]).toEqual([registered, permitted, startDay].sort())
      expect(startDay < drawnDay).toBe(true)
      expect(permitNo === null).toBe(sector === 'water' || sector === 'transport')
    }
  })

  it('leaves no link loose', () => {
    for (const org of orgs) {
      expect(persons.has(org.legalRepresentative)).toBe(true)
      if (org.parent) expect(units.get(org.parent)?.role).toBe('group')
    }
    for (const { contact, parties } of projects) {
      expect(persons.has(contact)).toBe(true)
      for (const [role, org] of Object.entries(parties)) expect(units.get(org)?.role).toBe(role)
    }
    for (const { person } of [...sitePosts, ...orgPosts, ...officers]) expect(persons.has(person)).toBe(true)
    for (const person of Object.values(demo.people)) expect(persons.has(person)).toBe(true)
    expect(towns.every((each) => officers.some(({ team }) => team === each.team))).toBe(true)
  })

  it('fills the posts of every site as the law allows', () => {
    const sites = (capacity: string) =>
      Object.values(
        Object.groupBy(
          sitePosts.filter((post) => post.capacity === capacity),
          (post) => post.person,
        ),
      ).map((posts) => posts?.length ?? 0)
    expect(Math.max(...sites('project_manager'))).toBe(1)
    expect(Math.max(...sites('chief_engineer'))).toBeLessThanOrEqual(3)
    for (const project of projects) {
      const posts = sitePosts.filter((post) => post.project === project.key)
      const held = new Set(posts.map((post) => post.capacity))
      expect(held).toEqual(new Set(['project_manager', 'safety_officer', 'chief_engineer', 'owner_rep']))
      for (const post of posts) expect(Object.values(project.parties)).toContain(post.org)
    }
  })
})

describe('the story', () => {
  const people = byKey(county.people)
  const projects = byKey(county.projects)
  const name = (key: string) => people.get(key)?.name

  it('has its people where it needs them', () => {
    const { people: cast, projects: sites } = county.demo
    expect([cast.inspector, cast.secondInspector, cast.projectManager, cast.chiefEngineer].map(name)).toEqual([
      '林远舟',
      '周若溪',
      '何秉',
      '宋知行',
    ])
    const team = (person: string) => county.officers.find((officer) => officer.person === person)?.team
    expect([team(cast.inspector), team(cast.secondInspector)]).toEqual(['team:east', 'team:east'])
    expect(team(cast.neighbourInspector)).not.toBe('team:east')
    const posts = county.sitePosts.filter((post) => post.project === sites.sewageWorks).map((post) => post.person)
    expect(posts).toEqual(
      expect.arrayContaining([cast.projectManager, cast.safetyOfficer, cast.chiefEngineer, cast.ownerRepresentative]),
    )
    const office = county.orgPosts.find((post) => post.person === cast.headOffice)?.org
    for (const key of [sites.sewageWorks, sites.apartments, sites.garden]) {
      const project = projects.get(key) as Project
      expect(town(project)?.team).toBe('team:east')
      expect(county.orgs.find((org) => org.key === project.parties.contractor)?.parent).toBe(office)
      const chief = county.sitePosts.find((post) => post.project === key && post.capacity === 'chief_engineer')
      expect(chief?.person).toBe(cast.chiefEngineer)
    }
  })

  it.each([
    ['石泾镇邻里中心', 0], // 4,999 ㎡
    ['望溪镇综合文化站', 3], // 5,000 ㎡
    ['桑园镇农贸市场改建工程', 0], // 3,200 ㎡ outside the zone
    ['柳浦老街雨污分流工程', 0], // 1,999 万元
    ['南塘大街拓宽工程', 3], // 2,000 万元
    ['高新区创业路微型消防站', 0], // 1,999 ㎡ in the zone
    ['高新区人才服务中心', 3], // 2,000 ㎡
    ['澄光新材研发楼', 3], // 4,999 ㎡
    ['远帆装备装配车间续建工程', 0], // 3,600 ㎡ in the zone, begun in 2018
  ])('%s has %i duties of equipment', (title, duties) => {
    const project = county.projects.find((each) => each.name === title) as Project
    const facts = {
      works: project.sector === 'municipal' ? ('municipal' as const) : ('building' as const),
      area: project.area,
      cost: project.cost,
      keyProject: false,
      standardSite: false,
      designated: false,
      inZone: town(project)?.hightechZone === true,
    }
    expect(project.tags).toEqual([])
    expect(equipmentDuties(facts, lawOn(project.startDay, county.region))).toHaveLength(duties)
  })
})
