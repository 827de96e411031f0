import { addDays, startOf } from '@plumbline/core/kit'
import {
  itemStateTitles,
  type LedgerFilter,
  type LedgerRow,
  type Notice,
  type NoticeKind,
  type NoticeRow,
  type NoticeState,
  noticeWorkflow,
  trackOf,
} from '@plumbline/core/rectification'
import type { Tier } from '@plumbline/core/workflow'
import { type RawBuilder, sql } from 'kysely'
import { type Ctx, read } from '../../base/context.ts'
import { Refused } from '../../base/errors.ts'
import { repeats } from './repeat.ts'

const and = (parts: readonly (RawBuilder<unknown> | false | undefined | '')[]) => {
  const given = parts.filter((part) => part !== undefined && part !== false && part !== '')
  return given.length > 0 ? sql.join(given, sql` and `) : sql`true`
}

const ended = sql`('closed', 'withdrawn')`
const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

interface Common {
  projectId?: string | undefined
  orgId?: string | undefined
  inspectionId?: string | undefined
  open?: boolean | undefined
}

const commonParts = ({ projectId, orgId, inspectionId, open }: Common) => [
  projectId && sql`n.project_id = ${projectId}`,
  orgId && sql`n.org_id = ${orgId}`,
  inspectionId && sql`n.inspection_id = ${inspectionId}`,
  open === true && sql`n.state not in ${ended}`,
  open === false && sql`n.state in ${ended}`,
]

/** The moment and id of the last row seen, and its place among the notice's items. */
function cursorOf(after: string | undefined): { at: string; id: string; position: number } {
  if (!after) return { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff', position: -1 }
  const [, at, id, position = '-1'] = /^([\dT:.Z-]+)_([\da-f-]{36})(?:_(\d{1,4}))?$/.exec(after) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new Refused('malformed', 'cursor')
  return { at, id, position: Number(position) }
}

type ListAsk = Common & {
  tier?: Tier | undefined
  kind?: NoticeKind | undefined
  state?: NoticeState | undefined
  issued?: boolean | undefined
  withdrawn?: boolean | undefined
  after?: string | undefined
  limit: number
}

/** A page of notices under a filter, the newest draft first. */
export async function list(ctx: Ctx, ask: ListAsk): Promise<{ rows: NoticeRow[]; next: string | null }> {
  const cursor = cursorOf(ask.after)
  const where = and([
    ...commonParts(ask),
    ask.tier && sql`n.tier = ${ask.tier}`,
    ask.kind && sql`n.kind = ${ask.kind}`,
    ask.state && sql`n.state = ${ask.state}`,
    ask.issued !== undefined && sql`(n.issued_at is not null) = ${ask.issued}`,
    ask.withdrawn !== undefined && sql`(n.state = 'withdrawn') = ${ask.withdrawn}`,
    sql`(n.drafted_at, n.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`,
  ])
  const { rows } = await read(ctx, (tx) =>
    sql<Omit<NoticeRow, 'stateLabel'> & { draftedAt: string }>`
      select n.id, n.number, n.kind, n.state, n.tier, n.project_id as "projectId", n.project_name as "projectName", n.org_id as "orgId",
        n.org_name as "orgName", n.inspection_id as "inspectionId", n.issued_at as "issuedAt", n.served_at as "servedAt",
        n.red_at as "redAt", n.drafted_at as "draftedAt", i.*
      from rectification.notice n, lateral (
        select count(*) as items, count(*) filter (where state <> 'accepted' and n.state not in ${ended}) as "openItems",
          count(*) filter (where state = 'fixing' and due < ${ctx.now} and n.state not in ${ended}) as "overdueItems",
          min(due) filter (where state <> 'accepted' and n.state not in ${ended}) as due
        from rectification.item where notice_id = n.id) i
      where ${where} order by n.drafted_at desc, n.id desc limit ${ask.limit + 1}`.execute(tx),
  )
  const page = rows.slice(0, ask.limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ draftedAt: _, ...row }) => ({ ...row, stateLabel: noticeWorkflow.states[row.state].label })),
    next: rows.length > ask.limit && last ? `${last.draftedAt}_${last.id}` : null,
  }
}

