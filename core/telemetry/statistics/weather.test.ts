import { describe, expect, test } from 'vitest'
import { type Actor, districtKeys } from '../../access/index.ts'
import { lawOn } from '../../law/index.ts'
import { decide } from '../../workflow/index.ts'
import { type Forecast, forecastWorkflow as workflow, Weather } from './forecast.ts'
import { risksOf } from './risk.ts'

const id = '0b7c1b36-5f0e-4d3c-9a53-0d6f4b0d6e01'
const law = lawOn('2026-11-20', '990421')
const weather: Weather = {
  windLevel: 3,
  rain: 'none',
  low: 8,
  high: 15,
  pollution: 'none',
  source: '县气象台 16 时预报',
}
const forecast = (state: Forecast['state'], change: Partial<Forecast> = {}): Forecast => ({
  ...{ id, state, district: '990421001', districtName: '城东街道', day: '2026-11-21' },
  ...{ weather, enteredBy: '', enteredAt: '', ...change },
})
const actor = (capacity: Actor['capacity'], keys: string[]): Actor => ({
  ...{ personId: id, appointmentId: id, name: '林远舟', capacity, orgId: null, keys: [...keys, 'everybody'] },
})
const inspector = actor('inspector', ['d:990421001'])
const take = (action: string, record: Forecast, who = inspector, input: object = { weather }) =>
  decide(workflow, action, {
    ...{ record, actor: who, now: '2026-11-20T08:00:00.000Z', law },
    input: action === 'enter' ? { district: record.district, day: record.day, ...input } : input,
  })

describe('who does not enter a forecast', () => {
  test('a site reads it and does not enter it', () => {
    expect(take('enter', forecast(null), actor('project_manager', ['p:a:b']))).toMatchObject({ rule: 'capacity' })
  })
  test('an officer of another town', () => {
    expect(take('enter', forecast(null), actor('inspector', ['d:990421002']))).toMatchObject({ kind: 'forbidden' })
    expect(take('amend', forecast('issued', { district: '990421' }))).toMatchObject({ kind: 'forbidden' })
  })
  test('of a day that is over', () => {
    expect(take('enter', forecast(null, { day: '2026-11-19' }))).toMatchObject({ rule: 'forecast_of_the_past' })
    expect(take('amend', forecast('issued', { day: '2026-11-19' }))).toMatchObject({ rule: 'forecast_of_the_past' })
  })
  test('a second one beside the first', () => {
    expect(take('enter', forecast('issued'))).toMatchObject({ kind: 'conflict', rule: 'state' })
    expect(take('amend', forecast(null))).toMatchObject({ kind: 'conflict', rule: 'state' })
  })
  test('the warmest hour colder than the coldest, a wind that there is not', () => {
    expect(Weather.safeParse({ ...weather, high: 7 }).success).toBe(false)
    expect(Weather.safeParse({ ...weather, windLevel: 13 }).success).toBe(false)
  })
})

test('an officer of the town, and of what lies above it, enters and amends', () => {
  const chief = actor('chief', ['d:990421'])
  expect(take('enter', forecast(null))).toMatchObject({ ok: true, to: 'issued', record: { enteredBy: '林远舟' } })
  expect(take('amend', forecast('issued'), chief, { weather: { ...weather, windLevel: 7 } })).toMatchObject({
    record: { weather: { windLevel: 7 } },
  })
  expect(workflow.head(forecast('issued')).reach).toEqual([...districtKeys('990421001'), 'everybody'])
})

describe('risks', () => {
  const crane = { id, name: '1 号塔机', kind: 'crane' as const }
  const pit = { id, name: '东侧基坑', kind: 'pit' as const }
  const kinds = (
    change: Partial<Weather>,
    stage: 'foundation' | 'structure' = 'structure',
    running: (typeof crane | typeof pit)[] = [crane],
  ) => risksOf(law, { ...weather, ...change }, { stage, running }).map(({ kind }) => kind)

  test('a calm day warns of nothing', () => expect(kinds({})).toEqual([]))
  test('wind below a level does not stop what it stops from that level on', () => {
    expect(kinds({ windLevel: 5 })).toEqual([])
    expect(kinds({ windLevel: 6 })).toEqual(['lifting'])
    expect(kinds({ windLevel: 4 }, 'foundation', [])).toEqual([])
    expect(kinds({ windLevel: 5 }, 'foundation', [])).toEqual(['earthwork'])
    expect(kinds({ windLevel: 6 }, 'structure', [])).toEqual([])
  })
  test('an open pit is earthwork whatever the stage, and suffers from rain', () => {
    expect(kinds({ windLevel: 5, rain: 'storm' }, 'structure', [pit])).toEqual(['earthwork', 'rain'])
    expect(kinds({ rain: 'moderate' }, 'foundation', [pit])).toEqual([])
  })
  test('heavy pollution concerns every site', () =>
    expect(kinds({ pollution: 'blue' }, 'structure', [])).toEqual(['pollution']))
})
