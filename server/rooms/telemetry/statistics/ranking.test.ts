import { addDays, daysBetween } from '@plumbline/core/kit'
import { addMonths, wholeMonth, statisticsContract as contract } from '@plumbline/core/telemetry'
import { afterAll, describe, expect, test } from 'vitest'
import { average, openMonth } from './month.ts'

const { atlas, ask, said, month, days, devices, rawMonth, close } = await openMonth()
afterAll(close)

describe('what is refused', () => {
  test('days that end before they begin, or more than can be asked', async () => {
    const { projectId } = atlas.cast
    const wrong = [
      { from: '2026-02-01', until: '2026-02-01' },
      { from: '2024-01-01', until: '2026-01-01' },
    ]
    for (const query of wrong)
      expect(await ask(contract.rose, { params: { id: projectId }, query })).toMatchObject({
        status: 400,
        rule: 'period_wrong',
      })
  })
  test('days of no device and no project, or of both', async () => {
    const query = { ...days, quantity: 'a34004' }
    const both = { ...query, projectId: atlas.cast.projectId, deviceId: devices.one }
    for (const one of [query, both])
      expect(await ask(contract.days, { query: one })).toMatchObject({ status: 400, rule: 'device_or_project' })
  })
  test('a quantity that there is not, a device and a project out of reach', async () => {
    const query = { ...days, quantity: 'a34004' }
    expect(
      (await ask(contract.hours, { params: { id: devices.one }, query: { ...query, quantity: 'x1' } })).status,
    ).toBe(404)
    const { inspectorC, projectId } = atlas.cast
    expect((await ask(contract.hours, { params: { id: devices.one }, query }, inspectorC)).status).toBe(404)
    expect((await ask(contract.days, { query: { ...query, projectId } }, inspectorC)).status).toBe(404)
    expect((await ask(contract.rose, { params: { id: projectId } }, inspectorC)).status).toBe(404)
  })
  test('who reaches nothing of a figure sees nothing of it', async () => {
    const { inspectorC, otherProjectId } = atlas.cast
    const { rows } = await said(contract.ranking, { query: { month } }, inspectorC)
    expect(rows.map(({ key }) => key)).toEqual([otherProjectId])
  })
})

describe('the ranking', () => {
  test('is the plain mean of each project’s days, the lowest first', async () => {
    const { rows } = await said(contract.ranking, { query: { month } })
    const one = await rawMonth(devices.one, days)
    const two = await rawMonth(devices.two, days)
    const rival = await rawMonth(devices.rival, days)
    // Both monitors of the first project weigh once for each day that both know.
    const ofProject = one.map(({ day, mean }) =>
      average([mean, ...two.filter((other) => other.day === day).map((other) => other.mean)]),
    )
    expect(one).toHaveLength(daysBetween(days.from, days.until) - 1)
    expect(rows.map(({ key, rank }) => [key, rank])).toEqual([
      [atlas.cast.otherProjectId, 1],
      [atlas.cast.projectId, 2],
    ])
    expect(rows[1]!.month.mean).toBeCloseTo(average(ofProject), 6)
    expect(rows[0]!.month.mean).toBeCloseTo(average(rival.map(({ mean }) => mean)), 6)
    expect(rows[1]!.month).toMatchObject({ days: one.length, enough: true })
  })

  test('counts days within the limit of their own day', async () => {
    const { rows, limits } = await said(contract.ranking, { query: { month } })
    const raw = await rawMonth(devices.rival, days)
    const most = limits[0]!.value
    const good = raw.filter(({ mean }) => mean <= most).length
    expect(limits).toHaveLength(1)
    expect(rows[0]).toMatchObject({ judged: raw.length, good, goodShare: (good / raw.length) * 100 })
  })

  test('says that there is nothing to compare with, and never zero', async () => {
    const { rows } = await said(contract.ranking, { query: { month } })
    const before = await rawMonth(devices.one, wholeMonth(addMonths(month, -12)))
    const then = average(before.map(({ mean }) => mean))
    const [rival, own] = rows
    expect(rival).toMatchObject({ overMonth: null, overYear: null, lastYear: { mean: null, days: 0, enough: false } })
    expect(own!.overMonth).toBeNull()
    expect(own!.overYear).toBeCloseTo(((own!.month.mean! - then) / then) * 100, 6)
  })

  test('by town is the mean of its projects', async () => {
    const projects = (await said(contract.ranking, { query: { month } })).rows
    const towns = (await said(contract.ranking, { query: { month, by: 'town' } })).rows
    expect(towns.map(({ name, month: { mean } }) => [name, mean])).toEqual(
      projects.map(({ townName, month: { mean } }) => [townName, mean]),
    )
  })

  test('lists who has too few days, without a rank', async () => {
    const { rows } = await said(contract.ranking, { query: { month: addMonths(month, -1) } })
    expect(rows.map(({ rank, month: { enough, mean } }) => [rank, enough, mean])).toEqual([
      [null, false, null],
      [null, false, null],
    ])
  })

  test('opens its days, a day its hours, an hour its readings', async () => {
    const { rows } = await said(contract.ranking, { query: { month } })
    const query = { ...days, quantity: 'a34004', projectId: atlas.cast.projectId }
    const listed = (await said(contract.days, { query })).rows
    const byDay = Map.groupBy(
      listed.filter(({ valid }) => valid),
      ({ day }) => day,
    )
    expect(average([...byDay.values()].map((of) => average(of.map(({ mean }) => mean!))))).toBeCloseTo(
      rows[1]!.month.mean!,
      6,
    )
    const bad = listed.find(({ deviceId, valid }) => deviceId === devices.one && !valid)!
    expect(bad).toMatchObject({ day: addDays(days.from, 3), hours: 14, good: null })
    const one = { from: bad.day, until: addDays(bad.day, 1), quantity: 'a34004' }
    const { rows: hours } = await said(contract.hours, { params: { id: devices.one }, query: one })
    expect(hours.filter(({ valid }) => valid)).toHaveLength(14)
    expect(average(hours.filter(({ valid }) => valid).map(({ mean }) => mean!))).toBeCloseTo(bad.mean!, 6)
    const last = hours.at(-1)!
    const { rows: readings } = await said(contract.readings, {
      params: { id: devices.one },
      query: { quantity: 'a34004', hour: last.hour },
    })
    expect(readings).toHaveLength(last.count)
    expect(average(readings.map(({ value }) => value))).toBeCloseTo(last.mean!, 6)
  })
})
