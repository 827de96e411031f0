import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { baseContract } from '@plumbline/core/base'
import { projectContract } from '@plumbline/core/project'
import { rectificationContract as contract } from '@plumbline/core/rectification'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { electronic, item, must, openDesk } from './testing.ts'

const desk = await openDesk()
const { cast } = desk
afterAll(() => desk.house.close())

const poppler = spawnSync('pdftotext', ['-v']).error === undefined
const each = (ids: string[], more: object) => ({ items: ids.map((itemId) => ({ itemId, ...more })) })
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)

describe('who may not', () => {
  test('an inspector who is not assigned does not see the project; the safety officer drafts nothing', async () => {
    expect(await desk.draft({}, cast.inspectorC)).toMatchObject({ status: 404 })
    expect(await desk.draft({}, cast.safety)).toMatchObject({ status: 403, rule: 'permission' })
    expect(await desk.draft({}, cast.chief)).toMatchObject({ status: 403, rule: 'capacity' })
  })

  test('before service the unit does not know of it; afterwards the unit, supervision and owner do, a rival never', async () => {
    const { body } = await desk.draft()
    const { id } = body.record
    const parties = [cast.manager, cast.safety, cast.engineer, cast.owner, cast.company]
    await must(desk.act(cast.inspectorA, id, 'issue'))
    for (const cookie of parties) expect((await desk.get(cookie, id)).status).toBe(404)
    await must(desk.act(cast.inspectorA, id, 'serve', electronic()))
    for (const cookie of parties) expect((await desk.get(cookie, id)).status).toBe(200)
    for (const cookie of [cast.rival, cast.inspectorC]) expect((await desk.get(cookie, id)).status).toBe(404)
    expect((await desk.get(cast.citizen, id)).status).toBe(403)
  })

  test('the owner cannot answer for the contractor, nor the contractor countersign', async () => {
    const notice = await desk.served()
    const photos = [await desk.photo(cast.owner)]
    const answer = each(idsOf(notice), { text: '已整改', photos })
    expect(await desk.act(cast.owner, notice.id, 'reply', answer)).toMatchObject({ status: 403, rule: 'not_your_unit' })
    const agree = each(idsOf(notice), { agree: true })
    expect(await desk.act(cast.manager, notice.id, 'countersign', agree)).toMatchObject({
      status: 403,
      rule: 'capacity',
    })
  })
})

describe('what is refused', () => {
  test('a unit without people here, an unassigned officer, a fact of tomorrow, no item, too long a term', async () => {
    expect(await desk.draft({ orgId: cast.rivalId })).toMatchObject({ status: 422, rule: 'unit_not_answerable' })
    expect(await desk.draft({ officerIds: [cast.persons.inspectorC] })).toMatchObject({ rule: 'officer_not_assigned' })
    expect(await desk.draft({ foundOn: '2999-01-01' })).toMatchObject({ status: 422, rule: 'found_in_future' })
    expect(await desk.draft({ items: [] })).toMatchObject({ status: 422, rule: 'items_missing' })
    expect(await desk.draft({ items: [{ ...item('超期'), days: 8 }] })).toMatchObject({ rule: 'term_longer_than_law' })
    expect(await desk.draft({ findingIds: [randomUUID()] })).toMatchObject({ rule: 'finding_unknown' })
  })

  test('one officer alone issues nothing; a stop order names its extent and terms', async () => {
    const alone = (await desk.draft({ officerIds: [cast.persons.inspectorA] })).body.record
    expect(await desk.act(cast.inspectorA, alone.id, 'issue')).toMatchObject({ rule: 'two_officers_required' })
    const stop = (await desk.draft({ kind: 'stop_part' })).body.record
    expect(await desk.act(cast.inspectorA, stop.id, 'issue')).toMatchObject({ rule: 'scope_missing' })
    const bare = (await desk.draft({ kind: 'stop_part', scope: '3号楼临边作业' })).body.record
    expect(await desk.act(cast.inspectorA, bare.id, 'issue')).toMatchObject({ rule: 'stop_terms_missing' })
  })

  test('service before issue, in the future, refused without a note, or by a way that cannot end so', async () => {
    const { id } = (await desk.draft()).body.record
    const issued = await must(desk.act(cast.inspectorA, id, 'issue'))
    const serve = (change: object) =>
      desk.act(cast.inspectorA, id, 'serve', { ...electronic(), way: 'on_site', outcome: 'read', ...change })
    expect(await serve({ at: '2001-01-01T00:00:00.000Z' })).toMatchObject({ rule: 'service_before_issue' })
    expect(await serve({ at: '2999-01-01T00:00:00.000Z' })).toMatchObject({ rule: 'service_in_future' })
    expect(await serve({ at: issued.issuedAt!, outcome: 'refused' })).toMatchObject({ rule: 'refusal_needs_note' })
    expect(await serve({ at: issued.issuedAt!, outcome: 'delivered' })).toMatchObject({ rule: 'service_outcome' })
    expect((await serve({ at: issued.issuedAt!, outcome: 'refused', note: '见证人 周若溪' })).status).toBe(200)
  })

  test('a reply without a photograph, with the before-photo, with somebody else’s file', async () => {
    const before = await desk.photo(cast.inspectorA, { seed: 7_000 })
    const notice = await desk.served({ items: [{ ...item('裸土未覆盖'), photos: [before] }] })
    const reply = (photos: string[]) =>
      desk.act(cast.manager, notice.id, 'reply', each(idsOf(notice), { text: '已覆盖防尘网', photos }))
    expect(await reply([])).toMatchObject({ status: 400 })
    expect(await reply([await desk.photo(cast.manager, { seed: 7_000 })])).toMatchObject({
      rule: 'photo_same_as_before',
    })
    expect(await reply([await desk.photo(cast.rival)])).toMatchObject({ status: 422, rule: 'file_missing' })
  })
})

