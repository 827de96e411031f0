import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type Answer, drawSignedIn, inspectorSession, serve } from '../../kit/testing.tsx'
import { amendmentOf } from './draft.ts'
import { LedgerPage, sayFilter } from './LedgerPage.tsx'
import { NoticesPage } from './NoticesPage.tsx'
import { itemIds, sampleNotice } from './sample.ts'
import { UnitsPage } from './UnitsPage.tsx'

const total = { issued: 5, open: 2, closed: 2, withdrawn: 1, holds: true }
const rates = [
  { code: 'effective', title: '有效开单率', formula: '未撤回 ÷ 已下达', numerator: 4, denominator: 5, value: 0.8 },
  { code: 'closed', title: '整改闭合率', formula: '已闭合 ÷ 未撤回', numerator: 2, denominator: 4, value: 0.5 },
]
const project = { projectId: itemIds[0], projectName: '城东污水厂扩建工程', ...total }
const unit = {
  orgId: itemIds[1],
  orgName: '云桥建设',
  notices: 4,
  openItems: 3,
  overdueItems: 2,
  locked: 1,
  medianDays: 6.5,
  repeats: 5,
}
const base: Record<string, Answer> = {
  'GET /session': { reply: inspectorSession },
  'GET /rectifications': { reply: { rows: [], next: null } },
  'GET /rectifications/conservation': { reply: { total, projects: [project] } },
  'GET /rectifications/rates': { reply: { rows: rates } },
  'GET /rectifications/units': { reply: { rows: [unit] } },
  'GET /hazards': { reply: { rows: [], next: null } },
}

const open = (page: React.ReactNode, at: string, answers: Record<string, Answer> = {}) => {
  const asked = serve({ ...base, ...answers })
  drawSignedIn(page, at)
  return asked
}

test('figures that do not add up are said aloud', async () => {
  const broken = { ...total, issued: 6, holds: false }
  open(<NoticesPage />, '/rectification', {
    'GET /rectifications/conservation': { reply: { total: broken, projects: [] } },
  })
  expect(await screen.findByText('与后三项之和不符')).toBeTruthy()
})

test('every figure opens its rows, and a rate shows its formula', async () => {
  open(<NoticesPage />, '/rectification')
  expect(await screen.findByText('等于后三项之和')).toBeTruthy()
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(links).toEqual(
    expect.arrayContaining([
      '/rectification?issued=true',
      '/rectification?issued=true&open=true',
      '/rectification?state=closed',
      '/rectification?issued=true&state=withdrawn',
    ]),
  )
  expect(screen.getByText('4 ÷ 5，未撤回 ÷ 已下达')).toBeTruthy()
  expect(screen.getByText('80.0%')).toBeTruthy()
})

test('every number of a unit opens its rows', async () => {
  open(<UnitsPage />, '/rectification/units')
  await screen.findByText('6.5 天')
  const opens = Object.fromEntries(
    screen
      .getAllByRole('link')
      .map((link) => [link.getAttribute('aria-label') ?? link.textContent, link.getAttribute('href')]),
  )
  // server/rooms/rectification/ledger.test.ts counts the rows of just these.
  expect(opens).toMatchObject({
    '云桥建设 文书 4，查看明细': `/rectification?orgId=${unit.orgId}&issued=true&withdrawn=false`,
    '云桥建设 未闭合隐患 3，查看明细': `/hazards?orgId=${unit.orgId}&open=true&accepted=false`,
    '云桥建设 逾期隐患 2，查看明细': `/hazards?orgId=${unit.orgId}&overdue=true`,
    '1 件红色锁定': `/rectification?orgId=${unit.orgId}&issued=true&withdrawn=false&tier=red`,
    '云桥建设 重复隐患 5，查看明细': `/hazards?orgId=${unit.orgId}&repeat=true`,
  })
})

test('the flags of an address reach the server as they stand', async () => {
  const asked = open(<NoticesPage />, `/rectification?orgId=${unit.orgId}&issued=true&withdrawn=false&open=perhaps`)
  await screen.findByText('没有符合条件的文书')
  const list = new URL(asked.find(({ line }) => line === 'GET /rectifications')!.url, 'http://x')
  expect(Object.fromEntries(list.searchParams)).toEqual({ orgId: unit.orgId, issued: 'true', withdrawn: 'false' })
  const hazards = open(<LedgerPage />, '/hazards?repeat=true&accepted=false')
  await screen.findByText('没有符合条件的隐患')
  const ledger = new URL(hazards.find(({ line }) => line === 'GET /hazards')!.url, 'http://x')
  expect(Object.fromEntries(ledger.searchParams)).toEqual({ repeat: 'true', accepted: 'false' })
})

test('the filter of the address is asked of the server; words that are no choice are not', async () => {
  const asked = open(<LedgerPage />, '/hazards?severity=serious&overdue=true&tier=purple&q=临边&from=2026-11-01')
  await screen.findByText('没有符合条件的隐患')
  const url = new URL(asked.find(({ line }) => line === 'GET /hazards')!.url, 'http://x')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    severity: 'serious',
    overdue: 'true',
    q: '临边',
    from: '2026-11-01',
  })
})

test('the export is noted with its filter in words', async () => {
  open(<LedgerPage />, `/hazards?severity=serious&overdue=true&projectId=${itemIds[0]}&to=2026-11-20`)
  await waitFor(() =>
    expect(screen.getByText('导出范围：城东污水厂扩建工程，严重，已逾期，最早 至 2026-11-20 下达')).toBeTruthy(),
  )
  expect(sayFilter({}, { projects: [], units: [] })).toBe('全部')
})

const ask = (changes: Record<string, { requirement: string; days: number | null }>) => ({
  input: {
    ...{ kind: 'correct' as const, scope: '', basis: [], protection: [], resumeWhen: [] },
    ...{
      projectId: itemIds[0],
      orgId: itemIds[0],
      inspectionId: itemIds[0],
      alarmId: null,
      foundOn: null,
      officerIds: [],
      items: [],
    },
    findingIds: [itemIds[0]],
  },
  changes,
})
const [, second] = sampleNotice([]).record.items
const drafted = {
  ...sampleNotice([]).record,
  items: [
    { ...sampleNotice([]).record.items[0]!, findingId: itemIds[0] },
    { ...second!, findingId: itemIds[1] },
  ],
}

test('a draft as asked needs no amendment; a shorter term is amended into it, of the findings chosen alone', () => {
  const same = { [itemIds[0]]: { requirement: '补设防护栏杆', days: null } }
  expect(amendmentOf(drafted, ask(same), false)).toBeUndefined()
  const shorter = { [itemIds[0]]: { requirement: '补设防护栏杆并挂网', days: 2 } }
  expect(amendmentOf(drafted, ask(shorter), false)?.items).toEqual([
    expect.objectContaining({ id: itemIds[0], days: 2, requirement: '补设防护栏杆并挂网' }),
  ])
})

test('an amendment keeps the ground that the draft took from the law', () => {
  const shorter = { [itemIds[0]]: { requirement: '补设防护栏杆', days: 2 } }
  expect(amendmentOf(drafted, ask(shorter), false)?.basis).toEqual(['建质〔2014〕154号'])
})

test('after a draft whose amendment failed, trying again amends and drafts no second one', () => {
  expect(amendmentOf(drafted, ask({}), true)?.items).toHaveLength(1)
})
