import { addDays, dayOf, startOf } from '@plumbline/core/kit'
import { sql } from 'kysely'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { judgeAgain } from '../credibility/index.ts'
import { takeReopened } from '../late.ts'
import { noteHeard, rollDays, rollHour, rollHours } from './rollup.ts'

const hour = 3_600_000
const askEvery = 10_000
/** One tick's share: what a long absence left behind is caught up over several, so that timers are not kept waiting. */
const mostHours = 12
const longest = 2_000
const mostReopened = 2_000

const iso = (at: number) => new Date(at).toISOString()
const wholeHour = (at: number) => Math.floor(at / hour) * hour

/** By house: when it last looked (machine time). */
const looked = new WeakMap<Ctx['house'], number>()

/** The room's tick: now and then, whatever hours have ended are made into means. */
export async function keepStatistics(ctx: Ctx): Promise<void> {
  const last = looked.get(ctx.house)
  if (last !== undefined && performance.now() - last < askEvery) return
  looked.set(ctx.house, performance.now())
  await catchUp(ctx)
}

/** Makes the means of hours and days that are over, and anew of those that late data reopened. Answers how many hours. */
export async function catchUp(ctx: Ctx): Promise<number> {
  const began = performance.now()
  const hasTime = () => performance.now() - began < longest
  let made = 0
  while (made < mostHours && hasTime() && (await read(ctx, (tx) => rollNext(tx, ctx)))) made += 1
  made += await read(ctx, (tx) => rollReopened(tx, ctx))
  // Whoever looks at a figure reads it again; what it is stays behind the wall.
  if (made > 0) await ctx.house.stream.tell([{ room: 'statistics', caseId: '', reach: ['everybody'] }])
  return made
}

/** Makes the next hour that has ended, unless another process is at it. Answers whether there was one. */
async function rollNext(tx: Db, ctx: Ctx): Promise<boolean> {
  const ended = wholeHour(Date.parse(ctx.now) - ctx.law().number('statistics.grace') * 60_000)
  const mark = await takeMark(tx, ctx)
  if (mark === undefined || mark >= ended) return false
  const next = Math.min(await nextWithReadings(tx, mark, ended), ended)
  const until = Math.min(next + hour, ended)
  if (until > next) {
    await rollHour(tx, ctx.house.law(dayOf(new Date(next))), iso(next))
    await noteHeard(tx, [iso(next)])
  }
  await rollEnded(tx, ctx, mark, until)
  await sql`update telemetry.rolled set until = ${iso(until)}`.execute(tx)
  return until > next
}

/** Up to where the hours are made, locked; undefined while another process makes them. */
async function takeMark(tx: Db, ctx: Ctx): Promise<number | undefined> {
  const first = startOf(addDays(ctx.today, -ctx.law().number('telemetry.keep_raw'))).toISOString()
  await sql`insert into telemetry.rolled (until) values (${first}) on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ until: string }>`select until from telemetry.rolled for update skip locked`.execute(tx)
  return rows[0] && Date.parse(rows[0].until)
}

/** The hour itself where it has readings, or the beginning of the next day that has; `ended` for none. */
async function nextWithReadings(tx: Db, from: number, ended: number): Promise<number> {
  const { rows: here } =
    await sql`select 1 from telemetry.packet where at >= ${iso(from)} and at < ${iso(from + hour)} limit 1`.execute(tx)
  if (here.length > 0) return from
  // As a rule there is nothing to skip but nights of a demo; after an absence there are months.
  const { rows } = await sql<{ day: string }>`select d as day
    from generate_series(${iso(startOf(dayOf(new Date(from))).getTime())}::timestamptz, ${iso(ended)}::timestamptz, interval '24 hours') d
    where exists (select 1 from telemetry.packet p where p.at >= d and p.at < d + interval '24 hours') order by d limit 1`.execute(
    tx,
  )
  return rows[0] ? Math.max(Date.parse(rows[0].day), from) : ended
}

/** Makes the days that ended, and the nights, as the mark moved. Of the days passed over there are no hours. */
async function rollEnded(tx: Db, ctx: Ctx, mark: number, until: number): Promise<void> {
  const law = ctx.law()
  const morning = law.number('noise.day_begins') * hour
  const [began, ends] = [dayOf(new Date(mark - morning)), dayOf(new Date(until))]
  const passed = dayOf(new Date(mark)) < ends || began < dayOf(new Date(until - morning))
  if (passed && began < ends) await rollDays(tx, ctx.house.law(began), { from: began, until: ends })
}

/** Late hours are made anew, and the days they belong to where these are made already. */
async function rollReopened(tx: Db, ctx: Ctx): Promise<number> {
  const hours = await takeReopened(tx, mostReopened)
  if (hours.length === 0) return 0
  const times = hours.map((one) => Date.parse(one.hour)).sort((one, other) => one - other)
  const law = ctx.house.law(dayOf(new Date(times[0]!)))
  await rollHours(tx, law, hours)
  await judgeAgain(tx, hours)
  await noteHeard(
    tx,
    hours.map((one) => one.hour),
  )
  const { rows } = await sql<{ until: string }>`select until from telemetry.rolled`.execute(tx)
  const mark = rows[0] ? Date.parse(rows[0].until) : 0
  // An hour before the morning belongs to the night of the day before.
  const from = addDays(dayOf(new Date(times[0]!)), -1)
  const last = dayOf(new Date(times.at(-1)!))
  const until = addDays(last, startOf(addDays(last, 1)).getTime() <= mark ? 1 : 0)
  if (from < until) await rollDays(tx, law, { from, until }, [...new Set(hours.map(({ deviceId }) => deviceId))])
  return hours.length
}
