import { baseContract } from '@plumbline/core/base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { read, systemContext } from '../../base/context.ts'
import { getInspection, markOrdered } from './index.ts'
import { type Desk, openDesk, picture } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

describe('signing', () => {
  test('waits for the second inspector', async () => {
    const id = await desk.submitted()
    const { contentDigest } = (await desk.get(cast.inspectorA, id)).body
    expect((await desk.act(cast.inspectorA, id, 'sign', { contentDigest, ...desk.signer() })).body).toMatchObject({
      rule: 'inspection_cosign_missing',
      detail: { names: ['周若溪'] },
    })
    const inbox = await desk.house.call(cast.inspectorB, baseContract.inbox, {})
    expect(inbox.body.rows.map((row) => row.id)).toContain(id)
  })
  test('is bound to what the signer was shown', async () => {
    const { id } = await desk.cosigned()
    expect(
      await desk.act(cast.inspectorA, id, 'sign', { contentDigest: '0'.repeat(64), ...desk.signer() }),
    ).toMatchObject({
      status: 409,
      rule: 'inspection_content_changed',
    })
  })
  test('takes a PNG, not a photograph', async () => {
    const { id, contentDigest } = await desk.cosigned()
    const { body } = await desk.house.upload(cast.inspectorA, await picture('jpeg'), '签名.jpg')
    expect(
      await desk.act(cast.inspectorA, id, 'sign', { contentDigest, ...desk.signer(), fileId: body.id }),
    ).toMatchObject({
      rule: 'inspection_signature_image',
    })
  })
  test('gives number and paper, and the paper is a PDF that the contractor opens and a rival does not', async () => {
    const { record, signatureFits, acts } = await desk.signedOne()
    expect(record).toMatchObject({ state: 'signed', signature: { name: '何秉', by: 'officer' } })
    expect(record.number).toMatch(/^青建监查〔\d{4}〕\d{4}号$/)
    expect(signatureFits).toBe(true)
    expect(acts.map(({ label }) => label)).toEqual(['开始检查', '暂存', '提交签字', '监督员确认', '现场签字'])
    const pdf = await desk.house.call(cast.manager, baseContract.file, { params: { id: record.papers[0]! } })
    expect(String(pdf.body).slice(0, 5)).toBe('%PDF-')
    expect((await desk.house.call(cast.rival, baseContract.file, { params: { id: record.papers[0]! } })).status).toBe(
      404,
    )
  })
  test('from the manager’s own phone, as himself', async () => {
    const { id, contentDigest } = await desk.cosigned()
    const own = (await desk.house.upload(cast.manager, await picture('png'), '签名.png')).body.id
    const answer = await desk.act(cast.manager, id, 'sign', { contentDigest, fileId: own, orgId: cast.contractorId })
    expect(answer.body.record.signature).toMatchObject({ name: '何秉', role: '项目经理', by: 'own' })
  })
  test('refused by the site: recorded with reason and witness, and still printed', async () => {
    const { id, contentDigest } = await desk.cosigned()
    const { fileId: _, ...who } = desk.signer()
    const { body } = await desk.act(cast.inspectorA, id, 'refuse_sign', {
      contentDigest,
      ...who,
      reason: '对问题有异议',
      witness: '监理 宋知行',
    })
    expect(body.record).toMatchObject({ state: 'signed', signature: { refused: '对问题有异议', fileId: null } })
    expect(body.record.papers).toHaveLength(1)
  })
  test('an edit afterwards shows that the signature no longer fits, to the site as well', async () => {
    const { record } = await desk.signedOne()
    const { id } = record
    await desk.act(cast.inspectorA, id, 'revise', { reason: '补记意见' })
    expect((await desk.get(cast.manager, id)).body.signatureFits).toBe(true)
    await desk.act(cast.inspectorA, id, 'save', { revision: record.revision, opinion: '限期三日整改' })
    expect((await desk.get(cast.manager, id)).body).toMatchObject({ signatureFits: false, record: { state: 'draft' } })
  })
  test('once an order rests on it, it is neither revised nor unbound', async () => {
    const { record } = await desk.signedOne()
    const notice = (await desk.signedOne()).record.id
    const ctx = await systemContext(desk.house.house)
    await read(ctx, (tx) => markOrdered(tx, record.id, notice))
    expect((await read(ctx, (tx) => getInspection(tx, record.id))).orders).toEqual([notice])
    expect(await desk.act(cast.inspectorA, record.id, 'revise', { reason: '补记意见' })).toMatchObject({
      status: 422,
      rule: 'inspection_ordered',
    })
  })
  test('nothing rests on what is not signed', async () => {
    const id = await desk.draft()
    const ctx = await systemContext(desk.house.house)
    await expect(read(ctx, (tx) => markOrdered(tx, id, id))).rejects.toMatchObject({ rule: 'inspection_not_signed' })
  })
  test('two signatures at once are one', async () => {
    const { id, contentDigest } = await desk.cosigned()
    const both = await Promise.all(
      [1, 2].map(() => desk.act(cast.inspectorA, id, 'sign', { contentDigest, ...desk.signer() })),
    )
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await desk.get(cast.inspectorA, id)).body.record.papers).toHaveLength(1)
  })
})
