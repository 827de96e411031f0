import { type RawBuilder, sql } from 'kysely'

/**
 * REC-13: every item of an issued notice that was not withdrawn, with `nth`: in which of its unit's notices, in the order
 * of issue, its checklist item (or, for free facts, its clause) stands. Columns org_id, notice_id, id, state, due,
 * notice_state, nth. Of one unit alone where `orgId` is given.
 */
export const ranked = (orgId: string | undefined): RawBuilder<unknown> => sql`(
  select n.org_id, i.notice_id, i.id, i.state, i.due, n.state as notice_state,
    dense_rank() over (partition by n.org_id, coalesce(i.item_code, i.clause) order by n.issued_at, n.id) as nth
  from rectification.notice n join rectification.item i on i.notice_id = n.id
  where n.issued_at is not null and n.state <> 'withdrawn' ${orgId ? sql`and n.org_id = ${orgId}` : sql``})`

/** 重复隐患, as (notice_id, id): already ordered in an earlier notice to the same unit, on any project. */
export const repeats = (orgId: string | undefined): RawBuilder<unknown> =>
  sql`(select r.notice_id, r.id from ${ranked(orgId)} r where r.nth > 1)`
