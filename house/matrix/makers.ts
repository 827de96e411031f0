import { randomUUID } from 'node:crypto'
import { accountContract } from '@plumbline/core/account'
import { sessionContract } from '@plumbline/core/base'
import { findCheckTable, inspectionContract } from '@plumbline/core/inspection'
import { usccCheck } from '@plumbline/core/kit'
import { orgContract } from '@plumbline/core/org'
import { personContract } from '@plumbline/core/person'
import { projectContract } from '@plumbline/core/project'
import { rectificationContract } from '@plumbline/core/rectification'
import { telemetryContract } from '@plumbline/core/telemetry'
import sharp from 'sharp'
import { dustFrame, enterDevice, openPeer, waitFor } from '../../server/gateways/testing.ts'
import { drawMap, placeIn, region } from '../../simulator/county/map.ts'
import { random } from '../../simulator/county/random.ts'
import { idNumberOf } from '../setup/cast.ts'
import type { World } from './world.ts'

// Things of the cast's project, or of a project like it, each made anew through the API.

/** A person with a valid identity number, as the register takes it. */
export const newPerson = (world: World) => ({
  idNumber: idNumberOf(world.next('person')),
  input: { name: '纪闻', phone: `19900020${world.next('phone')}` },
})

export const makePerson = async (world: World): Promise<string> =>
  (
    await world.ask(world.cast.admin, personContract.register, {
      body: { requestId: randomUUID(), ...newPerson(world) },
    })
  ).record.id

/** A unit that nobody has entered, with a valid credit code. */
export function newOrg(world: World) {
  const serial = world.next('org')
  const first17 = `91${region}MA1${String(serial).padStart(6, '0')}`
  return { uscc: first17 + usccCheck(first17), name: `东门建材${serial}`, kinds: ['contractor' as const] }
}

export const makeOrg = async (world: World, parentId: string | null = null): Promise<string> =>
  (
    await world.ask(world.cast.admin, orgContract.register, {
      body: { requestId: randomUUID(), input: { ...newOrg(world), parentId } },
    })
  ).record.id

/** An account without an appointment, and its password. */
export async function makeAccount(world: World, personId?: string) {
  const login = `user${world.next('login')}`
  const body = { requestId: randomUUID(), login, name: '纪闻', personId: personId ?? (await makePerson(world)) }
  const { id, password } = await world.ask(world.cast.admin, accountContract.create, { body })
  return { id, login, password: password! }
}

export const appoint = async (world: World, accountId: string, appointment: object): Promise<string> => {
  const appointmentId = randomUUID()
  await world.ask(world.cast.admin, accountContract.act, {
    params: { id: accountId },
    body: { requestId: randomUUID(), action: 'appoint', input: { appointmentId, appointment: appointment as never } },
  })
  return appointmentId
}

export const nowOf = async (world: World): Promise<string> => (await world.ask(null, sessionContract.session, {})).now

/** A project in the town and with the units of the cast's own; nobody holds a post on it. */
export function newProject(world: World) {
  const { cast } = world
  const town = drawMap().towns.find(({ name }) => name === '城东街道')!
  const serial = world.next('project')
  return {
    code: `${region}260701${String(serial).padStart(4, '0')}`,
    name: `东门仓库${serial}`,
    district: town.code,
    address: '城东街道东门路9号',
    point: placeIn(town, random(0, String(serial))),
    sector: 'building' as const,
    parties: [
      { role: 'owner' as const, orgId: cast.ownerId },
      { role: 'contractor' as const, orgId: cast.contractorId },
      { role: 'supervision' as const, orgId: cast.supervisionId },
    ],
  }
}

type ProjectAction = 'start' | 'stop' | 'resume' | 'complete' | 'terminate'

export const actOnProject = (world: World, cookie: string, id: string, action: ProjectAction, input: object) =>
  world.ask(cookie, projectContract.act, {
    params: { id },
    body: { requestId: randomUUID(), action, input } as never,
  })

export const picture = (format: 'png' | 'jpeg' = 'png') =>
  sharp({ create: { width: 160, height: 80, channels: 3, background: '#c0c8d0' } })
    .toFormat(format)
    .toBuffer()

export const upload = async (world: World, cookie: string): Promise<string> =>
  (await world.house.upload(cookie, await picture(), '签名.png')).body.id

/** Supervised by inspectorA and inspectorB, as far as `until`. */
export async function makeProject(world: World, until: 'registered' | 'building' | 'stopped' = 'registered') {
  const { cast } = world
  const { id } = (
    await world.ask(cast.admin, projectContract.register, {
      body: { requestId: randomUUID(), input: newProject(world) },
    })
  ).record
  const officers = [
    { personId: cast.persons.inspectorA, lead: true },
    { personId: cast.persons.inspectorB, lead: false },
  ]
  const body = { requestId: randomUUID(), action: 'assign' as const, input: { officers } }
  await world.ask(cast.admin, projectContract.assign, { params: { id }, body })
  if (until !== 'registered') await actOnProject(world, cast.chief, id, 'start', { day: '2026-01-15' })
  if (until === 'stopped')
    await actOnProject(world, cast.inspectorA, id, 'stop', {
      reason: '台风防御',
      files: [await upload(world, cast.inspectorA)],
    })
  return id
}

/** Where an inspection takes place, and who carries it out; by default inspectorA and inspectorB on the cast's project. */
interface Visit {
  projectId: string
  orgId: string
  by: string
  with: { personId: string; cookie: string }
}

