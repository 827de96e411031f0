import { accountContract } from '@plumbline/core/account'
import { baseContract } from '@plumbline/core/base'
import { personContract } from '@plumbline/core/person'
import { type NewProject, projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, idNumberOf, openCast } from '../../../house/setup/cast.ts'
import { openTestHouse, type TestHouse } from '../../../house/setup/house.ts'
import { drawMap } from '../../../simulator/county/map.ts'
import { systemContext } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'
import { placeHolds } from '../../base/subjects.ts'
import { resumeByOrder, stopByOrder } from './index.ts'

let house: TestHouse
let cast: Cast

beforeAll(async () => {
  house = await openTestHouse()
  cast = await openCast(house)
})
afterAll(() => house.close())

const { towns } = drawMap()
const townNamed = (name: string) => towns.find((town) => town.name === name)!
let serial = 10
const facts = (change: object = {}) => {
  const town = townNamed('禾丰街道')
  return {
    code: `99042126070101${String((serial += 1))}`,
    name: `试验工程${serial}`,
    district: town.code,
    address: '禾丰路1号',
    point: town.label,
    sector: 'building' as const,
    ...change,
  }
}
const register = (change: object = {}, who = cast.clerk, requestId: string = randomUUID()) =>
  house.call(who, projectContract.register, {
    body: { requestId, input: facts(change) as z.input<typeof NewProject> },
  })
const enter = async (change: object = {}) => (await register(change)).body.record.id
type Route = (typeof projectContract)['act' | 'amend' | 'assign']
const send = (who: string, route: Route, id: string, action: string, input: object) =>
  house.call(who, route, { params: { id }, body: { requestId: randomUUID(), action, input } as never })
const assign = (id: string, ...people: string[]) =>
  send(cast.chief, projectContract.assign, id, 'assign', {
    officers: people.map((personId, i) => ({ personId, lead: i === 0 })),
    reason: '分工调整',
  })
const view = (who: string, id: string) => house.call(who, projectContract.get, { params: { id } })
const paper = async (who: string) => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const { status, body } = await house.upload(who, png, '通知.png')
  expect(status).toBe(200)
  return body.id
}

describe('registration is refused', () => {
  test('under a code that another project bears, also when two come at once', async () => {
    const { code } = facts()
    const answers = await Promise.all([register({ code }), register({ code })])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await register({ code })).toMatchObject({ status: 409, rule: 'project_code_taken' })
  })
  test('nor does an amendment take another project’s code', async () => {
    const [{ code }, id] = [(await view(cast.clerk, cast.projectId)).body.record, await enter()]
    expect(await send(cast.clerk, projectContract.amend, id, 'amend', { code })).toMatchObject({
      status: 409,
      rule: 'project_code_taken',
    })
  })
  test('in a town that is not drawn, or at a point outside it', async () => {
    expect(await register({ district: '990421999' })).toMatchObject({ status: 422, rule: 'town_unknown' })
    expect(await register({ point: townNamed('高新区').label })).toMatchObject({
      status: 422,
      rule: 'point_outside_town',
    })
  })
  test('with a unit or a person that the registers do not know', async () => {
    expect(await register({ parties: [{ role: 'owner', orgId: randomUUID() }] })).toMatchObject({
      status: 422,
      rule: 'org_unknown',
    })
    const parties = [{ role: 'owner', orgId: cast.ownerId }]
    const posts = [{ capacity: 'owner_rep', orgId: cast.ownerId, personId: randomUUID() }]
    expect(await register({ parties, posts })).toMatchObject({ status: 422, rule: 'person_unknown' })
  })
  test('for a contractor who may take no new project', async () => {
    const ctx = await systemContext(house.house)
    const hold = { subjectId: cast.rivalId, effect: 'new_project' as const, caseId: cast.otherProjectId }
    await inTx(ctx.db, ctx.actor.keys, (tx) =>
      placeHolds(tx, ctx, [{ ...hold, clause: 'pinghu.ladder', item: '信用惩戒' }]),
    )
    const refused = await register({ parties: [{ role: 'contractor', orgId: cast.rivalId }] })
    expect(refused).toMatchObject({ status: 422, rule: 'held' })
    expect(refused.body).toMatchObject({ detail: [{ clause: 'pinghu.ladder', item: '信用惩戒' }] })
  })
  test('by anybody but the registrars', async () => {
    for (const who of [cast.inspectorA, cast.manager, cast.company, cast.leader])
      expect(await register({}, who)).toMatchObject({ status: 403, rule: 'permission' })
  })
  test('with figures that are none', async () => {
    for (const change of [{ area: -1 }, { cost: 0 }, { startDay: '2026-02-30' }, { code: '123' }])
      expect((await register(change)).status).toBe(400)
  })
})

