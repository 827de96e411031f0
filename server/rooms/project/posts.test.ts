import { accountContract } from '@plumbline/core/account'
import { personContract } from '@plumbline/core/person'
import { projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, idNumberOf } from '../../../house/setup/cast.ts'
import { openDesk, type Desk } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

/** What a person holds on a project by the register of people, and by his account. */
const posts = async (id: string, person: string) =>
  (await desk.house.call(cast.clerk, personContract.get, { params: { id: person } })).body.record.posts
    .filter(({ projectId }) => projectId === id)
    .map(({ capacity }) => capacity)
const powers = async (id: string, person: string) => {
  const { body } = await desk.house.call(cast.admin, accountContract.list, { query: { limit: 200 } })
  return body.rows
    .find(({ personId }) => personId === person)!
    .appointments.filter(({ projectId, until }) => projectId === id && !until)
    .map(({ capacity }) => capacity)
}
const held = async (id: string, person: string) => [await posts(id, person), await powers(id, person)]

describe('posts', () => {
  test('give powers to those with an account, and take them when the post ends', async () => {
    const { manager, engineer } = cast.persons
    const parties = [
      { role: 'contractor', orgId: cast.contractorId },
      { role: 'supervision', orgId: cast.supervisionId },
    ]
    const post = (personId: string) => ({ capacity: 'project_manager', orgId: cast.contractorId, personId })
    const id = await desk.enter({ parties, posts: [post(manager)] })
    await desk.house.house.settle()
    expect(await held(id, manager)).toEqual([['project_manager'], ['project_manager']])
    const chiefEngineer = { capacity: 'chief_engineer', orgId: cast.supervisionId, personId: engineer }
    await desk.send(cast.clerk, projectContract.amend, id, 'amend', { posts: [chiefEngineer] })
    await desk.house.house.settle()
    expect(await held(id, manager)).toEqual([[], []])
    expect(await held(id, engineer)).toEqual([['chief_engineer'], ['chief_engineer']])
  })
  test('wait for an account that comes later', async () => {
    const entered = await desk.house.call(cast.clerk, personContract.register, {
      body: {
        requestId: randomUUID(),
        idNumber: idNumberOf(700),
        input: { name: '施远征' },
      },
    })
    const personId = entered.body.record.id
    const parties = [{ role: 'contractor', orgId: cast.contractorId }]
    const id = await desk.enter({
      parties,
      posts: [{ capacity: 'safety_officer', orgId: cast.contractorId, personId }],
    })
    await desk.house.house.settle()
    await desk.house.call(cast.admin, accountContract.create, {
      body: { requestId: randomUUID(), login: 'late.comer', name: '施远征', personId },
    })
    await desk.house.house.settle()
    const { body } = await desk.house.call(cast.admin, accountContract.list, { query: { limit: 200 } })
    expect(body.rows.find((one) => one.personId === personId)!.appointments).toMatchObject([
      { capacity: 'safety_officer', projectId: id, until: null },
    ])
  })

  /** A project with an owner's representative and a manager, building. */
  const building = async () => {
    const parties = [
      { role: 'owner', orgId: cast.ownerId },
      { role: 'contractor', orgId: cast.contractorId },
    ]
    const posts = [
      { capacity: 'owner_rep', orgId: cast.ownerId, personId: cast.persons.owner },
      { capacity: 'project_manager', orgId: cast.contractorId, personId: cast.persons.manager },
    ]
    const id = await desk.enter({ parties, posts })
    await desk.assign(id, cast.persons.inspectorA)
    await desk.send(cast.clerk, projectContract.act, id, 'start', { day: '2026-09-01' })
    await desk.house.house.settle()
    return id
  }
  const finish = async (id: string, action: string, input: object) => {
    const files = [await desk.paper(cast.clerk)]
    const answer = await desk.send(cast.clerk, projectContract.act, id, action, { ...input, files })
    expect(answer.status).toBe(200)
    await desk.house.house.settle()
  }

  test('end when works are completed, with an act each; the owner’s stays for the joint acceptance', async () => {
    const { manager, owner } = cast.persons
    const id = await building()
    await finish(id, 'complete', { day: '2026-11-01' })
    expect(await held(id, manager)).toEqual([[], []])
    expect(await held(id, owner)).toEqual([['owner_rep'], ['owner_rep']])
    const { acts } = (await desk.house.call(cast.clerk, personContract.get, { params: { id: manager } })).body
    expect(acts.at(-1)).toMatchObject({ topic: 'person.unpost', capacity: 'system' })
    const accounts = (await desk.house.call(cast.admin, accountContract.list, { query: { limit: 200 } })).body.rows
    const account = accounts.find(({ personId }) => personId === manager)!
    const { body } = await desk.house.call(cast.admin, accountContract.get, { params: { id: account.id } })
    expect(body.acts.at(-1)).toMatchObject({ topic: 'account.dismiss', note: '项目竣工' })
    // His post on the other site stands.
    expect(await held(cast.projectId, manager)).toEqual([['project_manager'], ['project_manager']])
  })
  test('end all when the project is terminated', async () => {
    const id = await building()
    await finish(id, 'terminate', { reason: '规划调整' })
    for (const person of [cast.persons.manager, cast.persons.owner]) expect(await held(id, person)).toEqual([[], []])
  })
})
