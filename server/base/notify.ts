import type { Actor } from '@plumbline/core/access'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { Ctx } from './context.ts'
import { read } from './context.ts'
import { type Db, prepared } from './db.ts'

export interface Message {
  /** A key: one person (u:), a unit's people on a project (p:), a unit (o:), the officers assigned (s:). */
  recipient: string
  caseId: string
  /** With level, what the message is about; one of a kind and level reaches a recipient once for each case. */
  kind: string
  level: string
  title: string
  body: string
  /** When it is passed on to those above if nobody has read it. */
  escalateAt?: string
}

/** Sends messages in the transaction of the act that causes them. A message already sent is not sent again. */
export async function notify(tx: Db, ctx: Ctx, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  await sql`insert into base.message (id, recipient, case_id, kind, level, title, body, created_at, escalate_at)
    select gen_random_uuid(), recipient, r."caseId", r.kind, r.level, r.title, r.body, ${ctx.now}, r."escalateAt"
    from jsonb_to_recordset(${JSON.stringify(lettersOf(messages))}::jsonb)
      as r(recipients text[], "caseId" uuid, kind text, level text, title text, body text, "escalateAt" timestamptz),
      unnest(r.recipients) recipient
    on conflict do nothing`.execute(tx) // naming the key would ask for the right to read another's message
}

type Letter = Omit<Message, 'recipient'> & { recipients: string[] }

/** The same text to several recipients, one after another, is one letter. */
function lettersOf(messages: readonly Message[]): Letter[] {
  const letters: Letter[] = []
  for (const { recipient, ...text } of messages) {
    const last = letters.at(-1)
    if (last && textFields.every((field) => last[field] === text[field])) last.recipients.push(recipient)
    else letters.push({ ...text, recipients: [recipient] })
  }
  return letters
}

const textFields = ['caseId', 'kind', 'level', 'title', 'body', 'escalateAt'] as const

/**
 * Sends a message, or tells anew the one of this kind and level that its recipient has not read yet: so what gathers stays
 * one message. `say` writes it, knowing the message's id. Run by the system.
 */
export async function gather(
  tx: Db,
  ctx: Ctx,
  message: Pick<Message, 'recipient' | 'caseId' | 'kind' | 'level'>,
  say: (messageId: string) => Promise<Pick<Message, 'title' | 'body'>>,
): Promise<void> {
  const { recipient, caseId, kind, level } = message
  const { rows } = await sql<{ id: string }>`select m.id from base.message m
    where m.recipient = ${recipient} and m.kind = ${kind} and m.level = ${level}
      and not exists (select 1 from base.message_read r where r.message_id = m.id) order by m.created_at desc limit 1`.execute(
    tx,
  )
  const id = rows[0]?.id ?? randomUUID()
  const { title, body } = await say(id)
  if (rows.length > 0)
    await sql`update base.message set title = ${title}, body = ${body}, created_at = ${ctx.now} where id = ${id}`.execute(
      tx,
    )
  else
    await sql`insert into base.message (id, recipient, case_id, kind, level, title, body, created_at)
      values (${id}, ${recipient}, ${caseId}, ${kind}, ${level}, ${title}, ${body}, ${ctx.now})`.execute(tx)
}

export interface MessageRow {
  id: string
  caseId: string
  room: string | null
  number: string | null
  kind: string
  level: string
  title: string
  body: string
  createdAt: string
  readAt: string | null
}

/** A person's messages, newest first, from a cursor. */
export async function listMessages(
  ctx: Ctx,
  ask: { unread?: boolean; before?: string; limit: number },
): Promise<MessageRow[]> {
  const mine = [...ctx.actor.keys]
  const found = await read(ctx, (tx) =>
    sql<MessageRow>`select m.id, m.case_id as "caseId", c.room, c.number, m.kind, m.level, m.title, m.body, m.created_at as "createdAt", r.read_at as "readAt"
    from base.message m left join base.case c on c.id = m.case_id
    left join base.message_read r on r.message_id = m.id and r.person_id = ${ctx.actor.personId}::uuid
    where m.recipient = any(${mine}) and (${ask.unread !== true} or r.read_at is null)
      and m.created_at < ${ask.before ?? 'infinity'}::timestamptz
    order by m.created_at desc, m.id limit ${ask.limit}`.execute(tx),
  )
  return found.rows
}

export const countUnread = (ctx: Ctx): Promise<number> => read(ctx, (tx) => countUnreadOf(tx, ctx.actor))

/** The same inside a transaction that has the actor's keys in force. */
export async function countUnreadOf(tx: Db, { keys, personId }: Actor): Promise<number> {
  return (await selectUnread(tx, keys, personId))[0]!.count
}

const selectUnread = prepared<{ count: number }, [keys: readonly string[], personId: string | null]>(
  'message.unread',
  `select count(*) from base.message m where m.recipient = any($1)
   and not exists (select 1 from base.message_read r where r.message_id = m.id and r.person_id = $2)`,
)

/** Marks messages read by this person; those that are not his are left alone. */
export async function markRead(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await read(ctx, (tx) =>
    sql`insert into base.message_read (message_id, person_id, read_at)
      select m.id, ${ctx.actor.personId}::uuid, ${ctx.now} from base.message m where m.id = any(${[...ids]}) and m.recipient = any(${[...ctx.actor.keys]})
      on conflict do nothing`.execute(tx),
  )
}

/**
 * Messages of these kinds whose time to be read has passed unread; marked escalated as they are taken. Run by the system.
 * A room takes its own kinds alone: it knows who stands above its recipients.
 */
export async function takeUnread(
  tx: Db,
  ctx: Ctx,
  kinds: readonly string[],
): Promise<{ caseId: string; recipient: string; level: string }[]> {
  const { rows } = await sql<{ caseId: string; recipient: string; level: string }>`
    update base.message m set escalated = true
    where m.kind = any(${[...kinds]}) and not m.escalated and m.escalate_at <= ${ctx.now}
      and not exists (select 1 from base.message_read r where r.message_id = m.id)
    returning m.case_id as "caseId", m.recipient, m.level`.execute(tx)
  return rows
}
