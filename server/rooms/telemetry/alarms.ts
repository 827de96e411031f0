import {
  type Alarm,
  type AlarmMeasure,
  type AlarmState,
  alarmWorkflow,
  findQuantity,
  getCause,
  wholeDevice,
} from '@plumbline/core/telemetry'
import { act, open, sameId } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { findDevice } from '../device/index.ts'
import { switchSprayer } from './linkage/index.ts'
import * as store from './store.ts'
import { tellAlarm, tellLater } from './telling.ts'
import type { HappenedDetail } from './watching.ts'

export const alarmRoom: CaseRoom<AlarmState, Alarm> = {
  workflow: alarmWorkflow,
  load: store.load,
  save: store.save,
  effects: {
    upgrade: (tx, ctx, { after }) => tellAlarm(tx, ctx, after, 'red'),
    // Who takes it off the shelf himself knows of it.
    unshelve: (tx, ctx, { after }) =>
      ctx.actor.capacity === 'system' ? tellAlarm(tx, ctx, after, 'again') : Promise.resolve(after),
  },
}
export const alarmCases = asCaseRoom(alarmRoom)

/** The same device, cause, quantity and moment are the same alarm, however often it is told. */
const alarmIdOf = (deviceId: string, { cause, quantity, raisedAt }: HappenedDetail) =>
  sameId('alarm', deviceId, cause, quantity, raisedAt)

/** `happenedAt`: when the reading was stored that brought it about; orders to the sprayer live from then. */
export async function raiseAlarm(
  ctx: Ctx,
  deviceId: string,
  detail: HappenedDetail,
  happenedAt: string,
): Promise<void> {
  const id = alarmIdOf(deviceId, detail)
  const input = { deviceId, quantity: detail.quantity, value: detail.value, at: detail.at }
  const ask = { requestId: sameId('alarm.raise', id), action: 'raise', input }
  const raising: CaseRoom<AlarmState, Alarm> = {
    ...alarmRoom,
    effects: {
      raise: async (tx, now, { after }) => {
        await switchSprayer(tx, now, after, { on: true, orderedAt: happenedAt })
        if (after.state === 'shelved') return after
        // What falls silent may not be alone: it waits for its neighbours.
        if (after.cause === 'silent') return tellLater(tx, now, after)
        return tellAlarm(tx, now, after, after.level === 'alarm' ? 'red' : 'raised')
      },
    },
  }
  await open(ctx, raising, ask, (tx) => proposeAlarm(tx, ctx, id, deviceId, detail))
}

/** The alarm that stands, or, where it is over already, the one of that moment: a repeat is then answered as one. */
const standingId = async (ctx: Ctx, deviceId: string, detail: HappenedDetail) =>
  (await read(ctx, (tx) => store.findOpenId(tx, deviceId, detail.cause, detail.quantity))) ??
  alarmIdOf(deviceId, detail)

async function proposeAlarm(tx: Db, ctx: Ctx, id: string, deviceId: string, detail: HappenedDetail): Promise<Alarm> {
  const device = await findDevice(tx, deviceId)
  if (!device) throw new Error(`no device ${deviceId}`)
  const cause = getCause(detail.cause)
  const limit = detail.limit!
  const quantity = findQuantity(detail.quantity)
  const shelf = await store.findShelf(tx, deviceId, detail.cause, detail.quantity)
  return {
    id,
    state: null,
    level: detail.level!,
    deviceId,
    deviceName: device.name,
    deviceKind: device.kind,
    projectId: device.projectId,
    projectName: device.projectName,
    district: device.district,
    parties: device.parties,
    cause: cause.code,
    quantity: detail.quantity,
    quantityName: nameOf(cause.code, detail.quantity, quantity?.name),
    // The unit of what was compared: minutes of silence, millimetres a day.
    unit: limit.unit,
    limit,
    value: detail.value!,
    raisedAt: detail.raisedAt,
    duty: [],
    acknowledgedAt: null,
    acknowledgedBy: null,
    handlerId: null,
    shelf: shelf && shelf.until > ctx.now ? shelf : null,
    usefulness: null,
    measures: [],
    clearedAt: null,
    clearedBecause: null,
  }
}

function nameOf(cause: Alarm['cause'], code: string, name: string | undefined): string {
  if (code === wholeDevice) return '整台设备中断'
  return cause === 'silent' ? `${name ?? code} 中断` : (name ?? code)
}

/** An alarm rises or falls between its two levels. */
export async function levelAlarm(
  ctx: Ctx,
  action: 'upgrade' | 'downgrade',
  deviceId: string,
  detail: HappenedDetail,
): Promise<void> {
  const id = await standingId(ctx, deviceId, detail)
  const input = { value: detail.value, at: detail.at, limit: detail.limit }
  await act(ctx, alarmRoom, id, { requestId: sameId(`alarm.${action}`, id, detail.at), action, input })
}

export async function clearAlarm(
  ctx: Ctx,
  deviceId: string,
  detail: HappenedDetail,
  happenedAt: string,
): Promise<void> {
  const id = await standingId(ctx, deviceId, detail)
  const input = { at: detail.at, because: detail.because }
  const clearing: CaseRoom<AlarmState, Alarm> = {
    ...alarmRoom,
    effects: { clear: (tx, now, { after }) => switchSprayer(tx, now, after, { on: false, orderedAt: happenedAt }) },
  }
  await act(ctx, clearing, id, { requestId: sameId('alarm.clear', id), action: 'clear', input })
}

/** An alarm that the reader reaches. Refuses missing `alarm`. */
export async function getAlarm(tx: Db, id: string): Promise<Alarm> {
  const [alarm] = await store.load(tx, [id])
  if (!alarm) throw new Refused('missing', 'alarm')
  return alarm
}

/** Notes on an alarm what an officer opened because of it; for rooms above, as 系统. A second note changes nothing. */
export async function noteMeasure(ctx: Ctx, alarmId: string, measure: Omit<AlarmMeasure, 'at'>): Promise<void> {
  const ask = { requestId: sameId('alarm.measure', alarmId, measure.caseId), action: 'measure', input: measure }
  await act(ctx, alarmRoom, alarmId, ask)
}
