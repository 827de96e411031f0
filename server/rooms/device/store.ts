import type { Device, DeviceLine, OnlineCount } from '@plumbline/core/device'
import { models, noSettings, silentLine } from '@plumbline/core/device'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../base/db.ts'
import type { DeviceTables } from './tables.ts'

// With lines.ts, the only place that sees this room's tables.
export const tables = (db: Db) => db.withTables<DeviceTables>()

type Row = Selectable<DeviceTables['device.device']>

const toDevice = (row: Row): Device => ({
  id: row.id,
  state: row.state,
  modelCode: row.model_code,
  kind: row.kind,
  mn: row.mn,
  name: row.name,
  projectId: row.project_id,
  projectName: row.project_name,
  district: row.district,
  parties: row.parties,
  unitProfile: row.unit_profile,
  crcMode: row.crc_mode,
  ending: row.ending,
  linkedTo: row.linked_to,
  linkedUnit: row.linked_unit,
  mode: row.mode,
  interlock: row.interlock,
  settings: { ...noSettings, ...row.settings },
  point: row.point,
  liveAt: row.live_at,
  enteredAt: row.entered_at,
  keeper: row.keeper,
  note: row.note,
  explanation: row.explanation,
})

const toRow = (device: Device) => ({
  id: device.id,
  state: device.state!,
  model_code: device.modelCode,
  kind: device.kind,
  mn: device.mn,
  name: device.name,
  project_id: device.projectId,
  project_name: device.projectName,
  district: device.district,
  parties: device.parties,
  unit_profile: device.unitProfile,
  crc_mode: device.crcMode,
  ending: device.ending,
  linked_to: device.linkedTo,
  linked_unit: device.linkedUnit,
  mode: device.mode,
  interlock: device.interlock && JSON.stringify(device.interlock),
  settings: JSON.stringify(device.settings),
  point: device.point && JSON.stringify(device.point),
  live_at: device.liveAt,
  entered_at: device.enteredAt,
  keeper: device.keeper && JSON.stringify(device.keeper),
  note: device.note && JSON.stringify(device.note),
  explanation: device.explanation && JSON.stringify(device.explanation),
})

const devices = (db: Db) => tables(db).selectFrom('device.device as d').selectAll('d')

export async function load(tx: Db, ids: readonly string[]): Promise<Device[]> {
  if (ids.length === 0) return []
  return (
    await devices(tx)
      .where('d.id', 'in', [...ids])
      .execute()
  ).map(toDevice)
}

export async function save(tx: Db, records: readonly Device[]): Promise<void> {
  for (const record of records) {
    const row = toRow(record)
    await tables(tx)
      .insertInto('device.device')
      .values(row)
      .onConflict((at) => at.column('id').doUpdateSet(row))
      .execute()
  }
}

export const find = async (tx: Db, id: string): Promise<Device | undefined> => (await load(tx, [id]))[0]

/** The devices that carry these numbers now, with their passwords; a number given back answers with its last device. */
export async function findByMns(tx: Db, mns: readonly string[]): Promise<Map<string, Device & { password: string }>> {
  if (mns.length === 0) return new Map()
  const { rows } = await sql<Row & { password: string }>`
    select distinct on (d.mn) d.*, coalesce(s.password, '') as password
    from device.device d left join device.secret s on s.device_id = d.id
    where d.mn = any(${[...mns]}) order by d.mn, d.state = 'retired', d.id`.execute(tx)
  return new Map(rows.map((row) => [row.mn, { ...toDevice(row), password: row.password }]))
}

export async function savePassword(tx: Db, deviceId: string, password: string): Promise<void> {
  const row = { device_id: deviceId, password }
  await tables(tx)
    .insertInto('device.secret')
    .values(row)
    .onConflict((at) => at.column('device_id').doUpdateSet(row))
    .execute()
}

export async function findPassword(tx: Db, deviceId: string): Promise<string | undefined> {
  const row = await tables(tx)
    .selectFrom('device.secret')
    .select('password')
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  return row?.password
}

export const ofProject = async (tx: Db, projectId: string): Promise<Device[]> =>
  (await devices(tx).where('d.project_id', '=', projectId).orderBy('d.name').orderBy('d.id').execute()).map(toDevice)

export const ofKind = async (tx: Db, kind: Device['kind']): Promise<Device[]> =>
  (await devices(tx).where('d.kind', '=', kind).orderBy('d.name').orderBy('d.id').execute()).map(toDevice)

/** The projects with a dust monitor that has reported and is still in use, as far as the reader sees them. */
export async function findMonitored(tx: Db): Promise<Set<string>> {
  const rows = await tables(tx)
    .selectFrom('device.device')
    .select('project_id')
    .distinct()
    .where('kind', '=', 'dust')
    .where('state', '=', 'live')
    .execute()
  return new Set(rows.map(({ project_id }) => project_id))
}

/** Devices in service that only answer when they are asked, and of which it is known where. */
export const findPolled = async (tx: Db): Promise<Device[]> =>
  (
    await devices(tx)
      .where('d.state', '<>', 'retired')
      .where('d.model_code', 'in', polledModels)
      .where(sql<boolean>`jsonb_typeof(d.settings->'modbus') = 'object'`)
      .orderBy('d.id')
      .execute()
  ).map(toDevice)
