import type { DeviceKind } from '@plumbline/core/device'
import type { Day } from '@plumbline/core/kit'
import { type CredibilityFinding, cheatTitles, sayReason } from '@plumbline/core/telemetry/credibility'
import { type CredibilityDay, findQuantity, type FindingView, type SuspectDay } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import type { Db } from '../../../base/db.ts'
import type { DeviceHour } from '../late.ts'
import type { Judged } from './judging.ts'
import { iso } from './series.ts'

/** A finding as it is kept: its instants as text. */
export type KeptFinding = Omit<CredibilityFinding, 'from' | 'until'> & { from: string; until: string }

export const toKept = ({ from, until, ...finding }: CredibilityFinding): KeptFinding => ({
  ...finding,
  from: iso(from),
  until: iso(until),
})

export const findingView = ({ kind, quantity, from, until, reasons, weight }: KeptFinding): FindingView => ({
  ...{ kind, title: cheatTitles[kind], from, until, weight },
  quantity: quantity === null ? null : (findQuantity(quantity)?.name ?? quantity),
  reasons: reasons.map(sayReason),
})

/** Writes what was judged, or judged anew. */
export async function saveJudged(tx: Db, judged: readonly Judged[], at: string): Promise<void> {
  if (judged.length === 0) return
  const rows = judged.map(({ findings, ...row }) => ({ ...row, findings: findings.map(toKept) }))
  await sql`insert into telemetry.credibility as c (device_id, day, score, suspect, findings, judged_at)
    select "deviceId", day, score, suspect, findings, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("deviceId" uuid, day date, score float8, suspect boolean, findings jsonb)
    order by 1, 2 on conflict (device_id, day) do update set score = excluded.score, suspect = excluded.suspect,
      findings = excluded.findings, judged_at = excluded.judged_at, stale = false`.execute(tx)
}

/** Days for which data still came after they were judged wait to be judged anew. */
export async function judgeAgain(tx: Db, hours: readonly DeviceHour[]): Promise<void> {
  await sql`update telemetry.credibility c set stale = true
    from (select distinct "deviceId" as device_id, (hour at time zone 'Asia/Shanghai')::date as day
      from jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) as r("deviceId" uuid, hour timestamptz)) late
    where c.device_id = late.device_id and c.day = late.day and not c.stale`.execute(tx)
}

/** Devices of these kinds, but not these, with readings in [from, until) of a day that is not judged, or waits to be judged anew. */
export async function findUnjudged(
  tx: Db,
  ask: {
    day: Day
    from: string
    until: string
    kinds: readonly DeviceKind[]
    except: readonly string[]
    limit: number
  },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select d.id from device.device d
    where d.kind = any(${[...ask.kinds]}) and d.live_at is not null and d.id <> all(${[...ask.except]}::uuid[])
      and not exists (select from telemetry.credibility c where c.device_id = d.id and c.day = ${ask.day}::date and not c.stale)
      and exists (select from telemetry.packet p where p.device_id = d.id and p.span in ('r', 'm') and p.at >= ${ask.from} and p.at < ${ask.until})
    order by d.district, d.point->>'lon', d.id limit ${ask.limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** A judged day as it is kept; of a day that waits to be judged anew, what was found before. */
export interface JudgedDay {
  day: Day
  score: number
  suspect: boolean
  judgedAt: string
  findings: KeptFinding[]
}

export const dayView = ({ findings, ...row }: JudgedDay, running = false): CredibilityDay => ({
  ...row,
  running,
  findings: findings.map(findingView),
})

/** A device's judged days, the newest first. */
export async function findDays(tx: Db, deviceId: string, limit: number): Promise<JudgedDay[]> {
  const { rows } = await sql<JudgedDay>`select day, score, suspect, findings, judged_at as "judgedAt"
    from telemetry.credibility where device_id = ${deviceId} order by day desc limit ${limit}`.execute(tx)
  return rows
}

export async function findDay(tx: Db, deviceId: string, day: Day): Promise<JudgedDay | undefined> {
  const { rows } = await sql<JudgedDay>`select day, score, suspect, findings, judged_at as "judgedAt"
    from telemetry.credibility where device_id = ${deviceId} and day = ${day}::date`.execute(tx)
  return rows[0]
}

type Found = JudgedDay & Omit<SuspectDay, keyof CredibilityDay>

/** Suspect days of the devices that the reader reaches, the newest day first, the worst of a day first. */
export async function listSuspects(
  tx: Db,
  ask: { day?: Day | undefined; projectId?: string | undefined; seen: number; limit: number },
): Promise<SuspectDay[]> {
  const { rows } =
    await sql<Found>`select c.day, c.score, c.suspect, c.findings, c.judged_at as "judgedAt", d.id as "deviceId",
      d.name as "deviceName", d.kind, d.project_id as "projectId", d.project_name as "projectName"
    from telemetry.credibility c join device.device d on d.id = c.device_id
    where c.suspect and ${ask.day ? sql`c.day = ${ask.day}::date` : sql`true`}
      and ${ask.projectId ? sql`d.project_id = ${ask.projectId}` : sql`true`}
    order by c.day desc, c.score, d.id offset ${ask.seen} limit ${ask.limit + 1}`.execute(tx)
  return rows.map((row) => ({ ...row, ...dayView(row) }))
}
