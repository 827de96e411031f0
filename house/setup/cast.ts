import { randomUUID } from 'node:crypto'
import { accountContract } from '@plumbline/core/account'
import { sessionContract } from '@plumbline/core/base'
import { idCardCheck } from '@plumbline/core/kit'
import { orgContract, type OrgKind } from '@plumbline/core/org'
import { personContract } from '@plumbline/core/person'
import { projectContract } from '@plumbline/core/project'
import { drawMap, placeIn, region } from '../../simulator/county/map.ts'
import { registerOrgs } from '../../simulator/county/orgs.ts'
import { random } from '../../simulator/county/random.ts'
import type { Answer, TestHouse } from './house.ts'

const officerDesks = {
  inspectorA: { name: '林远舟', capacity: 'inspector', team: 'team:east', scope: '城东组' },
  inspectorB: { name: '周若溪', capacity: 'inspector', team: 'team:east', scope: '城东组' },
  inspectorC: { name: '顾望平', capacity: 'inspector', team: 'team:west', scope: '城西组' },
  chief: { name: '沈砚秋', capacity: 'chief', team: null, scope: '监督站' },
  clerk: { name: '叶知宁', capacity: 'clerk', team: null, scope: '行政审批窗口' },
  leader: { name: '陆明川', capacity: 'leader', team: null, scope: '局领导' },
} as const

const sitePeople = {
  manager: { name: '何秉', org: 'contractor', capacity: 'project_manager' },
  safety: { name: '吴建松', org: 'contractor', capacity: 'safety_officer' },
  engineer: { name: '宋知行', org: 'supervision', capacity: 'chief_engineer' },
  owner: { name: '梁思颖', org: 'owner', capacity: 'owner_rep' },
  rival: { name: '费立新', org: 'rival', capacity: 'project_manager' },
  company: { name: '云立恒', org: 'group', capacity: 'company' },
  citizen: { name: '陈秀兰', org: null, capacity: null },
} as const

/** The units of the cast, by their key in the fictitious county. The contractor belongs to the group. */
const units = {
  group: 'org:group-01',
  contractor: 'org:contractor-01',
  rival: 'org:contractor-19',
  supervision: 'org:supervision-01',
  owner: 'org:owner-01',
} as const

type OfficerRole = keyof typeof officerDesks
type SiteRole = keyof typeof sitePeople
export type Role = OfficerRole | SiteRole

/** Fixed people with fixed powers: session cookies by role, and the ids they work with. */
export type Cast = Record<Role | 'admin', string> & {
  persons: Record<Role, string>
  /** The contractor's own project, in 城东街道, building; officers inspectorA (lead) and inspectorB. */
  projectId: string
  /** The rival's project, in 城西街道, building; officer inspectorC. */
  otherProjectId: string
  groupId: string
  contractorId: string
  rivalId: string
  supervisionId: string
  ownerId: string
}

export const castCounty = { region, name: '青禾县', authority: '青禾县住房和城乡建设局', documentWord: '青建监' }

/** A valid identity number of nobody: the region does not exist. `serial` is 0 to 999. */
export const idNumberOf = (serial: number): string => {
  const first17 = `${region}19800101${String(serial).padStart(3, '0')}`
  return first17 + idCardCheck(first17)
}

/** Enters the cast into an empty demo house, through the routes alone. */
export async function openCast(house: TestHouse): Promise<Cast> {
  const first = { county: castCounty, login: 'admin', name: '方立诚', password: 'a long enough password' }
  const admin = (await ask(house.call(null, sessionContract.firstAdministrator, { body: first }))).cookie!
  const { towns, teams } = drawMap()
  const drawn = towns.map(({ code, name, hightechZone, polygon }) => ({
    code,
    name,
    hightechZone,
    polygon: [...polygon],
  }))
  await ask(house.call(admin, projectContract.drawTowns, { body: { requestId: randomUUID(), towns: drawn } }))
  const orgs = await enterOrgs(house, admin)
  const persons = await enterPeople(house, admin, orgs)

  const townsOf = (team: string) => teams.find(({ key }) => key === team)!.towns
  const desks = Object.entries(officerDesks) as [OfficerRole, (typeof officerDesks)[OfficerRole]][]
  const seats = Object.entries(sitePeople) as [SiteRole, (typeof sitePeople)[SiteRole]][]
  const accounts = [
    ...desks.map(([role, { capacity, team, scope }], i) => ({
      role,
      appointment: {
        capacity,
        districts: team ? townsOf(team) : [region],
        scope,
        certificate: `${region}${String(i + 1).padStart(5, '0')}`,
      },
    })),
    ...seats.map(([role, { capacity, org }]) => ({
      role,
      // Those with a post get their powers from the project.
      appointment: capacity === 'company' ? { capacity, orgId: orgs[org], scope: '集团安全总监' } : null,
    })),
  ]
  const cookies = Object.fromEntries(
    await Promise.all(
      accounts.map(async ({ role, appointment }) => [
        role,
        await openAccount(house, admin, role, persons[role], appointment),
      ]),
    ),
  ) as Record<Role, string>

  const east = {
    town: '城东街道',
    code: `${region}2606180101`,
    name: '城东污水厂扩建工程',
    contractor: orgs.contractor,
  }
  const west = { town: '城西街道', code: `${region}2606180102`, name: '城西邻里中心', contractor: orgs.rival }
  const posts = [
    { capacity: 'project_manager' as const, orgId: orgs.contractor, personId: persons.manager },
    { capacity: 'safety_officer' as const, orgId: orgs.contractor, personId: persons.safety },
    { capacity: 'chief_engineer' as const, orgId: orgs.supervision, personId: persons.engineer },
    { capacity: 'owner_rep' as const, orgId: orgs.owner, personId: persons.owner },
  ]
  const rivalPosts = [{ capacity: 'project_manager' as const, orgId: orgs.rival, personId: persons.rival }]
  const { inspectorA, inspectorB, inspectorC } = persons
  const [projectId, otherProjectId] = await Promise.all([
    build(house, { admin, chief: cookies.chief }, orgs, { ...east, posts, officers: [inspectorA, inspectorB] }),
    build(house, { admin, chief: cookies.chief }, orgs, { ...west, posts: rivalPosts, officers: [inspectorC] }),
  ])
  await house.house.settle()
  return {
    ...cookies,
    admin,
    persons,
    projectId,
    otherProjectId,
    groupId: orgs.group,
    contractorId: orgs.contractor,
    rivalId: orgs.rival,
    supervisionId: orgs.supervision,
    ownerId: orgs.owner,
  }
}

