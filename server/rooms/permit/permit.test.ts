import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import { systemActor } from '@plumbline/core/access'
import { MaterialKind, permitContract as contract } from '@plumbline/core/permit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { inTx } from '../../base/db.ts'
import { liftHolds, placeHolds } from '../../base/subjects.ts'

let house: TestHouse
let cast: Cast
beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
})
afterAll(() => house.close())

const whole = MaterialKind.options.map((kind) => ({ kind, notConcerned: '本项目不涉及' }))
const submit = (cookie: string, change: object = {}, requestId: string = randomUUID()) =>
  house.call(cookie, contract.submit, {
    body: { requestId, input: { projectId: cast.projectId, statement: '工程已完工', materials: whole, ...change } },
  })
const act = (cookie: string, id: string, action: string, input: object = {}) =>
  house.call(cookie, contract.act, { params: { id }, body: { requestId: randomUUID(), action, input } as never })
const takeBack = (id: string) => act(cast.owner, id, 'withdraw', { reason: '另行申请' })

test('the contractor may not, a stranger sees no project, one item is not named twice', async () => {
  expect(await submit(cast.manager)).toMatchObject({ status: 403, rule: 'permission' })
  expect(await submit(cast.clerk)).toMatchObject({ status: 403, rule: 'capacity' })
  expect(await submit(cast.owner, { projectId: randomUUID() })).toMatchObject({ status: 404 })
  expect(await submit(cast.owner, { materials: [whole[0], whole[0]] })).toMatchObject({
    status: 422,
    rule: 'material_twice',
  })
  const strange = [{ kind: 'planning', fileIds: [randomUUID()] }]
  expect(await submit(cast.owner, { materials: strange })).toMatchObject({ status: 422, rule: 'file_missing' })
})

test('a refused submission leaves neither an application nor a gap in the numbers', async () => {
  const first = await submit(cast.owner)
  expect(first.body.record.number).toMatch(/^青建验受〔\d{4}〕0001号$/)
  expect(await submit(cast.owner)).toMatchObject({ status: 409, rule: 'application_exists' })
  await takeBack(first.body.record.id)
  const second = await submit(cast.owner)
  expect(second.body.record.number).toMatch(/0002号$/)
  await takeBack(second.body.record.id)
})

test('two sends of one request at the same moment are one application', async () => {
  const requestId = randomUUID()
  const both = await Promise.all([submit(cast.owner, {}, requestId), submit(cast.owner, {}, requestId)])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(both[0].body.record.id).toBe(both[1].body.record.id)
  await takeBack(both[0].body.record.id)
})

test('a hold on the project stops it on its way back as well, whoever placed it', async () => {
  const { id } = (await submit(cast.owner)).body.record
  await act(cast.clerk, id, 'return', { gaps: [{ kind: null, text: '申请表未盖章' }] })
  const ctx = await house.as(systemActor)
  const why = { caseId: id, clause: 'pinghu.ladder', item: '某一事项' }
  const hold = { subjectId: cast.projectId, effect: 'new_business' as const, ...why }
  await inTx(ctx.db, ctx.actor.keys, (tx) => placeHolds(tx, ctx, [hold]))
  const again = { statement: '已补正', materials: whole }
  expect(await act(cast.owner, id, 'resubmit', again)).toMatchObject({
    status: 422,
    rule: 'held',
    body: { detail: [{ ...why, room: 'permit' }] },
  })
  await inTx(ctx.db, ctx.actor.keys, (tx) => liftHolds(tx, ctx, id))
  expect((await act(cast.owner, id, 'resubmit', again)).status).toBe(200)
  await takeBack(id)
})

test('returned with all gaps at once, told to the owner, put right, accepted', async () => {
  const { id } = (await submit(cast.owner, { materials: whole.slice(0, 3) })).body.record
  expect((await house.call(cast.clerk, contract.get, { params: { id } })).body.missing).toEqual(['archive', 'quality'])
  expect(await act(cast.clerk, id, 'accept')).toMatchObject({ status: 422, rule: 'materials_missing' })
  expect(await act(cast.owner, id, 'return', { gaps: [] })).toMatchObject({ status: 403, rule: 'capacity' })
  const returned = await act(cast.clerk, id, 'return', { gaps: [{ kind: null, text: '申请表未盖章' }] })
  expect(returned.body.record.returns[0]!.gaps.map(({ text }) => text)).toEqual([
    '申请表未盖章',
    '缺少：建设工程档案验收',
    '缺少：质量竣工验收监督',
  ])
  const told = await house.call(cast.owner, baseContract.messages, { query: { limit: 100 } })
  expect(told.body.rows.find(({ caseId }) => caseId === id)?.body).toContain('申请表未盖章；缺少：建设工程档案验收')
  const inbox = await house.call(cast.owner, baseContract.inbox, { query: { limit: 100 } })
  expect(inbox.body.rows.map((row) => row.id)).toContain(id)
  expect((await act(cast.owner, id, 'resubmit', { statement: '已补正', materials: whole })).status).toBe(200)
  expect((await act(cast.clerk, id, 'accept')).body.record.state).toBe('accepted')
  expect(await submit(cast.owner)).toMatchObject({ status: 409, rule: 'application_exists' })
  const list = await house.call(cast.owner, contract.list, { query: { projectId: cast.projectId, open: 'false' } })
  expect(list.body.rows.map((row) => row.id)).toContain(id)
  expect((await house.call(cast.rival, contract.get, { params: { id } })).status).toBe(404)
})
