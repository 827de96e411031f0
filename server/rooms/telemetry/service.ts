import { systemActor } from '@plumbline/core/access'
import { getModel } from '@plumbline/core/device'
import { addDays, startOf } from '@plumbline/core/kit'
import { findCause, findQuantity, series, type SeriesView } from '@plumbline/core/telemetry'
import type { ActAsk } from '@plumbline/core/workflow'
import { act, withSteps } from '../../base/act.ts'
import { getHead, history } from '../../base/cases.ts'
import { type Ctx, read } from '../../base/context.ts'
import { type Db, inTx } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { countFreshness, devicesOfProject, findDevice, findDevices } from '../device/index.ts'
import { getProject } from '../project/index.ts'
import { alarmRoom } from './alarms.ts'
import { listCommands } from './commands.ts'
import { bucketView, findLatest, findSamples, latestView, sampleOf } from './readings.ts'
import * as store from './store.ts'
import { liveFrom } from './watching.ts'

async function getDevice(tx: Db, id: string) {
  const device = await findDevice(tx, id)
  if (!device) throw new Refused('missing', 'device')
  return device
}

const promised = (modelCode: string) => getModel(modelCode).quantities.map(({ code }) => code)

export function latestOf(ctx: Ctx, id: string) {
  return read(ctx, async (tx) => {
    const device = await getDevice(tx, id)
    const rows = latestView(id, promised(device.modelCode), await findLatest(tx, [id]), await liveFrom(ctx))
    return { rows, refreshMinutes: ctx.law().number('telemetry.refresh') }
  })
}

const minute = 60_000

/** The stretch of time a series covers: the hours of a legal day up to now, or the last sixty minutes. */
function stretchOf(ctx: Ctx, step: 'hour' | 'minute', day: string | undefined): { from: number; until: number } {
  const now = Date.parse(ctx.now)
  if (step === 'minute') {
    const until = Math.ceil((now + 1) / minute) * minute
    return { from: until - 60 * minute, until }
  }
  const chosen = day ?? ctx.today
  return { from: startOf(chosen).getTime(), until: startOf(addDays(chosen, 1)).getTime() }
}

export async function seriesOf(
  ctx: Ctx,
  id: string,
  ask: { quantity: string; step: 'hour' | 'minute'; day?: string | undefined },
): Promise<SeriesView> {
  const quantity = findQuantity(ask.quantity)
  if (!quantity) throw new Refused('missing', 'quantity')
  const { from, until } = stretchOf(ctx, ask.step, ask.day)
  const { device, samples } = await read(ctx, async (tx) => ({
    device: await getDevice(tx, id),
    samples: await findSamples(tx, id, quantity.code, new Date(from).toISOString(), new Date(until).toISOString()),
  }))
  const law = ctx.law()
  const share = law.number('telemetry.valid_share')
  const period = getModel(device.modelCode).quantities.find(({ code }) => code === quantity.code)?.period
  const widthSeconds = ask.step === 'hour' ? 3600 : 60
  const rule = { widthSeconds, validShare: share / 100, mean: quantity.mean }
  const expected = period === undefined ? {} : { expected: Math.floor(widthSeconds / period) }
  const cause = findCause(quantity.code)
  const limit = cause?.limit(law)
  return {
    quantity: quantity.code,
    name: quantity.name,
    unit: quantity.unit,
    step: ask.step,
    buckets: series(samples.map(sampleOf), from, until, { ...rule, ...expected }).map(bucketView),
    limit: limit ? { value: Number(limit.value), clause: limit.clause } : null,
    validShare: share,
  }
}

const namesOf = (tx: Db) => async (ids: readonly string[]) =>
  new Map((await findDevices(tx, ids)).map(({ id, name }) => [id, name]))

export function commandsOf(ctx: Ctx, deviceId: string) {
  return read(ctx, async (tx) => {
    await getDevice(tx, deviceId)
    return { rows: await listCommands(tx, { deviceId }, namesOf(tx)) }
  })
}

export function environmentOf(ctx: Ctx, projectId: string) {
  return read(ctx, async (tx) => {
    await getProject(tx, projectId)
    const devices = (await devicesOfProject(tx, projectId)).filter(({ state }) => state !== 'retired')
    const found = await findLatest(
      tx,
      devices.map(({ id }) => id),
    )
    const since = await liveFrom(ctx)
    const rows = devices.map(({ id, name, kind, modelCode }) => {
      const latest = latestView(id, promised(modelCode), found, since)
      const lead = getModel(modelCode).lead
      return {
        id,
        name,
        kind,
        latest,
        freshness: latest.find(({ quantity }) => quantity === lead)?.freshness ?? 'never',
      }
    })
    return { devices: rows, alarms: await store.listAlarms(tx, { projectId, open: true, after: null, limit: 20 }) }
  })
}

export const onlineOf = (ctx: Ctx) =>
  read(ctx, async (tx) => ({ ...(await countFreshness(tx, 'dust')), alarms: await store.countOpen(tx) }))

export interface ListAsk {
  open?: 'true' | 'false' | undefined
  projectId?: string | undefined
  deviceId?: string | undefined
  after?: string | undefined
  limit: number
}

export async function listAlarms(ctx: Ctx, { open, after, limit, projectId, deviceId }: ListAsk) {
  const ask = {
    open: open === undefined ? undefined : open === 'true',
    projectId,
    deviceId,
    after: cursorOf(after),
    limit: limit + 1,
  }
  const found = await read(ctx, (tx) => store.listAlarms(tx, ask))
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last ? `${last.raisedAt}_${last.id}` : null }
}

function cursorOf(after: string | undefined): { at: string; id: string } | null {
  if (after === undefined) return null
  const [, at, id] = /^(\d{4}-[\d:.TZ-]{10,25})_([\da-f-]{36})$/.exec(after) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new Refused('malformed', 'cursor')
  return { at, id }
}

/** How far before and after its raising an alarm's page shows values. */
const before = 20 * minute
const after = 40 * minute

export async function viewAlarm(ctx: Ctx, id: string) {
  const view = await read(ctx, async (tx) => {
    const head = await getHead(ctx, tx, id, 'alarm')
    const [alarm] = await store.load(tx, [id])
    if (!alarm) throw new Refused('missing', 'alarm')
    const raised = Date.parse(alarm.raisedAt)
    const [from, until] = [new Date(raised - before).toISOString(), new Date(raised + after).toISOString()]
    return {
      head,
      ...withSteps(ctx, alarmRoom, alarm),
      acts: await history(ctx, tx, id),
      around: await findSamples(tx, alarm.deviceId, alarm.quantity, from, until),
      commands: await listCommands(tx, { alarmId: id }, namesOf(tx)),
    }
  })
  // A message belongs to its recipient; that and when it was read belongs to the alarm, for all who reach it.
  const messages = await inTx(ctx.db, systemActor.keys, (tx) => store.findMessages(tx, id))
  return { ...view, messages }
}

export async function changeAlarm(ctx: Ctx, id: string, ask: ActAsk) {
  await act(ctx, alarmRoom, id, ask)
  return viewAlarm(ctx, id)
}
