import { randomUUID } from 'node:crypto'
import { findCheckTable, inspectionContract as contract } from '@plumbline/core/inspection'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cast } from '../../../house/setup/cast.ts'
import { answersOf, type Desk, finding, openDesk, picture } from './testing.ts'

let desk: Desk
let cast: Cast

beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
})
afterAll(() => desk.house.close())

describe('starting is refused', () => {
  test('to an officer of another team, who does not see the project', async () => {
    expect(await desk.startWith(cast.inspectorC)).toMatchObject({ status: 404, rule: 'project' })
  })
  test('to one who sees it and is not assigned', async () => {
    const officerIds = [cast.persons.inspectorB]
    expect(await desk.startWith(cast.chief, { officerIds })).toMatchObject({ status: 403, rule: 'not_assigned' })
  })
  test('alone, or with somebody who is no officer', async () => {
    expect(await desk.startWith(cast.inspectorA, { officerIds: [] })).toMatchObject({
      status: 422,
      rule: 'inspection_officers_missing',
    })
    expect(await desk.startWith(cast.inspectorA, { officerIds: [cast.persons.inspectorA] })).toMatchObject({
      status: 422,
    })
    expect(await desk.startWith(cast.inspectorA, { officerIds: [randomUUID()] })).toMatchObject({
      rule: 'inspection_officer_unknown',
    })
    expect(await desk.startWith(cast.inspectorA, { officerIds: [cast.persons.manager] })).toMatchObject({
      rule: 'inspection_officer_uncertified',
    })
  })
  test('to a party of the project', async () => {
    expect(await desk.startWith(cast.manager)).toMatchObject({ status: 403 })
  })
  test('with a template for other kinds', async () => {
    expect(await desk.startWith(cast.inspectorA, { templateCode: 'quarterly', tables: [] })).toMatchObject({
      rule: 'inspection_template_kind',
    })
  })
})

test('an inspector of another team is invited and then reaches this one inspection', async () => {
  const { rows } = (await desk.house.call(cast.inspectorA, contract.officers, { query: { projectId: cast.projectId } }))
    .body
  expect(rows.map(({ personId, assigned }) => [personId, assigned])).toEqual([
    [cast.persons.inspectorB, true],
    [cast.persons.inspectorC, false],
  ])
  const { body } = await desk.startWith(cast.inspectorA, { officerIds: [cast.persons.inspectorC] })
  expect((await desk.get(cast.inspectorC, body.record.id)).status).toBe(200)
  expect((await desk.get(cast.inspectorC, await desk.draft())).status).toBe(404)
})

describe('a draft', () => {
  test('begun on the phone opens for the colleague at the desk, who goes on', async () => {
    const id = await desk.draft()
    await desk.act(cast.inspectorA, id, 'save', { revision: 0, weather: '多云' })
    const seen = (await desk.get(cast.inspectorB, id)).body
    expect(seen.record).toMatchObject({ revision: 1, weather: '多云' })
    const next = await desk.act(cast.inspectorB, id, 'save', { revision: 1, opinion: '限期整改' })
    expect(next.body.record).toMatchObject({ revision: 2, weather: '多云', opinion: '限期整改', savedBy: '周若溪' })
  })
  test('of two saves of one revision one is told who was first, and nothing of his is written', async () => {
    const id = await desk.draft()
    const answers = await Promise.all([
      desk.act(cast.inspectorA, id, 'save', { revision: 0, weather: '晴' }),
      desk.act(cast.inspectorB, id, 'save', { revision: 0, weather: '雨' }),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const lost = answers.find(({ status }) => status === 409)!
    const won = answers.find(({ status }) => status === 200)!
    expect(lost.body).toMatchObject({
      rule: 'inspection_stale',
      detail: { yours: 0, current: 1, by: won.body.record.savedBy },
    })
    expect((await desk.get(cast.inspectorA, id)).body.record.weather).toBe(won.body.record.weather)
  })
  test('sent twice under one request id is saved once', async () => {
    const id = await desk.draft()
    const requestId = randomUUID()
    await desk.act(cast.inspectorA, id, 'save', { revision: 0, weather: '晴' }, requestId)
    const again = await desk.act(cast.inspectorA, id, 'save', { revision: 0, weather: '晴' }, requestId)
    expect([again.status, again.body.record.revision]).toEqual([200, 1])
  })
  test('does not take a photograph that somebody else uploaded', async () => {
    const { body } = await desk.house.upload(cast.rival, await picture('jpeg'), '别人的.jpg')
    const answer = await desk.act(cast.inspectorA, await desk.draft(), 'save', { revision: 0, photos: [body.id] })
    expect(answer).toMatchObject({ status: 422, rule: 'file_missing' })
  })
  test('is not seen by the parties', async () => {
    const id = await desk.filled()
    for (const cookie of [cast.manager, cast.engineer, cast.rival, cast.company])
      expect((await desk.get(cookie, id)).status).toBe(404)
  })
  test('with an unanswered item is not submitted; the item is named', async () => {
    const id = await desk.filled({ answers: answersOf('B.13', { 'B.13.4': 'fail' }).slice(1) })
    expect((await desk.act(cast.inspectorA, id, 'submit', { revision: 1 })).body).toMatchObject({
      rule: 'inspection_unanswered',
      detail: { items: ['安全帽'] },
    })
  })
})

test('a spot test out of tolerance is a finding without being asked', async () => {
  const spot = {
    id: randomUUID(),
    itemCode: 'B.13.4',
    test: {
      quantity: '防护栏杆高度',
      part: '五层临边',
      unit: 'm',
      design: 1.2,
      lower: 0,
      upper: null,
      clause: 'JGJ 80-2016 第4.3.1条',
      readings: [{ place: '西侧', value: 1.05 }],
    },
  }
  const { body } = await desk.act(cast.inspectorA, await desk.draft(), 'save', { revision: 0, spots: [spot] })
  expect(body.record.findings).toMatchObject([{ spotId: spot.id, orgId: cast.contractorId }])
})

test('the score of the handbook: 41 + 32 = 73 on table B.1', async () => {
  const kept = [9, 8, 7, 6, 5, 6, 8, 8, 8, 8]
  const items = findCheckTable('B.1')!.items
  const { body: begun } = await desk.startWith(cast.inspectorA, { tables: ['B.1'] })
  const { body } = await desk.act(cast.inspectorA, begun.record.id, 'save', {
    revision: 0,
    answers: items.map(({ code }) => ({ itemCode: code, mark: 'fail', note: '' })),
    findings: items.map(({ code, title, points }, at) =>
      finding(cast.contractorId, {
        id: randomUUID(),
        itemCode: code,
        itemName: title,
        deductions: [{ by: 'discretion', text: '现场核查', points: points - kept[at]! }],
      }),
    ),
  })
  expect(body.record.score).toMatchObject({
    total: 73,
    grade: 'qualified',
    rows: [{ key: 'safetyMgmt', tables: [{ table: 'B.1', score: 73, zeroed: null }] }],
  })
})
