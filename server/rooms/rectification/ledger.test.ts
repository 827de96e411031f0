import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Notice, rectificationContract as contract } from '@plumbline/core/rectification'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, item, must, openDesk } from './testing.ts'

let desk: Desk
let cast: Desk['cast']
let owner: pg.Client
/** Closed, open with one item accepted, withdrawn after issue, withdrawn as a draft, still a draft. */
let closed: Notice
let half: Notice
let issued: Notice
beforeAll(async () => {
  desk = await openDesk()
  cast = desk.cast
  owner = new pg.Client({ connectionString: desk.house.ownerUrl })
  await owner.connect()
  const railing = { ...item('甲栋临边无防护栏杆', 'imminent'), clause: 'JGJ 80-2016 第4.1.1条' }
  closed = await desk.close(await desk.served({ items: [railing] }))
  half = await desk.served({
    items: [
      { ...item('乙栋临边无防护栏杆', 'serious'), clause: railing.clause },
      { ...item('裸土未覆盖'), clause: '扬尘' },
    ],
  })
  half = await desk.close(half, [half.items[1]!.id])
  issued = (await desk.draft({ items: [{ ...item('配电箱未上锁'), clause: '用电' }] })).body.record
  await must(desk.act(cast.inspectorA, issued.id, 'issue'))
  issued = await must(desk.act(cast.chief, issued.id, 'withdraw', { reason: '对象有误' }))
  const dropped = (await desk.draft({ items: [item('从未下达的一条')] })).body.record
  await must(desk.act(cast.inspectorA, dropped.id, 'discard', { reason: '重复' }))
  await desk.draft({ items: [item('仍在拟稿的一条')] })
})
afterAll(async () => {
  await owner.end()
  await desk.house.close()
})

const ledger = (query: object = {}, cookie = cast.chief) => desk.house.call(cookie, contract.ledger, { query })
const texts = async (query: object = {}, cookie = cast.chief) =>
  (await ledger(query, cookie)).body.rows.map(({ text }) => text)

test('a bad cursor or filter is refused', async () => {
  expect(await ledger({ after: 'now' })).toMatchObject({ status: 400, rule: 'cursor' })
  expect(await ledger({ severity: 'awful' })).toMatchObject({ status: 400, rule: 'query' })
  expect((await desk.house.call(cast.citizen, contract.ledger, {})).status).toBe(403)
})

test('the ledger holds every item that was issued, and no draft; each row leads to its case', async () => {
  expect(await texts()).toEqual(['配电箱未上锁', '乙栋临边无防护栏杆', '裸土未覆盖', '甲栋临边无防护栏杆'])
  const { rows } = (await ledger({ open: true })).body
  expect(rows.map((row) => [row.text, row.state, row.holder, row.holderName, row.noticeId])).toEqual([
    ['乙栋临边无防护栏杆', 'fixing', 'unit', half.orgName, half.id],
    ['裸土未覆盖', 'accepted', 'nobody', '', half.id],
  ])
})

test('filters, alone and together', async () => {
  expect(await texts({ severity: 'imminent' })).toEqual(['甲栋临边无防护栏杆'])
  expect(await texts({ q: '临边', state: 'fixing' })).toEqual(['乙栋临边无防护栏杆'])
  expect(await texts({ q: '100%_' })).toEqual([])
  expect(await texts({ projectId: cast.otherProjectId })).toEqual([])
  expect(await texts({ from: '2999-01-01' })).toEqual([])
  expect(await texts({ overdue: true })).toEqual([])
})

test('a page ends inside a notice and the next goes on there', async () => {
  const first = (await ledger({ limit: 2 })).body
  const second = (await ledger({ limit: 2, after: first.next })).body
  expect([...first.rows, ...second.rows].map(({ text }) => text)).toEqual(await texts())
  expect(second.next).toBeNull()
})

test('the ledger is cut by reach', async () => {
  expect(await texts({}, cast.company)).toEqual(['乙栋临边无防护栏杆', '裸土未覆盖', '甲栋临边无防护栏杆'])
  expect(await texts({}, cast.rival)).toEqual([])
  expect(await texts({}, cast.inspectorC)).toEqual([])
})

test('issued = open + closed + withdrawn, each counted by somebody else', async () => {
  const { body } = await desk.house.call(cast.chief, contract.conservation, { query: {} })
  expect(body.total).toEqual({ issued: 3, open: 1, closed: 1, withdrawn: 1, holds: true })
  expect(body.projects).toMatchObject([{ projectId: cast.projectId, issued: 3, holds: true }])
  // The party never saw the notice that was withdrawn before service, neither as issued nor as withdrawn.
  const own = await desk.house.call(cast.company, contract.conservation, { query: {} })
  expect(own.body.total).toEqual({ issued: 2, open: 1, closed: 1, withdrawn: 0, holds: true })
})

test('the two rates agree with a query that shares nothing with ours', async () => {
  const { body } = await desk.house.call(cast.leader, contract.rates, { query: {} })
  // From the acts alone: what was issued, and what became of it last.
  const { rows } = await owner.query<{ issued: string; withdrawn: string; closed: string }>(`
    with last as (select distinct on (case_id) case_id, to_state from base.act where topic like 'rectification.%' order by case_id, id desc)
    select count(*) as issued, count(*) filter (where to_state = 'withdrawn') as withdrawn, count(*) filter (where to_state = 'closed') as closed
    from last where case_id in (select case_id from base.act where topic = 'rectification.issue')`)
  const [all, gone, done] = [rows[0]!.issued, rows[0]!.withdrawn, rows[0]!.closed].map(Number) as [
    number,
    number,
    number,
  ]
  expect(body.rows.map(({ code, numerator, denominator, value }) => [code, numerator, denominator, value])).toEqual([
    ['effective', all - gone, all, (all - gone) / all],
    ['closed', done, all - gone, done / (all - gone)],
  ])
  expect(body.rows.every(({ formula }) => formula.includes('÷'))).toBe(true)
  const before = await desk.house.call(cast.leader, contract.rates, { query: { to: '2001-01-01' } })
  expect(before.body.rows.map(({ value }) => value)).toEqual([null, null])
})

