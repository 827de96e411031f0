import { randomUUID } from 'node:crypto'
import { inspectionContract as contract } from '@plumbline/core/inspection'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { type Desk, openDesk } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

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
    desk.house.call(cookie, contract.propose, {
      body: { requestId: randomUUID(), input: { projectId: cast.projectId, year, items } },
    })

  test('is drafted by an assigned inspector, once a year, and adopted by the chief', async () => {
    expect(await propose(cast.inspectorC)).toMatchObject({ status: 404 })
    const made = await propose(cast.inspectorA)
    expect(made.status).toBe(200)
    expect(await propose(cast.inspectorB)).toMatchObject({ status: 409, rule: 'plan_exists' })
    const adopt = (cookie: string) =>
      desk.house.call(cookie, contract.planAct, {
        params: { id: made.body.record.id },
        body: { requestId: randomUUID(), action: 'adopt', input: {} } as never,
      })
    expect(await adopt(cast.inspectorA)).toMatchObject({ status: 403, rule: 'capacity' })
    expect((await adopt(cast.chief)).body.record.state).toBe('adopted')
  })
  test('shows planned against done', async () => {
    await desk.signedOne()
    const { rows } = (await desk.house.call(cast.inspectorA, contract.calendar, { query: { year } })).body
    expect(rows).toHaveLength(1)
    expect(rows[0]!.items.some(({ done }) => done !== null)).toBe(true)
    expect((await desk.house.call(cast.inspectorC, contract.calendar, { query: { year } })).body.rows).toEqual([])
  })
})