type Raw = Omit<LedgerRow, 'stateLabel' | 'overdue' | 'daysUsed' | 'daysLeft' | 'holder' | 'holderName'> &
  Pick<Notice, 'officers' | 'supervisionName'> & { position: number }

/**
 * A page of the hazard ledger (REC-09): the items of every issued notice that the reader reaches, newest issue first.
 * A row is computed from its notice; nothing of it is kept twice.
 */
export async function ledger(
  ctx: Ctx,
  ask: LedgerFilter & { after?: string | undefined; limit: number },
): Promise<{ rows: LedgerRow[]; next: string | null }> {
  const cursor = cursorOf(ask.after)
  const { rows } = await read(ctx, (tx) =>
    sql<Raw>`
      select i.id, n.id as "noticeId", n.number, n.kind, n.state as "noticeState", n.inspection_id as "inspectionId",
        n.project_id as "projectId", n.project_name as "projectName", n.org_id as "orgId", n.org_name as "orgName", i.text, i.clause,
        i.severity, i.state, case when i.state = 'accepted' then 'calm' else n.tier end as tier, n.issued_at as "issuedAt",
        n.served_at as "servedAt", i.due, i.accepted_at as "acceptedAt", jsonb_array_length(i.rounds) as rounds, i.position,
        n.officers, n.supervision_name as "supervisionName"
      from rectification.notice n join rectification.item i on i.notice_id = n.id
      where n.issued_at is not null and ${and(ledgerParts(ctx, ask))}
        and ((n.issued_at, n.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)
          or (n.issued_at = ${cursor.at}::timestamptz and n.id = ${cursor.id}::uuid and i.position > ${cursor.position}))
      order by n.issued_at desc, n.id desc, i.position limit ${ask.limit + 1}`.execute(tx),
  )
  const page = rows.slice(0, ask.limit)
  const last = page.at(-1)
  return {
    rows: page.map((row) => tracked(row, ctx.now)),
    next: rows.length > ask.limit && last ? `${last.issuedAt}_${last.noticeId}_${last.position}` : null,
  }
}

function ledgerParts({ now }: Ctx, ask: LedgerFilter) {
  const overdue = sql`(i.state = 'fixing' and i.due < ${now} and n.state not in ${ended})`
  return [
    ...commonParts(ask),
    ask.state && sql`i.state = ${ask.state}`,
    ask.severity && sql`i.severity = ${ask.severity}`,
    ask.tier && sql`(case when i.state = 'accepted' then 'calm' else n.tier end) = ${ask.tier}`,
    ask.overdue === true && overdue,
    ask.overdue === false && sql`${overdue} is not true`,
    ask.accepted !== undefined && sql`(i.state = 'accepted') = ${ask.accepted}`,
    ask.repeat !== undefined && sql`((n.id, i.id) in ${repeats(ask.orgId)}) = ${ask.repeat}`,
    ask.from && sql`n.issued_at >= ${startOf(ask.from).toISOString()}`,
    ask.to && sql`n.issued_at < ${startOf(addDays(ask.to, 1)).toISOString()}`,
    ask.q &&
      sql`(i.text ilike ${pattern(ask.q)} or i.clause ilike ${pattern(ask.q)} or n.number ilike ${pattern(ask.q)}
           or n.project_name ilike ${pattern(ask.q)} or n.org_name ilike ${pattern(ask.q)})`,
  ]
}

function tracked({ officers, supervisionName, position: _, ...row }: Raw, now: string): LedgerRow {
  const { itemId: __, ...track } = trackOf({ ...row, state: row.noticeState, officers, supervisionName }, row, now)
  return { ...row, ...track, stateLabel: itemStateTitles[row.state] }
}
