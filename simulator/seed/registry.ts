import { accountContract, type NewAppointment } from '@plumbline/core/account'
import { orgContract } from '@plumbline/core/org'
import { type PersonFacts, personContract } from '@plumbline/core/person'
import { projectContract } from '@plumbline/core/project'
import { addDays } from '@plumbline/core/kit'
import type { z } from 'zod'
import { isRefusal, type Session } from '../client.ts'
import { type County, type Org, type Person, random, type SitePost } from '../county/index.ts'
import { type Desk, demoKeyOf, loginOf } from './desk.ts'
import { idOf } from './names.ts'
import { each, say } from './progress.ts'

/** Ids that the house gave, by the county's keys. */
export type Ids = ReadonlyMap<string, string>

export const getId = (ids: Ids, key: string): string => {
  const id = ids.get(key)
  if (!id) throw new Error(`${key} is not registered`)
  return id
}

export async function drawMap(admin: Session, { seed, towns }: County): Promise<void> {
  const drawn = towns.map(({ code, name, polygon, hightechZone }) => ({
    code,
    name,
    polygon: [...polygon],
    hightechZone,
  }))
  await admin.call(projectContract.drawTowns, { body: { requestId: idOf(seed, 'towns'), towns: drawn } })
  say(`镇街 ${towns.length}/${towns.length}`)
}

/** Enters the enterprises, groups before those that belong to them. */
export async function registerOrgs(clerk: Session, { seed, orgs, people }: County): Promise<Ids> {
  const ids = new Map<string, string>()
  const register = async ({ key, name, role, uscc, parent, legalRepresentative, phone }: Org) => {
    const legalPerson = people.find((one) => one.key === legalRepresentative)!.name
    const input = { name, kinds: [role], uscc, parentId: parent && getId(ids, parent), legalPerson, phone }
    const { record } = await clerk
      .call(orgContract.register, { body: { requestId: idOf(seed, key), input } })
      .catch(async (error: unknown) => {
        if (!isRefusal(error, 'uscc_taken')) throw error
        const { rows } = await clerk.call(orgContract.list, { query: { q: uscc } })
        return { record: rows.find((one) => one.uscc === uscc)! }
      })
    ids.set(key, record.id)
  }
  await each(
    '集团',
    orgs.filter(({ role }) => role === 'group'),
    register,
  )
  await each(
    '企业',
    orgs.filter(({ role }) => role !== 'group'),
    register,
  )
  return ids
}

type Certificates = z.infer<typeof PersonFacts>['certificates']

/** What somebody in a post must hold (standards 8); the numbers are of this county, which exists nowhere. */
const certificateKinds: Record<SitePost['capacity'], { kind: string; word: string } | null> = {
  project_manager: { kind: '安全生产考核合格证书（B类）', word: '青建安B' },
  safety_officer: { kind: '安全生产考核合格证书（C类）', word: '青建安C' },
  chief_engineer: { kind: '注册监理工程师', word: '青监注' },
  owner_rep: null,
}

function certificatesOf({ seed, today, sitePosts }: County, person: string): Certificates {
  const kinds = new Set(sitePosts.filter((post) => post.person === person).map(({ capacity }) => capacity))
  const dice = random(seed, `certificates ${person}`)
  return [...kinds].flatMap((capacity) => {
    const held = certificateKinds[capacity]
    if (!held) return []
    const number = `${held.word}${String(dice.int(1, 9_999_999)).padStart(7, '0')}`
    return [{ kind: held.kind, number, validTo: addDays(today, dice.int(90, 1000)) }]
  })
}

/** Enters the people; who works for a unit stands under it. */
export async function registerPeople(clerk: Session, county: County, orgs: Ids): Promise<Ids> {
  const { seed, people, orgPosts, sitePosts } = county
  const orgOf = new Map([...sitePosts, ...orgPosts].map(({ person, org }) => [person, org]))
  const ids = new Map<string, string>()
  await each('人员', people, async ({ key, name, phone, idNumber }: Person) => {
    const org = orgOf.get(key)
    const facts = org ? { orgId: getId(orgs, org), certificates: certificatesOf(county, key) } : {}
    const { record } = await clerk.call(personContract.register, {
      body: { requestId: idOf(seed, key), idNumber, input: { name, phone, ...facts } },
    })
    ids.set(key, record.id)
  })
  return ids
}

/** Appointments that somebody gives; those of posts on sites follow from the posts by themselves. */
function appointmentOf(county: County, orgs: Ids, person: string): Partial<NewAppointment> | null {
  const officer = county.officers.find((one) => one.person === person)
  if (officer) {
    const team = county.teams.find(({ key }) => key === officer.team)
    return {
      capacity: officer.capacity,
      districts: team?.towns ?? [county.region],
      scope: team?.name ?? officeOf[officer.capacity],
      certificate: officer.capacity === 'inspector' || officer.capacity === 'chief' ? officer.certificate : null,
    }
  }
  const post = county.orgPosts.find((one) => one.person === person)
  if (!post) return person === county.demo.people.citizen ? { capacity: 'citizen', scope: county.name } : null
  const org = county.orgs.find(({ key }) => key === post.org)!
  return { capacity: 'company', orgId: getId(orgs, post.org), scope: `${org.short} · ${post.title}` }
}

const officeOf = {
  inspector: '监督站',
  chief: '监督站',
  clerk: '行政审批窗口',
  leader: '局领导',
  admin: '信息中心',
} as const

/** Opens accounts and appoints. `needed` are people who will act; the demo people are among them by themselves. */
export async function openAccounts(
  desk: Desk,
  county: County,
  ids: { orgs: Ids; people: Ids },
  needed: Iterable<string>,
): Promise<void> {
  const { seed, demo, officers, people } = county
  const wanted = new Set([...Object.values(demo.people), ...officers.map(({ person }) => person), ...needed])
  wanted.delete(demo.people.admin)
  await each('账号', [...wanted], async (key) => {
    const { name } = people.find((one) => one.key === key)!
    const demoKey = demoKeyOf(county, key)
    const { id, password } = await desk.admin.call(accountContract.create, {
      body: {
        requestId: idOf(seed, 'account', key),
        login: loginOf(key),
        name,
        personId: getId(ids.people, key),
        ...(demoKey ? { demoKey } : {}),
      },
    })
    desk.enter(key, id, password)
    const appointment = appointmentOf(county, ids.orgs, key)
    if (appointment)
      await desk.admin.call(accountContract.act, {
        params: { id },
        body: {
          requestId: idOf(seed, 'appoint', key),
          action: 'appoint',
          input: { appointmentId: idOf(seed, 'appointment', key), appointment: appointment as NewAppointment },
        },
      })
  })
}
