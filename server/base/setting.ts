import { sql } from 'kysely'
import { z } from 'zod'
import { type Db, prepared } from './db.ts'

/** The county this installation serves. Written once, by the first administrator or by the demo county. */
export const County = z.object({
  region: z.string().regex(/^\d{6}$/),
  name: z.string().min(2).max(40),
  /** The authority that signs: 青禾县住房和城乡建设局. */
  authority: z.string().min(2).max(60),
  /** The word its documents are numbered by: 青建监. */
  documentWord: z.string().min(1).max(10),
})
export type County = z.infer<typeof County>

const unnamed: County = {
  region: '990000',
  name: '未命名县',
  authority: '未命名县住房和城乡建设局',
  documentWord: '建监',
}

export async function getCounty(db: Db): Promise<County> {
  const value = await findSetting(db, 'county')
  return value === undefined ? unnamed : County.parse(value)
}

export async function saveSetting(db: Db, name: string, value: unknown): Promise<void> {
  await sql`insert into base.setting (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(db)
}

export async function findSetting(db: Db, name: string): Promise<unknown> {
  return (await selectSetting(db, name))[0]?.value
}

const selectSetting = prepared<{ value: unknown }, [name: string]>(
  'base.setting',
  'select value from base.setting where name = $1',
)