test('the unit’s view: what is open and late, how long it takes, what it repeats', async () => {
  const { body } = await desk.house.call(cast.company, contract.units, { query: {} })
  expect(body.rows).toEqual([
    {
      orgId: cast.contractorId,
      orgName: closed.orgName,
      notices: 2,
      openItems: 1,
      overdueItems: 0,
      locked: 0,
      medianDays: 0,
      repeats: 1,
    },
  ])
})

/** Each number of the figures with the lists that its link opens, as the pages write them. */
async function numbersAndRows(cookie: string) {
  const notices = async (query: object) => (await desk.house.call(cookie, contract.list, { query })).body.rows.length
  const hazards = async (query: object) => (await ledger({ limit: 200, ...query }, cookie)).body.rows.length
  const { total } = (await desk.house.call(cookie, contract.conservation, { query: {} })).body
  const { rows } = (await desk.house.call(cookie, contract.units, { query: {} })).body
  const unit = rows[0]!
  const of = { orgId: unit.orgId }
  return [
    ['issued', total.issued, await notices({ issued: 'true' })],
    ['open', total.open, await notices({ issued: 'true', open: 'true' })],
    ['closed', total.closed, await notices({ state: 'closed' })],
    ['withdrawn', total.withdrawn, await notices({ issued: 'true', state: 'withdrawn' })],
    ['notices', unit.notices, await notices({ ...of, issued: 'true', withdrawn: 'false' })],
    ['locked', unit.locked, await notices({ ...of, issued: 'true', withdrawn: 'false', tier: 'red' })],
    ['open items', unit.openItems, await hazards({ ...of, open: 'true', accepted: 'false' })],
    ['overdue items', unit.overdueItems, await hazards({ ...of, overdue: 'true' })],
    ['repeats', unit.repeats, await hazards({ ...of, repeat: 'true' })],
  ] as const
}
const numbers = (all: Awaited<ReturnType<typeof numbersAndRows>>) =>
  Object.fromEntries(all.map(([name, number]) => [name, number]))
const rowsOf = (all: Awaited<ReturnType<typeof numbersAndRows>>) =>
  Object.fromEntries(all.map(([name, , rows]) => [name, rows]))

test('every number opens exactly its rows, for the bureau and for the party', async () => {
  for (const cookie of [cast.chief, cast.company]) {
    const all = await numbersAndRows(cookie)
    expect(rowsOf(all)).toEqual(numbers(all))
  }
  expect(numbers(await numbersAndRows(cast.chief))).toMatchObject({ withdrawn: 1, 'open items': 1, repeats: 1 })
  expect(await texts({ repeat: true })).toEqual(['乙栋临边无防护栏杆'])
  // What was withdrawn repeats nothing, and is no first time either.
  expect(await texts({ repeat: false })).toEqual(['配电箱未上锁', '裸土未覆盖', '甲栋临边无防护栏杆'])
})

const python = spawnSync('python3', ['-c', 'import zipfile']).status === 0

test('the export is a workbook with the filter noted and the rows of the filter', async () => {
  const { status, body } = await desk.house.call(cast.chief, contract.ledgerExport, {
    query: { q: '临边', severity: 'serious' },
  })
  expect(status).toBe(200)
  const bytes = body as unknown as Buffer
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  if (!python) return
  // Somebody else's reader: the parts of the package as plain XML.
  const dir = mkdtempSync(join(tmpdir(), 'ledger-'))
  writeFileSync(join(dir, 'a.xlsx'), bytes)
  execFileSync('python3', ['-m', 'zipfile', '-e', join(dir, 'a.xlsx'), join(dir, 'out')])
  const sheet = readFileSync(join(dir, 'out/xl/worksheets/sheet1.xml'), 'utf8')
  const strings = readFileSync(join(dir, 'out/xl/sharedStrings.xml'), 'utf8')
  rmSync(dir, { recursive: true })
  expect(strings).toContain('筛选：程度 严重，含“临边”；共 1 条')
  expect(strings).toContain('乙栋临边无防护栏杆')
  expect(strings).not.toContain('甲栋临边无防护栏杆')
  expect(sheet.match(/<row /g)).toHaveLength(4)
})

test('overdue items are found by their filter once their day is over', async () => {
  await desk.jumpTo(half.yellowAt!)
  expect(await texts({ overdue: true })).toEqual(['乙栋临边无防护栏杆'])
  const { body } = await desk.house.call(cast.company, contract.units, { query: {} })
  expect(body.rows[0]).toMatchObject({ openItems: 1, overdueItems: 1 })
  const notices = await desk.house.call(cast.chief, contract.list, {
    query: { open: 'true', orgId: cast.contractorId },
  })
  expect(notices.body.rows.map((row) => [row.id, row.openItems, row.overdueItems])).toContainEqual([half.id, 1, 1])
})

test('a locked notice and its overdue items are opened by their numbers', async () => {
  await desk.jumpTo(half.redAt!)
  const all = await numbersAndRows(cast.chief)
  expect(rowsOf(all)).toEqual(numbers(all))
  expect(numbers(all)).toMatchObject({ locked: 1, 'overdue items': 1, notices: 2 })
})
