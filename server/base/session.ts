import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { type Db, prepared } from './db.ts'
import type { House } from './house.ts'

const cookieName = 'plumbline'
/** A day's work; in machine time, like every limit of a session. */
const idleMillis = 12 * 3_600_000
const longestMillis = 7 * 24 * 3_600_000

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

/** The hash of the token a request carries, by which its session is found. */
export function findSessionKey(request: FastifyRequest): string | null {
  const token = request.cookies[cookieName]
  return token ? keyOf(token) : null
}

/** Whether a session that was not revoked is still good, by the machine's clock. A good one is marked as seen. */
export async function isGood(db: Db, session: { key: string; createdAt: string; seenAt: string }): Promise<boolean> {
  const now = Date.now()
  const idle = now - Date.parse(session.seenAt)
  if (idle > idleMillis || now - Date.parse(session.createdAt) > longestMillis) return false
  // Once a minute is exact enough for an idle limit of hours, and spares a write for every read.
  if (idle > 60_000)
    await db
      .updateTable('base.session')
      .set({ seen_at: new Date(now).toISOString() })
      .where('token_hash', '=', session.key)
      .execute()
  return true
}

export const chooseAppointment = (db: Db, key: string, appointmentId: string) =>
  db
    .updateTable('base.session')
    .set({ appointment_id: appointmentId, seen_at: new Date().toISOString() })
    .where('token_hash', '=', key)
    .execute()

/** The appointment an account last worked in: the one a new session begins with. */
export async function findLastAppointment(db: Db, accountId: string): Promise<string | null> {
  return (await findLast(db, accountId))[0]?.appointment_id ?? null
}

const findLast = prepared<{ appointment_id: string }, [accountId: string]>(
  'session.last_appointment',
  `select appointment_id from base.session where account_id = $1 and appointment_id is not null
   order by seen_at desc limit 1`,
)

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

/** Failures of accounts and addresses in machine time, for the lockout. */
export async function countFailures(
  db: Db,
  subjects: readonly string[],
  withinMillis: number,
): Promise<Map<string, number>> {
  const rows = await findFailures(db, subjects)
  const lately = rows.filter(({ last_at }) => Date.now() - Date.parse(last_at) < withinMillis)
  return new Map(lately.map(({ subject, failures }) => [subject, failures]))
}

const findFailures = prepared<{ subject: string; failures: number; last_at: string }, [subjects: readonly string[]]>(
  'session.failures',
  'select subject, failures, last_at from base.sign_in_failure where subject = any($1)',
)

export const noteFailure = (db: Db, subject: string, withinMillis: number) =>
  sql`insert into base.sign_in_failure (subject, failures, last_at) values (${subject}, 1, now())
    on conflict (subject) do update set last_at = now(), failures = case
      when base.sign_in_failure.last_at < now() - make_interval(secs => ${withinMillis / 1000}) then 1 else base.sign_in_failure.failures + 1 end`.execute(
    db,
  )

export const forgetFailures = (db: Db, subject: string) =>
  db.deleteFrom('base.sign_in_failure').where('subject', '=', subject).execute()
