import { randomUUID } from 'node:crypto'
import {
  type Finding,
  findCheckTable,
  inspectionContract as contract,
  type InspectionContent,
} from '@plumbline/core/inspection'
import sharp from 'sharp'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'

/** The cast at work on inspections: what the tests of this room do alike. Each step answers for the one before it. */
export interface Desk {
  house: TestHouse
  cast: Cast
  startWith(cookie: string, change?: object): ReturnType<typeof startAt>
  act(cookie: string, id: string, action: string, input: object, requestId?: string): ReturnType<typeof actAt>
  get(cookie: string, id: string): ReturnType<typeof getAt>
  /** Begun by inspectorA with inspectorB, on table B.13. */
  draft(): Promise<string>
  /** With every item answered and one finding. */
  filled(change?: Partial<InspectionContent>): Promise<string>
  submitted(): Promise<string>
  cosigned(): Promise<{ id: string; contentDigest: string }>
  /** The site's manager, with a signature that inspectorA uploaded. */
  signer(): { fileId: string; orgId: string; name: string; role: string }
  signedOne(): Promise<Awaited<ReturnType<typeof actAt>>['body']>
}

export const picture = (format: 'png' | 'jpeg') =>
  sharp({ create: { width: 320, height: 160, channels: 3, background: '#c0c8d0' } })
    .toFormat(format)
    .toBuffer()

/** A fault of table B.13 at the unit given. */
export const finding = (orgId: string, change: Partial<Finding> = {}) => ({
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
  ...change,
})

/** An answer to every item of a table: passed, unless it is marked otherwise. */
export const answersOf = (table: string, marks: Record<string, 'fail' | 'na'> = {}) =>
  findCheckTable(table)!.items.map(({ code }) => ({ itemCode: code, mark: marks[code] ?? ('pass' as const), note: '' }))

const startAt = ({ house, cast }: Pick<Desk, 'house' | 'cast'>, cookie: string, change: object) =>
  house.call(cookie, contract.start, {
    body: {
      requestId: randomUUID(),
      input: {
        projectId: cast.projectId,
        kind: 'random',
        templateCode: 'jgj59',
        tables: ['B.13'],
        officerIds: [cast.persons.inspectorB],
        part: '3 号楼十层',
        ...change,
      },
    } as never,
  })
const actAt = (house: TestHouse, cookie: string, id: string, action: string, input: object, requestId: string) =>
  house.call(cookie, contract.act, { params: { id }, body: { requestId, action, input } as never })
const getAt = (house: TestHouse, cookie: string, id: string) => house.call(cookie, contract.get, { params: { id } })

async function good<T extends { status: number; body: unknown }>(answer: Promise<T>): Promise<T> {
  const got = await answer
  if (got.status !== 200) throw new Error(`the desk was refused: ${got.status} ${JSON.stringify(got.body)}`)
  return got
}

/** A house of its own with the cast in it. Close `house` in afterAll. */
export async function openDesk(): Promise<Desk> {
  const house = await openTestHouse()
  const cast = await openCast(house)
  const signatureId = (await house.upload(cast.inspectorA, await picture('png'), '签名.png')).body.id
  const act: Desk['act'] = (cookie, id, action, input, requestId = randomUUID()) =>
    actAt(house, cookie, id, action, input, requestId)
  const get: Desk['get'] = (cookie, id) => getAt(house, cookie, id)
  const startWith: Desk['startWith'] = (cookie, change = {}) => startAt({ house, cast }, cookie, change)
  const draft = async () => (await good(startWith(cast.inspectorA))).body.record.id
  const filled: Desk['filled'] = async (change = {}) => {
    const id = await draft()
    const answers = answersOf('B.13', { 'B.13.4': 'fail' })
    const findings = [finding(cast.contractorId)]
    await good(act(cast.inspectorA, id, 'save', { revision: 0, answers, findings, ...change }))
    return id
  }
  const submitted = async () => {
    const id = await filled()
    await good(act(cast.inspectorA, id, 'submit', { revision: 1 }))
    return id
  }
  const cosigned = async () => {
    const id = await submitted()
    const { contentDigest } = (await get(cast.inspectorB, id)).body
    await good(act(cast.inspectorB, id, 'cosign', { contentDigest }))
    return { id, contentDigest }
  }
  const signer = () => ({ fileId: signatureId, orgId: cast.contractorId, name: '何秉', role: '项目经理' })
  const signedOne = async () => {
    const { id, contentDigest } = await cosigned()
    return (await good(act(cast.inspectorA, id, 'sign', { contentDigest, ...signer() }))).body
  }
  return { house, cast, startWith, act, get, draft, filled, submitted, cosigned, signer, signedOne }
}
