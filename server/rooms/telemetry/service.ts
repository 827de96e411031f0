import { baseOf, getModel } from '@plumbline/core/device'
import { addDays, startOf } from '@plumbline/core/kit'
import {
  type Asked,
  causesOf,
  findQuantity,
  type Latest,
  limitOf,
  series,
  type SeriesView,
} from '@plumbline/core/telemetry'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { countFreshness, devicesOfProject, findDevice, findDevices } from '../device/index.ts'
import { getProject } from '../project/index.ts'
import { listCommands } from './commands.ts'
import { findLatest, latestView } from './latest.ts'
import { bucketView, findSamples, sampleOf } from './readings.ts'
import * as store from './store.ts'
import { liveFrom } from './watching.ts'

async function getDevice(tx: Db, id: string) {
  const device = await findDevice(tx, id)
  if (!device) throw new Refused('missing', 'device')
  return device
}

const promised = (modelCode: string) => getModel(modelCode).quantities.map(({ code }) => code)

/** The clock is asked before the transaction: within it, it would take a second connection while holding the first. */
async function readSince<T>(ctx: Ctx, work: (tx: Db, since: number) => Promise<T>): Promise<T> {
  const since = await liveFrom(ctx)
  return read(ctx, (tx) => work(tx, since))
}

export function latestOf(ctx: Ctx, id: string) {
  return readSince(ctx, async (tx, since) => {
    const device = await getDevice(tx, id)
    const rows = latestView(id, promised(device.modelCode), await findLatest(tx, [id]), since)
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
  const limit = lineOf({ law, device, quantity: quantity.code, at: Math.min(until, Date.parse(ctx.now)) })
  return {
    quantity: quantity.code,
    name: quantity.name,
    unit: quantity.unit,
    step: ask.step,
    buckets: series(samples.map(sampleOf), from, until, { ...rule, ...expected }).map(bucketView),
    limit,
    validShare: share,
  }
}

/** The lowest limit of the value itself that stands at an instant, for the line in its chart. */
function lineOf(asked: Asked): SeriesView['limit'] {
  const limits = causesOf(asked.device.kind, asked.quantity)
    .filter(({ measure }) => measure === 'value')
    .flatMap((cause) => limitOf(cause, asked, 'warn') ?? [])
  const lowest = limits.toSorted((one, other) => one.value - other.value)[0]
  return lowest ? { value: lowest.centre + lowest.value, clause: lowest.clause } : null
}

export const namesOf = (tx: Db) => async (ids: readonly string[]) =>
  new Map((await findDevices(tx, ids)).map(({ id, name }) => [id, name]))

export function commandsOf(ctx: Ctx, deviceId: string) {
  return read(ctx, async (tx) => {
    await getDevice(tx, deviceId)
    return { rows: await listCommands(tx, { deviceId }, namesOf(tx)) }
  })
}

export function environmentOf(ctx: Ctx, projectId: string) {
  return readSince(ctx, async (tx, since) => {
    await getProject(tx, projectId)
    const devices = (await devicesOfProject(tx, projectId)).filter(({ state }) => state !== 'retired')
    const found = await findLatest(
      tx,
      devices.map(({ id }) => id),
    )
    const rows = devices.map(({ id, name, kind, modelCode }) => {
      const latest = latestView(id, promised(modelCode), found, since)
      const lead = getModel(modelCode).lead
      return {
        id,
        name,
        kind,
        latest,
        freshness: freshestOf(latest.filter(({ quantity }) => baseOf(quantity) === lead)),
      }
    })
    return { devices: rows, alarms: await store.listAlarms(tx, { projectId, open: true, after: null, limit: 20 }) }
  })
}

/** Of the points at which a device measures one quantity, the one heard last. */
const freshestOf = (points: readonly Pick<Latest, 'freshness'>[]): Latest['freshness'] =>
  (['live', 'stale'] as const).find((one) => points.some(({ freshness }) => freshness === one)) ?? 'never'

export const onlineOf = (ctx: Ctx) =>
  read(ctx, async (tx) => ({ ...(await countFreshness(tx, 'dust')), alarms: await store.countOpen(tx) }))
