import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import {
  type Finding,
  findCheckTable,
  inspectionContract as contract,
  type InspectionContent,
} from '@plumbline/core/inspection'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { read, systemContext } from '../../base/context.ts'
import { getInspection, markOrdered } from './index.ts'

let house: TestHouse
let cast: Cast
let signatureId: string

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
  signatureId = (await house.upload(cast.inspectorA, await picture('png'), '签名.png')).body.id
})
afterAll(() => house.close())

const picture = (format: 'png' | 'jpeg') =>
  sharp({ create: { width: 320, height: 160, channels: 3, background: '#c0c8d0' } })
    .toFormat(format)
    .toBuffer()

const startWith = (cookie: string, change: object = {}) =>
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
const act = (cookie: string, id: string, action: string, input: object, requestId: string = randomUUID()) =>
  house.call(cookie, contract.act, { params: { id }, body: { requestId, action, input } as never })
const get = (cookie: string, id: string) => house.call(cookie, contract.get, { params: { id } })

const finding = (change: Partial<Finding> = {}) => ({
  id: randomUUID(),
  itemCode: 'B.13.4',
  itemName: '临边防护',
  text: '五楼临边没护栏，约 6 米',
  clause: 'JGJ 59-2011 表 B.13 高处作业 临边防护',
  deductions: [{ by: 'rule' as const, rule: 'B.13.4-1', points: 10, count: 1 }],
  points: 0,
  severity: 'general' as const,
  orgId: cast.contractorId,
  requirement: '补设防护栏杆',
  photos: [],
  point: null,
  ...change,
})
const answersOf = (table: string, marks: Record<string, 'fail' | 'na'> = {}) =>
  findCheckTable(table)!.items.map(({ code }) => ({ itemCode: code, mark: marks[code] ?? ('pass' as const), note: '' }))

const draft = async () => (await startWith(cast.inspectorA)).body.record.id
const filled = async (change: Partial<InspectionContent> = {}) => {
  const id = await draft()
  const saved = await act(cast.inspectorA, id, 'save', {
    revision: 0,
    answers: answersOf('B.13', { 'B.13.4': 'fail' }),
    findings: [finding()],
    ...change,
  })
  expect(saved.status).toBe(200)
  return id
}
const submitted = async () => {
  const id = await filled()
  expect((await act(cast.inspectorA, id, 'submit', { revision: 1 })).status).toBe(200)
  return id
}
const cosigned = async () => {
  const id = await submitted()
  const { contentDigest } = (await get(cast.inspectorB, id)).body
  expect((await act(cast.inspectorB, id, 'cosign', { contentDigest })).status).toBe(200)
  return { id, contentDigest }
}
const signer = () => ({ fileId: signatureId, orgId: cast.contractorId, name: '何秉', role: '项目经理' })
const signedOne = async () => {
  const { id, contentDigest } = await cosigned()
  const answer = await act(cast.inspectorA, id, 'sign', { contentDigest, ...signer() })
  expect(answer.status).toBe(200)
  return answer.body
}

describe('starting is refused', () => {
  test('to an officer of another team, who does not see the project', async () => {
    expect(await startWith(cast.inspectorC)).toMatchObject({ status: 404, rule: 'project' })
  })
  test('to one who sees it and is not assigned', async () => {
    const officerIds = [cast.persons.inspectorB]
    expect(await startWith(cast.chief, { officerIds })).toMatchObject({ status: 403, rule: 'not_assigned' })
  })
  test('alone, or with somebody who is no officer', async () => {
    expect(await startWith(cast.inspectorA, { officerIds: [] })).toMatchObject({
      status: 422,
      rule: 'inspection_officers_missing',
    })
    expect(await startWith(cast.inspectorA, { officerIds: [cast.persons.inspectorA] })).toMatchObject({ status: 422 })
    expect(await startWith(cast.inspectorA, { officerIds: [randomUUID()] })).toMatchObject({
      rule: 'inspection_officer_unknown',
    })
    expect(await startWith(cast.inspectorA, { officerIds: [cast.persons.manager] })).toMatchObject({
      rule: 'inspection_officer_uncertified',
    })
  })
  test('to a party of the project', async () => {
    expect(await startWith(cast.manager)).toMatchObject({ status: 403 })
  })
  test('with a template for other kinds', async () => {
    expect(await startWith(cast.inspectorA, { templateCode: 'quarterly', tables: [] })).toMatchObject({
      rule: 'inspection_template_kind',
    })
  })
})

