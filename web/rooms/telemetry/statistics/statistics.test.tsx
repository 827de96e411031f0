import type { Place, RankingRow, SiteScore } from '@plumbline/core/telemetry'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { describe, expect, test } from 'vitest'
import { drawSignedIn, faultAt, fill, inspectorSession, isSaidAt, serve } from '../../../kit/testing.tsx'
import { Exits } from './Exits.tsx'
import { DaysPage } from './means-pages.tsx'
import { Ranking } from './Ranking.tsx'
import { SiteRisks } from './Risks.tsx'
import { ScoreCard } from './Scores.tsx'
import { ExitsPage } from './ExitsPage.tsx'
import { WeatherPage } from './WeatherPage.tsx'

const id = (n: number) => `0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e0${n}`
type Answers = Parameters<typeof serve>[0]

const show = (answers: Answers, part: ReactNode, at = '/') => {
  const log = serve({ 'GET /session': { reply: inspectorSession }, ...answers })
  drawSignedIn(part, at)
  return log
}

const none = { mean: null, days: 0, enough: false }
const row = (n: number, change: Partial<RankingRow>): RankingRow => ({
  ...{ key: id(n), name: `项目${n}`, town: '990421001', townName: '城东街道', rank: n },
  ...{ month: { mean: 40, days: 30, enough: true }, judged: 30, good: 27, goodShare: 90 },
  ...{ lastMonth: none, lastYear: none, overMonth: null, overYear: null, ...change },
})
const ranking = (rows: RankingRow[]) => ({
  reply: {
    ...{
      from: '2026-10-01',
      until: '2026-11-01',
      month: '2026-10',
      quantity: 'a34004',
      name: 'PM2.5',
      unit: 'µg/m³',
      rows,
    },
    limits: [{ value: 60, unit: 'µg/m³', clause: 'gb3095_2026.daily' }],
  },
})
const score = (change: Partial<SiteScore['parts'][number]>, total: number | null = 71.5) => ({
  reply: {
    ...{ from: '2026-10-21', until: '2026-11-20', clause: 'house.score' },
    rows: [
      {
        ...{ projectId: id(1), projectName: '项目1', town: '990421001', townName: '城东街道', total },
        parts: (['exceed', 'answer', 'offline', 'wash'] as const).map((part) => ({
          ...{ part, value: 5, unit: '%', weight: 25, deduction: 7.1, free: 0, full: 20, of: 700, hit: 35 },
          ...(part === 'wash' ? change : {}),
        })),
      },
    ],
  },
})

describe('what is not there is said', () => {
  test('a refusal in its own sentence', async () => {
    const refusal = { kind: 'malformed', rule: 'period_wrong' }
    show({ 'GET /statistics/scores': { status: 400, refusal } }, <ScoreCard projectId={id(1)} />)
    expect(await screen.findByText(/起止日期不对/)).toBeTruthy()
  })
  test('an address that lacks its subject', async () => {
    show({}, <DaysPage />, '/environment/days')
    expect(await screen.findByText(/地址里缺少要查看的对象/)).toBeTruthy()
  })
  test('nothing to compare with is not zero, and too few days make no rank', async () => {
    const short = row(2, { rank: null, month: { mean: 61, days: 3, enough: false }, overYear: null })
    show({ 'GET /statistics/air': ranking([row(1, { overYear: -12.345 }), short]) }, <Ranking />)
    expect(await screen.findByText('−12.3%')).toBeTruthy()
    // Month on month of both, and year on year of the second.
    expect(screen.getAllByText('无可比数据')).toHaveLength(3)
    expect(screen.getByText('3（不足）')).toBeTruthy()
    expect(screen.queryByText('0.0%')).toBeNull()
  })
  test('a site without a monitor is not scored', async () => {
    show({ 'GET /statistics/scores': score({}, null) }, <ScoreCard projectId={id(1)} />)
    expect(await screen.findByText(/不评分/)).toBeTruthy()
  })
  test('a day without a forecast', async () => {
    const nothing = (day: string) => ({ reply: { day, known: false, rows: [] } })
    show({ 'GET /weather/risks': ({ url }) => nothing(url.slice(-10)) }, <SiteRisks projectId={id(1)} />)
    await waitFor(() => expect(screen.getAllByText('还没有录入预报')).toHaveLength(2))
  })
})

