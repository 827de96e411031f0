import { type Day, startOf } from '@plumbline/core/kit'
import type { Law } from '@plumbline/core/law'
import { expectedSamples, rolled } from '@plumbline/core/telemetry'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../base/db.ts'
import type { DeviceHour } from '../late.ts'

const means = JSON.stringify(rolled)

/** Makes the means of one hour of all devices. */
export const rollHour = (tx: Db, law: Law, hour: string): Promise<void> =>
  roll(tx, law, {
    packets: sql`telemetry.packet p`,
    hour: sql`${hour}::timestamptz`,
    where: sql`p.at >= ${hour} and p.at < ${hour}::timestamptz + interval '1 hour'`,
  })

/** Makes the means of these hours of these devices anew. */
export const rollHours = (tx: Db, law: Law, hours: readonly DeviceHour[]): Promise<void> =>
  roll(tx, law, {
    packets: sql`jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) as w("deviceId" uuid, hour timestamptz)
      join telemetry.packet p on p.device_id = w."deviceId" and p.at >= w.hour and p.at < w.hour + interval '1 hour'`,
    hour: sql`w.hour`,
    // Lets the planner look into no more days than these.
    where: sql`p.at >= ${hours.map(({ hour }) => hour).sort()[0]}`,
  })

/**
 * Hourly means by the rules of core/telemetry/series.ts, set-based. Of a device that sends moments (r) and means of
 * minutes (m) one of the two is taken: what is valid, and moments rather than means. Means of hours and days that a
 * device sends are its own and are not taken. Hours of Asia/Shanghai begin when those of UTC do.
 *
 * Asked of the rows of frames and not through the view of readings: a county's hour is a million values, and they are
 * summed up by layout and place before any of them has a name.
 */
async function roll(
  tx: Db,
  law: Law,
  { packets, hour, where }: Record<'packets' | 'hour' | 'where', RawBuilder<unknown>>,
) {
  const share = law.number('telemetry.valid_share') / 100
  await sql`
    with q as (select * from jsonb_to_recordset(${means}::jsonb) as q(code text, mean text)),
    expected as (select * from jsonb_to_recordset(${JSON.stringify(expectedSamples(law))}::jsonb)
      as e(model text, code text, span text, expected int)),
    part as materialized (
      select l.id, l.span, u.place::int as place, u.quantity, q.code, q.mean
      from telemetry.layout l cross join lateral unnest(l.quantities) with ordinality u(quantity, place)
      join q on q.code = split_part(u.quantity, '@', 1) where l.span in ('r', 'm')),
    summed as (
      select p.device_id, ${hour} as hour, p.layout, part.place, count(*) as count, count(n.value) as normal,
        sum(case part.mean when 'energy' then power(10, n.value / 10) when 'direction' then sind(n.value) else n.value end) as a,
        sum(case part.mean when 'direction' then cosd(n.value) end) as b, min(n.value) as min, max(n.value) as max
      from ${packets} join part on part.id = p.layout
      cross join lateral (select case when p.marks is null or substr(p.marks, part.place, 1) = 'N'
        then p.measured[part.place] end as value) n
      where ${where} group by 1, 2, 3, 4),
    named as (
      select s.device_id, s.hour, part.quantity, part.span, part.code, part.mean, sum(s.count) as count, sum(s.normal) as normal,
        sum(s.a) / nullif(sum(s.normal), 0)::float8 as a, sum(s.b) / nullif(sum(s.normal), 0)::float8 as b,
        min(s.min) as min, max(s.max) as max
      from summed s join part on part.id = s.layout and part.place = s.place group by 1, 2, 3, 4, 5, 6),
    judged as (
      select n.*, n.normal > 0 and n.normal >= ${share}::float8 * greatest(n.count, coalesce(e.expected, 0)) as valid
      from named n join device.device d on d.id = n.device_id
      left join expected e on e.model = d.model_code and e.code = n.code and e.span = n.span)
    insert into telemetry.hour as h (device_id, quantity, hour, span, count, normal, mean, min, max, valid)
    select distinct on (device_id, quantity, hour) device_id, quantity, hour, span::"char", count, normal,
      ${meanOf(sql`a`, sql`b`)}, min, max, valid
    from judged order by device_id, quantity, hour, valid desc, span desc
    on conflict (device_id, quantity, hour) do update set span = excluded.span, count = excluded.count,
      normal = excluded.normal, mean = excluded.mean, min = excluded.min, max = excluded.max, valid = excluded.valid`.execute(
    tx,
  )
}