test('an inspector of another team is invited and then reaches this one inspection', async () => {
  const { rows } = (await house.call(cast.inspectorA, contract.officers, { query: { projectId: cast.projectId } })).body
  expect(rows.map(({ personId, assigned }) => [personId, assigned])).toEqual([
    [cast.persons.inspectorB, true],
    [cast.persons.inspectorC, false],
  ])
  const { body } = await startWith(cast.inspectorA, { officerIds: [cast.persons.inspectorC] })
  expect((await get(cast.inspectorC, body.record.id)).status).toBe(200)
  expect((await get(cast.inspectorC, await draft())).status).toBe(404)
})

describe('a draft', () => {
  test('begun on the phone opens for the colleague at the desk, who goes on', async () => {
    const id = await draft()
    await act(cast.inspectorA, id, 'save', { revision: 0, weather: '多云' })
    const seen = (await get(cast.inspectorB, id)).body
    expect(seen.record).toMatchObject({ revision: 1, weather: '多云' })
    const next = await act(cast.inspectorB, id, 'save', { revision: 1, opinion: '限期整改' })
    expect(next.body.record).toMatchObject({ revision: 2, weather: '多云', opinion: '限期整改', savedBy: '周若溪' })
  })
  test('of two saves of one revision one is told who was first, and nothing of his is written', async () => {
    const id = await draft()
    const answers = await Promise.all([
      act(cast.inspectorA, id, 'save', { revision: 0, weather: '晴' }),
      act(cast.inspectorB, id, 'save', { revision: 0, weather: '雨' }),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const lost = answers.find(({ status }) => status === 409)!
    const won = answers.find(({ status }) => status === 200)!
    expect(lost.body).toMatchObject({
      rule: 'inspection_stale',
      detail: { yours: 0, current: 1, by: won.body.record.savedBy },
    })
    expect((await get(cast.inspectorA, id)).body.record.weather).toBe(won.body.record.weather)
  })
  test('sent twice under one request id is saved once', async () => {
    const id = await draft()
    const requestId = randomUUID()
    await act(cast.inspectorA, id, 'save', { revision: 0, weather: '晴' }, requestId)
    const again = await act(cast.inspectorA, id, 'save', { revision: 0, weather: '晴' }, requestId)
    expect([again.status, again.body.record.revision]).toEqual([200, 1])
  })
  test('does not take a photograph that somebody else uploaded', async () => {
    const { body } = await house.upload(cast.rival, await picture('jpeg'), '别人的.jpg')
    const answer = await act(cast.inspectorA, await draft(), 'save', { revision: 0, photos: [body.id] })
    expect(answer).toMatchObject({ status: 422, rule: 'file_missing' })
  })
  test('is not seen by the parties', async () => {
    const id = await filled()
    for (const cookie of [cast.manager, cast.engineer, cast.rival, cast.company])
      expect((await get(cookie, id)).status).toBe(404)
  })
  test('with an unanswered item is not submitted; the item is named', async () => {
    const id = await filled({ answers: answersOf('B.13', { 'B.13.4': 'fail' }).slice(1) })
    expect((await act(cast.inspectorA, id, 'submit', { revision: 1 })).body).toMatchObject({
      rule: 'inspection_unanswered',
      detail: { items: ['安全帽'] },
    })
  })
})

test('a spot test out of tolerance is a finding without being asked', async () => {
  const spot = {
    id: randomUUID(),
    itemCode: 'B.13.4',
    test: {
      quantity: '防护栏杆高度',
      part: '五层临边',
      unit: 'm',
      design: 1.2,
      lower: 0,
      upper: null,
      clause: 'JGJ 80-2016 第4.3.1条',
      readings: [{ place: '西侧', value: 1.05 }],
    },
  }
  const { body } = await act(cast.inspectorA, await draft(), 'save', { revision: 0, spots: [spot] })
  expect(body.record.findings).toMatchObject([{ spotId: spot.id, orgId: cast.contractorId }])
})

test('the score of the handbook: 41 + 32 = 73 on table B.1', async () => {
  const kept = [9, 8, 7, 6, 5, 6, 8, 8, 8, 8]
  const items = findCheckTable('B.1')!.items
  const { body: begun } = await startWith(cast.inspectorA, { tables: ['B.1'] })
  const { body } = await act(cast.inspectorA, begun.record.id, 'save', {
    revision: 0,
    answers: items.map(({ code }) => ({ itemCode: code, mark: 'fail', note: '' })),
    findings: items.map(({ code, title, points }, at) =>
      finding({
        id: randomUUID(),
        itemCode: code,
        itemName: title,
        deductions: [{ by: 'discretion', text: '现场核查', points: points - kept[at]! }],
      }),
    ),
  })
  expect(body.record.score).toMatchObject({
    total: 73,
    grade: 'qualified',
    rows: [{ key: 'safetyMgmt', tables: [{ table: 'B.1', score: 73, zeroed: null }] }],
  })
})

describe('signing', () => {
  test('waits for the second inspector', async () => {
    const id = await submitted()
    const { contentDigest } = (await get(cast.inspectorA, id)).body
    expect((await act(cast.inspectorA, id, 'sign', { contentDigest, ...signer() })).body).toMatchObject({
      rule: 'inspection_cosign_missing',
      detail: { names: ['周若溪'] },
    })
    const inbox = await house.call(cast.inspectorB, baseContract.inbox, {})
    expect(inbox.body.rows.map((row) => row.id)).toContain(id)
  })
  test('is bound to what the signer was shown', async () => {
    const { id } = await cosigned()
    expect(await act(cast.inspectorA, id, 'sign', { contentDigest: '0'.repeat(64), ...signer() })).toMatchObject({
      status: 409,
      rule: 'inspection_content_changed',
    })
  })
  test('takes a PNG, not a photograph', async () => {
    const { id, contentDigest } = await cosigned()
    const { body } = await house.upload(cast.inspectorA, await picture('jpeg'), '签名.jpg')
    expect(await act(cast.inspectorA, id, 'sign', { contentDigest, ...signer(), fileId: body.id })).toMatchObject({
      rule: 'inspection_signature_image',
    })
  })
  test('gives number and paper, and the paper is a PDF that the contractor opens and a rival does not', async () => {
    const { record, signatureFits, acts } = await signedOne()
    expect(record).toMatchObject({ state: 'signed', signature: { name: '何秉', by: 'officer' } })
    expect(record.number).toMatch(/^青建监查〔\d{4}〕\d{4}号$/)
    expect(signatureFits).toBe(true)
    expect(acts.map(({ label }) => label)).toEqual(['开始检查', '暂存', '提交签字', '监督员确认', '现场签字'])
    const pdf = await house.call(cast.manager, baseContract.file, { params: { id: record.papers[0]! } })
    expect(String(pdf.body).slice(0, 5)).toBe('%PDF-')
    expect((await house.call(cast.rival, baseContract.file, { params: { id: record.papers[0]! } })).status).toBe(404)
  })
  test('from the manager’s own phone, as himself', async () => {
    const { id, contentDigest } = await cosigned()
    const own = (await house.upload(cast.manager, await picture('png'), '签名.png')).body.id
    const answer = await act(cast.manager, id, 'sign', { contentDigest, fileId: own, orgId: cast.contractorId })
    expect(answer.body.record.signature).toMatchObject({ name: '何秉', role: '项目经理', by: 'own' })
  })
  test('refused by the site: recorded with reason and witness, and still printed', async () => {
    const { id, contentDigest } = await cosigned()
    const { fileId: _, ...who } = signer()
    const { body } = await act(cast.inspectorA, id, 'refuse_sign', {
      contentDigest,
      ...who,
      reason: '对问题有异议',
      witness: '监理 宋知行',
    })
    expect(body.record).toMatchObject({ state: 'signed', signature: { refused: '对问题有异议', fileId: null } })
    expect(body.record.papers).toHaveLength(1)
  })
  test('an edit afterwards shows that the signature no longer fits, to the site as well', async () => {
    const { record } = await signedOne()
    const { id } = record
    await act(cast.inspectorA, id, 'revise', { reason: '补记意见' })
    expect((await get(cast.manager, id)).body.signatureFits).toBe(true)
    await act(cast.inspectorA, id, 'save', { revision: record.revision, opinion: '限期三日整改' })
    expect((await get(cast.manager, id)).body).toMatchObject({ signatureFits: false, record: { state: 'draft' } })
  })
  test('once an order rests on it, it is neither revised nor unbound', async () => {
    const { record } = await signedOne()
    const notice = (await signedOne()).record.id
    const ctx = await systemContext(house.house)
    await read(ctx, (tx) => markOrdered(tx, record.id, notice))
    expect((await read(ctx, (tx) => getInspection(tx, record.id))).orders).toEqual([notice])
    expect(await act(cast.inspectorA, record.id, 'revise', { reason: '补记意见' })).toMatchObject({
      status: 422,
      rule: 'inspection_ordered',
    })
  })
  test('nothing rests on what is not signed', async () => {
    const id = await draft()
    const ctx = await systemContext(house.house)
    await expect(read(ctx, (tx) => markOrdered(tx, id, id))).rejects.toMatchObject({ rule: 'inspection_not_signed' })
  })
  test('two signatures at once are one', async () => {
    const { id, contentDigest } = await cosigned()
    const both = await Promise.all([1, 2].map(() => act(cast.inspectorA, id, 'sign', { contentDigest, ...signer() })))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await get(cast.inspectorA, id)).body.record.papers).toHaveLength(1)
  })
})

