import { lawOn } from '@plumbline/core/law'
import { type DesignLimit, type DeviceKind, noSettings } from '@plumbline/core/device'
import { type Bearings, findQuantity, heldTo, type Latest, type SiteEvent } from '@plumbline/core/telemetry'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { type Answer, drawSignedIn, inspectorSession, serve } from '../../../kit/testing.tsx'
import { LivePanel } from './LivePanel.tsx'
import { linesOf } from './QuantityCurve.tsx'

// jsdom has no canvas and no layout: the curves themselves are not looked at here.
vi.mock('../chart.ts', () => ({ useChart: () => () => {} }))

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e11'
const at = '2026-11-20T01:40:00.000Z'
const law = lawOn('2026-11-20', '990421')

type Told = Record<string, number | Partial<Latest>>
const latestOf = (values: Told): Latest[] =>
  Object.entries(values).map(([quantity, told]) => {
    const { name, unit } = findQuantity(quantity)!
    const same = { deviceId: id, quantity, name, unit, at, receivedAt: at, flag: 'N', freshness: 'live' as const }
    return { ...same, value: null, ...(typeof told === 'number' ? { value: told } : told) }
  })

interface Shown {
  values: Told
  rated?: Bearings['rated']
  papers?: DesignLimit[]
  moved?: Record<string, number>
  answers?: Record<string, Answer>
}

function show(kind: DeviceKind, { values, rated = {}, papers = [], moved = {}, answers = {} }: Shown) {
  const rows = latestOf(values)
  const device = { kind, settings: { ...noSettings, rated, limits: papers } }
  const bearings: Bearings = {
    ...{ deviceId: id, name: '1 号', kind, projectId: id, projectName: '城东污水厂扩建工程', rated },
    limits: rows.flatMap(({ quantity }) => heldTo({ law, device, quantity, at: Date.parse(at) })),
    moved: Object.entries(moved).map(([quantity, perDay]) => ({ quantity, perDay })),
  }
  const series = { quantity: 'x', name: '曲线', unit: '', step: 'hour', buckets: [], limit: null, validShare: 75 }
  const asked = serve({
    'GET /session': { reply: inspectorSession },
    [`GET /devices/${id}/latest`]: { reply: { rows, refreshMinutes: 5 } },
    [`GET /devices/${id}/bearings`]: { reply: bearings },
    [`GET /devices/${id}/events`]: { reply: { rows: [], more: false } },
    [`GET /devices/${id}/series`]: { reply: series },
    ...answers,
  })
  drawSignedIn(<LivePanel id={id} />)
  return asked
}
const events = (rows: SiteEvent[]): Record<string, Answer> => ({
  [`GET /devices/${id}/events`]: { reply: { rows, more: false } },
})
const gauge = async (label: string) => within((await screen.findByText(label)).closest<HTMLElement>('.gauge')!)

const crane = {
  ...{ momentPercent: 61.2, liftingCapacity: 2.46, safeLiftingCapacity: 4.02, loadPercent: 61.2, amplitude: 22.1 },
  ...{ round: 123.4, height: 33.5, windSpeed: 4.3, dipAngleX: 0.12, dipAngleY: -0.08, warningWord: 0 },
}
const plate = { jib: 60, height: 80 }

test('an old value is called interrupted, keeps its time, and stands at no limit; its pose is drawn in dashes', async () => {
  const old = { freshness: 'stale' as const, value: 104 }
  show('crane', { rated: plate, values: { ...crane, momentPercent: old, amplitude: { ...old, value: 20 } } })
  const moment = await gauge('起重力矩')
  expect(moment.getByText('中断')).toBeTruthy()
  expect(moment.queryByText('到报警值')).toBeNull()
  expect(moment.getByText('2026-11-20 09:40')).toBeTruthy()
  expect(screen.getByRole('img', { name: /^侧视：幅度 20 m/ }).classList).toContain('pose-old')
  expect(screen.getByRole('img', { name: '俯视：回转角度 123.4 °' }).classList).not.toContain('pose-old')
})

test('a value that the instrument does not call normal is not drawn as current either', async () => {
  show('crane', { rated: plate, values: { ...crane, momentPercent: { value: 50, flag: 'D' } } })
  expect((await gauge('起重力矩')).queryByText('限值内')).toBeNull()
})

test('without a plate nothing is drawn from the side, and it is said why', async () => {
  show('crane', { values: crane })
  expect(await screen.findByText(/没有登记起重臂长和塔高/)).toBeTruthy()
  expect(screen.queryByRole('img', { name: /侧视/ })).toBeNull()
})

test('a crane: steps of the law in words, load beside the allowed, the alarm word by name', async () => {
  show('crane', { rated: plate, values: { ...crane, momentPercent: 92, warningWord: 2 ** 3 + 2 ** 13 } })
  const moment = await gauge('起重力矩')
  expect(moment.getByText('到预警值')).toBeTruthy()
  expect(moment.getByText('预警 达到 90 %，报警 达到 100 %，力矩超过限制器切断范围 达到 110 %')).toBeTruthy()
  expect((await gauge('起重量')).getByText('2.46 t / 4.02 t')).toBeTruthy()
  const word = await gauge('安全装置报警字')
  expect(word.getByText('力矩')).toBeTruthy()
  expect(word.getByText('上限位')).toBeTruthy()
  expect(screen.getByRole('img', { name: /吊钩距起重臂 33.5 m，臂长 60 m，塔高 80 m/ }).classList).not.toContain(
    'pose-old',
  )
})