const ownVisit = ({ cast }: World): Visit => ({
  projectId: cast.projectId,
  orgId: cast.contractorId,
  by: cast.inspectorA,
  with: { personId: cast.persons.inspectorB, cookie: cast.inspectorB },
})

export const newInspection = (visit: Pick<Visit, 'projectId'>, partner: string) => ({
  projectId: visit.projectId,
  kind: 'random' as const,
  templateCode: 'jgj59',
  tables: ['B.13'],
  officerIds: [partner],
  part: '3 号楼十层',
})

const finding = (orgId: string) => ({
  id: randomUUID(),
  itemCode: 'B.13.4',
  itemName: '临边防护',
  text: '五楼临边没护栏，约 6 米',
  clause: 'JGJ 59-2011 表 B.13 高处作业 临边防护',
  deductions: [{ by: 'rule' as const, rule: 'B.13.4-1', points: 10, count: 1 }],
  points: 0,
  severity: 'general' as const,
  orgId,
  requirement: '补设防护栏杆',
  photos: [],
  point: null,
})

export const inspectionStates = ['draft', 'submitted', 'cosigned', 'signed'] as const

/** An inspection with one finding; `digest` is that of its content. */
export async function makeInspection(
  world: World,
  until: (typeof inspectionStates)[number],
  visit: Visit = ownVisit(world),
) {
  const { by, orgId, with: partner } = visit
  const body = { requestId: randomUUID(), input: newInspection(visit, partner.personId) }
  const { id } = (await world.ask(by, inspectionContract.start, { body })).record
  const act = (cookie: string, action: string, input: object) =>
    world.ask(cookie, inspectionContract.act, {
      params: { id },
      body: { requestId: randomUUID(), action, input } as never,
    })
  const answers = findCheckTable('B.13')!.items.map(({ code }) => ({
    itemCode: code,
    mark: code === 'B.13.4' ? 'fail' : 'pass',
    note: '',
  }))
  const found = finding(orgId)
  const saved = await act(by, 'save', { revision: 0, answers, findings: [found] })
  const made = { id, digest: saved.contentDigest, findingId: found.id }
  const reached = inspectionStates.indexOf(until)
  if (reached >= 1) made.digest = (await act(by, 'submit', { revision: 1 })).contentDigest
  if (reached >= 2) await act(partner.cookie, 'cosign', { contentDigest: made.digest })
  if (reached >= 3)
    await act(by, 'sign', {
      contentDigest: made.digest,
      fileId: await upload(world, by),
      orgId,
      name: '何秉',
      role: '项目经理',
    })
  return made
}

export const planItems = () => [
  { id: randomUUID(), month: 11, kind: 'random' as const, subject: 'safety' as const, note: '' },
]

export const stopTerms = {
  kind: 'stop_part',
  scope: '三层临边作业',
  protection: ['保持临边封闭'],
  resumeWhen: ['防护栏杆验收合格'],
}

export const noticeStates = ['draft', 'issued', 'fixing', 'replied', 'confirmed', 'accepted'] as const

/** An order to the cast's contractor, a stop order where it is to be `accepted`: a correction closes at once. */
export async function makeNotice(world: World, until: (typeof noticeStates)[number] | 'recommended' | 'closed') {
  const { cast, draft, act, served } = world
  const change = until === 'accepted' || until === 'recommended' ? stopTerms : {}
  if (until === 'draft' || until === 'issued') {
    const { id } = (await draft(change)).body.record
    const last = until === 'issued' ? await act(cast.inspectorA, id, 'issue') : await world.get(cast.inspectorA, id)
    return last.body.record
  }
  const notice = await served(change)
  if (until === 'fixing') return notice
  const each = (more: object) => ({ items: notice.items.map(({ id }) => ({ itemId: id, ...more })) })
  const photos = [await world.photo(cast.manager)]
  await act(cast.manager, notice.id, 'reply', each({ text: '已按要求整改', photos }))
  if (until !== 'replied') await act(cast.engineer, notice.id, 'countersign', each({ agree: true, opinion: '属实' }))
  if (until !== 'replied' && until !== 'confirmed')
    await act(cast.inspectorA, notice.id, 'review', each({ accept: true }))
  if (until === 'recommended')
    await act(cast.engineer, notice.id, 'recommend', { agree: true, opinion: '具备复工条件' })
  return (await world.ask(cast.inspectorA, rectificationContract.get, { params: { id: notice.id } })).record
}

export const newMn = (world: World) => `990421A8900018${String(world.next('mn')).padStart(10, '0')}`

export const makeDevice = (world: World, modelCode = 'dust-ug', projectId = world.cast.projectId) =>
  enterDevice(world.house, world.cast.chief, { mn: newMn(world), modelCode, projectId })

/** A monitor that has said what raises an alarm. */
export async function makeAlarm(world: World, projectId = world.cast.projectId) {
  const mn = newMn(world)
  const deviceId = await enterDevice(world.house, world.cast.chief, { mn, projectId })
  const peer = await openPeer(world.gateway.hj212Port)
  peer.write(dustFrame({ mn, at: Date.parse(await nowOf(world)), pm25: 90 }))
  await peer.until('CN=9014')
  peer.close()
  const alarm = await waitFor(async () => {
    await world.house.house.settle()
    return (await world.ask(world.cast.chief, telemetryContract.alarms, { query: { deviceId } })).rows[0]
  }, 'an alarm')
  return { id: alarm.id, deviceId }
}
