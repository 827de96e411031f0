import { addDays } from '@plumbline/core/kit'
import type { Ctx } from '../../base/context.ts'
import { read } from '../../base/context.ts'
import type { Room } from '../../base/room.ts'
import { dropSpoken } from './conversation.ts'
import { pruneUnknown } from './lines.ts'
import { deviceRoutes } from './routes.ts'
import { deviceCases, followProject } from './service.ts'

const minute = 60_000
/** An unknown number is forgotten after a day (standards 3.7). */
const unknownKept = 24 * 60 * minute

let prunedAt = 0
let droppedOn = ''

/** Once a minute unknown numbers long silent are forgotten, and once a day what was said long ago. */
async function prune(ctx: Ctx): Promise<void> {
  const now = Date.parse(ctx.now)
  if (Math.abs(now - prunedAt) >= minute) {
    prunedAt = now
    await read(ctx, (tx) => pruneUnknown(tx, new Date(now - unknownKept).toISOString()))
  }
  if (droppedOn === ctx.today) return
  await dropSpoken(ctx.db, addDays(ctx.today, -ctx.law().number('device.keep_conversation')))
  droppedOn = ctx.today
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
  noteAllDisconnected,
  noteConnected,
  noteConnections,
  noteLines,
  prepareLines,
} from './lines.ts'
export { keepSpoken, type NewSpoken, noteSpoken, prepareSpoken } from './conversation.ts'
export { goLive, switchActuator } from './service.ts'
export {
  find as findDevice,
  findByMns,
  findPolled,
  findLines,
  findPassword,
  findTolerant,
  load as findDevices,
  ofKind as devicesOfKind,
  ofProject as devicesOfProject,
} from './store.ts'
