import { setTimeout as wait } from 'node:timers/promises'
import type { Sprayer } from './devices/sprayer.ts'
import type { House } from './house.ts'

/** A dust monitor that may have passed the limit, once, and the sprayer that listened. */
export interface Exceedance {
  number: string
  sprayer: Sprayer
  high: boolean
}

export interface Effects {
  expected: number
  missing: number
  alarmsTwice: number
  messagesTwice: number
  ordersTwice: number
  heard: number
  heardTwice: number
  heardStrange: number
}

/** Waits until nothing lies in the outbox and nothing is unheard. Answers how much still was when patience ended. */
export async function settleEffects({ owner }: House, millis: number): Promise<number> {
  const until = Date.now() + millis
  for (;;) {
    const { rows } = await owner.query<{ left: number }>(
      `select (select count(*) from telemetry.happening where done_at is null)::int
        + (select count(*) from base.hearing where done_at is null)::int as left`,
    )
    const { left } = rows[0]!
    if (left === 0 || Date.now() > until) return left
    await wait(200)
  }
}

/** What followed from the exceedances, each of which has one alarm and at most one order. */
export async function findEffects({ owner, ids }: House, exceedances: readonly Exceedance[]): Promise<Effects> {
  const count = async (text: string, values: unknown[] = []) =>
    Number((await owner.query<{ count: string }>(`select count(*) as count from ${text}`, values)).rows[0]!.count)
  const alarms = await owner.query<{ device_id: string }>(
    "select device_id from telemetry.alarm where cause = 'pm25_spray'",
  )
  const raised = new Set(alarms.rows.map(({ device_id }) => device_id))
  const expected = exceedances.filter(({ high }) => high)
  const given = await owner.query<{ qn: string }>('select qn from telemetry.command where qn is not null')
  const names = new Set(given.rows.map(({ qn }) => qn))
  const heard = exceedances.flatMap(({ sprayer }) => sprayer.heard.map((qn) => ({ number: sprayer.number, qn })))
  return {
    expected: expected.length,
    missing: expected.filter(({ number }) => !raised.has(ids.get(number)!)).length,
    alarmsTwice: await count(
      "(select 1 from telemetry.alarm where cause = 'pm25_spray' group by device_id having count(*) > 1) twice",
    ),
    messagesTwice: await count(
      '(select 1 from base.message group by case_id, kind, level, recipient having count(*) > 1) twice',
    ),
    ordersTwice: await count(
      '(select 1 from telemetry.command where on_off group by alarm_id having count(*) > 1) twice',
    ),
    heard: heard.length,
    heardTwice: heard.length - new Set(heard.map(({ number, qn }) => `${number} ${qn}`)).size,
    heardStrange: heard.filter(({ qn }) => !names.has(qn)).length,
  }
}
