import { addDays, daysBetween, startOf } from '@plumbline/core/kit'
import {
  addMonths,
  directions,
  monthOfDay,
  statisticsContract as contract,
  wholeMonth,
} from '@plumbline/core/telemetry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Atlas, type Frame, hoursOfDays, openAtlas } from './testing.ts'

// Every figure is held against another computation from the raw readings: SQL of another shape, or plain arithmetic.

const minute = 60_000
const hour = 60 * minute
const iso = (at: number) => new Date(at).toISOString()

let atlas: Atlas
let month: string
let days: { from: string; until: string }
const devices = { one: '', two: '', rival: '' }

/** Twelve means of five minutes in every hour of a month; another drift for each device. */
const monthOf = (from: string, until: string, base: number): Frame[] =>
  hoursOfDays(from, daysBetween(from, until)).flatMap((at, index) =>
    Array.from({ length: 12 }, (_, part): Frame => {
      const wave = Math.sin(index / 9) * 18 + Math.cos((index * part) / 50) * 6
      return {
        at: at + part * 5 * minute,
        span: 'm',
        values: {
          a34004: Math.round((base + wave) * 10) / 10,
          LA: 52 + (index % 24) * 0.8,
          a01007: index % 13 === 0 ? 0.1 : 0.5 + (index % 40) / 3,
          a01008: (index * 31 + part) % 360,
        },
      }
    }),
  )

beforeAll(async () => {
  atlas = await openAtlas()
  month = addMonths(monthOfDay(atlas.today), -1)
  days = wholeMonth(month)
  const since = startOf(days.from).getTime()
  const { projectId, otherProjectId } = atlas.cast
  devices.one = await atlas.enter({ modelCode: 'dust-ug', projectId, name: '东门扬尘仪' }, since)
  devices.two = await atlas.enter({ modelCode: 'dust-ug', projectId, name: '西门扬尘仪' }, since)
  devices.rival = await atlas.enter({ modelCode: 'dust-ug', projectId: otherProjectId, name: '南门扬尘仪' }, since)
  const frames = monthOf(days.from, days.until, 55)
  // On the fourth day the monitor at the east gate says nothing for eight hours; then its values bear the mark of a fault.
  const gap = since + 3 * 24 * hour
  await atlas.store(
    devices.one,
    frames
      .filter(({ at }) => at < gap || at >= gap + 8 * hour)
      .map((frame) =>
        frame.at >= gap + 8 * hour && frame.at < gap + 10 * hour
          ? { ...frame, values: { a34004: { value: 999, flag: 'D' } } }
          : frame,
      ),
  )
  await atlas.store(devices.two, monthOf(addDays(days.from, 10), days.until, 80))
  await atlas.store(devices.rival, monthOf(days.from, days.until, 40))
  await atlas.rollAll()
  // The year before, of the first project alone.
  const before = wholeMonth(addMonths(month, -12))
  await atlas.store(devices.one, monthOf(before.from, before.until, 70))
  await atlas.reopen(devices.one, hoursOfDays(before.from, daysBetween(before.from, before.until)))
  await atlas.rollAll()
}, 300_000)
afterAll(() => atlas.close())

const ask: Atlas['ask'] = (route, request, cookie) => atlas.ask(route, request, cookie)
const said: Atlas['said'] = (route, request, cookie) => atlas.said(route, request, cookie)

/** Means of hours, days and the month from the raw rows: by day and mean, and of no table of ours. */
const rawMonth = (device: string, { from, until }: { from: string; until: string }) =>
  atlas.look<{ day: string; mean: number }>(
    `with hours as (select date_bin('1 hour', at, 'epoch') as h, sum(value) / count(*) as mean from telemetry.reading
       where device_id = $1 and quantity = 'a34004' and span = 'm' and flag = 'N' and at >= $2 and at < $3
       group by 1 having count(*) >= 9)
     select ((h + interval '8 hours') at time zone 'UTC')::date::text as day, sum(mean) / count(*) as mean
     from hours group by 1 having count(*) >= 20 order by 1`,
    [device, startOf(from).toISOString(), startOf(until).toISOString()],
  )
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

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

