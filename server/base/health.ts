import { sayInstant } from '@plumbline/core/kit'
import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { House } from './house.ts'
import { version } from './version.ts'

const leastFreeBytes = 256 * 1024 * 1024

/** Whether the house can do its work: the database answers, files can be kept, the legal clock is known. */
export async function checkHealth(house: House) {
  const checks = [
    await check('database', async () => {
      await sql`select 1`.execute(house.db)
      return '可用'
    }),
    await check('disk', async () => {
      const { bavail, bsize } = await statfs(house.settings.dataDir)
      if (bavail * bsize < leastFreeBytes) throw new Error('剩余空间不足 256 MB')
      return `剩余 ${Math.floor((bavail * bsize) / 2 ** 30)} GB`
    }),
    await check(
      'clock',
      async () =>
        `${(await house.clock.isDemo()) ? '演示时钟' : '法定时钟'} ${sayInstant(new Date(await house.clock.now()))}`,
    ),
    ...(await Promise.all([...house.checks].map(([name, work]) => check(name, work)))),
  ]
  return { ok: checks.every(({ ok }) => ok), version, checks }
}

async function check(name: string, work: () => Promise<string>) {
  try {
    return { name, ok: true, detail: await work() }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}
