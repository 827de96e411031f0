import { startOf } from '@plumbline/core/kit'
import { directions, statisticsContract as contract } from '@plumbline/core/telemetry'
import { afterAll, describe, expect, test } from 'vitest'
import { openMonth } from './month.ts'

const minute = 60_000
const iso = (at: number) => new Date(at).toISOString()

const { atlas, said, days, devices, close } = await openMonth()
afterAll(close)

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
