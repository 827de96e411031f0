import { type CountyRecord, countyWorkflow, type Town, Towns } from '@plumbline/core/project'
import { act, open } from '../../base/act.ts'
import { type Ctx, read } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { Refused } from '../../base/errors.ts'
import { asCaseRoom, type CaseRoom } from '../../base/room.ts'
import { findSetting, getCounty, saveSetting } from '../../base/setting.ts'
import { findDistricts } from './store.ts'

const countyId = '00000000-0000-4000-8000-00000000c047'

/** The county's map: one record, kept as a setting because every room may need the towns. */
const room: CaseRoom<'drawn', CountyRecord> = {
  workflow: countyWorkflow,
  load: async (tx, ids) => {
    const { region } = await getCounty(tx)
    const towns = await getTowns(tx)
    return ids.map((id) => ({ id, state: 'drawn' as const, region, towns }))
  },
  save: async (tx, records) => {
    for (const { towns } of records) await saveSetting(tx, 'towns', towns)
  },
  effects: {
    draw: async (tx, _, { after }) => {
      const drawn = new Set(after.towns.map(({ code }) => code))
      const lost = (await findDistricts(tx)).filter((code) => !drawn.has(code))
      if (lost.length > 0) throw new Refused('unmet', 'town_in_use', { codes: lost })
    },
  },
}
export const countyCases = asCaseRoom(room)

export async function getTowns(tx: Db): Promise<Town[]> {
  return Towns.safeParse(await findSetting(tx, 'towns')).data ?? []
}

/** Draws the towns' borders, the first time or again. Towns that have projects stay. */
export async function drawTowns(ctx: Ctx, ask: { requestId: string; towns: Town[] }): Promise<{ towns: Town[] }> {
  const step = { requestId: ask.requestId, action: 'draw', input: { towns: ask.towns } }
  const known = await read(ctx, (tx) =>
    tx.selectFrom('base.case').select('id').where('id', '=', countyId).executeTakeFirst(),
  )
  const { region } = await getCounty(ctx.db)
  const { record } = known
    ? await act(ctx, room, countyId, step)
    : await open(ctx, room, step, async () => ({ id: countyId, state: null, region, towns: [] }))
  return { towns: record.towns }
}
