import {
  calm,
  causes,
  findCause,
  liveSince,
  passTime,
  type Watch,
  watch,
  type WatchEvent,
} from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { sampleOf, type Reading, tables } from './readings.ts'

/** What was brought about, to be carried out as an act. The alarm is named by its device, cause and moment. */
export interface Happened {
  deviceId: string
  kind: 'live' | 'raised' | 'cleared'
  /** When the value was taken that brought it about, and the value; for 'cleared' also when it had been raised. */
  detail: {
    cause: string
    quantity: string
    at: string
    value: number | null
    raisedAt: string
    because?: string
  } | null
}

interface Known {
  deviceId: string
  quantity: string
  state: Watch
}

/** The states of these devices, locked until the readings that change them are safe: two gateways see one order. */
async function lockWatches(tx: Db, deviceIds: readonly string[]): Promise<Known[]> {
  // Rows are made first, so that two first readings at once have something to queue at.
  await sql`insert into telemetry.watch (device_id, quantity, state)
    select d, q, ${JSON.stringify(calm)}::jsonb from unnest(${[...deviceIds]}::uuid[]) d, unnest(${causes.map((one) => one.quantity)}::text[]) q
    order by 1, 2 on conflict do nothing`.execute(tx)
  const { rows } = await sql<Known>`select device_id as "deviceId", quantity, state from telemetry.watch
    where device_id = any(${[...deviceIds]}) order by device_id, quantity for update`.execute(tx)
  return rows
}

/**
 * Feeds new readings to the watches and keeps what they bring about, all in the readings' own transaction. Late data
 * raises and clears nothing: `fresh` says which readings are taken for the present.
 */
export async function watchReadings(
  tx: Db,
  ctx: Ctx,
  stored: readonly Reading[],
  fresh: (reading: Reading) => boolean,
): Promise<Happened[]> {
  const watched = stored.filter((one) => one.span === 'r' && findCause(one.quantity) && fresh(one))
  if (watched.length === 0) return []
  const law = ctx.law()
  const known = await lockWatches(tx, [...new Set(watched.map(({ deviceId }) => deviceId))])
  const happened: Happened[] = []
  for (const reading of watched.toSorted((one, other) => (one.at < other.at ? -1 : 1))) {
    const mine = known.find((one) => one.deviceId === reading.deviceId && one.quantity === reading.quantity)!
    const before = mine.state
    const { state, event } = watch(before, sampleOf(reading), findCause(reading.quantity)!.watch(law))
    mine.state = state
    if (event) happened.push(happenedOf(reading, event, before, state, reading.at, reading.value))
  }
  await saveWatches(tx, known)
  await saveHappened(tx, ctx, happened)
  return happened
}

/** The passing of time: a sprayer's longest run ends even when the monitor has fallen silent. */
export async function passWatches(tx: Db, ctx: Ctx): Promise<Happened[]> {
  const law = ctx.law()
  const { rows } = await sql<Known>`select device_id as "deviceId", quantity, state from telemetry.watch
    where raised_at is not null order by device_id, quantity for update skip locked`.execute(tx)
  const happened: Happened[] = []
  for (const mine of rows) {
    const before = mine.state
    const cause = findCause(mine.quantity)
    if (!cause) continue
    const { state, event } = passTime(before, Date.parse(ctx.now), cause.watch(law))
    mine.state = state
    if (event) happened.push(happenedOf(mine, event, before, state, ctx.now, null))
  }
  if (happened.length === 0) return []
  await saveWatches(tx, rows)
  await saveHappened(tx, ctx, happened)
  return happened
}

function happenedOf(
  { deviceId, quantity }: { deviceId: string; quantity: string },
  event: NonNullable<WatchEvent>,
  before: Watch,
  after: Watch,
  at: string,
  value: number | null,
): Happened {
  const raisedAt = new Date((event === 'raised' ? after.raisedAt : before.raisedAt)!).toISOString()
  const cause = findCause(quantity)!.code
  return { deviceId, kind: event, detail: { cause, quantity, at, value, raisedAt } }
}

async function saveWatches(tx: Db, known: readonly Known[]): Promise<void> {
  await sql`update telemetry.watch w set state = r.state, raised_at = r."raisedAt"
    from jsonb_to_recordset(${JSON.stringify(
      known.map(({ state, ...one }) => ({
        ...one,
        state,
        raisedAt: state.raisedAt === null ? null : new Date(state.raisedAt).toISOString(),
      })),
    )}::jsonb) as r("deviceId" uuid, quantity text, state jsonb, "raisedAt" timestamptz)
    where w.device_id = r."deviceId" and w.quantity = r.quantity`.execute(tx)
}

export async function saveHappened(tx: Db, ctx: Ctx, happened: readonly Happened[]): Promise<void> {
  if (happened.length === 0) return
  const values = happened.map(({ deviceId, kind, detail }) => ({
    device_id: deviceId,
    kind,
    detail: JSON.stringify(detail),
    at: ctx.now,
    done_at: null,
    error: null,
  }))
  await tables(tx).insertInto('telemetry.happening').values(values).execute()
}

/** From which moment on a normal value still counts as live. */
export async function liveFrom(ctx: Ctx): Promise<number> {
  const jump = await ctx.house.clock.jump()
  const moved = jump ? { from: Date.parse(jump.from), to: Date.parse(jump.to) } : null
  return liveSince(Date.parse(ctx.now), ctx.law().number('telemetry.refresh') * 60, moved)
}
