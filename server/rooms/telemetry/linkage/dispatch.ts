import { personKey } from '@plumbline/core/access'
import { later, switchTerms } from '@plumbline/core/device'
import { distanceMeters } from '@plumbline/core/kit'
import { type CallInput, type Dispatch, type DispatchState, dispatchWorkflow } from '@plumbline/core/telemetry'
import type { ActAsk } from '@plumbline/core/workflow'
import { act, open, sameId } from '../../../base/act.ts'
import { type Ctx, read } from '../../../base/context.ts'
import type { Db } from '../../../base/db.ts'
import { Refused } from '../../../base/errors.ts'
import { notify } from '../../../base/notify.ts'
import { asCaseRoom, type CaseRoom } from '../../../base/room.ts'
import { findDevice } from '../../device/index.ts'
import { getProject } from '../../project/index.ts'
import { getAlarm } from '../alarms.ts'
import { orderCommand } from '../commands.ts'
import * as store from './dispatch-store.ts'

/** One pump on each truck. */
const pump = 1

export const dispatchRoom: CaseRoom<DispatchState, Dispatch> = {
  workflow: dispatchWorkflow,
  load: store.load,
  save: store.save,
  effects: {
    call: async (tx, ctx, { after }) => {
      await orderTruck(tx, ctx, after, true)
      await tellSite(tx, ctx, after)
    },
    arrive: (tx, ctx, { after }) => tellCaller(tx, ctx, after, `${after.plate} 已到场作业`),
    finish: (tx, ctx, { after }) => orderTruck(tx, ctx, after, false),
    cancel: (tx, ctx, { after }) => orderTruck(tx, ctx, after, false),
    lapse: async (tx, ctx, { after }) => {
      await orderTruck(tx, ctx, after, false)
      await tellCaller(tx, ctx, after, `${after.plate} 超时未到场`)
    },
  },
}
export const dispatchCases = asCaseRoom(dispatchRoom)

/** The two orders that a call may send, by their ids: each has one effect, whatever is sent again. */
export const orderIds = (id: string) => ({ on: sameId('command', id, 'on'), off: sameId('command', id, 'off') })

/**
 * Sends the truck's terminal there, or tells it to stop. What the line does not take in time is void: the call stands, and
 * its page says that no order was sent, so that somebody takes the telephone.
 */
async function orderTruck(tx: Db, ctx: Ctx, dispatch: Dispatch, on: boolean): Promise<void> {
  const { ttlMillis, maxRunSeconds } = switchTerms(ctx.law())
  const { personId, name } = dispatch.called
  await orderCommand(tx, {
    id: orderIds(dispatch.id)[on ? 'on' : 'off'],
    ...{ deviceId: dispatch.truckId, unit: pump, on, alarmId: null },
    by: { personId: personId!, name },
    ...{ createdAt: ctx.now, dueAt: ctx.now, expiresAt: later(ctx.now, ttlMillis), maxRunSeconds },
    ...(on ? { to: dispatch.place } : {}),
  })
}

/** Those on site hear that a truck comes, but for the one who called it. */
async function tellSite(tx: Db, ctx: Ctx, { id, projectId, plate, unit, reason, called }: Dispatch): Promise<void> {
  const { posts, name } = await getProject(tx, projectId)
  const people = posts
    .filter(({ capacity }) => capacity === 'project_manager' || capacity === 'safety_officer')
    .map(({ personId }) => personId)
    .filter((personId) => personId !== called.personId)
  const words = {
    ...{ caseId: id, kind: 'dispatch', level: 'called', title: `洒水车 ${plate} 前往 ${name}` },
    body: `${called.name} 调派，作业单位 ${unit}。${reason}。请为车辆进场留出通道。`,
  }
  await notify(
    tx,
    ctx,
    [...new Set(people)].toSorted().map((personId) => ({ recipient: personKey(personId), ...words })),
  )
}

async function tellCaller(tx: Db, ctx: Ctx, dispatch: Dispatch, title: string): Promise<void> {
  const { id, called, projectName, state } = dispatch
  if (!called.personId) return
  const body = `${projectName}。到场以车载定位为准。`
  await notify(tx, ctx, [
    { recipient: personKey(called.personId), caseId: id, kind: 'dispatch', level: state!, title, body },
  ])
}

/**
 * Calls a truck to a project. Refuses missing project, device, alarm; unmet dispatch_not_truck, dispatch_alarm_other;
 * conflict dispatch_truck_busy. Answers the call's id.
 */
export async function callTruck(
  ctx: Ctx,
  { requestId, input }: { requestId: string; input: CallInput },
): Promise<string> {
  const ask = { requestId, action: 'call', input }
  const { record } = await open(ctx, dispatchRoom, ask, (tx) => propose(tx, ctx, requestId, input)).catch(refuseBusy)
  return record.id
}

/** Two calls of one truck at the same moment. */
function refuseBusy(error: { constraint?: string }): never {
  if (error.constraint === 'dispatch_once') throw new Refused('conflict', 'dispatch_truck_busy')
  throw error
}

async function propose(tx: Db, ctx: Ctx, requestId: string, input: CallInput): Promise<Dispatch> {
  const project = await getProject(tx, input.projectId)
  const truck = await findDevice(tx, input.truckId)
  if (!truck) throw new Refused('missing', 'device')
  if (truck.kind !== 'water_truck' || truck.state === 'retired') throw new Refused('unmet', 'dispatch_not_truck')
  if ((await store.findOut(tx, [truck.id])).size > 0) throw new Refused('conflict', 'dispatch_truck_busy')
  if (input.alarmId !== null && (await getAlarm(tx, input.alarmId)).projectId !== project.id)
    throw new Refused('unmet', 'dispatch_alarm_other')
  const { plate, unit, alarmId, reason } = input
  const onSite = project.parties.filter(
    ({ role }) => role === 'contractor' || role === 'owner' || role === 'supervision',
  )
  return {
    ...{ id: sameId('dispatch', requestId), state: null, projectId: project.id, projectName: project.name },
    ...{ district: project.district, parties: [...new Set(onSite.map(({ orgId }) => orgId))], place: project.point },
    ...{ truckId: truck.id, truckName: truck.name, plate, unit, alarmId, reason },
    called: { personId: ctx.actor.personId, name: ctx.actor.name, at: ctx.now },
    ...{ dueAt: ctx.now, arrival: null, ended: null },
  }
}

export async function changeDispatch(ctx: Ctx, id: string, ask: ActAsk): Promise<void> {
  await act(ctx, dispatchRoom, id, ask)
}

/** Trucks that have come near enough since they were called: each is noted by the first such position. */
export async function followTrucks(ctx: Ctx): Promise<void> {
  const near = ctx.law().number('dispatch.near')
  for (const { dispatch, told } of await read(ctx, store.findOnTheWay)) {
    const placed = told.map((one) => ({ at: one.at, metres: Math.round(distanceMeters(one, dispatch.place)) }))
    const first = placed.find(({ metres }) => metres <= near)
    if (!first) continue
    const input = { ...first, at: new Date(first.at).toISOString() }
    const ask = { requestId: sameId('dispatch.arrive', dispatch.id), action: 'arrive', input }
    await act(ctx, dispatchRoom, dispatch.id, ask).catch((error: unknown) => {
      // Cancelled or lapsed in the same moment.
      if (!(error instanceof Refused) || error.kind !== 'conflict') throw error
    })
  }
}