async function ask<T extends Answer<never>>(answer: Promise<T>): Promise<T> {
  const got = await answer
  if (got.status !== 200) throw new Error(`the cast was refused: ${got.status} ${JSON.stringify(got.body)}`)
  return got
}

async function enterOrgs(house: TestHouse, admin: string): Promise<Record<keyof typeof units, string>> {
  const drawn = registerOrgs()
  const enter = async (unit: keyof typeof units, parentId: string | null = null) => {
    const { name, uscc, role, phone } = drawn.find(({ key }) => key === units[unit])!
    const input = { uscc, name, kinds: [role as OrgKind], parentId, phone }
    return (await ask(house.call(admin, orgContract.register, { body: { requestId: randomUUID(), input } }))).body
      .record.id
  }
  const group = await enter('group')
  const [contractor, rival, supervision, owner] = await Promise.all([
    enter('contractor', group),
    enter('rival'),
    enter('supervision'),
    enter('owner'),
  ])
  return { group, contractor, rival, supervision, owner }
}

async function enterPeople(house: TestHouse, admin: string, orgs: Record<keyof typeof units, string>) {
  const people = [
    ...Object.entries(officerDesks).map(([role, { name }]) => ({ role, name, orgId: null })),
    ...Object.entries(sitePeople).map(([role, { name, org }]) => ({ role, name, orgId: org ? orgs[org] : null })),
  ]
  const entered = await Promise.all(
    people.map(async ({ role, name, orgId }, i) => {
      const input = { name, orgId, phone: `1990000${String(8000 + i)}` }
      const body = { requestId: randomUUID(), idNumber: idNumberOf(i), input }
      return [role, (await ask(house.call(admin, personContract.register, { body }))).body.record.id] as const
    }),
  )
  return Object.fromEntries(entered) as Record<Role, string>
}

async function openAccount(house: TestHouse, admin: string, role: Role, personId: string, appointment: object | null) {
  const name = { ...officerDesks, ...sitePeople }[role].name
  const body = { requestId: randomUUID(), login: role.toLowerCase(), name, personId, demoKey: role }
  const { id } = (await ask(house.call(admin, accountContract.create, { body }))).body
  if (appointment)
    await ask(
      house.call(admin, accountContract.act, {
        params: { id },
        body: {
          requestId: randomUUID(),
          action: 'appoint',
          input: { appointmentId: randomUUID(), appointment: appointment as never },
        },
      }),
    )
  return (await ask(house.call(null, sessionContract.demoSignIn, { body: { key: role } }))).cookie!
}

interface Site {
  town: string
  code: string
  name: string
  contractor: string
  posts: {
    capacity: 'owner_rep' | 'project_manager' | 'safety_officer' | 'chief_engineer'
    orgId: string
    personId: string
  }[]
  /** The first leads. */
  officers: string[]
}

/** Registers a project, assigns its officers, starts it. */
async function build(
  house: TestHouse,
  { admin, chief }: { admin: string; chief: string },
  orgs: Record<keyof typeof units, string>,
  site: Site,
) {
  const town = drawMap().towns.find(({ name }) => name === site.town)!
  const input = {
    code: site.code,
    name: site.name,
    district: town.code,
    address: `${site.town}人民路1号`,
    point: placeIn(town, random(0, site.code)),
    sector: 'building' as const,
    area: 12_000,
    cost: 4200,
    category: '公共建筑',
    parties: [
      { role: 'owner' as const, orgId: orgs.owner },
      { role: 'contractor' as const, orgId: site.contractor },
      { role: 'supervision' as const, orgId: orgs.supervision },
    ],
    posts: site.posts,
    contact: { name: '南宫恒', phone: '19900009001' },
  }
  const registered = await ask(
    house.call(admin, projectContract.register, { body: { requestId: randomUUID(), input } }),
  )
  const { id } = registered.body.record
  const officers = site.officers.map((personId, i) => ({ personId, lead: i === 0 }))
  await ask(
    house.call(admin, projectContract.assign, {
      params: { id },
      body: { requestId: randomUUID(), action: 'assign', input: { officers } },
    }),
  )
  await ask(
    house.call(chief, projectContract.act, {
      params: { id },
      body: { requestId: randomUUID(), action: 'start', input: { day: '2026-01-15' } },
    }),
  )
  return id
}
