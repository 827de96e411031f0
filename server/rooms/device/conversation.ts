import { type HeldBack, maskPassword, type Spoken, type Verdict } from '@plumbline/core/device'
import { dayOf } from '@plumbline/core/kit'
import { type Selectable, sql } from 'kysely'
import type { Db, Lane } from '../../base/db.ts'
import { getRowType, knownRowType, type Rows, startRows } from '../../base/rows.ts'
import { tables } from './store.ts'
import type { DeviceTables } from './tables.ts'

/** What was said on a line, and what was answered to it. */
export interface NewSpoken {
  deviceId: string
  way: Spoken['way']
  at: string
  raw: Uint8Array
  verdict: Verdict
  verified: boolean
  fault: Spoken['fault']
  answers?: readonly Uint8Array[]
}

const rowType = 'device.conversation_told'
const madeDays = new WeakMap<Db, Set<string>>()

/** Makes what must stand before a conversation is written at this moment: the day's partition, the row's type. */
export async function prepareSpoken(db: Db, at: string): Promise<void> {
  await getRowType(db, rowType)
  const known = madeDays.get(db) ?? new Set<string>()
  madeDays.set(db, known)
  const day = dayOf(new Date(at))
  if (known.has(day)) return
  await makeDay(db, day)
  known.add(day)
}

const insert = `insert into device.conversation (device_id, at, way, verdict, verified, raw, answers, fault)
  select device_id, at, way, verdict, verified, raw, nullif(answers, '{}'), fault::jsonb
  from unnest($1::device.conversation_told[])`

/** Writes down what was said, in the order given. `prepareSpoken` of its moment comes before. */
export async function keepSpoken(db: Db, lane: Lane, spoken: readonly NewSpoken[]): Promise<void> {
  if (spoken.length === 0) return
  await lane.ask('device.conversation', insert, [
    encode(startRows(knownRowType(db, rowType), spoken.length * 640), spoken),
  ])
}

/** The same in any transaction, for what is said beside the intake. */
export async function noteSpoken(tx: Db, spoken: readonly NewSpoken[]): Promise<void> {
  if (spoken.length === 0) return
  for (const day of new Set(spoken.map(({ at }) => dayOf(new Date(at))))) await makeDay(tx, day)
  const rows = encode(startRows(await getRowType(tx, rowType), 1024), spoken)
  await sql`insert into device.conversation (device_id, at, way, verdict, verified, raw, answers, fault)
    select device_id, at, way, verdict, verified, raw, nullif(answers, '{}'), fault::jsonb
    from unnest(${rows}::device.conversation_told[])`.execute(tx)
}

const makeDay = (db: Db, day: string) =>
  sql`select device.make_day(${day}) where to_regclass(${`device.conversation_${day.replaceAll('-', '')}`}) is null`.execute(
    db,
  )

function encode(rows: Rows, spoken: readonly NewSpoken[]): Buffer {
  let said = ''
  let saidAt = 0
  for (const { deviceId, way, at, raw, verdict, verified, fault, answers } of spoken) {
    if (at !== said) saidAt = Date.parse((said = at))
    rows.row()
    rows.uuid(deviceId)
    rows.instant(saidAt)
    rows.text(way)
    rows.text(verdict)
    rows.bool(verified)
    rows.bytes(raw)
    rows.manyBytes(answers ?? [])
    rows.text(fault && JSON.stringify(fault))
  }
  return rows.done()
}

type Row = Selectable<DeviceTables['device.conversation']>

/** A row is a frame and its answers: so many places in a conversation does it take. */
const placesOfRow = 8

/** A page of a conversation, newest first. Passwords are masked here, before the bytes leave the server. */
export async function listSpoken(
  tx: Db,
  deviceId: string,
  ask: { before: number | null; limit: number },
): Promise<Spoken[]> {
  const before = ask.before ?? Number.MAX_SAFE_INTEGER
  const rows = await tables(tx)
    .selectFrom('device.conversation')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('id', '<=', Math.floor(before / placesOfRow))
    .orderBy('id', 'desc')
    .limit(ask.limit)
    .execute()
  return rows
    .flatMap(spokenOf)
    .filter(({ id }) => id < before)
    .slice(0, ask.limit)
}

interface HeldAsk {
  verdict?: Verdict | undefined
  projectId?: string | undefined
  before: number | null
  limit: number
}

/** Frames that were held back, of all devices that the reader reaches, newest first. */
export async function listHeldBack(tx: Db, { verdict, projectId, before, limit }: HeldAsk): Promise<HeldBack[]> {
  const { rows } = await sql<Row & { device: HeldBack['device'] }>`
    select c.*, jsonb_build_object('id', d.id, 'name', d.name, 'mn', d.mn, 'modelCode', d.model_code,
      'projectId', d.project_id, 'projectName', d.project_name) as device
    from device.conversation c join device.device d on d.id = c.device_id
    where c.verdict not in ('stored', 'answered', 'repeated', 'sent', 'replaced')
      and (${verdict ?? null}::text is null or c.verdict = ${verdict ?? null}::text)
      and (${projectId ?? null}::uuid is null or d.project_id = ${projectId ?? null}::uuid)
      and c.id < ${before ?? Number.MAX_SAFE_INTEGER}::bigint
    order by c.id desc limit ${limit}`.execute(tx)
  return rows.map(({ device, ...row }) => ({ ...spokenOf(row).at(-1)!, id: row.id, device }))
}

/** What a row says, the last first: the answers came after the frame. */
function spokenOf({ id, way, at, raw, verdict, verified, fault, answers }: Row): Spoken[] {
  const said = (place: number, bytes: Uint8Array) => ({
    id: id * placesOfRow + place,
    at,
    raw: Buffer.from(maskPassword(bytes)).toString('base64'),
  })
  const sent = (answers ?? []).slice(0, placesOfRow - 1).map((bytes, index): Spoken => ({
    ...said(index + 1, bytes),
    way: 'out',
    verdict: 'sent',
    verified: true,
    fault: null,
  }))
  return [...sent.toReversed(), { ...said(0, raw), way, verdict, verified, fault: fault as Spoken['fault'] }]
}

/** Forgets the days before this one. Answers how many were dropped. */
export async function dropSpoken(db: Db, before: string): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`select device.drop_days(${before}) as dropped`.execute(db)
  return rows[0]!.dropped
}