test('from the draft to the closed case, item by item, with every round kept', async () => {
  const notice = await desk.served({ items: [item('临边无防护', 'imminent'), item('裸土未覆盖')] })
  const [first, second] = idsOf(notice) as [string, string]
  expect(notice.number).toMatch(/^青建监改〔\d{4}〕\d{4}号$/)

  const reply = async (itemId: string) =>
    must(
      desk.act(
        cast.safety,
        notice.id,
        'reply',
        each([itemId], { text: '已整改', photos: [await desk.photo(cast.safety)] }),
      ),
    )
  expect((await reply(first)).state).toBe('fixing')
  expect(await desk.act(cast.inspectorA, notice.id, 'review', each([first], { accept: true }))).toMatchObject({
    status: 403,
    rule: 'not_your_unit',
  })
  // A partial reply already waits for the supervising engineer.
  const waiting = await desk.house.call(cast.engineer, baseContract.inbox, { query: { limit: 200 } })
  expect(waiting.body.rows.map(({ id }) => id)).toContain(notice.id)

  await must(desk.act(cast.engineer, notice.id, 'countersign', each([first], { agree: true, opinion: '属实' })))
  expect(await desk.act(cast.inspectorA, notice.id, 'review', each([first], { accept: false }))).toMatchObject({
    rule: 'return_needs_reason',
  })
  await must(desk.act(cast.inspectorA, notice.id, 'review', each([first], { accept: false, reason: '照片看不清' })))
  await reply(first)
  const sentBack = each([first], { agree: false, opinion: '栏杆高度不足' })
  await must(desk.act(cast.engineer, notice.id, 'countersign', sentBack))
  const closed = await desk.close(notice)
  expect(closed).toMatchObject({ state: 'closed', tier: 'calm', closedAt: expect.any(String) })
  expect(
    closed.items
      .find(({ id }) => id === first)!
      .rounds.map(({ countersign, review }) => [countersign?.agree, review?.accept]),
  ).toEqual([
    [true, false],
    [false, undefined],
    [true, true],
  ])
  expect(closed.items.find(({ id }) => id === second)!.rounds).toHaveLength(1)
  const { body } = await desk.get(cast.company, notice.id)
  expect(body.acts.map(({ topic }) => topic.split('.')[1])).toEqual([
    'draft',
    'issue',
    'serve',
    'reply',
    'countersign',
    'review',
    'reply',
    'countersign',
    'reply',
    'countersign',
    'review',
  ])
  expect(body.steps).toEqual([])
})

test('the printed paper names number, unit, items and terms; the recipient acknowledges once', async () => {
  const notice = await desk.served({ items: [item('临边洞口无防护', 'imminent'), item('配电箱未上锁', 'serious')] })
  const pdf = await desk.house.call(cast.manager, baseContract.file, { params: { id: notice.paperId! } })
  const bytes = pdf.body as unknown as Buffer
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  if (poppler) {
    const plain = execFileSync('pdftotext', ['-raw', '-', '-'], { input: bytes, encoding: 'utf8' }).replaceAll(
      /\s/g,
      '',
    )
    for (const word of [
      notice.number!,
      notice.orgName,
      '临边洞口无防护',
      '立即',
      '送达之日起3日内',
      '林远舟',
      '周若溪',
    ])
      expect(plain).toContain(word)
  }

  expect(notice.service).toMatchObject({ outcome: 'delivered', readBy: null })
  const read = await must(desk.act(cast.manager, notice.id, 'acknowledge'))
  expect(read.service).toMatchObject({ outcome: 'read', readBy: { name: '何秉' } })
  expect(await desk.act(cast.manager, notice.id, 'acknowledge')).toMatchObject({ rule: 'already_acknowledged' })
  const told = await desk.house.call(cast.company, baseContract.messages, { query: { limit: 100 } })
  expect(told.body.rows.filter(({ caseId, kind }) => caseId === notice.id && kind === 'served')).toHaveLength(1)
})

