import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Db } from './db.ts'
import type { House } from './house.ts'

const cookieName = 'plumbline'
/** A day's work; in machine time, like every limit of a session. */
const idleMillis = 12 * 3_600_000
const longestMillis = 7 * 24 * 3_600_000

export interface Session {
  key: string
  accountId: string
  appointmentId: string | null
}

const keyOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Opens a session and sets its cookie. The token is known to the browser alone; the database keeps its hash. */
export async function openSession(
  house: House,
  visit: { request: FastifyRequest; reply: FastifyReply },
  accountId: string,
  appointmentId: string | null,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = new Date().toISOString()
  await house.db
    .insertInto('base.session')
    .values({
      token_hash: keyOf(token),
      account_id: accountId,
      appointment_id: appointmentId,
      created_at: now,
      seen_at: now,
      address: visit.request.ip,
      agent: (visit.request.headers['user-agent'] ?? '').slice(0, 200),
      revoked_at: null,
    })
    .execute()
  visit.reply.setCookie(cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: house.settings.tls !== null,
    maxAge: longestMillis / 1000,
  })
  return keyOf(token)
}

/** The session of a request, if it is still good. Revocation counts at once: nothing is cached. */
export async function findSession(db: Db, request: FastifyRequest): Promise<Session | null> {
  const token = request.cookies[cookieName]
  if (!token) return null
  const key = keyOf(token)
  const now = Date.now()
  const row = await db
    .selectFrom('base.session')
    .select(['account_id', 'appointment_id', 'seen_at', 'created_at'])
    .where('token_hash', '=', key)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!row || now - Date.parse(row.seen_at) > idleMillis || now - Date.parse(row.created_at) > longestMillis)
    return null
  // Once a minute is exact enough for an idle limit of hours, and spares a write for every read.
  if (now - Date.parse(row.seen_at) > 60_000)
    await db
      .updateTable('base.session')
      .set({ seen_at: new Date(now).toISOString() })
      .where('token_hash', '=', key)
      .execute()
  return { key, accountId: row.account_id, appointmentId: row.appointment_id }
}

export const chooseAppointment = (db: Db, key: string, appointmentId: string) =>
  db
    .updateTable('base.session')
    .set({ appointment_id: appointmentId, seen_at: new Date().toISOString() })
    .where('token_hash', '=', key)
    .execute()

/** The appointment an account last worked in: the one a new session begins with. */
export async function findLastAppointment(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('base.session')
    .select('appointment_id')
    .where('account_id', '=', accountId)
    .where('appointment_id', 'is not', null)
    .orderBy('seen_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.appointment_id ?? null
}

/** Ends one session, or all of an account, at once: their streams are cut too. */
export async function revokeSessions(house: House, where: { key: string } | { accountId: string }): Promise<void> {
  const revoked = await house.db
    .updateTable('base.session')
    .set({ revoked_at: new Date().toISOString() })
    .where('revoked_at', 'is', null)
    .$if('key' in where, (query) => query.where('token_hash', '=', (where as { key: string }).key))
    .$if('accountId' in where, (query) => query.where('account_id', '=', (where as { accountId: string }).accountId))
    .returning('token_hash')
    .execute()
  await house.stream.cut(revoked.map(({ token_hash }) => token_hash))
}

export const clearCookie = (reply: FastifyReply) => reply.clearCookie(cookieName, { path: '/' })

/** Failures of an account or an address in machine time, for the lockout. */
export async function countFailures(db: Db, subject: string, withinMillis: number): Promise<number> {
  const row = await db.selectFrom('base.sign_in_failure').selectAll().where('subject', '=', subject).executeTakeFirst()
  return row && Date.now() - Date.parse(row.last_at) < withinMillis ? row.failures : 0
}

export const noteFailure = (db: Db, subject: string, withinMillis: number) =>
  sql`insert into base.sign_in_failure (subject, failures, last_at) values (${subject}, 1, now())
    on conflict (subject) do update set last_at = now(), failures = case
      when base.sign_in_failure.last_at < now() - make_interval(secs => ${withinMillis / 1000}) then 1 else base.sign_in_failure.failures + 1 end`.execute(
    db,
  )

export const forgetFailures = (db: Db, subject: string) =>
  db.deleteFrom('base.sign_in_failure').where('subject', '=', subject).execute()