test('a hoist: more people than the plate allows; the direction of travel in words', async () => {
  const values = {
    loadPercent: 62,
    currentLoad: 1.24,
    personCount: 10,
    floor: 12,
    speed: -0.6,
    height: 36,
    doorFront: 0,
    doorBack: 1,
  }
  show('hoist', { values, rated: { persons: 9, load: 2, height: 90 } })
  const persons = await gauge('载人数')
  expect(persons.getByText('到报警值')).toBeTruthy()
  expect(persons.getByText('铭牌 9 人')).toBeTruthy()
  expect((await gauge('运行速度')).getByText('下行 0.6 m/s')).toBeTruthy()
  expect((await gauge('后门')).getByText('开')).toBeTruthy()
  expect(screen.getByRole('img', { name: '吊笼高度 36 m，井道 90 m，12 层' })).toBeTruthy()
})

const papers = [{ quantity: 'subside', warn: 14, alarm: 20, ratePerDay: 2, source: '基坑监测方案 第3章' }]

test('a pit: a point without papers has no word of calm; one that moves too fast stands at its alarm; the curve follows the choice', async () => {
  const values = { subside: { freshness: 'never' as const }, 'subside@S10': 3, 'subside@S2': -4, 'axialForce@Z1': 400 }
  const asked = show('pit', { values, papers, moved: { 'subside@S2': -2.4 } })
  const rows = await screen.findAllByRole('row')
  expect(rows.slice(1).map((row) => within(row).getByRole('button').textContent)).toEqual(['S2', 'S10', 'Z1'])
  const [fast, calm, bare] = rows.slice(1).map((row) => within(row))
  expect(fast!.getByText('-2.4 mm')).toBeTruthy()
  expect(fast!.getByText('到报警值')).toBeTruthy()
  expect(fast!.getByText('预警 14，报警 20 mm；速率 2 mm/d')).toBeTruthy()
  expect(calm!.getByText('限值内')).toBeTruthy()
  expect(bare!.getByText('设计限值未登记')).toBeTruthy()
  expect(bare!.queryByText('限值内')).toBeNull()
  await userEvent.click(bare!.getByRole('button', { name: 'Z1' }))
  await vi.waitFor(() => expect(asked.some(({ url }) => url.includes('axialForce%40Z1'))).toBe(true))
})

test('a zone that fell silent is neither crossed nor calm', async () => {
  const crossed: SiteEvent = { id: 'z-15', at, kind: 'intrusion', body: { zone: 'Z4' } }
  show('perimeter', {
    values: { 'intrusion@Z1': { value: 0, freshness: 'stale' }, 'intrusion@Z4': 1, 'intrusion@Z5': 0 },
    answers: events([crossed]),
  })
  await vi.waitFor(() => expect(screen.getAllByText('Z4')).toHaveLength(2), 10_000)
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    ...['状态不明Z12026-11-20 09:40', '有人越界Z42026-11-20 09:40', '无人越界Z52026-11-20 09:40'],
    '2026-11-20 09:40Z4',
  ])
})

test('a turnstile counts, and names nobody', async () => {
  const rows = [
    { from: '2026-11-19T23:00:00.000Z', in: 41, out: 2 },
    { from: '2026-11-20T00:00:00.000Z', in: 3, out: 0 },
  ]
  show('turnstile', { values: { peopleInside: 87 }, answers: { [`GET /devices/${id}/passages`]: { reply: { rows } } } })
  expect(await screen.findByText('07 时 进 41 出 2')).toBeTruthy()
  expect(screen.getByText('44')).toBeTruthy()
})

test('an exit is told with what was wrong', async () => {
  const exit = (name: string, body: object): SiteEvent =>
    ({
      id: name,
      at,
      kind: 'exit',
      body: { plate: '浙F12345', washed: true, covered: true, legible: true, ...body },
    }) as SiteEvent
  show('wheel_wash', { values: {}, answers: events([exit('a', {}), exit('b', { plate: null, washed: false })]) })
  const [clean, dirty] = await screen.findAllByRole('listitem')
  expect(within(clean!).getByText('冲洗、密闭、车牌清晰')).toBeTruthy()
  expect(within(dirty!).getByText('车牌未识别')).toBeTruthy()
  expect(within(dirty!).getByText('未冲洗')).toBeTruthy()
})

test('a meter whose statistics are not to be had still has its counter', async () => {
  show('meter', {
    values: { electricity: 18342.6 },
    answers: { [`GET /projects/${id}/energy`]: { status: 500, refusal: { kind: 'internal', rule: 'internal' } } },
  })
  expect((await gauge('用电量（表底数）')).getByText('18342.6 kWh')).toBeTruthy()
})

test('limits of both sides are drawn where the curve goes, those around a centre on both', () => {
  const held = (kind: DeviceKind, quantity: string) =>
    heldTo({ law, device: { kind, settings: { ...noSettings, limits: papers } }, quantity, at: 0 })
  const heights = (values: number[]) => linesOf(held('pit', 'subside@S1'), values).map((line) => line.at)
  expect(heights([3, 4])).toEqual([14, 20])
  expect(heights([-3])).toEqual([-14, -20])
  expect(linesOf(held('curing_room', 'roomTemperature'), []).map((line) => line.at)).toEqual([18, 22])
})
