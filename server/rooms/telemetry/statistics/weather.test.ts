import { randomUUID } from 'node:crypto'
import { addDays } from '@plumbline/core/kit'
import { statisticsContract, type Weather, weatherContract as contract } from '@plumbline/core/telemetry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawMap } from '../../../../simulator/county/map.ts'
import { type Atlas, openAtlas } from './testing.ts'

const weather: Weather = {
  windLevel: 6,
  rain: 'none',
  low: 8,
  high: 15,
  pollution: 'none',
  source: '县气象台 16 时预报',
}
const county = '990421'
const town = drawMap().towns.find(({ name }) => name === '城东街道')!.code

let atlas: Atlas
beforeAll(async () => (atlas = await openAtlas()))
afterAll(() => atlas.close())

const enter = (
  cookie: string,
  day: string,
  district: string,
  change: Partial<Weather> = {},
  requestId: string = randomUUID(),
) =>
  atlas.house.call(cookie, contract.enter, {
    body: { requestId, input: { district, day, weather: { ...weather, ...change } } },
  })
const risksOn = async (cookie: string, day: string, projectId?: string) =>
  (await atlas.house.call(cookie, contract.risks, { query: { day, projectId } })).body

describe('what is refused', () => {
  test('a place that there is not, a day that is over, a town of others', async () => {
    const { chief, inspectorC } = atlas.cast
    expect(await enter(chief, atlas.today, '990499')).toMatchObject({ status: 422, rule: 'town_unknown' })
    expect(await enter(chief, atlas.daysAgo(1), county)).toMatchObject({ status: 422, rule: 'forecast_of_the_past' })
    expect((await enter(inspectorC, atlas.today, town)).status).toBe(403)
  })
  test('a second forecast of the same place and day; the same request again is answered as the first', async () => {
    const day = addDays(atlas.today, 5)
    const requestId = randomUUID()
    const first = await enter(atlas.cast.chief, day, county, {}, requestId)
    expect((await enter(atlas.cast.chief, day, county, {}, requestId)).body.record.id).toBe(first.body.record.id)
    expect(await enter(atlas.cast.chief, day, county)).toMatchObject({ status: 409, rule: 'forecast_exists' })
  })
})

test('without a forecast nothing is said of the weather', async () => {
  expect(await risksOn(atlas.cast.chief, atlas.today)).toEqual({ day: atlas.today, known: false, rows: [] })
})

test('a site is warned by the forecast of its town before that of the county, and of what runs there now', async () => {
  const { chief, inspectorA, inspectorC, projectId, otherProjectId } = atlas.cast
  const now = (await atlas.ctx()).now
  const crane = await atlas.enter({ modelCode: 'crane-gbt37366', projectId, name: '1 号塔机' }, Date.parse(now))
  const still = await atlas.enter({ modelCode: 'crane-gbt37366', projectId, name: '2 号塔机' }, Date.parse(now))
  await atlas.look(
    `insert into device.line (device_id, fresh_at, freshness) values ($1, $2, 'live'), ($3, $2::timestamptz - interval '1 hour', 'stale')
    on conflict (device_id) do update set fresh_at = excluded.fresh_at`,
    [crane, now, still],
  )
  const day = addDays(atlas.today, 1)
  await enter(chief, day, county, { windLevel: 2 })
  expect((await risksOn(chief, day)).rows).toEqual([])
  const { body } = await enter(inspectorA, day, town)
  const { rows } = await risksOn(inspectorA, day, projectId)
  expect(rows).toMatchObject([{ projectId, forecast: { district: town } }])
  // A site in its foundations digs; only the crane that reports is named.
  expect(rows[0]!.risks.map(({ kind, devices }) => [kind, devices.map(({ id }) => id)])).toEqual([
    ['lifting', [crane]],
    ['earthwork', []],
  ])
  expect((await risksOn(inspectorC, day)).rows).toEqual([])

  const amended = await atlas.house.call(chief, contract.act, {
    params: { id: body.record.id },
    body: {
      requestId: randomUUID(),
      action: 'amend',
      input: { weather: { ...weather, windLevel: 1, pollution: 'orange' } },
    },
  })
  expect(amended.body.record).toMatchObject({ enteredBy: '沈砚秋', weather: { windLevel: 1 } })
  expect(amended.body.acts.map(({ label }) => label).toSorted()).toEqual(['录入预报', '更新预报'].toSorted())
  const after = await risksOn(chief, day)
  expect(after.rows.map((row) => [row.projectId, row.risks.map(({ kind }) => kind)])).toEqual([
    [projectId, ['pollution']],
  ])
  expect(after.rows.some((row) => row.projectId === otherProjectId)).toBe(false)
})

test('who may enter is told with the places', async () => {
  const day = addDays(atlas.today, 3)
  const stepsOf = async (cookie: string) => {
    const { places } = (await atlas.house.call(cookie, contract.forecasts, { query: { day } })).body
    return places.filter(({ steps }) => steps.length > 0).map(({ district }) => district)
  }
  expect(await stepsOf(atlas.cast.leader)).toEqual([])
  expect(await stepsOf(atlas.cast.chief)).toEqual([county, ...drawMap().towns.map(({ code }) => code)])
  expect(await stepsOf(atlas.cast.inspectorA)).toContain(town)
  expect(await stepsOf(atlas.cast.inspectorA)).not.toContain(county)
})

test('an alarm waits until somebody acknowledges it; one that was soon over asked nothing of anybody', async () => {
  const { projectId, chief } = atlas.cast
  const monitor = await atlas.enter(
    { modelCode: 'dust-ug', projectId },
    Date.parse(`${atlas.daysAgo(3)}T00:00:00+08:00`),
  )
  const raised = `${atlas.daysAgo(2)}T10:00:00+08:00`
  // Minutes to the acknowledgement, or without one to the end.
  for (const [acknowledged, cleared] of [
    [10, 20],
    [null, 5],
    [null, 100],
  ]) {
    const id = randomUUID()
    await atlas.look(
      `insert into base.case (id, room, title, state, open, project_id, reach, since, opened_at)
       select $1, 'alarm', '', 'cleared', false, project_id, reach, now(), now() from base.case where id = $2`,
      [id, monitor],
    )
    await atlas.look(
      `insert into telemetry.alarm (id, state, level, device_id, device_name, device_kind, project_id, project_name, district, parties,
         cause, quantity, quantity_name, unit, bound, value, raised_at, acknowledged_at, cleared_at)
       values ($1, 'cleared', 'warn', $2, '', 'dust', $3, '', '990421', '{}', 'pm25_spray', 'a34004', 'PM2.5', 'µg/m³', '{}', 90, $4,
         $4::timestamptz + make_interval(mins => $5), $4::timestamptz + make_interval(mins => $6))`,
      [id, monitor, projectId, raised, acknowledged, cleared],
    )
  }
  await atlas.rollAll()
  const { rows } = (await atlas.house.call(chief, statisticsContract.scores, { query: { projectId } })).body
  expect(rows[0]!.parts.find(({ part }) => part === 'answer')).toMatchObject({ value: 55, of: 2, hit: 1, free: 30 })
})
