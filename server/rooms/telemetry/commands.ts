import type { SpraySaying } from '@plumbline/core/codec/hj212'
import type { Command, CommandRow } from '@plumbline/core/telemetry'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { type TelemetryTables } from './tables.ts'
import { tables } from './readings.ts'

type Row = Selectable<TelemetryTables['telemetry.command']>

const toCommand = (row: Row): Command => ({
  id: row.id,
  deviceId: row.device_id,
  unit: row.unit,
  on: row.on_off,
  alarmId: row.alarm_id,
  by: row.person_id === null ? null : { personId: row.person_id, name: row.person_name! },
  createdAt: row.created_at,
  dueAt: row.due_at,
  expiresAt: row.expires_at,
  maxRunSeconds: row.max_run_seconds,
  to: row.lon === null ? null : { lon: row.lon, lat: row.lat! },
  qn: row.qn,
  sentAt: row.sent_at,
  acceptedAt: row.accepted_at,
  executedAt: row.executed_at,
  effectiveAt: row.effective_at,
  refusedCode: row.refused_code,
})

export type NewCommand = Pick<
  Command,
  'id' | 'deviceId' | 'unit' | 'on' | 'alarmId' | 'by' | 'createdAt' | 'dueAt' | 'expiresAt' | 'maxRunSeconds'
> & { to?: Command['to'] }

/** One effect for each command id. An order to stop voids what has not been sent to start the same unit. */
export async function orderCommand(tx: Db, command: NewCommand): Promise<void> {
  const { id, deviceId, unit, on, alarmId, by, createdAt, dueAt, expiresAt, maxRunSeconds, to = null } = command
  if (!on) await voidStarts(tx, { deviceId, unit, now: createdAt })
  await sql`insert into telemetry.command (id, device_id, unit, on_off, alarm_id, person_id, person_name, created_at, due_at,
      expires_at, max_run_seconds, lon, lat)
    values (${id}, ${deviceId}, ${unit}, ${on}, ${alarmId}, ${by?.personId ?? null}, ${by?.name ?? null}, ${createdAt},
      ${dueAt}, ${expiresAt}, ${maxRunSeconds}, ${to?.lon ?? null}, ${to?.lat ?? null})
    on conflict (id) do nothing`.execute(tx)
}

interface OfUnit {
  deviceId: string
  unit: number
  now: string
}

/** Voids what has not been sent to start a unit. */
export async function voidStarts(tx: Db, { deviceId, unit, now }: OfUnit): Promise<void> {
  await sql`update telemetry.command set expires_at = ${now} where device_id = ${deviceId} and unit = ${unit}
    and on_off and sent_at is null and expires_at > ${now}`.execute(tx)
}

interface LastOrder {
  on: boolean
  byAlarm: boolean
  /** When it took effect, or will. */
  at: string
  /** Neither answered nor void yet. */
  pending: boolean
}

/** The last order to a unit that was sent or may still be; one that the device refused or that came to nothing is none. */
export async function findLastOrder(tx: Db, { deviceId, unit, now }: OfUnit): Promise<LastOrder | undefined> {
  const { rows } = await sql<LastOrder>`
    select on_off as on, alarm_id is not null as "byAlarm", coalesce(sent_at, due_at) as at,
      expires_at > ${now} and num_nonnulls(accepted_at, executed_at, effective_at) = 0 as pending
    from telemetry.command where device_id = ${deviceId} and unit = ${unit} and refused_code is null
      and (sent_at is not null or expires_at > ${now})
    order by coalesce(sent_at, due_at) desc, id limit 1`.execute(tx)
  return rows[0]
}

/**
 * Takes the unsent commands of devices whose socket is here, and marks them sent: a command is taken once, by one
 * gateway, and never again, whatever becomes of it (promise P19). The QN given by `nextQn` names the exchange.
 */