const polledModels = models.flatMap(({ code, protocol }) => (protocol === 'modbus' ? [code] : []))

/** Devices that are read more kindly than the standard says. */
export const findTolerant = async (tx: Db): Promise<Pick<Row, 'mn' | 'crc_mode' | 'ending'>[]> =>
  tables(tx)
    .selectFrom('device.device')
    .select(['mn', 'crc_mode', 'ending'])
    .where('state', '<>', 'retired')
    .where((or) => or.or([or('crc_mode', '<>', 'strict'), or('ending', '<>', 'crlf')]))
    .execute()

type LineRow = Selectable<DeviceTables['device.line']>

const toLine = (row: LineRow): DeviceLine => ({
  address: row.address,
  connected: row.connected,
  heardAt: row.heard_at,
  good: row.good,
  bad: row.bad,
  refused: row.refused,
  quarantined: row.quarantined,
  duplicates: row.duplicates,
  skewMillis: row.skew_millis,
  freshness: row.freshness,
  freshAt: row.fresh_at,
})

export async function findLines(tx: Db, ids: readonly string[]): Promise<Map<string, DeviceLine>> {
  if (ids.length === 0) return new Map()
  const rows = await tables(tx)
    .selectFrom('device.line')
    .selectAll()
    .where('device_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.device_id, toLine(row)]))
}

/** Of rows d and l: silent, and why has been told for this day. */
const explainedOn = (today: string) =>
  sql<boolean>`(coalesce(l.freshness, 'never') <> 'live' and coalesce(d.explanation->>'until' >= ${today}, false))`

/** Devices in use that were once alive, by town and kind. */
export async function countOnline(tx: Db, today: string): Promise<Omit<OnlineCount, 'townName'>[]> {
  const { rows } = await sql<Omit<OnlineCount, 'townName'>>`select d.district as town, d.kind, count(*) as devices,
      count(*) filter (where l.freshness = 'live') as live, count(*) filter (where ${explainedOn(today)}) as explained
    from device.device d left join device.line l on l.device_id = d.id where d.state = 'live' group by 1, 2`.execute(tx)
  return rows
}

/** Devices that have not come to life, those entered first in front; and how many there are, and were before this instant. */
export async function findPending(
  tx: Db,
  { stuckBefore, limit, stuckOnly }: { stuckBefore: string; limit: number; stuckOnly: boolean },
): Promise<{ rows: (Device & { line: DeviceLine })[]; total: number; stuck: number }> {
  const found = await devices(tx)
    .where('d.state', '=', 'pending')
    .$if(stuckOnly, (pending) => pending.where('d.entered_at', '<=', stuckBefore))
    .orderBy('d.entered_at')
    .orderBy('d.id')
    .limit(limit)
    .execute()
  const counted = await sql<{ total: number; stuck: number }>`select count(*) as total,
    count(*) filter (where entered_at <= ${stuckBefore}) as stuck from device.device where state = 'pending'`.execute(
    tx,
  )
  return { rows: await withLines(tx, found), ...counted.rows[0]! }
}

async function withLines(tx: Db, rows: readonly Row[]): Promise<(Device & { line: DeviceLine })[]> {
  const lines = await findLines(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...toDevice(row), line: lines.get(row.id) ?? silentLine }))
}

export interface ListAsk {
  kind?: Device['kind'] | undefined
  freshness?: DeviceLine['freshness'] | undefined
  projectId?: string | undefined
  town?: string | undefined
  state?: 'pending' | 'live' | undefined
  explained?: boolean | undefined
  today: string
  q?: string | undefined
  retired: boolean
  after: { name: string; id: string } | null
  limit: number
}

/** Devices by name, with their lines, and how many match in all. */
export async function list(tx: Db, ask: ListAsk): Promise<{ rows: (Device & { line: DeviceLine })[]; total: number }> {
  const like = ask.q ? `%${ask.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const matching = sql`from device.device d left join device.line l on l.device_id = d.id
    where (d.state = 'retired') = ${ask.retired}
      and (${ask.kind ?? null}::text is null or d.kind = ${ask.kind ?? null})
      and (${ask.freshness ?? null}::text is null or coalesce(l.freshness, 'never') = ${ask.freshness ?? null})
      and (${ask.town ?? null}::text is null or d.district = ${ask.town ?? null})
      and (${ask.state ?? null}::text is null or d.state = ${ask.state ?? null})
      and (${ask.explained ?? null}::boolean is null or ${explainedOn(ask.today)} = ${ask.explained ?? null})
      and (${ask.projectId ?? null}::uuid is null or d.project_id = ${ask.projectId ?? null}::uuid)
      and (${like}::text is null or d.name like ${like} or d.mn like ${like} or d.project_name like ${like})`
  const { rows } = await sql<Row>`select d.* ${matching}
    and (${ask.after === null} or (d.name, d.id) > (${ask.after?.name ?? ''}, ${ask.after?.id ?? null}::uuid))
    order by d.name, d.id limit ${ask.limit}`.execute(tx)
  const counted = await sql<{ total: number }>`select count(*) as total ${matching}`.execute(tx)
  return { rows: await withLines(tx, rows), total: counted.rows[0]!.total }
}