describe('lists', () => {
  test('are cut by reach and by filter, and page without loss', async () => {
    const all = (await house.call(cast.inspectorA, contract.list, { query: { limit: 200 } })).body.rows
    expect(all.length).toBeGreaterThan(5)
    expect((await house.call(cast.rival, contract.list, {})).body.rows).toEqual([])
    const paged: string[] = []
    let after: string | undefined
    do {
      const { body } = await house.call(cast.inspectorA, contract.list, { query: { limit: 3, after } })
      paged.push(...body.rows.map(({ id }) => id))
      after = body.next ?? undefined
    } while (after)
    expect(paged).toEqual(all.map(({ id }) => id))
    const drafts = (await house.call(cast.inspectorA, contract.list, { query: { state: 'draft', limit: 200 } })).body
      .rows
    expect(drafts.map(({ id }) => id)).toEqual(all.filter(({ state }) => state === 'draft').map(({ id }) => id))
    expect(await house.call(cast.inspectorA, contract.list, { query: { after: 'x' } })).toMatchObject({
      rule: 'cursor',
    })
  })
  test('a filter of letters is no pattern', async () => {
    expect((await house.call(cast.inspectorA, contract.list, { query: { text: '%' } })).body.rows).toEqual([])
    expect(
      (await house.call(cast.inspectorA, contract.list, { query: { text: '污水厂' } })).body.rows.length,
    ).toBeGreaterThan(0)
  })
  test('the export is a spreadsheet that names its filter', async () => {
    const { default: readXlsx } = await import('read-excel-file/node')
    const { body } = await house.call(cast.inspectorA, contract.export, { query: { state: 'signed' } })
    const sheet = (await readXlsx(body as Buffer)) as unknown
    expect(JSON.stringify(sheet)).toContain('状态 已签字')
    expect(JSON.stringify(sheet)).toContain('城东污水厂扩建工程')
  })
  test('a project shows each subject and when it was last inspected', async () => {
    const { body } = await house.call(cast.inspectorA, contract.ofProject, { params: { id: cast.projectId } })
    expect(body.coverage.map(({ subject }) => subject)).toEqual(['safety', 'quality', 'fire', 'testing', 'dust'])
    expect(body.coverage[0]?.last).not.toBeNull()
    expect(body.coverage[2]?.last).toBeNull()
    expect(await house.call(cast.inspectorC, contract.ofProject, { params: { id: cast.projectId } })).toMatchObject({
      status: 404,
    })
  })
})

