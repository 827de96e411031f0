import { type Law, lawOn, type Rule } from '@plumbline/core/law'
import type { Db } from './db.ts'

/** The administrator's overrides, as core/law reads them. */
export async function loadOverrides(db: Db): Promise<Rule[]> {
  const rows = await db.selectFrom('base.rule').selectAll().orderBy('from').execute()
  return rows.map(({ code, value, unit, clause, source, from, to, region }) => ({
    code,
    value,
    unit,
    clause,
    source,
    from,
    ...(to ? { to } : {}),
    ...(region ? { region } : {}),
  }))
}

/** The law as this installation knows it: the shipped rules under the county's overrides. */
export async function openLaw(
  db: Db,
  region: () => string,
): Promise<{ law(day: string): Law; renew(): Promise<void> }> {
  let overrides = await loadOverrides(db)
  return {
    law: (day) => lawOn(day, region(), overrides),
    renew: async () => {
      overrides = await loadOverrides(db)
    },
  }
}