export function takeCommands(ctx: Ctx, deviceIds: readonly string[], nextQn: () => string): Promise<Command[]> {
  return read(ctx, async (tx) => {
    // What was forbidden since it was ordered is not sent: this is the last moment to look.
    const { rows } = await sql<{
      id: string
    }>`select c.id from telemetry.command c join device.device d on d.id = c.device_id
      where c.sent_at is null and c.due_at <= ${ctx.now} and c.expires_at > ${ctx.now} and c.device_id = any(${[...deviceIds]})
        and not (c.on_off and (d.state = 'retired' or coalesce((d.interlock->>'until')::timestamptz > ${ctx.now}, false)
          or (c.alarm_id is not null and d.mode is not distinct from 'manual')))
      order by c.due_at, c.id for update of c skip locked`.execute(tx)
    const taken: Command[] = []
    for (const { id } of rows) {
      const row = await tables(tx)
        .updateTable('telemetry.command')
        .set({ sent_at: ctx.now, qn: nextQn() })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow()
      taken.push(toCommand(row))
    }
    return taken
  })
}

/** At a start nothing is opened that an earlier process had ordered: an ON needs a fresh cause. */
export async function dropUnsent(ctx: Ctx): Promise<void> {
  await read(ctx, (tx) =>
    sql`update telemetry.command set expires_at = ${ctx.now} where sent_at is null and on_off and expires_at > ${ctx.now}`.execute(
      tx,
    ),
  )
}

/** What a sprayer said, with the legal time of its hearing; a state also with that of its report. */
export interface Said {
  deviceId: string
  saying: SpraySaying
  at: string
  stateAt: string | null
}

/** Marks commands by what was said. Answers the devices of which a mark moved. */
export async function markCommands(tx: Db, said: readonly Said[]): Promise<string[]> {
  const moved = new Set<string>()
  for (const one of said) if ((await markOne(tx, one)) > 0) moved.add(one.deviceId)
  return [...moved]
}

async function markOne(tx: Db, { deviceId, saying, at, stateAt }: Said): Promise<number> {
  if (saying.kind === 'state') return markStates(tx, deviceId, saying.units, stateAt ?? at)
  const column = saying.kind === 'accepted' ? 'accepted_at' : 'executed_at'
  const { numUpdatedRows } = await tables(tx)
    .updateTable('telemetry.command')
    .set(saying.ok ? { [column]: at } : { refused_code: saying.code })
    .where('device_id', '=', deviceId)
    .where('qn', '=', saying.qn)
    .where(column, 'is', null)
    .where('refused_code', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** A state proves the newest command of its unit effective when it is the state wanted, and not older than the sending. */
async function markStates(
  tx: Db,
  deviceId: string,
  units: readonly { unit: number; state: number }[],
  at: string,
): Promise<number> {
  let moved = 0
  for (const { unit, state } of units) {
    if (state !== 0 && state !== 1) continue
    // A report names whole seconds: the second in which the command was sent counts.
    const { numAffectedRows } = await sql`update telemetry.command set effective_at = ${at}
      where id = (select id from telemetry.command where device_id = ${deviceId} and unit = ${unit} and sent_at is not null
                  order by sent_at desc, id limit 1)
        and on_off = ${state === 1} and effective_at is null and refused_code is null
        and date_trunc('second', sent_at) <= ${at}::timestamptz`.execute(tx)
    moved += Number(numAffectedRows ?? 0)
  }
  return moved
}

/**
 * Commands newest first: these, those of an alarm, or those of a device, be it the actuator that got them or the monitor whose
 * alarms caused them. `namesOf` names the sprayers.
 */
export async function listCommands(
  tx: Db,
  by: { deviceId: string } | { alarmId: string } | { ids: readonly string[] },
  namesOf: (ids: readonly string[]) => Promise<Map<string, string>>,
): Promise<CommandRow[]> {
  const rows = await tables(tx)
    .selectFrom('telemetry.command')
    .selectAll()
    .where((is) =>
      'ids' in by
        ? is('id', 'in', [...by.ids])
        : 'alarmId' in by
          ? is('alarm_id', '=', by.alarmId)
          : is.or([
              is('device_id', '=', by.deviceId),
              is('alarm_id', 'in', is.selectFrom('telemetry.alarm').select('id').where('device_id', '=', by.deviceId)),
            ]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(50)
    .execute()
  const names = await namesOf([...new Set(rows.map(({ device_id }) => device_id))])
  return rows.map((row) => ({ ...toCommand(row), deviceName: names.get(row.device_id) ?? '' }))
}