describe('the plan', () => {
  const now = new Date()
  const items = [1, 2].map(() => ({
    id: randomUUID(),
    month: Number(new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(5, 7)),
    kind: 'random' as const,
    subject: 'safety' as const,
    note: '',
  }))
  const year = Number(new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 4))
  const propose = (cookie: string) =>
    house.call(cookie, contract.propose, {
      body: { requestId: randomUUID(), input: { projectId: cast.projectId, year, items } },
    })

  test('is drafted by an assigned inspector, once a year, and adopted by the chief', async () => {
    expect(await propose(cast.inspectorC)).toMatchObject({ status: 404 })
    const made = await propose(cast.inspectorA)
    expect(made.status).toBe(200)
    expect(await propose(cast.inspectorB)).toMatchObject({ status: 409, rule: 'plan_exists' })
    const adopt = (cookie: string) =>
      house.call(cookie, contract.planAct, {
        params: { id: made.body.record.id },
        body: { requestId: randomUUID(), action: 'adopt', input: {} } as never,
      })
    expect(await adopt(cast.inspectorA)).toMatchObject({ status: 403, rule: 'capacity' })
    expect((await adopt(cast.chief)).body.record.state).toBe('adopted')
  })
  test('shows planned against done', async () => {
    await signedOne()
    const { rows } = (await house.call(cast.inspectorA, contract.calendar, { query: { year } })).body
    expect(rows).toHaveLength(1)
    expect(rows[0]!.items.some(({ done }) => done !== null)).toBe(true)
    expect((await house.call(cast.inspectorC, contract.calendar, { query: { year } })).body.rows).toEqual([])
  })
})
