import { getModel, type Device } from '@plumbline/core/device'
import {
  type Clearing,
  getCause,
  type LastHeard,
  limitOf,
  type Silence,
  silencesOf,
  wholeDevice,
} from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { findDevices } from '../device/index.ts'
import { saveHappened } from './outbox.ts'
import type { Happened } from './watching.ts'
import { heardSince } from './watching.ts'

const minute = 60_000
const cause = 'silent'

interface Row extends LastHeard {
  deviceId: string
}

/**
 * Raises and clears the alarms of silence: what should speak and does not, each quantity for itself, and the device as one
 * when nothing of it speaks any more. Two processes that look at once raise the same alarm once.
 */
export async function watchSilence(ctx: Ctx): Promise<void> {
  const since = await heardSince(ctx, ctx.law().number('alarm.silent_after') * 60)
  await read(ctx, async (tx) => {
    const found = await findSilent(tx, since)
    const open = await findOpen(tx)
    const ids = [...new Set([...found.map(({ deviceId }) => deviceId), ...open.map(({ deviceId }) => deviceId)])]
    if (ids.length === 0) return
    const heard = Map.groupBy(found, ({ deviceId }) => deviceId)
    const standing = Map.groupBy(open, ({ deviceId }) => deviceId)
    for (const device of (await findDevices(tx, ids)).toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      const promised = getModel(device.modelCode).quantities.map(({ code }) => code)
      const owes = device.state === 'live' && getCause(cause).kinds.includes(device.kind)
      const wanted = owes ? silencesOf(heard.get(device.id) ?? [], promised, since) : []
      await settleDevice(tx, ctx, device, wanted, standing.get(device.id) ?? [])
    }
  })
}

/** Of devices of which something is older than `since` (milliseconds), every quantity with its last normal value. */
async function findSilent(tx: Db, since: number): Promise<Row[]> {
  const { rows } = await sql<{ deviceId: string; quantity: string; normalAt: string }>`
    with heard as materialized (select device_id, quantity, normal_at from telemetry.latest where isfinite(normal_at))
    select h.device_id as "deviceId", h.quantity, h.normal_at as "normalAt" from heard h
    where h.device_id in (select device_id from heard where normal_at < ${new Date(since).toISOString()})`.execute(tx)
  return rows.map((row) => ({ ...row, normalAt: Date.parse(row.normalAt) }))
}

interface Open {
  deviceId: string
  quantity: string
  raisedAt: string
}

async function findOpen(tx: Db): Promise<Open[]> {
  const { rows } =
    await sql<Open>`select device_id as "deviceId", quantity, raised_at as "raisedAt" from telemetry.watch
    where cause = ${cause}`.execute(tx)
  return rows
}

async function settleDevice(
  tx: Db,
  ctx: Ctx,
  device: Device,
  wanted: readonly Silence[],
  open: readonly Open[],
): Promise<void> {
  const whole = wanted.some(({ quantity }) => quantity === wholeDevice)
  const happened: Happened[] = []
  for (const { quantity, raisedAt } of open.filter(
    (one) => !wanted.some(({ quantity: still }) => still === one.quantity),
  )) {
    if (!(await forget(tx, device.id, quantity))) continue
    const because: Clearing = device.state === 'retired' ? 'retired' : whole ? 'merged' : 'spoke'
    happened.push({
      deviceId: device.id,
      kind: 'cleared',
      detail: { cause, quantity, at: ctx.now, value: null, raisedAt, because },
    })
  }
  for (const one of wanted.filter(({ quantity }) => !open.some((known) => known.quantity === quantity))) {
    const { quantity, since } = one
    const law = ctx.law()
    const asked = { law, device, quantity, at: since }
    const limit = limitOf(getCause(cause), asked, 'warn')!
    const raisedAt = new Date(since + limit.value * minute).toISOString()
    if (!(await remember(tx, device.id, quantity, raisedAt))) continue
    const value = Math.max(limit.value, Math.floor((Date.parse(ctx.now) - since) / minute))
    happened.push({
      deviceId: device.id,
      kind: 'raised',
      detail: { cause, quantity, at: raisedAt, value, raisedAt, level: 'warn', limit },
    })
  }
  await saveHappened(tx, ctx, happened)
}

/** Whether it was this process that noticed. */
async function remember(tx: Db, deviceId: string, quantity: string, raisedAt: string): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into telemetry.watch (device_id, cause, quantity, state, raised_at)
    values (${deviceId}, ${cause}, ${quantity}, '{}', ${raisedAt}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

async function forget(tx: Db, deviceId: string, quantity: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from telemetry.watch
    where device_id = ${deviceId} and cause = ${cause} and quantity = ${quantity}`.execute(tx)
  return numAffectedRows === 1n
}
