import { randomUUID } from 'node:crypto'
import { deviceContract, type NewDevice } from '@plumbline/core/device'
import { addDays, type AnyRoute, type Day, type Reply, type Request, startOf } from '@plumbline/core/kit'
import type { SiteEvent, Span } from '@plumbline/core/telemetry'
import pg from 'pg'
import { type Cast, openCast } from '../../../../house/setup/cast.ts'
import { openTestHouse } from '../../../../house/setup/house.ts'
import { read, systemContext } from '../../../base/context.ts'
import { inLane, openPool } from '../../../base/db.ts'
import { goLive } from '../../device/index.ts'
import { storeEvents } from '../events.ts'
import { prepareReadings, storeReadings } from '../packets.ts'
import { catchUp } from './keeping.ts'

/** A frame as a test tells it; a value alone is normal. */
export interface Frame {
  at: number
  span?: Span
  /** Now, unless it matters. */
  receivedAt?: number
  values: Record<string, number | { value: number; flag: string | null }>
}

const hour = 3_600_000
const iso = (at: number) => new Date(at).toISOString()
const batch = 2_000

/** The hours of legal days, as instants. */
export const hoursOfDays = (from: Day, days: number): number[] =>
  Array.from({ length: days * 24 }, (_, index) => startOf(from).getTime() + index * hour)

/** A house without a worker, in which devices have said whatever a test wants; its owner sees behind the wall. */
export async function openAtlas() {
  const house = await openTestHouse({ worker: false })
  const cast: Cast = await openCast(house)
  const pool = openPool(house.house.settings.databaseUrl, 2)
  const owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
  const ctx = () => systemContext(house.house)
  const today = (await ctx()).today

  const store = async (deviceId: string, frames: readonly Frame[]) => {
    const { db, now, actor } = await ctx()
    for (let first = 0; first < frames.length; first += batch) {
      const groups = frames.slice(first, first + batch).map(({ at, span = 'r', receivedAt, values }) =>
        Object.entries(values).map(([quantity, told]) => ({
          ...{ deviceId, quantity, span, at: iso(at), receivedAt: receivedAt ? iso(receivedAt) : now },
          ...(typeof told === 'number' ? { value: told, flag: 'N' } : told),
        })),
      )
      const told = await prepareReadings(db, groups)
      await inLane(pool, actor.keys, (lane) => storeReadings(lane, told))
    }
  }

  const ask = <R extends AnyRoute>(route: R, request: object, cookie = cast.chief) =>
    house.call(cookie, route, request as Partial<Request<R, 'in'>>)

  return {
    ...{ house, cast, today, store, ctx, ask },
    /** Asks, as the chief or as somebody, what must be answered. */
    said: async <R extends AnyRoute>(route: R, request: object, cookie?: string): Promise<Reply<R>> => {
      const { status, body } = await ask(route, request, cookie)
      if (status !== 200) throw new Error(JSON.stringify(body))
      return body
    },
    daysAgo: (n: number): Day => addDays(today, -n),
    /** Enters a device that lives since a moment. */
    enter: async (
      device: Partial<NewDevice> & { modelCode: string; projectId: string },
      since: number,
    ): Promise<string> => {
      const mn = randomUUID().replaceAll('-', '').slice(0, 20)
      const body = { requestId: randomUUID(), password: '123456', mn, name: `设备${mn.slice(0, 6)}`, ...device }
      const answer = await house.call(cast.chief, deviceContract.onboard, { body })
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
      await goLive(await systemContext(house.house, { now: iso(since) }), answer.body.id)
      return answer.body.id
    },
    happened: async (deviceId: string, events: readonly SiteEvent[]) => {
      const now = await ctx()
      await read(now, (tx) =>
        storeEvents(
          tx,
          now,
          events.map((event) => ({ ...event, deviceId })),
        ),
      )
    },
    /** Makes all means that can be made. */
    rollAll: async () => {
      while ((await catchUp(await ctx())) > 0);
    },
    /** Says that late data came for these hours. */
    reopen: async (deviceId: string, hours: readonly number[]) => {
      await owner.query(
        `insert into telemetry.reopened (device_id, hour, marked_at) select $1, h, now() from unnest($2::timestamptz[]) h`,
        [deviceId, hours.map(iso)],
      )
    },
    /** Behind the wall, as its owner. */
    look: async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
      (await owner.query<R>(text, [...values])).rows,
    close: async () => {
      await owner.end()
      await pool.end()
      await house.close()
    },
  }
}
export type Atlas = Awaited<ReturnType<typeof openAtlas>>
