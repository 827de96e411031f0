import { type NewOrg, orgContract } from '@plumbline/core/org'
import { personContract } from '@plumbline/core/person'
import { projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { systemContext } from '../../base/context.ts'
import type { HeardAct } from '../../base/room.ts'
import { followOrg } from './follow.ts'
import { type Desk, openDesk } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

const amendOrg = async (id: string, input: Partial<NewOrg>) => {
  const body = { requestId: randomUUID(), action: 'amend' as const, input }
  const answer = await desk.house.call(cast.clerk, orgContract.act, { params: { id }, body })
  expect(answer.status).toBe(200)
  await desk.house.house.settle()
}
const amendPerson = async (id: string, input: object) => {
  const body = { requestId: randomUUID(), action: 'amend' as const, input }
  const answer = await desk.house.call(cast.clerk, personContract.act, { params: { id }, body })
  expect(answer.status).toBe(200)
  await desk.house.house.settle()
}
const standing = async (id: string) => {
  const { record, acts } = (await desk.view(cast.clerk, id)).body
  return { ...record, follows: acts.filter(({ topic }) => topic === 'project.follow') }
}
const nameOf = ({ parties }: { parties: { orgId: string; orgName: string }[] }, orgId: string) =>
  parties.find((party) => party.orgId === orgId)?.orgName

test('nobody follows by hand', async () => {
  const answer = await desk.send(cast.clerk, projectContract.act, cast.projectId, 'follow', { orgs: [], people: [] })
  expect(answer.status).toBe(400)
})

test('a unit that is renamed is renamed on its projects at once, by the system, and found under its new name', async () => {
  await amendOrg(cast.contractorId, { name: '青禾长虹建设有限公司' })
  const project = await standing(cast.projectId)
  expect(nameOf(project, cast.contractorId)).toBe('青禾长虹建设有限公司')
  expect(project.follows).toMatchObject([{ capacity: 'system' }])
  const { body } = await desk.house.call(cast.clerk, projectContract.list, { query: { q: '长虹建设' } })
  expect(body.rows.map(({ id }) => id)).toEqual([cast.projectId])
  // The rival's project has nothing to follow.
  expect((await standing(cast.otherProjectId)).follows).toEqual([])
})

test('a change that no project carries leaves them alone', async () => {
  const before = (await standing(cast.projectId)).follows.length
  await amendOrg(cast.contractorId, { phone: '19900000001' })
  expect((await standing(cast.projectId)).follows).toHaveLength(before)
})

test('a telephone number that changes is the new one on the site, and the duties are not judged anew', async () => {
  const { duties } = await standing(cast.projectId)
  await amendPerson(cast.persons.manager, { phone: '19900009999' })
  const project = await standing(cast.projectId)
  expect(project.posts.find(({ personId }) => personId === cast.persons.manager)?.phone).toBe('19900009999')
  expect(project.duties).toEqual(duties)
})

test('what is heard twice, or again after a further change, follows to what stands now', async () => {
  const ctx = await systemContext(desk.house.house)
  const heard: HeardAct = {
    ...{ id: 1, topic: 'org.amend', caseId: cast.supervisionId, to: 'registered', input: {}, actorId: null },
    doneAt: ctx.now,
  }
  const before = (await standing(cast.projectId)).follows.length
  await amendOrg(cast.supervisionId, { name: '正衡监理一' })
  await followOrg(ctx, heard)
  expect((await standing(cast.projectId)).follows).toHaveLength(before + 1)
  await amendOrg(cast.supervisionId, { name: '正衡监理二' })
  await followOrg(ctx, heard)
  const project = await standing(cast.projectId)
  expect([nameOf(project, cast.supervisionId), project.follows.length]).toEqual(['正衡监理二', before + 2])
})

test('a finished project keeps the names under which it was finished', async () => {
  const id = await desk.enter({ parties: [{ role: 'owner', orgId: cast.ownerId }] })
  const { parties } = await standing(id)
  const files = [await desk.paper(cast.clerk)]
  await desk.send(cast.clerk, projectContract.act, id, 'terminate', { reason: '规划调整', files })
  await amendOrg(cast.ownerId, { name: '青禾水务投资二公司' })
  expect((await standing(id)).parties).toEqual(parties)
  expect(nameOf(await standing(cast.projectId), cast.ownerId)).toBe('青禾水务投资二公司')
})
