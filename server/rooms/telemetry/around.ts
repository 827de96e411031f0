import { baseOf, type Device, getModel } from '@plumbline/core/device'
import {
  type Alarm,
  type Around,
  type AroundLine,
  commandState,
  type CommandRow,
  commandStates,
  type EventKind,
  findQuantity,
  lookOf,
  mostLines,
  wholeDevice,
} from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import { devicesOfProject, findDevice } from '../device/index.ts'
import { findEvents } from './events.ts'
import { findValues } from './looking-back.ts'

const minute = 60_000
const at = (millis: number) => new Date(millis).toISOString()

/**
 * What happened around an alarm on one axis of time: its own quantity, its neighbours at the device, the site's other
 * devices of use, the commands and the events. The database holds it as it was stored.
 */
export async function aroundOf(tx: Db, alarm: Alarm, commands: readonly CommandRow[]): Promise<Around> {
  const { before, after } = lookOf(alarm.deviceKind)
  const raised = Date.parse(alarm.raisedAt)
  const [from, until] = [at(raised - before * minute), at(raised + after * minute)]
  const lines: AroundLine[] = []
  for (const { device, quantity } of await wantedOf(tx, alarm)) {
    if (lines.length === mostLines) break
    const points = await findValues(tx, device.id, quantity, from, until)
    const own = lines.length === 0
    if (points.length === 0 && !own) continue
    const { name, unit } = findQuantity(quantity) ?? { name: quantity, unit: '' }
    lines.push({ deviceId: device.id, deviceName: device.name, quantity, name, unit, points })
  }
  const marks = [...commands.flatMap((row) => commandMarks(row)), ...(await eventMarks(tx, alarm, from, until))]
  return { from, until, lines, marks: marks.filter((mark) => mark.at >= from && mark.at < until) }
}

interface Wanted {
  device: Device
  quantity: string
}

/** The lines in their order; the alarm's own first. */
async function wantedOf(tx: Db, alarm: Alarm): Promise<Wanted[]> {
  const device = await findDevice(tx, alarm.deviceId)
  if (!device) return []
  const look = lookOf(device.kind)
  const first = alarm.quantity === wholeDevice ? await leadOf(tx, device) : alarm.quantity
  const point = first.slice(baseOf(first).length)
  const own = [first, ...look.own.map((code) => code + point), ...look.own].filter(
    (code, i, all) => all.indexOf(code) === i,
  )
  const beside = (await devicesOfProject(tx, alarm.projectId)).filter(
    ({ id, state }) => id !== device.id && state === 'live',
  )
  const linked = ({ id, kind }: Device) => (kind !== 'sprayer' && kind !== 'fog_cannon') || device.linkedTo === id
  const site = look.site.flatMap(({ kind, quantity }) =>
    beside.filter((one) => one.kind === kind && linked(one)).map((one) => ({ device: one, quantity })),
  )
  const [lead, ...rest] = own.map((quantity) => ({ device, quantity }))
  // What others measured is worth more than a fifth quantity of the same device.
  return [lead!, ...rest.slice(0, mostLines - 3), ...site, ...rest.slice(mostLines - 3)]
}

/** The quantity by which a device is called live, at a point where it has one. */
async function leadOf(tx: Db, device: Device): Promise<string> {
  const { lead } = getModel(device.modelCode)
  const { rows } = await sql<{
    quantity: string
  }>`select quantity from telemetry.latest where device_id = ${device.id}`.execute(tx)
  return rows.map(({ quantity }) => quantity).find((quantity) => baseOf(quantity) === lead) ?? lead
}

const commandMarks = (row: CommandRow): Around['marks'] => [
  {
    at: row.createdAt,
    kind: 'command',
    text: `${row.on ? '开启' : '关闭'}${row.deviceName}（${commandStates[commandState(row, row.expiresAt)]}）`,
  },
]

const eventNames: Partial<Record<EventKind, string>> = { exit: '车辆出场', intrusion: '周界入侵', cycle: '起重循环' }
/** Where the truck is and who passes the gate says nothing of a machine. */
const telling = Object.keys(eventNames) as EventKind[]
/** At most so many: a rush hour at the gate would hide the rest. */
const mostEvents = 60

async function eventMarks(tx: Db, alarm: Alarm, from: string, until: string): Promise<Around['marks']> {
  const names = new Map((await devicesOfProject(tx, alarm.projectId)).map(({ id, name }) => [id, name]))
  const events = await findEvents(tx, { deviceIds: [...names.keys()], kinds: telling, from, until, limit: mostEvents })
  return events.map(({ at: moment, deviceId, kind }) => ({
    at: moment,
    kind: 'event' as const,
    text: `${names.get(deviceId)} ${eventNames[kind] ?? kind}`,
  }))
}
