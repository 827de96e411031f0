import type pg from 'pg'
import { openClock } from '../../server/base/clock.ts'
import type { House } from '../../server/base/house.ts'
import { sweepOnce } from '../../server/base/sweep.ts'
import { demand } from '../load.ts'
import { type Cost, type Processes, startMeter } from '../meter.ts'
import { copyId } from '../multiply.ts'
import { templates } from '../county.ts'

/** The two rungs of the ladder: yellow tells, red tells and places a hold. */
export const rungs = {
  yellow: { action: 'yellow', at: 'yellow_at', done: 'yellowed_at', tier: 'yellow', holds: 0 },
  lock: { action: 'lock', at: 'red_at', done: 'locked_at', tier: 'red', holds: 1 },
} as const
export type Rung = (typeof rungs)[keyof typeof rungs]

export interface Falling {
  owner: pg.Pool
  house: House
  database: Processes
}

/** Both, for as many transitions: whole CPU of the process and the database, and wall, in the Cost. */
export interface Round {
  ours: Cost
  limit: Cost
}

const day = '2026-06-03'
let minute = 0
/** Each batch falls due at a minute of its own, before anything else of the county does. */
const nextMinute = () => Date.parse(`${day}T00:00:00.000Z`) + ++minute * 120_000

const idsFrom = async (owner: pg.Pool, from: number, count: number): Promise<string[]> =>
  (
    await owner.query<{ id: string }>(
      `select ${copyId('notice', 'no')} as id from generate_series($1::int, $2::int) no`,
      [templates + from, templates + from + count - 1],
    )
  ).rows.map(({ id }) => id)

/**
 * One round: `count` notices fall due within a minute; a sweep a millisecond before finds nothing; then the product's
 * sweep carries them out, all effects included; then the limit does the bare writing for as many others.
 */
export async function fallDue(falling: Falling, rung: Rung, count: number): Promise<Round> {
  const { owner, house } = falling
  const at = nextMinute()
  const ids = await idsFrom(owner, 0, count)
  await setDue(owner, rung, ids, at, count > 1000 ? 60_000 / count : 0)
  await demandNothingEarly(house, at)
  const last = at + 60_000
  const ours = await sweepAll(falling, count, last)
  await checkDone(owner, rung, ids, at)
  const others = await idsFrom(owner, count, count)
  await setDue(owner, rung, others, at, 0)
  const limit = await bareWriting(falling, rung, others, at)
  await restore(owner, rung, [...ids, ...others])
  return { ours, limit }
}

async function setDue(owner: pg.Pool, rung: Rung, ids: readonly string[], at: number, step: number): Promise<void> {
  const moment = `$1::timestamptz + make_interval(secs => (t.no - 1) * $2::float8 / 1000)`
  const values = [new Date(at).toISOString(), step, ids]
  await owner.query(
    `update rectification.notice n set ${rung.at} = ${moment} from unnest($3::uuid[]) with ordinality t(id, no) where n.id = t.id`,
    values,
  )
  const { rowCount } = await owner.query(
    `update base.timer n set at = ${moment} from unnest($3::uuid[]) with ordinality t(id, no) where n.case_id = t.id and n.action = '${rung.action}'`,
    values,
  )
  demand(rowCount === ids.length, `${rowCount} timers were set for ${ids.length} notices`)
}

const at = (house: House, instant: number): House => ({ ...house, clock: openClock(house.db, () => instant) })

async function demandNothingEarly(house: House, instant: number): Promise<void> {
  demand((await sweepOnce(at(house, instant - 1))) === 0, 'something was carried out before its time')
}

async function sweepAll({ house, database }: Falling, count: number, last: number): Promise<Cost> {
  const then = at(house, last)
  const stop = startMeter({ server: () => [process.pid], database })
  let taken = 0
  for (let rang = -1; rang !== 0; taken += rang) rang = await sweepOnce(then)
  const cost = stop()
  demand(taken === count, `${taken} timers rang instead of ${count}`)
  return cost
}

