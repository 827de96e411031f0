import { onDuty, type Roster, type RosterView, rosterWorkflow } from '@plumbline/core/telemetry'
import { sql } from 'kysely'
import { act, open, sameId, withSteps } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom, type Done } from '../../base/room.ts'
import { getCounty } from '../../base/setting.ts'
import { listInspectors } from '../account/index.ts'
import { tables } from './readings.ts'

const room: CaseRoom<'kept', Roster> = {
  workflow: rosterWorkflow,
  load: async (tx, ids) => {
    if (ids.length === 0) return []
    return tables(tx)
      .selectFrom('telemetry.roster')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute()
  },
  save: async (tx, records) => {
    for (const { nights, ...same } of records) {
      const row = { ...same, state: 'kept' as const, nights: JSON.stringify(nights) }
      await tables(tx)
        .insertInto('telemetry.roster')
        .values(row)
        .onConflict((at) => at.column('id').doUpdateSet(row))
        .execute()
    }
  },
  effects: { set: named },
}
export const rosterCases = asCaseRoom(room)

/** Fills in the names, of officers who may be told: each must hold an appointment as 监督员 or 站长. */
async function named(tx: Db, _: Ctx, { after }: Done<Roster>): Promise<Roster> {
  const officers = new Map((await listInspectors(tx)).map(({ personId, name }) => [personId, name]))
  const nights = after.nights.map((night) => {
    if (night === null) return null
    const name = officers.get(night.personId)
    if (name === undefined) throw new Refused('unmet', 'roster_officer_unknown')
    return { personId: night.personId, name }
  })
  return { ...after, nights }
}

const rosterId = (region: string) => sameId('roster', region)

/** The station's roster, as far as the reader reaches it. */
export async function findRoster(tx: Db): Promise<Roster | undefined> {
  const { region } = await getCounty(tx)
  return (await room.load(tx, [rosterId(region)]))[0]
}

export async function viewRoster(ctx: Ctx): Promise<RosterView> {
  return read(ctx, async (tx) => {
    const record = await findRoster(tx)
    const law = ctx.law()
    const { region } = await getCounty(tx)
    const steps = withSteps(ctx, room, record ?? empty(region)).steps
    // Who might be set concerns only the one who sets.
    const officers = steps.length > 0 ? await listInspectors(tx) : []
    return {
      record: record ?? null,
      steps,
      tonight: onDuty(record, law, Date.parse(ctx.now))?.name ?? null,
      hours: { begins: law.number('alarm.duty_begins'), ends: law.number('alarm.duty_ends') },
      officers: [...new Map(officers.map(({ personId, name }) => [personId, { personId, name }])).values()],
    }
  })
}

const empty = (region: string): Roster => ({
  id: rosterId(region),
  state: null,
  region,
  nights: Array<null>(7).fill(null),
})

type SetInput = { nights: (string | null)[] }

/** Sets the seven nights, the first time or anew. Refuses unmet `roster_officer_unknown`. */
export async function setRoster(
  ctx: Ctx,
  { requestId, input }: { requestId: string; input: SetInput },
): Promise<RosterView> {
  const step = { requestId, action: 'set', input }
  const { region } = await getCounty(ctx.db)
  const id = rosterId(region)
  const { rows } = await read(ctx, (tx) => sql`select 1 from base.case where id = ${id}`.execute(tx))
  await (rows.length > 0 ? act(ctx, room, id, step) : open(ctx, room, step, async () => empty(region)))
  return viewRoster(ctx)
}
