import { getCause } from '@plumbline/core/telemetry'
import type { CheatKind, City, Label } from '../simulator/city/index.ts'
import type { CityHouse } from './house.ts'
import { type Found, type RaisedAlarm, type Seen, seeCheats, seeDangers, seeSilence, tableOf } from './report.ts'

/** What the house saw, against what truly happened until then, as the text of a report. */
export async function reportOf(house: CityHouse, city: City, until: number): Promise<string> {
  const truth = city.truth.flatMap((one): Label[] =>
    one.from < until ? [{ ...one, until: Math.min(one.until, until) }] : [],
  )
  const alarms = await findAlarms(house)
  return [
    tableOf('danger or exceedance', seeDangers(truth, alarms)),
    tableOf('silence', [silenceIn(house, city, truth, alarms)]),
    tableOf('cheat', seeCheats(truth, await findFindings(house), city.devices)),
    await sayMessages(house, (until - city.start) / 86_400_000),
  ].join('\n\n')
}

/** What should have been called silent, and was. */
export function silenceIn(
  { app }: CityHouse,
  city: City,
  truth: readonly Label[],
  alarms: readonly RaisedAlarm[],
): Seen {
  const term = app.house.law(city.from).number('alarm.silent_after') * 60_000
  const { kinds } = getCause('silent')
  const kindOf = new Map(city.devices.map(({ number, kind }) => [number, kind]))
  return seeSilence(truth, alarms, term, (number) => kinds.includes(kindOf.get(number)!))
}

const numbersOf = ({ founded }: CityHouse) => new Map([...founded.devices].map(([number, id]) => [id, number]))

export async function findAlarms(house: CityHouse): Promise<RaisedAlarm[]> {
  const numbers = numbersOf(house)
  const { rows } = await house.cluster.owner.query<{
    device: string
    cause: string
    quantity: string
    raised: string
    cleared: string | null
  }>(
    'select device_id as device, cause, quantity, raised_at::text as raised, cleared_at::text as cleared from telemetry.alarm',
  )
  return rows.map(({ device, cause, quantity, raised, cleared }) => ({
    ...{ deviceId: numbers.get(device)!, cause, quantity },
    ...{ raisedAt: Date.parse(raised), clearedAt: cleared === null ? null : Date.parse(cleared) },
  }))
}

async function findFindings(house: CityHouse): Promise<Found[]> {
  const numbers = numbersOf(house)
  const { rows } = await house.cluster.owner.query<{
    device: string
    judged: string
    kind: CheatKind
    from: string
    until: string
  }>(
    `select device_id as device, judged_at::text as judged, f->>'kind' as kind, f->>'from' as from, f->>'until' as until
     from telemetry.credibility, jsonb_array_elements(findings) f`,
  )
  return rows.map(({ device, judged, kind, from, until }) => ({
    ...{ deviceId: numbers.get(device)!, kind, told: Date.parse(judged) },
    ...{ from: Date.parse(from), until: Date.parse(until) },
  }))
}

/** How often the officers were told one by one: what waking people up costs. */
async function sayMessages({ cluster, founded }: CityHouse, days: number): Promise<string> {
  const { rows } = await cluster.owner.query<{ count: number; most: number }>(
    `select coalesce(sum(t.count), 0)::int as count, coalesce(max(t.count), 0)::int as most from telemetry.told t
     where exists (select 1 from account.account a, jsonb_array_elements(a.appointments) one
       where a.person_id = t.person_id and one->>'capacity' = 'inspector')`,
  )
  const { count, most } = rows[0]!
  const each = (count / days / founded.officers).toFixed(2)
  return `alarm messages to officers: ${count}, ${each} a day for each of ${founded.officers}; the most on a day ${most}`
}
