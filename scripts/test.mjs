// npm test: everything that can be checked, on a bare machine. No dependencies; any Node from 20 on.
// With arguments (npm test -- core/kit) only vitest runs, and they are its filter. The last line is `N passed, N failed`.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasOldestPostgres, installMachineMissing, oldestPostgres } from './machine.mjs'
import { buildWeb, endRunning, environmentOf, getNode24, installMissing, root, run, StepFailed } from './prepare.mjs'

const tally = { passed: 0, failed: 0 }
const scratch = mkdtempSync(join(tmpdir(), 'plumbline-reports-'))
let interrupted = false

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true
    endRunning()
  })
}

/** One step: its failure is one failed test and does not keep the others from running. */
async function check(title, work) {
  if (interrupted) return
  const begun = Date.now()
  console.log(`\n── ${title}`)
  try {
    await work()
    console.log(`   ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  } catch (error) {
    tally.failed += 1
    console.error(error instanceof StepFailed ? `   failed: ${error.message}` : error)
  }
}

/** Adds a report of vitest to the tally; what broke outside of a test, or ran nothing, counts as a failure. */
function count(path, exitCode) {
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
  const passed = report?.numPassedTests ?? 0
  const broken = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  const failed = (report?.numFailedTests ?? 0) + broken.length
  tally.passed += passed
  tally.failed += failed
  if (failed > 0) return
  if (passed === 0) throw new StepFailed('no test ran')
  if (exitCode !== 0) throw new StepFailed(`vitest ended with ${exitCode} outside of a test`)
}

async function vitest(node, args, extraEnv = {}) {
  const report = join(scratch, `${readdirSync(scratch).length}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const command = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...args, ...reporters]
  count(report, await run(node, command, { env: { ...environmentOf(node), ...extraEnv }, mayFail: true }))
}

const projects = (...names) => names.flatMap((name) => ['--project', name])

/** Files under a folder, relative to the root. */
function filesUnder(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(path)
    return [path]
  })
}

/** The tests that stand on a database are those that clone one, by themselves or as a whole house. */
function databaseTests() {
  const tests = [...filesUnder('server'), 'house/tables.test.ts'].filter((path) => path.endsWith('.test.ts'))
  const stands = /\b(cloneDatabase|open(TestHouse|Cast|Desk|Library|Listening|Office|Atlas|Month))\b/
  return tests.filter((path) => stands.test(readFileSync(join(root, path), 'utf8')))
}

const hasStories = () => filesUnder('e2e').some((path) => path.endsWith('.e2e.ts'))

async function everything(node) {
  const env = environmentOf(node)
  const tool = (name, ...args) => run(join(root, 'node_modules', '.bin', name), args, { env, quiet: true })
  for (const part of ['core', 'server', 'web', 'simulator', '.']) {
    await check(`types of ${part === '.' ? 'the root' : part}`, () => tool('tsc', '-p', part))
  }
  await check('lint', () => tool('oxlint', '--type-aware'))
  await check('tests', () => vitest(node, projects('pure', 'unit', 'web')))
  if (await hasOldestPostgres()) {
    const env15 = { TEST_POSTGRES_BIN: oldestPostgres }
    await check('database tests on PostgreSQL 15', () => vitest(node, [...projects('unit'), ...databaseTests()], env15))
  } else {
    console.log('\n── database tests on PostgreSQL 15: left out, it is neither here nor installable')
  }
  await check('pages', () => buildWeb(node))
  if (hasStories()) await check('stories in a browser', () => vitest(node, projects('e2e')))
}

async function only(node, filter) {
  if (!filter.some((one) => one.startsWith('e2e'))) {
    return check(`tests ${filter.join(' ')}`, () => vitest(node, [...projects('pure', 'unit', 'web'), ...filter]))
  }
  await check('pages', () => buildWeb(node))
  await check(`stories ${filter.join(' ')}`, () => vitest(node, [...projects('e2e'), ...filter]))
}

async function main(filter) {
  try {
    await installMissing()
    const node = getNode24()
    await installMachineMissing()
    await (filter.length === 0 ? everything(node) : only(node, filter))
  } catch (error) {
    tally.failed += 1
    console.error(error instanceof StepFailed ? error.message : error)
  }
  if (interrupted) tally.failed += 1
  rmSync(scratch, { recursive: true, force: true })
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
}

await main(process.argv.slice(2))
