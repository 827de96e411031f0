import { systemActor } from '@plumbline/core/access'
import { distanceMeters } from '@plumbline/core/kit'
import { type Dispatch, type DispatchView, dustMeasured, findQuantity } from '@plumbline/core/telemetry'
import { withSteps } from '../../../base/act.ts'
import { getHead, history } from '../../../base/cases.ts'
import { type Ctx, read } from '../../../base/context.ts'
import { type Db, inTx } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { devicesOfKind, devicesOfProject, findLines } from '../../device/index.ts'
import { getProject } from '../../project/index.ts'
import { listCommands } from '../commands.ts'
import { cursorOf, sayCursor } from '../cursor.ts'
import { findEvents } from '../events.ts'
import { namesOf } from '../service.ts'
import { dispatchRoom, orderIds } from './dispatch.ts'
import * as store from './dispatch-store.ts'

const minute = 60_000
/** Half a minute apart, these are the positions of eight hours. */
const mostPlaces = 1_000

/** A call as its page takes it. Refuses missing `dispatch`. */
export async function viewDispatch(ctx: Ctx, id: string): Promise<DispatchView> {
  const near = ctx.law().number('dispatch.near')
  const view = await read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'dispatch')
    const [record] = await store.load(tx, [id])
    if (!record) throw new Refused('missing', 'dispatch')
    return { head, ...withSteps(ctx, dispatchRoom, record), acts: await history(ctx, tx, id), near }
  })
  const { record } = view
  const compare = compareOf(ctx, record)
  // The truck may belong to another site: who reaches the call sees where it drove for it.
  return inTx(ctx.db, systemActor.keys, async (tx) => ({
    ...view,
    track: await trackOf(tx, ctx, record),
    commands: await listCommands(tx, { ids: Object.values(orderIds(id)) }, namesOf(tx)),
    compare: { minutes: compare.minutes, before: compare.before?.[0] ?? null, after: compare.after?.[0] ?? null },
    effects: await effectsOf(tx, record, compare),
  }))
}

/** The truck's positions while it was out on this call. */
async function trackOf(tx: Db, ctx: Ctx, { truckId, called, ended, place }: Dispatch): Promise<DispatchView['track']> {
  const until = ended?.at ?? new Date(Date.parse(ctx.now) + 1).toISOString()
  const ask = { deviceIds: [truckId], kinds: ['track' as const], from: called.at, until, limit: mostPlaces }
  return (await findEvents(tx, ask)).flatMap(({ at, kind, body }) =>
    kind === 'track' ? [{ at, ...body, metres: Math.round(distanceMeters(body, place)) }] : [],
  )
}

type Stretch = readonly [from: string, until: string]

/** The minutes before the arrival, and the last minutes of the work or up to now: not before a whole stretch is over. */
function compareOf(ctx: Ctx, { arrival, ended }: Dispatch) {
  const minutes = ctx.law().number('dispatch.compare')
  const back = (until: string): Stretch => [new Date(Date.parse(until) - minutes * minute).toISOString(), until]
  if (!arrival) return { minutes, before: null, after: null }
  const [from, until] = back(ended?.at ?? ctx.now)
  return { minutes, before: back(arrival.at), after: from >= arrival.at ? ([from, until] as Stretch) : null }
}

async function effectsOf(
  tx: Db,
  { projectId }: Dispatch,
  { before, after }: ReturnType<typeof compareOf>,
): Promise<DispatchView['effects']> {
  const monitors = (await devicesOfProject(tx, projectId)).filter(
    ({ kind, state }) => kind === 'dust' && state === 'live',
  )
  const ids = monitors.map(({ id }) => id)
  const means = async (stretch: Stretch | null) =>
    stretch ? store.findMeans(tx, ids, dustMeasured, stretch) : new Map<string, number>()
  const [earlier, later] = [await means(before), await means(after)]
  return monitors.flatMap(({ id, name }) =>
    dustMeasured.map((code) => {
      const { name: quantityName, unit } = findQuantity(code)!
      const key = `${id} ${code}`
      const values = { before: earlier.get(key) ?? null, after: later.get(key) ?? null }
      return { ...{ deviceId: id, deviceName: name, quantity: code, name: quantityName, unit }, ...values }
    }),
  )
}

/** How long ago a position may be told to say how far a truck is. */
const placedWithin = 12 * 60 * minute

/** Trucks that the reader reaches, the nearest first. Refuses missing project. */
export async function trucksFor(ctx: Ctx, projectId: string) {
  return read(ctx, async (tx) => {
    const { point, name: projectName } = await getProject(tx, projectId)
    const trucks = (await devicesOfKind(tx, 'water_truck')).filter(({ state }) => state !== 'retired')
    const ids = trucks.map(({ id }) => id)
    const lines = await findLines(tx, ids)
    const busy = await store.findOut(tx, ids)
    const since = new Date(Date.parse(ctx.now) - placedWithin).toISOString()
    const places = await store.findLastPlaces(tx, ids, since)
    const rows = trucks.map(({ id, name, mn }) => {
      const told = places.get(id)
      const away = told ? { metres: Math.round(distanceMeters(told, point)), at: told.at } : null
      const { connected = false, freshness = 'never' as const } = lines.get(id) ?? {}
      return { id, name, mn, connected, freshness, away, busy: busy.get(id) ?? null }
    })
    const far = ({ away }: (typeof rows)[number]) => away?.metres ?? Infinity
    const withinMinutes = ctx.law().number('dispatch.within')
    return { projectName, withinMinutes, rows: rows.toSorted((one, other) => far(one) - far(other)) }
  })
}

type ListAsk = Omit<store.DispatchAsk, 'after'> & { after?: string | undefined }

export async function listDispatches(ctx: Ctx, { after, limit, ...same }: ListAsk) {
  const found = await read(ctx, (tx) => store.list(tx, { ...same, after: cursorOf(after), limit: limit + 1 }))
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last ? sayCursor({ at: last.called.at, id: last.id }) : null }
}
