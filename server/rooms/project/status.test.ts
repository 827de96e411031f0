import { projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { systemContext } from '../../base/context.ts'
import { resumeByOrder, stopByOrder } from './index.ts'
import { openDesk, type Desk } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

describe('status', () => {
  test('stopping and resuming take a reason and a paper that exists', async () => {
    const bad = { reason: '隐患未消除', files: [] }
    expect((await desk.send(cast.inspectorA, projectContract.act, cast.projectId, 'stop', bad)).status).toBe(400)
    const ghost = { reason: '隐患未消除', files: [randomUUID()] }
    expect(await desk.send(cast.inspectorA, projectContract.act, cast.projectId, 'stop', ghost)).toMatchObject({
      status: 422,
      rule: 'file_missing',
    })
    expect((await desk.view(cast.inspectorA, cast.projectId)).body.record.state).toBe('building')
  })
  test('a legal order stops it once however often it is told, and only its own end lifts it', async () => {
    const ctx = await systemContext(desk.house.house)
    const because = randomUUID()
    await stopByOrder(ctx, cast.projectId, { because, scope: '全面停工' })
    await stopByOrder(ctx, cast.projectId, { because, scope: '全面停工' })
    const { record, acts } = (await desk.view(cast.manager, cast.projectId)).body
    expect([
      record.state,
      record.stops.length,
      acts.filter(({ topic }) => topic === 'project.stop_by_order').length,
    ]).toEqual(['stopped', 1, 1])
    const resume = { reason: '整改完毕', files: [await desk.paper(cast.inspectorA)] }
    expect(await desk.send(cast.inspectorA, projectContract.act, cast.projectId, 'resume', resume)).toMatchObject({
      status: 422,
      rule: 'stopped_by_order',
    })
    await resumeByOrder(ctx, cast.projectId, { because })
    await resumeByOrder(ctx, cast.projectId, { because })
    expect((await desk.view(cast.manager, cast.projectId)).body.record.state).toBe('building')
  })
  test('the window sees why works cannot begin, and that they can once officers are named', async () => {
    const id = await desk.enter()
    const start = async () => (await desk.view(cast.clerk, id)).body.steps.find(({ action }) => action === 'start')
    expect(await start()).toMatchObject({ main: false, barrier: 'supervisor_missing' })
    await desk.assign(id, cast.persons.inspectorA)
    expect(await start()).toMatchObject({ main: true, barrier: null })
  })
  test('an order that does not see its project is told that it is missing', async () => {
    const ctx = await systemContext(desk.house.house)
    await expect(stopByOrder(ctx, randomUUID(), { because: randomUUID(), scope: '' })).rejects.toMatchObject({
      kind: 'missing',
    })
  })
})
