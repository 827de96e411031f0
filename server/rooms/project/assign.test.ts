import { baseContract } from '@plumbline/core/base'
import { projectContract } from '@plumbline/core/project'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { systemContext } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'
import { openDesk, type Desk } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

describe('assignment', () => {
  test('names officers alone', async () => {
    expect(await desk.assign(cast.projectId, cast.persons.manager)).toMatchObject({
      status: 422,
      rule: 'not_an_inspector',
    })
    expect(await desk.assign(cast.projectId, cast.persons.leader)).toMatchObject({
      status: 422,
      rule: 'not_an_inspector',
    })
  })
  test('rights follow it at once, and what is open is handed over', async () => {
    const id = await desk.enter({ name: '交接试验工程' })
    const stop = async (who: string) =>
      desk.send(who, projectContract.act, id, 'stop', { reason: '隐患未消除', files: [await desk.paper(who)] })
    await desk.assign(id, cast.persons.inspectorA)
    await desk.send(cast.chief, projectContract.act, id, 'start', { day: '2026-09-01' })
    expect(await stop(cast.inspectorB)).toMatchObject({ status: 403, rule: 'not_assigned' })
    await openCase(id, 'yellow', '整改通知')
    await desk.assign(id, cast.persons.inspectorB)
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
    const told = await desk.house.call(cast.inspectorB, baseContract.messages, {})
    expect(told.body.rows.filter(({ caseId }) => caseId === id)).toMatchObject([{ kind: 'project.assigned' }])
  })
  test('nothing starts without it', async () => {
    const id = await desk.enter()
    expect(await desk.send(cast.clerk, projectContract.act, id, 'start', { day: '2026-09-01' })).toMatchObject({
      status: 422,
      rule: 'supervisor_missing',
    })
  })
  test('the list of officers says how much each has', async () => {
    const { body } = await desk.house.call(cast.chief, projectContract.officers, {})
    expect(body.rows.map(({ name }) => name).sort()).toEqual(['周若溪', '林远舟', '沈砚秋', '顾望平'].sort())
    expect(body.rows.find(({ name }) => name === '顾望平')).toMatchObject({ projects: 1, capacityLabel: '监督员' })
    expect((await desk.house.call(cast.inspectorA, projectContract.officers, {})).status).toBe(403)
  })
})

/** A case of a room that does not exist yet, on a project: what a notice will be. */
async function openCase(projectId: string, tier: 'calm' | 'yellow' | 'red', title: string, open = true) {
  const ctx = await systemContext(desk.house.house)
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
