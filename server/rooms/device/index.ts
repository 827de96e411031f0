import type { Ctx } from '../../base/context.ts'
import { read } from '../../base/context.ts'
import type { Room } from '../../base/room.ts'
import { pruneSpoken, pruneUnknown } from './lines.ts'
import { deviceRoutes } from './routes.ts'
import { deviceCases, followProject } from './service.ts'

const hour = 3_600_000
/** A conversation is kept as long as late data may come; an unknown number a day (standards 3.7). */
const spokenKept = 72 * hour
const unknownKept = 24 * hour
const pruneEvery = 60_000

let prunedAt = 0

/** Once a minute: what was said long ago is forgotten. Telemetry's own tables are not touched. */
async function prune(ctx: Ctx): Promise<void> {
  const now = Date.parse(ctx.now)
  if (Math.abs(now - prunedAt) < pruneEvery) return
  prunedAt = now
  const before = (kept: number) => new Date(now - kept).toISOString()
  await read(ctx, async (tx) => {
    await pruneSpoken(tx, before(spokenKept))
    await pruneUnknown(tx, before(unknownKept))
  })
}

export const device: Room = {
  name: 'device',
  routes: deviceRoutes,
  cases: [deviceCases],
  hears: { 'project.amend': followProject },
  ticks: [prune],
}

export {
  countFreshness,
  countUnknown,
  type LineChange,
  listUnknown,
  markStale,
  type NewSpoken,
  noteAllDisconnected,
  noteConnected,
  noteFresh,
  noteLines,
  noteSpoken,
} from './lines.ts'
export { goLive } from './service.ts'
export {
  find as findDevice,
  findByMns,
  findLines,
  findPassword,
  findTolerant,
  load as findDevices,
  ofProject as devicesOfProject,
} from './store.ts'
