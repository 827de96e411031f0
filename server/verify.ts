import { sayFinding, verifyHouse } from './rooms/evidence/index.ts'
import { openApp } from './app.ts'
import { silentLog } from './base/log.ts'
import { reachDatabase } from './beside.ts'

// npm run verify: derives everything again from the database, names what does not fit, and ends with 1 when something does not.

async function main(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json')
  const { settings, stop } = await reachDatabase()
  const app = await openApp(settings, { log: silentLog, worker: false })
  try {
    const { findings, ...done } = await verifyHouse(app.house, (line) => asJson || console.log(`· ${line}`))
    if (asJson) console.log(JSON.stringify({ ...done, findings }))
    else {
      for (const finding of findings) console.log(sayFinding(finding))
      const all = `${done.entries} 条存证，${done.acts} 个行为，${done.records} 份记录，${done.files} 个文件`
      console.log(findings.length === 0 ? `全部相符：${all}` : `${findings.length} 处不符：${all}`)
    }
    return findings.length === 0 ? 0 : 1
  } finally {
    await app.close()
    await stop()
  }
}

// `| head` may close the pipe before we are done.
process.stdout.on('error', () => {})
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
