import { randomUUID } from 'node:crypto'
import { findCheckTable, type Inspection, inspectionContract } from '@plumbline/core/inspection'
import { rectificationContract as contract } from '@plumbline/core/rectification'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, electronic, must, openDesk } from './testing.ts'

let desk: Desk
let cast: Desk['cast']
let signed: Inspection
beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
  signed = await inspectAndSign()
})
afterAll(() => desk.house.close())

const act = async (cookie: string, id: string, action: string, input: object) => {
  const body = { requestId: randomUUID(), action, input } as never
  const answer = await desk.house.call(cookie, inspectionContract.act, { params: { id }, body })
  if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

const start = async (): Promise<Inspection> => {
  const input = {
    projectId: cast.projectId,
    kind: 'routine' as const,
    templateCode: 'jgj59',
    tables: ['B.13'],
    officerIds: [cast.persons.inspectorB],
    part: '3号楼十层',
  }
  const opened = await desk.house.call(cast.inspectorA, inspectionContract.start, {
    body: { requestId: randomUUID(), input },
  })
  if (opened.status !== 200) throw new Error(JSON.stringify(opened.body))
  return opened.body.record
}

/** A visit of two inspectors: two findings on the contractor, one on the supervision unit. */
async function inspectAndSign(): Promise<Inspection> {
  const { id } = await start()
  const photo = await desk.photo(cast.inspectorA)
  const units = { 'B.13.1': cast.contractorId, 'B.13.4': cast.contractorId, 'B.13.5': cast.supervisionId }
  const findings = Object.entries(units).map(([itemCode, orgId]) => ({
    id: randomUUID(),
    itemCode,
    itemName: itemCode,
    text: `${itemCode} 不符合要求`,
    clause: `JGJ 59-2011 表 ${itemCode}`,
    deductions: [{ by: 'discretion' as const, text: '现场核对', points: 2 }],
    points: 0,
    severity: 'serious' as const,
    orgId,
    requirement: '按方案改正',
    photos: [photo],
    point: null,
  }))
  const answers = findCheckTable('B.13')!.items.map(({ code }) => ({
    itemCode: code,
    mark: code in units ? ('fail' as const) : ('pass' as const),
    note: '',
  }))
  await act(cast.inspectorA, id, 'save', { revision: 0, answers, findings })
  await act(cast.inspectorA, id, 'submit', { revision: 1 })
  const { body } = await desk.house.call(cast.inspectorB, inspectionContract.get, { params: { id } })
  const { contentDigest } = body
  await act(cast.inspectorB, id, 'cosign', { contentDigest })
  const png = await sharp({ create: { width: 320, height: 160, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const { id: fileId } = (await desk.house.upload(cast.inspectorA, png, '签名.png')).body
  const signer = { fileId, orgId: cast.contractorId, name: '何秉', role: '项目经理' }
  return (await act(cast.inspectorA, id, 'sign', { contentDigest, ...signer })).record
}

const from = (findings: Inspection['findings'], change: object = {}) => ({
  inspectionId: signed.id,
  findingIds: findings.map(({ id }) => id),
  items: [],
  ...change,
})
const unordered = async () => {
  const answer = await desk.house.call(cast.inspectorA, contract.unordered, { params: { id: signed.id } })
  return answer.body.rows.map(({ itemCode }) => itemCode)
}

test('an unsigned record, a finding of another unit, a record of another project carry no order', async () => {
  const [first, , third] = signed.findings
  const open = await start()
  expect(await desk.draft({ ...from([first!]), inspectionId: open.id })).toMatchObject({
    rule: 'inspection_not_signed',
  })
  expect(await desk.draft(from([third!]))).toMatchObject({ status: 422, rule: 'finding_of_other_unit' })
  expect(await desk.draft(from([{ ...first!, id: randomUUID() }]))).toMatchObject({ rule: 'finding_unknown' })
  const elsewhere = { ...from([first!]), projectId: cast.otherProjectId, orgId: cast.rivalId }
  expect(await desk.draft(elsewhere, cast.inspectorA)).toMatchObject({ status: 404 })
})

test('a finding is ordered once: two who draft at one moment, then freed by the withdrawal', async () => {
  const [first, second] = signed.findings as [Inspection['findings'][number], Inspection['findings'][number]]
  expect(await unordered()).toEqual(['B.13.1', 'B.13.4', 'B.13.5'])
  const answers = await Promise.all([desk.draft(from([first])), desk.draft(from([first, second]), cast.inspectorB)])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)!.rule).toBe('finding_ordered')
  const { record } = answers.find(({ status }) => status === 200)!.body
  expect(await desk.draft(from([first]))).toMatchObject({ status: 409, rule: 'finding_ordered' })
  await must(desk.act(cast.inspectorA, record.id, 'discard', { reason: '改由一份文书下达' }))
  expect(await unordered()).toEqual(['B.13.1', 'B.13.4', 'B.13.5'])
})

test('an item left out of a draft may be ordered elsewhere; those kept stay tied to their findings', async () => {
  const contractors = signed.findings.filter(({ orgId }) => orgId === cast.contractorId)
  const { record } = (await desk.draft(from(contractors))).body
  const [kept] = record.items
  const wording = { kind: 'correct', scope: '', basis: record.basis, protection: [], resumeWhen: [] }
  const amended = await must(
    desk.act(cast.inspectorA, record.id, 'amend', {
      ...wording,
      items: [{ ...kept, requirement: '全员佩戴并复查', days: 1 }],
    }),
  )
  expect(amended.items).toMatchObject([{ findingId: contractors[0]!.id, requirement: '全员佩戴并复查', days: 1 }])
  expect(await unordered()).toEqual(['B.13.4', 'B.13.5'])
  await must(desk.act(cast.inspectorA, record.id, 'discard', { reason: '重拟' }))
})

test('issued, it rests on the record: officers and photographs are the inspection’s, and the record is fixed', async () => {
  const contractors = signed.findings.filter(({ orgId }) => orgId === cast.contractorId)
  const { record } = (await desk.draft(from(contractors))).body
  expect(record.officers.map(({ name }) => name)).toEqual(['林远舟', '周若溪'])
  await must(desk.act(cast.inspectorA, record.id, 'issue'))
  const revise = { requestId: randomUUID(), action: 'revise', input: { reason: '修改措辞' } } as never
  const refused = await desk.house.call(cast.inspectorA, inspectionContract.act, {
    params: { id: signed.id },
    body: revise,
  })
  expect(refused).toMatchObject({ status: 422, rule: 'inspection_ordered' })
  const served = await must(desk.act(cast.inspectorA, record.id, 'serve', electronic()))
  expect(served.items.map(({ itemCode, photos }) => [itemCode, photos.length])).toEqual([
    ['B.13.1', 1],
    ['B.13.4', 1],
  ])
})