test('a re-inspection that was ordered needs a photograph that says where it was taken', async () => {
  const notice = await desk.served()
  const ids = idsOf(notice)
  const replied = each(ids, { text: '已整改', photos: [await desk.photo(cast.manager)] })
  await must(desk.act(cast.inspectorA, notice.id, 'order_visit', { itemIds: ids, reason: '重大隐患须到场核实' }))
  await must(desk.act(cast.manager, notice.id, 'reply', replied))
  await must(desk.act(cast.engineer, notice.id, 'countersign', each(ids, { agree: true })))
  const accept = () => desk.act(cast.inspectorA, notice.id, 'review', each(ids, { accept: true }))
  expect(await accept()).toMatchObject({ status: 422, rule: 'visit_missing' })
  const { body } = await desk.get(cast.inspectorA, notice.id)
  const visit = (photo: string, fixed = true) =>
    desk.act(cast.inspectorA, notice.id, 'visit', {
      itemIds: ids,
      at: body.record.servedAt,
      fixed,
      note: '现场核对栏杆高度',
      photos: [photo],
    })
  expect(await visit(await desk.photo(cast.inspectorA))).toMatchObject({ rule: 'photo_without_position' })
  const place = { lat: '28/1 8/1 1723/100', lon: '120/1 17/1 1957/100' }
  expect((await visit(await desk.photo(cast.inspectorA, { at: place }), false)).status).toBe(200)
  expect(await accept()).toMatchObject({ rule: 'visit_missing' })
  const visited = await must(visit(await desk.photo(cast.inspectorA, { at: place })))
  expect(visited.items[0]!.visits.at(-1)!.photos[0]).toMatchObject({ source: 'picture', meters: expect.any(Number) })
  expect((await accept()).body.record.state).toBe('closed')
})

test('an extension moves the deadline of its item and nothing else', async () => {
  const notice = await desk.served({ items: [item('甲'.repeat(4)), item('乙'.repeat(4))] })
  const [id] = idsOf(notice) as [string]
  const extend = (to: string) =>
    desk.act(cast.inspectorA, notice.id, 'extend', { itemIds: [id], to, reason: '连续降雨' })
  expect(await extend(notice.servedAt!.slice(0, 10))).toMatchObject({ status: 422, rule: 'extension_not_later' })
  const after = await must(extend('2999-12-30'))
  expect(after.items[0]).toMatchObject({ due: '2999-12-30T16:00:00.000Z', extensions: [{ reason: '连续降雨' }] })
  expect([after.items[1]!.due, after.yellowAt, after.redAt]).toEqual([
    notice.items[1]!.due,
    notice.yellowAt,
    notice.redAt,
  ])
})

test('a whole-site stop stops the project when it is served; work resumes by supervision’s word and the officer’s paper', async () => {
  const stop = {
    kind: 'stop_whole',
    scope: '全部施工',
    protection: ['切断塔式起重机电源并上锁'],
    resumeWhen: ['临边防护经监理单位验收合格'],
  }
  const notice = await desk.served(stop)
  expect(notice.number).toMatch(/^青建监停〔\d{4}〕/)
  const state = async () => {
    await desk.house.house.settle()
    return (await desk.house.call(cast.chief, projectContract.get, { params: { id: cast.projectId } })).body.record
      .state
  }
  expect(await state()).toBe('stopped')
  expect((await desk.close(notice)).state).toBe('accepted')
  const resume = { conclusion: '停工事项已整改，符合复工条件' }
  expect(await desk.act(cast.inspectorA, notice.id, 'resume', resume)).toMatchObject({ rule: 'resume_opinion_missing' })
  await must(desk.act(cast.engineer, notice.id, 'recommend', { agree: false, opinion: '待塔机复检' }))
  expect(await desk.act(cast.inspectorA, notice.id, 'resume', resume)).toMatchObject({ rule: 'resume_opinion_missing' })
  await must(desk.act(cast.engineer, notice.id, 'recommend', { agree: true, opinion: '已复核，同意复工' }))
  expect(await state()).toBe('stopped')
  const resumed = await must(desk.act(cast.inspectorA, notice.id, 'resume', resume))
  expect(resumed).toMatchObject({ state: 'closed', resumed: { number: expect.stringMatching(/^青建监复〔/) } })
  expect(await state()).toBe('building')
})

test('a repeated request is one act, the same id with other words a conflict', async () => {
  const notice = await desk.served()
  const body = { requestId: randomUUID(), action: 'acknowledge', input: {} } as never
  const send = (payload: never) =>
    desk.house.call(cast.manager, contract.act, { params: { id: notice.id }, body: payload })
  const both = await Promise.all([send(body), send(body)])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect((await send(body)).status).toBe(200)
  const [{ n }] = (await desk.rows(
    sql<{
      n: number
    }>`select count(*) as n from base.act where case_id = ${notice.id} and topic = 'rectification.acknowledge'`,
  )) as [{ n: number }]
  expect(n).toBe(1)
})
