import pg from 'pg'
import { reachDatabase } from './beside.ts'

// npm run sql -- "update …": past every door of the house, as somebody with the database in his hands would. Demo only.

async function main(text: string | undefined): Promise<number> {
  if (!text) {
    console.error('用法：npm run sql -- "update rectification.notice set …"')
    return 2
  }
  const { settings, stop } = await reachDatabase()
  const client = new pg.Client({ connectionString: settings.ownerUrl })
  await client.connect()
  try {
    const { rows: clocks } = await client.query<{ demo: boolean }>('select demo from base.clock')
    if (!clocks[0]?.demo) {
      console.error('这不是演示数据库：此命令只用于演示')
      return 2
    }
    const { command, rowCount, rows } = await client.query(text)
    if (rows.length > 0) console.table(rows)
    console.log(`${command} ${rowCount ?? ''}`.trim())
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  } finally {
    await client.end()
    await stop()
  }
}

process.exitCode = await main(process.argv[2])