describe('wind', () => {
  test('is the rose of the hours, counted one by one', async () => {
    const { projectId } = atlas.cast
    const rose = await said(contract.rose, { params: { id: projectId }, query: days })
    const raw = await atlas.look<{ speed: number; x: number; y: number }>(
      `select avg(v.value) as speed, sum(sin(w.value * pi() / 180)) as x, sum(cos(w.value * pi() / 180)) as y
       from telemetry.reading v join telemetry.reading w on w.device_id = v.device_id and w.at = v.at and w.quantity = 'a01008'
       where v.quantity = 'a01007' and v.device_id = any($1) and v.at >= $2 and v.at < $3
       group by v.device_id, floor(extract(epoch from v.at) / 3600) having count(*) >= 9`,
      [[devices.one, devices.two], startOf(days.from).toISOString(), startOf(days.until).toISOString()],
    )
    const beaufort = [0.3, 1.6, 3.4, 5.5, 8, 10.8]
    const expected = new Map<string, number>()
    for (const { speed, x, y } of raw) {
      const level = beaufort.filter((from) => speed >= from).length
      // The sixteen compass points by their nearest bearing.
      const bearing = (Math.atan2(x, y) * 180) / Math.PI
      const direction = (Math.round(bearing / 22.5) + directions.length) % directions.length
      const key = level === 0 ? 'calm' : `${direction} ${level}`
      expected.set(key, (expected.get(key) ?? 0) + 1)
    }
    expect(expected.get('calm')).toBeGreaterThan(20)
    expect(rose.hours).toBe(raw.length)
    expect(rose.calm).toBe(expected.get('calm'))
    expect(new Map(rose.bins.map(({ direction, level, hours }) => [`${direction} ${level}`, hours]))).toEqual(
      new Map([...expected].filter(([key]) => key !== 'calm')),
    )
    const bin = rose.bins[0]!
    const open = (query: object) =>
      said(contract.windHours, { params: { id: projectId }, query: { ...days, ...query } })
    expect((await open({ direction: bin.direction, level: bin.level })).rows).toHaveLength(bin.hours)
    expect((await open({ level: 0 })).rows).toHaveLength(rose.calm)
  })
})

describe('hours that exceed', () => {
  test('are those above the limit of their hour, and each is listed', async () => {
    const { projectId } = atlas.cast
    const { counts, rows, total } = await said(contract.exceedances, { query: { ...days, projectId, limit: 200 } })
    const [raw] = await atlas.look<{ dust: number; noise: number }>(
      `with h as (select device_id, quantity, date_bin('1 hour', at, 'epoch') as h, avg(value) as mean,
           10 * log(avg(10 ^ (value / 10))) as leq
         from telemetry.reading where device_id = any($1) and quantity in ('a34004', 'LA') and flag = 'N' and at >= $2 and at < $3
         group by 1, 2, 3 having count(*) >= 9)
       select count(*) filter (where quantity = 'a34004' and mean > 75) as dust,
         count(*) filter (where quantity = 'LA' and leq > case when to_char(h at time zone 'UTC' + interval '8 hours', 'HH24')
           between '06' and '21' then 70 else 55 end) as noise from h`,
      [[devices.one, devices.two], startOf(days.from).toISOString(), startOf(days.until).toISOString()],
    )
    expect(counts).toEqual({ a34004: raw!.dust, a34002: 0, LA: raw!.noise })
    expect(Math.min(raw!.dust, raw!.noise)).toBeGreaterThan(50)
    expect(total).toBe(raw!.dust + raw!.noise)
    expect(rows.every(({ mean, limit }) => mean > limit.value)).toBe(true)
    // Every page of them, each hour once.
    const seen = new Set<string>()
    for (let after: string | null = '0'; after !== null;) {
      const page: { rows: typeof rows; next: string | null } = await said(contract.exceedances, {
        query: { ...days, projectId, limit: 200, after },
      })
      for (const row of page.rows) seen.add(`${row.deviceId} ${row.quantity} ${row.hour}`)
      after = page.next
    }
    expect(seen.size).toBe(total)
  })

  test('without a valid mean are listed as offline', async () => {
    const { rows, total } = await said(contract.offline, {
      query: { ...days, projectId: atlas.cast.projectId, limit: 200 },
    })
    // Ten days of the second monitor before it spoke, eight silent hours and two of a fault of the first.
    expect(total).toBe(10 * 24 + 10)
    expect(rows.filter(({ deviceId }) => deviceId === devices.one)).toHaveLength(10)
  })
})

