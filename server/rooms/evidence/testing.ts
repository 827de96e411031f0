import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { TestHouse } from '../../../house/setup/house.ts'
import { systemContext } from '../../base/context.ts'
import { inTx } from '../../base/db.ts'
import { keep, logOf } from './service.ts'

/** Enters all that was committed, and lets the witnesses cosign it. Another test's open transaction may hold it up a while. */
export async function enterAll({ house }: TestHouse): Promise<void> {
  for (;;) {
    await keep(await systemContext(house))
    const { rows } = await inTx(house.db, ['d:'], (tx) =>
      sql<{ left: boolean }>`select exists (select 1 from base.act a where not exists
          (select 1 from evidence.entry e where e.act_id = a.id))
        or exists (select 1 from base.file_use u where not exists
          (select 1 from evidence.entry e where e.file_id = u.file_id and e.case_id = u.case_id)) as left`.execute(tx),
    )
    if (!rows[0]!.left) break
    await wait(20)
  }
  const { log, cosigning } = await logOf(house)
  while (cosigning.lines.some(({ size, problem }) => problem === null && size !== log.tree.size)) await cosigning.ask()
}
