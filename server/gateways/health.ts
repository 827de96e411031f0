import { sql } from 'kysely'
import type { House } from '../base/house.ts'
import type { Intake } from './intake.ts'
import { sayOutage } from './outage.ts'

/**
 * A device deletes what we have acknowledged: an acknowledgement that is not on disk is a lie. `synchronous_commit` is
 * therefore no setting. Refuses to open the doors on a login that has it off, and names it.
 */
export async function requireDurable({ db }: House): Promise<void> {
  const { rows } = await sql<{ login: string; mode: string }>`
    select current_user as login, current_setting('synchronous_commit') as mode`.execute(db)
  const { login, mode } = rows[0]!
  if (mode === 'off')
    throw new Error(`数据库登录 ${login} 的 synchronous_commit 为 off，断电会丢失已应答的数据；请改为 on 后再启动`)
}

/** A batch that takes longer than this is stuck. */
const stuckMillis = 10_000

/** What the page of the house's health says of the intake. */
export async function watchIntake({ trouble, waiting, busySince }: Intake): Promise<string> {
  if (trouble) throw new Error(`数据不能入库，暂停应答：${sayOutage(trouble.error)}；${waiting} 帧等待`)
  const busy = busySince === null ? 0 : Date.now() - busySince
  if (busy > stuckMillis) throw new Error(`数据入库已 ${Math.floor(busy / 1000)} 秒没有进展；${waiting} 帧等待`)
  return waiting === 0 ? '正常' : `正常，${waiting} 帧等待`
}