describe('five minutes', () => {
  test('the share by town is that of the last normal readings', async () => {
    const now = Date.parse((await atlas.ctx()).now)
    await atlas.store(devices.one, [{ at: now - 2 * minute, values: { a34004: 30 } }])
    await atlas.store(devices.two, [{ at: now - 20 * minute, values: { a34004: 30 } }])
    await atlas.look(`insert into device.line (device_id, fresh_at, heard_at, freshness, connected)
      select device_id, max(at), max(at), 'live', true from telemetry.reading where quantity = 'a34004' and flag = 'N' group by 1
      on conflict (device_id) do update set fresh_at = excluded.fresh_at, heard_at = excluded.heard_at`)
    const { towns, total } = await said(contract.freshness, {})
    const raw = await atlas.look<{ town: string; total: number; live: number }>(
      `select d.district as town, count(*) as total, count(*) filter (where exists (select 1 from telemetry.reading r
         where r.device_id = d.id and r.quantity = 'a34004' and r.flag = 'N' and r.at >= $1)) as live
       from device.device d where d.kind = 'dust' group by 1 order by 1`,
      [iso(now - 5 * minute)],
    )
    expect(towns.map(({ town, total: all, live }) => ({ town, total: all, live }))).toEqual(raw)
    expect(total).toMatchObject({ total: 3, live: 1, stale: 2, never: 0 })
    const { rows } = await said(contract.monitors, { query: { freshness: 'stale' } })
    expect(rows.map(({ deviceId, reason }) => [deviceId, reason])).toEqual(
      expect.arrayContaining([
        [devices.two, 'quiet'],
        [devices.rival, 'quiet'],
      ]),
    )
    expect((await said(contract.freshness, {}, atlas.cast.inspectorC)).total.total).toBe(1)
  })
})

test('the score’s parts are the counts of the lists they open', async () => {
  const { projectId, inspectorC, otherProjectId } = atlas.cast
  const { rows, from, until } = await said(contract.scores, { query: {} })
  const score = rows.find((row) => row.projectId === projectId)!
  const part = (name: string) => score.parts.find((one) => one.part === name)!
  const query = { from, until, projectId, limit: 1 }
  expect(part('offline').hit).toBe((await said(contract.offline, { query })).total)
  expect(part('offline').of - part('offline').hit).toBe(part('exceed').of)
  // An hour that exceeds in dust and in noise is one hour.
  const hours = new Set<string>()
  for (let after: string | null = '0'; after !== null;) {
    const page: { rows: { deviceId: string; hour: string }[]; next: string | null } = await said(contract.exceedances, {
      query: { ...query, limit: 200, after },
    })
    for (const row of page.rows) hours.add(`${row.deviceId} ${row.hour}`)
    after = page.next
  }
  expect(part('exceed').hit).toBe(hours.size)
  expect(score.total).toBeCloseTo(100 - score.parts.reduce((sum, { deduction }) => sum + deduction, 0), 6)
  expect((await said(contract.scores, { query: {} }, inspectorC)).rows.map((row) => row.projectId)).toEqual([
    otherProjectId,
  ])
})