test('a repeated registration is answered with the project registered', async () => {
  const requestId = randomUUID()
  const input = facts() as z.input<typeof NewProject>
  const ask = { body: { requestId, input } }
  const [first, again] = [
    await house.call(cast.clerk, projectContract.register, ask),
    await house.call(cast.clerk, projectContract.register, ask),
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
  ] as const)('%s does', async (role) => expect((await view(cast[role], cast.projectId)).status).toBe(200))
  test.each(['inspectorC', 'rival'] as const)('for %s it does not exist', async (role) => {
    expect(await view(cast[role], cast.projectId)).toMatchObject({ status: 404, rule: 'project' })
    const { body } = await house.call(cast[role], projectContract.list, {})
    expect(body.rows.map(({ id }) => id)).toEqual([cast.otherProjectId])
    const map = await house.call(cast[role], projectContract.sites, {})
    expect(map.body.rows.map(({ id }) => id)).toEqual([cast.otherProjectId])
    expect((await house.call(cast[role], projectContract.counts, {})).body.total).toBe(1)
  })
  test('a head office sees the projects of its own subsidiaries alone', async () => {
    const { body } = await house.call(cast.company, projectContract.list, {})
    expect(body.rows.map(({ id }) => id)).toEqual([cast.projectId])
  })
  test('an officer of another district who is assigned does, and no longer when he is not', async () => {
    await assign(cast.projectId, cast.persons.inspectorA, cast.persons.inspectorC)
    expect((await view(cast.inspectorC, cast.projectId)).status).toBe(200)
    await assign(cast.projectId, cast.persons.inspectorA, cast.persons.inspectorB)
    expect((await view(cast.inspectorC, cast.projectId)).status).toBe(404)
  })
})

describe('assignment', () => {
  test('names officers alone', async () => {
    expect(await assign(cast.projectId, cast.persons.manager)).toMatchObject({ status: 422, rule: 'not_an_inspector' })
    expect(await assign(cast.projectId, cast.persons.leader)).toMatchObject({ status: 422, rule: 'not_an_inspector' })
  })
  test('rights follow it at once, and what is open is handed over', async () => {
    const id = await enter({ name: '交接试验工程' })
    const stop = async (who: string) =>
      send(who, projectContract.act, id, 'stop', { reason: '隐患未消除', files: [await paper(who)] })
    await assign(id, cast.persons.inspectorA)
    await send(cast.chief, projectContract.act, id, 'start', { day: '2026-09-01' })
    expect(await stop(cast.inspectorB)).toMatchObject({ status: 403, rule: 'not_assigned' })
    await openCase(id, 'yellow', '整改通知')
    await assign(id, cast.persons.inspectorB)
    expect(await stop(cast.inspectorA)).toMatchObject({ status: 403, rule: 'not_assigned' })
    const stopped = await stop(cast.inspectorB)
    expect(stopped.body.record.state).toBe('stopped')
    expect(stopped.body.handovers).toMatchObject([
      {
        reason: '分工调整',
        leaving: [{ name: '林远舟' }],
        coming: [{ name: '周若溪' }],
        cases: [{ title: '整改通知', tier: 'yellow' }],
      },
    ])
    const told = await house.call(cast.inspectorB, baseContract.messages, {})
    expect(told.body.rows.filter(({ caseId }) => caseId === id)).toMatchObject([{ kind: 'project.assigned' }])
  })
  test('nothing starts without it', async () => {
    const id = await enter()
    expect(await send(cast.clerk, projectContract.act, id, 'start', { day: '2026-09-01' })).toMatchObject({
      status: 422,
      rule: 'supervisor_missing',
    })
  })
  test('the list of officers says how much each has', async () => {
    const { body } = await house.call(cast.chief, projectContract.officers, {})
    expect(body.rows.map(({ name }) => name).sort()).toEqual(['周若溪', '林远舟', '沈砚秋', '顾望平'].sort())
    expect(body.rows.find(({ name }) => name === '顾望平')).toMatchObject({ projects: 1, capacityLabel: '监督员' })
    expect((await house.call(cast.inspectorA, projectContract.officers, {})).status).toBe(403)
  })
})

/** A case of a room that does not exist yet, on a project: what a notice will be. */
async function openCase(projectId: string, tier: 'calm' | 'yellow' | 'red', title: string, open = true) {
  const ctx = await systemContext(house.house)
  await inTx(ctx.db, ['d:'], (tx) =>
    tx
      .insertInto('base.case')
      .values({
        id: randomUUID(),
        room: 'notice',
        title,
        state: 'fixing',
        open,
        project_id: projectId,
        reach: ['d:', 'd:990421', 'd:990421001'],
        since: ctx.now,
        tier,
        opened_at: ctx.now,
      } as never)
      .execute(),
  )
}

