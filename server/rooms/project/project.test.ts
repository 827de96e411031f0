import { projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { systemContext } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'
import { placeHolds } from '../../base/subjects.ts'
import { facts, openDesk, type Desk, towns, townNamed } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

describe('registration is refused', () => {
  test('under a code that another project bears, also when two come at once', async () => {
    const { code } = facts()
    const answers = await Promise.all([desk.register({ code }), desk.register({ code })])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await desk.register({ code })).toMatchObject({ status: 409, rule: 'project_code_taken' })
  })
  test('nor does an amendment take another project’s code', async () => {
    const [{ code }, id] = [(await desk.view(cast.clerk, cast.projectId)).body.record, await desk.enter()]
    expect(await desk.send(cast.clerk, projectContract.amend, id, 'amend', { code })).toMatchObject({
      status: 409,
      rule: 'project_code_taken',
    })
  })
  test('in a town that is not drawn, or at a point outside it', async () => {
    expect(await desk.register({ district: '990421999' })).toMatchObject({ status: 422, rule: 'town_unknown' })
    expect(await desk.register({ point: townNamed('高新区').label })).toMatchObject({
      status: 422,
      rule: 'point_outside_town',
    })
  })
  test('with a unit or a person that the registers do not know', async () => {
    expect(await desk.register({ parties: [{ role: 'owner', orgId: randomUUID() }] })).toMatchObject({
      status: 422,
      rule: 'org_unknown',
    })
    const parties = [{ role: 'owner', orgId: cast.ownerId }]
    const posts = [{ capacity: 'owner_rep', orgId: cast.ownerId, personId: randomUUID() }]
    expect(await desk.register({ parties, posts })).toMatchObject({ status: 422, rule: 'person_unknown' })
  })
  test('for a contractor who may take no new project', async () => {
    const ctx = await systemContext(desk.house.house)
    const hold = { subjectId: cast.rivalId, effect: 'new_project' as const, caseId: cast.otherProjectId }
    await inTx(ctx.db, ctx.actor.keys, (tx) =>
      placeHolds(tx, ctx, [{ ...hold, clause: 'pinghu.ladder', item: '信用惩戒' }]),
    )
    const refused = await desk.register({ parties: [{ role: 'contractor', orgId: cast.rivalId }] })
    expect(refused).toMatchObject({ status: 422, rule: 'held' })
    expect(refused.body).toMatchObject({ detail: [{ clause: 'pinghu.ladder', item: '信用惩戒' }] })
  })
  test('by anybody but the registrars', async () => {
    for (const who of [cast.inspectorA, cast.manager, cast.company, cast.leader])
      expect(await desk.register({}, who)).toMatchObject({ status: 403, rule: 'permission' })
  })
  test('with figures that are none', async () => {
    for (const change of [{ area: -1 }, { cost: 0 }, { startDay: '2026-02-30' }, { code: '123' }])
      expect((await desk.register(change)).status).toBe(400)
  })
})

test('a repeated registration is answered with the project registered', async () => {
  const requestId = randomUUID()
  const input = facts()
  const ask = { body: { requestId, input } }
  const [first, again] = [
    await desk.house.call(cast.clerk, projectContract.register, ask),
    await desk.house.call(cast.clerk, projectContract.register, ask),
  ]
  expect([first.status, again.status, again.body.record.id]).toEqual([200, 200, first.body.record.id])
})

describe('who sees a project', () => {
  test.each([
    'inspectorA',
    'inspectorB',
    'chief',
    'clerk',
    'leader',
    'manager',
    'safety',
    'engineer',
    'owner',
    'company',
  ] as const)('%s does', async (role) => expect((await desk.view(cast[role], cast.projectId)).status).toBe(200))
  test.each(['inspectorC', 'rival'] as const)('for %s it does not exist', async (role) => {
    expect(await desk.view(cast[role], cast.projectId)).toMatchObject({ status: 404, rule: 'project' })
    const { body } = await desk.house.call(cast[role], projectContract.list, {})
    expect(body.rows.map(({ id }) => id)).toEqual([cast.otherProjectId])
    const map = await desk.house.call(cast[role], projectContract.sites, {})
    expect(map.body.rows.map(({ id }) => id)).toEqual([cast.otherProjectId])
    expect((await desk.house.call(cast[role], projectContract.counts, {})).body.total).toBe(1)
  })
  test('a head office sees the projects of its own subsidiaries alone', async () => {
    const { body } = await desk.house.call(cast.company, projectContract.list, {})
    expect(body.rows.map(({ id }) => id)).toEqual([cast.projectId])
  })
  test('an officer of another district who is assigned does, and no longer when he is not', async () => {
    await desk.assign(cast.projectId, cast.persons.inspectorA, cast.persons.inspectorC)
    expect((await desk.view(cast.inspectorC, cast.projectId)).status).toBe(200)
    await desk.assign(cast.projectId, cast.persons.inspectorA, cast.persons.inspectorB)
    expect((await desk.view(cast.inspectorC, cast.projectId)).status).toBe(404)
  })
})

test('amending judges the duties anew and keeps the clause of the day', async () => {
  const id = await desk.enter({ area: 4999 })
  expect((await desk.view(cast.clerk, id)).body.record.duties).toEqual([])
  const { body } = await desk.send(cast.clerk, projectContract.amend, id, 'amend', { area: 5000 })
  expect(body.record.duties.map(({ duty, clause }) => [duty, clause])).toEqual([
    ['video', 'xiuzhou.equipment_2'],
    ['attendance', 'xiuzhou.equipment_2'],
    ['dust', 'xiuzhou.equipment_2'],
  ])
  const old = await desk.send(cast.clerk, projectContract.amend, id, 'amend', { startDay: '2017-03-01' })
  expect(old.body.record.duties.map(({ duty, clause }) => [duty, clause])).toEqual([
    ['video', 'xiuzhou.equipment_1'],
    ['attendance', 'xiuzhou.equipment_1'],
  ])
})

test('towns with projects stay on the map, and none is drawn in another county', async () => {
  const drawn = towns.map(({ code, name, hightechZone, polygon }) => ({
    code,
    name,
    hightechZone,
    polygon: [...polygon],
  }))
  const draw = (list: typeof drawn) =>
    desk.house.call(cast.chief, projectContract.drawTowns, { body: { requestId: randomUUID(), towns: list } })
  expect(await draw(drawn.filter(({ name }) => name !== '城东街道'))).toMatchObject({
    status: 422,
    rule: 'town_in_use',
  })
  expect(await draw([...drawn, { ...drawn[0]!, code: '990422001' }])).toMatchObject({
    status: 422,
    rule: 'town_outside_county',
  })
  expect((await draw(drawn)).body.towns).toHaveLength(12)
  const map = await desk.house.call(cast.inspectorC, projectContract.county, {})
  expect([map.body.towns.length, map.body.rows.map(({ id }) => id)]).toEqual([12, [cast.otherProjectId]])
})