/** Every transition must show: the record, its case, its act, three messages, and for red the hold that a next step meets. */
async function checkDone(owner: pg.Pool, rung: Rung, ids: readonly string[], from: number): Promise<void> {
  const { rows } = await owner.query<Record<'notices' | 'cases' | 'acts' | 'told' | 'held' | 'timers', number>>(
    `select (select count(*)::int from rectification.notice where id = any($1) and tier = $2 and ${rung.done} >= $3) as notices,
       (select count(*)::int from base.case where id = any($1) and tier = $2) as cases,
       (select count(*)::int from base.act where case_id = any($1) and topic = 'rectification.${rung.action}' and done_at >= $3) as acts,
       (select count(*)::int from base.message where case_id = any($1)) as told,
       (select count(*)::int from base.hold where case_id = any($1) and lifted_at is null) as held,
       (select count(*)::int from base.timer where case_id = any($1) and action = '${rung.action}') as timers`,
    [ids, rung.tier, new Date(from).toISOString()],
  )
  const { notices, cases, acts, told, held, timers } = rows[0]!
  const whole = [notices, cases, acts, told / 3, timers + ids.length, rung.holds ? held : ids.length]
  demand(
    whole.every((one) => one === ids.length),
    `${ids.length} ${rung.action}: ${JSON.stringify(rows[0])}`,
  )
}

/**
 * The limit: the same change of the records found by their due time, and as many act rows with the same content, in one
 * transaction behind the wall. No decision, no head, no message, no hold.
 */
async function bareWriting(
  { owner, database }: Falling,
  rung: Rung,
  ids: readonly string[],
  instant: number,
): Promise<Cost> {
  const client = await owner.connect()
  const when = new Date(instant).toISOString()
  const stop = startMeter({ server: () => [process.pid], database })
  try {
    await client.query('begin')
    const updated = await client.query(
      `update rectification.notice set tier = '${rung.tier}', ${rung.done} = $1
       where id in (select case_id from base.timer where at <= $1 and room = 'rectification' and action = '${rung.action}')`,
      [when],
    )
    const inserted = await client.query(
      `insert into base.act (request_id, digest, topic, case_id, from_state, to_state, actor_name, capacity, input, change, rules, done_at)
       select gen_random_uuid(), repeat('0', 64), 'bench.${rung.action}', id, 'fixing', 'fixing', '系统', 'system', '{}',
         jsonb_build_object('tier', jsonb_build_object('before', 'calm', 'after', '${rung.tier}'),
           '${rung.done}', jsonb_build_object('before', null, 'after', $2::text)), '[]', $2::text::timestamptz
       from unnest($1::uuid[]) id`,
      [ids, when],
    )
    await client.query('commit')
    const cost = stop()
    demand(
      updated.rowCount === ids.length && inserted.rowCount === ids.length,
      `the limit wrote ${updated.rowCount} and ${inserted.rowCount} rows`,
    )
    return cost
  } finally {
    client.release()
  }
}

/** Puts the notices back as they were, so that every round and every size starts alike. Acts stay: they are written once. */
async function restore(owner: pg.Pool, rung: Rung, ids: readonly string[]): Promise<void> {
  const later = { yellow: '2027-01-01', lock: '2027-02-01' }[rung.action]
  await owner.query('delete from base.message where case_id = any($1)', [ids])
  await owner.query('delete from base.hold where case_id = any($1)', [ids])
  await owner.query(
    `update rectification.notice set tier = 'calm', yellowed_at = null, locked_at = null, ${rung.at} = $2 where id = any($1)`,
    [ids, later],
  )
  await owner.query(`update base.case set tier = 'calm' where id = any($1)`, [ids])
  for (const [action, when] of Object.entries({ yellow: '2027-01-01', lock: '2027-02-01' }))
    await owner.query(
      `insert into base.timer (case_id, room, action, at) select id, 'rectification', '${action}', $2 from unnest($1::uuid[]) id
       on conflict (case_id, action) do update set at = excluded.at`,
      [ids, when],
    )
}