describe('posts', () => {
  test('give powers to those with an account, and take them when the post ends', async () => {
    const { manager, engineer } = cast.persons
    const parties = [
      { role: 'contractor', orgId: cast.contractorId },
      { role: 'supervision', orgId: cast.supervisionId },
    ]
    const post = (personId: string) => ({ capacity: 'project_manager', orgId: cast.contractorId, personId })
    const id = await enter({ parties, posts: [post(manager)] })
    await house.house.settle()
    const posts = async (person: string) =>
      (await house.call(cast.clerk, personContract.get, { params: { id: person } })).body.record.posts
        .filter(({ projectId }) => projectId === id)
        .map(({ capacity }) => capacity)
    const powers = async (person: string) => {
      const { body } = await house.call(cast.admin, accountContract.list, { query: { limit: 200 } })
      return body.rows
        .find(({ personId }) => personId === person)!
        .appointments.filter(({ projectId, until }) => projectId === id && !until)
        .map(({ capacity }) => capacity)
    }
    expect([await posts(manager), await powers(manager)]).toEqual([['project_manager'], ['project_manager']])
    const chiefEngineer = { capacity: 'chief_engineer', orgId: cast.supervisionId, personId: engineer }
    await send(cast.clerk, projectContract.amend, id, 'amend', { posts: [chiefEngineer] })
    await house.house.settle()
    expect([await posts(manager), await powers(manager)]).toEqual([[], []])
    expect([await posts(engineer), await powers(engineer)]).toEqual([['chief_engineer'], ['chief_engineer']])
  })
  test('wait for an account that comes later', async () => {
    const entered = await house.call(cast.clerk, personContract.register, {
      body: {
        requestId: randomUUID(),
        idNumber: idNumberOf(700),
        input: { name: '施远征' },
      },
    })
    const personId = entered.body.record.id
    const parties = [{ role: 'contractor', orgId: cast.contractorId }]
    const id = await enter({ parties, posts: [{ capacity: 'safety_officer', orgId: cast.contractorId, personId }] })
    await house.house.settle()
    await house.call(cast.admin, accountContract.create, {
      body: { requestId: randomUUID(), login: 'late.comer', name: '施远征', personId },
    })
    await house.house.settle()
    const { body } = await house.call(cast.admin, accountContract.list, { query: { limit: 200 } })
    expect(body.rows.find((one) => one.personId === personId)!.appointments).toMatchObject([
      { capacity: 'safety_officer', projectId: id, until: null },
    ])
  })
})

describe('status', () => {
  test('stopping and resuming take a reason and a paper that exists', async () => {
    const bad = { reason: '隐患未消除', files: [] }
    expect((await send(cast.inspectorA, projectContract.act, cast.projectId, 'stop', bad)).status).toBe(400)
    const ghost = { reason: '隐患未消除', files: [randomUUID()] }
    expect(await send(cast.inspectorA, projectContract.act, cast.projectId, 'stop', ghost)).toMatchObject({
      status: 422,
      rule: 'file_missing',
    })
    expect((await view(cast.inspectorA, cast.projectId)).body.record.state).toBe('building')
  })
  test('a legal order stops it once however often it is told, and only its own end lifts it', async () => {
    const ctx = await systemContext(house.house)
    const because = randomUUID()
    await stopByOrder(ctx, cast.projectId, { because, scope: '全面停工' })
    await stopByOrder(ctx, cast.projectId, { because, scope: '全面停工' })
    const { record, acts } = (await view(cast.manager, cast.projectId)).body
    expect([
      record.state,
      record.stops.length,
      acts.filter(({ topic }) => topic === 'project.stop_by_order').length,
    ]).toEqual(['stopped', 1, 1])
    const resume = { reason: '整改完毕', files: [await paper(cast.inspectorA)] }
    expect(await send(cast.inspectorA, projectContract.act, cast.projectId, 'resume', resume)).toMatchObject({
      status: 422,
      rule: 'stopped_by_order',
    })
    await resumeByOrder(ctx, cast.projectId, { because })
    await resumeByOrder(ctx, cast.projectId, { because })
    expect((await view(cast.manager, cast.projectId)).body.record.state).toBe('building')
  })
  test('an order that does not see its project is told that it is missing', async () => {
    const ctx = await systemContext(house.house)
    await expect(stopByOrder(ctx, randomUUID(), { because: randomUUID(), scope: '' })).rejects.toMatchObject({
      kind: 'missing',
    })
  })
})

test('amending judges the duties anew and keeps the clause of the day', async () => {
  const id = await enter({ area: 4999 })
  expect((await view(cast.clerk, id)).body.record.duties).toEqual([])
  const { body } = await send(cast.clerk, projectContract.amend, id, 'amend', { area: 5000 })
  expect(body.record.duties.map(({ duty, clause }) => [duty, clause])).toEqual([
    ['video', 'xiuzhou.equipment_2'],
    ['attendance', 'xiuzhou.equipment_2'],
    ['dust', 'xiuzhou.equipment_2'],
  ])
  const old = await send(cast.clerk, projectContract.amend, id, 'amend', { startDay: '2017-03-01' })
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
    house.call(cast.chief, projectContract.drawTowns, { body: { requestId: randomUUID(), towns: list } })
  expect(await draw(drawn.filter(({ name }) => name !== '城东街道'))).toMatchObject({
    status: 422,
    rule: 'town_in_use',
  })
  expect(await draw([...drawn, { ...drawn[0]!, code: '990422001' }])).toMatchObject({
    status: 422,
    rule: 'town_outside_county',
  })
  expect((await draw(drawn)).body.towns).toHaveLength(12)
  const map = await house.call(cast.inspectorC, projectContract.county, {})
  expect([map.body.towns.length, map.body.rows.map(({ id }) => id)]).toEqual([12, [cast.otherProjectId]])
})
