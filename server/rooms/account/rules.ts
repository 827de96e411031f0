import { type RuleRecord, ruleWorkflow, type RuleView } from '@plumbline/core/account'
import { citeClause, findClause, type Rule, type RuleCode, rules } from '@plumbline/core/law'
import { randomUUID } from 'node:crypto'
import { open } from '../../base/act.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOverrides } from '../../base/law.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { getCounty } from '../../base/setting.ts'

const room: CaseRoom<'standing', RuleRecord> = {
  workflow: ruleWorkflow,
  load: async (tx, ids) => {
    const { region: county } = await getCounty(tx)
    const rows = await tx
      .selectFrom('base.rule')
      .selectAll()
      .where('case_id', 'in', [...ids])
      .execute()
    return rows.map(({ case_id, id: _, to, ...rule }) => ({
      id: case_id,
      state: 'standing' as const,
      county,
      rule: { ...rule, ...(to ? { to } : {}) },
    }))
  },
  save: async (tx, records) => {
    for (const { id, rule, county } of records)
      await tx
        .insertInto('base.rule')
        .values({
          ...rule,
          id,
          case_id: id,
          value: JSON.stringify(rule.value),
          region: rule.region ?? county,
          to: rule.to ?? null,
        })
        .execute()
  },
}
export const ruleCases = asCaseRoom(room)

/** Enters a county's own number beside those shipped. It counts from its day on, in every process within a second. */
export async function enactRule(ctx: Ctx, ask: { requestId: string; rule: Rule }): Promise<{ rows: RuleView[] }> {
  const { region: county } = await getCounty(ctx.db)
  const rule = { ...ask.rule, region: ask.rule.region ?? county }
  await open(ctx, room, { requestId: ask.requestId, action: 'enact', input: { rule } }, async () => ({
    id: randomUUID(),
    state: null,
    county,
    rule,
  }))
  await ctx.house.renewLaw()
  return listRules(ctx)
}

/** Every rule, shipped and entered, and which of them stands today. */
export async function listRules(ctx: Ctx): Promise<{ rows: RuleView[] }> {
  const law = ctx.law()
  const overrides = await loadOverrides(ctx.db)
  const all = [
    ...rules.map((rule) => ({ ...rule, shipped: true })),
    ...overrides.map((rule) => ({ ...rule, shipped: false })),
  ]
  return {
    rows: all.map((rule) => ({
      ...rule,
      standing: isSame(law.findRule(rule.code as RuleCode), rule),
      clauseText: findClause(rule.clause) ? citeClause(rule.clause) : rule.clause,
    })),
  }
}

const isSame = (standing: Rule | undefined, rule: Rule) =>
  standing !== undefined &&
  standing.from === rule.from &&
  standing.region === rule.region &&
  standing.value === rule.value