test('a mean opens the days it is made of', async () => {
  show({ 'GET /statistics/air': ranking([row(1, {})]) }, <Ranking />)
  const link = await screen.findByRole('link', { name: /项目1 40.0，查看明细/ })
  expect(link.getAttribute('href')).toBe(
    `/environment/days?projectId=${id(1)}&quantity=a34004&from=2026-10-01&until=2026-11-01`,
  )
  expect(screen.getByText(/GB 3095-2026/)).toBeTruthy()
})

test('each part of a score tells its number, what it costs, and opens its rows', async () => {
  show(
    { 'GET /statistics/scores': score({ value: null, deduction: 0, of: 0, hit: 0 }) },
    <ScoreCard projectId={id(1)} />,
  )
  expect(await screen.findByText('71.5')).toBeTruthy()
  const offline = screen.getByRole('row', { name: /离线时长/ })
  expect(within(offline).getByText('7.1 / 25')).toBeTruthy()
  expect(within(offline).getByText(/应有 700 个小时，缺 35 个/)).toBeTruthy()
  const days = `projectId=${id(1)}&from=2026-10-21&until=2026-11-20`
  expect(within(offline).getByRole('link').getAttribute('href')).toBe(`/environment/offline?${days}`)
  expect(within(screen.getByRole('row', { name: /出场冲洗/ })).getByText('没有数据')).toBeTruthy()
  expect(screen.getByText(/不作为处罚依据。$/)).toBeTruthy()
})

test('exits that nobody weighed are not without overload', async () => {
  const rate = {
    ...{ projectId: id(1), projectName: '项目1', total: 40, weighed: 0, washed: 95, covered: 100, legible: 97.5 },
    faults: { unwashed: 2, uncovered: 0, illegible: 1, overload: 0 },
  }
  const grossMost = { value: 31, unit: 't', clause: 'gb1589.gross' }
  show(
    { 'GET /statistics/exits': { reply: { from: '2026-10-22', until: '2026-11-21', rows: [rate], grossMost } } },
    <Exits />,
  )
  expect(await screen.findByText('未称重')).toBeTruthy()
  expect(screen.getByRole('link', { name: '未冲洗 2，查看明细' }).getAttribute('href')).toBe(
    `/environment/exits?from=2026-10-22&until=2026-11-21&projectId=${id(1)}&fault=unwashed`,
  )
})

test('the list of exits asks for what its address says', async () => {
  const exit = {
    ...{
      deviceId: id(2),
      deviceName: '东门冲洗',
      projectId: id(1),
      projectName: '项目1',
      id: 'x',
      at: '2026-11-19T02:00:00.000Z',
    },
    ...{ plate: null, grossWeight: null, faults: ['unwashed', 'illegible'] },
  }
  const log = show(
    { 'GET /statistics/exits/rows': { reply: { rows: [exit], next: null } } },
    <ExitsPage />,
    `/environment/exits?projectId=${id(1)}&fault=unwashed`,
  )
  expect(await screen.findByText('未识别')).toBeTruthy()
  expect(screen.getByText('车牌不清')).toBeTruthy()
  expect(log.at(-1)!.url).toBe(`/api/statistics/exits/rows?projectId=${id(1)}&fault=unwashed`)
})

test('a forecast is entered for its place and day, and what is refused stands at its field', async () => {
  const step = { action: 'enter', label: '录入预报', clause: 'house.weather', main: false }
  const places: Place[] = [{ district: '990421001', name: '城东街道', forecast: null, steps: [step] }]
  const log = show(
    {
      'GET /weather/forecasts': { reply: { day: '2026-11-21', places } },
      'GET /weather/risks': { reply: { day: '2026-11-21', known: false, rows: [] } },
      'POST /weather/forecasts': faultAt('input.weather.high'),
    },
    <WeatherPage />,
    '/environment/weather?day=2026-11-21',
  )
  await userEvent.click(await screen.findByRole('button', { name: '录入预报' }))
  const form = within(await screen.findByRole('dialog'))
  await fill(form.getByLabelText('最大风力（级）'), '6')
  await fill(form.getByLabelText('最低气温（℃）'), '8')
  await fill(form.getByLabelText('最高气温（℃）'), '7')
  await fill(form.getByLabelText('来源'), '县气象台')
  await userEvent.click(form.getByRole('button', { name: '录入预报' }))
  await isSaidAt('最高气温（℃）', form)
  expect(log.find(({ line }) => line.startsWith('POST'))!.body).toMatchObject({
    input: { district: '990421001', day: '2026-11-21', weather: { windLevel: 6, rain: 'none', pollution: 'none' } },
  })
})
