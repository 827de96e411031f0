import { sql } from 'kysely'
import type { Db } from '../../base/db.ts'

/**
 * Counts a message to a person on a day, if there is room for it by what was told before. The row stays locked to the end
 * of the transaction: two alarms at once do not both take the last place.
 */
export async function countOne(
  tx: Db,
  personId: string,
  day: string,
  hasRoom: (count: number) => boolean,
): Promise<boolean> {
  await sql`insert into telemetry.told (person_id, day, count) values (${personId}, ${day}, 0) on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql<{ count: number }>`select count from telemetry.told
    where person_id = ${personId} and day = ${day} for update`.execute(tx)
  if (!hasRoom(rows[0]!.count)) return false
  await sql`update telemetry.told set count = count + 1 where person_id = ${personId} and day = ${day}`.execute(tx)
  return true
}

/** Notes that an alarm was told to somebody in the message of another. */
export async function putIn(tx: Db, one: { alarmId: string; recipient: string; messageId: string }): Promise<void> {
  await sql`insert into telemetry.told_in (alarm_id, recipient, message_id)
    values (${one.alarmId}, ${one.recipient}, ${one.messageId}) on conflict do nothing`.execute(tx)
}

export async function countIn(tx: Db, messageId: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from telemetry.told_in where message_id = ${messageId}`.execute(tx)
  return rows[0]!.count
}

/** The message just sent of an alarm to a recipient. */
export async function findMessage(tx: Db, alarmId: string, recipient: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from base.message
    where case_id = ${alarmId} and recipient = ${recipient} and kind = 'alarm' order by created_at desc limit 1`.execute(
    tx,
  )
  return rows[0]?.id
}

/** Whether anybody on that side has read of it. */
export async function wasRead(tx: Db, alarmId: string, level: string): Promise<boolean> {
  const { rows } = await sql`select 1 from base.message m join base.message_read r on r.message_id = m.id
    where m.case_id = ${alarmId} and m.kind = 'alarm' and m.level = ${level} limit 1`.execute(tx)
  return rows.length > 0
}

export async function awaitTelling(tx: Db, alarmId: string, at: string): Promise<void> {
  await sql`insert into telemetry.untold (alarm_id, at) values (${alarmId}, ${at}) on conflict do nothing`.execute(tx)
}

/** What has waited since `before`, with all that has joined it since; each is taken once. */
export async function takeWaiting(tx: Db, before: string, now: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with due as (select 1 from telemetry.untold where at <= ${before} limit 1)
    delete from telemetry.untold u using (select alarm_id from telemetry.untold where at <= ${now} and exists (select 1 from due)
      order by alarm_id for update skip locked) t
    where u.alarm_id = t.alarm_id returning u.alarm_id as id`.execute(tx)
  return rows.map(({ id }) => id)
}

interface Told {
  id: string
  recipient: string
  title: string
  createdAt: string
  readAt: string | null
  escalated: boolean
}

/** The messages in which an alarm was told, its own and those of others, and whether each was read. */
export async function findMessages(tx: Db, alarmId: string): Promise<Told[]> {
  const { rows } = await sql<Told>`select m.id, m.recipient, m.title, m.created_at as "createdAt",
      (select min(r.read_at) from base.message_read r where r.message_id = m.id) as "readAt", m.escalated
    from base.message m
    where (m.case_id = ${alarmId} and m.kind <> 'alarm_digest')
      or m.id in (select message_id from telemetry.told_in where alarm_id = ${alarmId})
    order by m.created_at, split_part(m.level, '.', 2), m.recipient`.execute(tx)
  return rows
}

/** The other alarms that were told in the same messages of silence. */
export async function findBeside(
  tx: Db,
  alarmId: string,
): Promise<{ id: string; deviceName: string; projectName: string }[]> {
  const { rows } = await sql<{ id: string; deviceName: string; projectName: string }>`
    select distinct a.id, a.device_name as "deviceName", a.project_name as "projectName"
    from telemetry.told_in mine join base.message m on m.id = mine.message_id and m.kind = 'alarm'
    join telemetry.told_in other on other.message_id = mine.message_id
    join telemetry.alarm a on a.id = other.alarm_id
    where mine.alarm_id = ${alarmId} and a.id <> ${alarmId} order by 3, 2 limit 200`.execute(tx)
  return rows
}
