import { inspectionContract as contract } from '@plumbline/core/inspection'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { type Desk, openDesk } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
  await desk.signedOne()
  for (let count = 0; count < 6; count += 1) await desk.draft()
})
afterAll(() => desk.house.close())

describe('lists', () => {
  test('are cut by reach and by filter, and page without loss', async () => {
    const all = (await desk.house.call(cast.inspectorA, contract.list, { query: { limit: 200 } })).body.rows
    expect(all.length).toBeGreaterThan(5)
    expect((await desk.house.call(cast.rival, contract.list, {})).body.rows).toEqual([])
    const paged: string[] = []
    let after: string | undefined
    do {
      const { body } = await desk.house.call(cast.inspectorA, contract.list, { query: { limit: 3, after } })
      paged.push(...body.rows.map(({ id }) => id))
      after = body.next ?? undefined
    } while (after)
    expect(paged).toEqual(all.map(({ id }) => id))
    const drafts = (await desk.house.call(cast.inspectorA, contract.list, { query: { state: 'draft', limit: 200 } }))
      .body.rows
    expect(drafts.map(({ id }) => id)).toEqual(all.filter(({ state }) => state === 'draft').map(({ id }) => id))
    expect(await desk.house.call(cast.inspectorA, contract.list, { query: { after: 'x' } })).toMatchObject({
      rule: 'cursor',
    })
  })
  test('a filter of letters is no pattern', async () => {
    expect((await desk.house.call(cast.inspectorA, contract.list, { query: { text: '%' } })).body.rows).toEqual([])
    expect(
      (await desk.house.call(cast.inspectorA, contract.list, { query: { text: '污水厂' } })).body.rows.length,
    ).toBeGreaterThan(0)
  })
  test('the export is a spreadsheet that names its filter', async () => {
    const { default: readXlsx } = await import('read-excel-file/node')
    const { body } = await desk.house.call(cast.inspectorA, contract.export, { query: { state: 'signed' } })
    const sheet = (await readXlsx(body as Buffer)) as unknown
    expect(JSON.stringify(sheet)).toContain('状态 已签字')
    expect(JSON.stringify(sheet)).toContain('城东污水厂扩建工程')
  })
  test('a project shows each subject and when it was last inspected', async () => {
    const { body } = await desk.house.call(cast.inspectorA, contract.ofProject, { params: { id: cast.projectId } })
    expect(body.coverage.map(({ subject }) => subject)).toEqual(['safety', 'quality', 'fire', 'testing', 'dust'])
    expect(body.coverage[0]?.last).not.toBeNull()
    expect(body.coverage[2]?.last).toBeNull()
    expect(
      await desk.house.call(cast.inspectorC, contract.ofProject, { params: { id: cast.projectId } }),
    ).toMatchObject({
      status: 404,
    })
  })
})