/** Notes how many devices were heard in these hours, where any was. */
export async function noteHeard(tx: Db, hours: readonly string[]): Promise<void> {
  await sql`insert into telemetry.heard as t (hour, devices)
    select h.hour, count(distinct h.device_id) from telemetry.hour h
    where h.hour = any(${[...new Set(hours)]}::timestamptz[]) group by 1 order by 1
    on conflict (hour) do update set devices = excluded.devices where t.devices <> excluded.devices`.execute(tx)
}

/** The mean from its sums: plain, by energy, or on the circle, where directions that cancel out have none. */
const meanOf = (a: RawBuilder<unknown>, b: RawBuilder<unknown>) => sql`case mean when 'energy' then 10 * log(${a})
  when 'direction' then case when sqrt(${a} * ${a} + ${b} * ${b}) < 1e-9 then null
    else mod((round(atan2d(${a}, ${b})::numeric, 6) + 360), 360)::float8 end
  else ${a} end`

/**
 * Makes the means of days from their valid hours: [from, until), of all devices or of these. A day is valid with as many
 * hours as GB 3095 asks; day and night of noise by the share that HJ 212 asks of their own hours.
 */
export async function rollDays(
  tx: Db,
  law: Law,
  { from, until }: { from: Day; until: Day },
  deviceIds?: readonly string[],
) {
  const begins = law.number('noise.day_begins')
  const ends = law.number('noise.night_begins')
  const share = law.number('telemetry.valid_share') / 100
  const [dayLeast, nightLeast] = [share * (ends - begins), share * (24 - ends + begins)]
  const among = deviceIds ? sql`and h.device_id = any(${[...deviceIds]}::uuid[])` : sql``
  const last = new Date(startOf(until).getTime() + begins * 3_600_000).toISOString()
  await sql`
    with q as (select * from jsonb_to_recordset(${means}::jsonb) as q(code text, mean text)),
    local as (
      select h.*, q.mean as way, h.hour at time zone 'Asia/Shanghai' as at,
        case q.mean when 'energy' then power(10, h.mean / 10) when 'direction' then sind(h.mean) else h.mean end as x,
        case q.mean when 'direction' then cosd(h.mean) end as y
      from telemetry.hour h join q on q.code = split_part(h.quantity, '@', 1)
      where h.hour >= ${startOf(from).toISOString()} and h.hour < ${last} ${among}),
    days as (
      select device_id, quantity, way as mean, at::date as day, count(*) filter (where valid) as hours,
        avg(x) filter (where valid) as a, avg(y) filter (where valid) as b, min(min) as min, max(max) as max,
        avg(x) filter (where valid and way = 'energy' and extract(hour from at) >= ${begins} and extract(hour from at) < ${ends}) as ld,
        count(*) filter (where valid and extract(hour from at) >= ${begins} and extract(hour from at) < ${ends}) as ld_hours
      from local group by 1, 2, 3, 4),
    nights as (
      select device_id, quantity, (at - make_interval(hours => ${begins}::int))::date as day, avg(x) filter (where valid) as ln,
        count(*) filter (where valid) as ln_hours
      from local where way = 'energy' and (extract(hour from at) < ${begins} or extract(hour from at) >= ${ends})
      group by 1, 2, 3)
    insert into telemetry.day as t (device_id, quantity, day, hours, mean, min, max, valid, day_mean, night_mean)
    select d.device_id, d.quantity, d.day, d.hours, ${meanOf(sql`d.a`, sql`d.b`)}, d.min, d.max,
      d.hours >= ${law.number('air.day_hours')},
      case when d.ld_hours >= ${dayLeast}::float8 then 10 * log(d.ld) end, case when n.ln_hours >= ${nightLeast}::float8 then 10 * log(n.ln) end
    from days d left join nights n using (device_id, quantity, day)
    where d.day >= ${from}::date and d.day < ${until}::date
    order by d.device_id, d.quantity, d.day
    on conflict (device_id, quantity, day) do update set hours = excluded.hours, mean = excluded.mean, min = excluded.min,
      max = excluded.max, valid = excluded.valid, day_mean = excluded.day_mean, night_mean = excluded.night_mean`.execute(
    tx,
  )
}
