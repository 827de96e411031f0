// What both commands need before Plumbline's own code can run. No dependencies; any Node from 20 on.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const running = new Set()

/** A step that failed; its message is what the operator reads. */
export class StepFailed extends Error {}

/** Says what is being done and how long it took. */
export async function step(title, work) {
  const begun = Date.now()
  console.log(`· ${title}`)
  const result = await work()
  console.log(`  用时 ${((Date.now() - begun) / 1000).toFixed(1)} 秒`)
  return result
}

/**
 * Runs a command to its end. `quiet` keeps its output for the case of failure. Answers the exit code; with `mayFail`
 * unset a code other than 0 throws StepFailed.
 */
export function run(command, args, { cwd = root, env = process.env, quiet = false, mayFail = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    const said = []
    child.stdout?.on('data', (data) => said.push(data))
    child.stderr?.on('data', (data) => said.push(data))
    running.add(child)
    child.once('error', (error) => {
      running.delete(child)
      reject(new StepFailed(`无法运行 ${command}：${error.message}`))
    })
    child.once('close', (code, signal) => {
      running.delete(child)
      if (code === 0 || mayFail) return resolve(code ?? 1)
      if (quiet) process.stderr.write(Buffer.concat(said))
      reject(new StepFailed(`${command} ${args.join(' ')} 以 ${signal ?? code} 结束`))
    })
  })
}

/** Ends the commands of `run` that are still under way. */
export function endRunning() {
  for (const child of running) child.kill('SIGTERM')
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * Compares what the lock file wants with what npm notes as installed, by content: times of files lie after a checkout.
 * Optional packages of other platforms are absent by right.
 */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const present = readPackages(join(modules, '.package-lock.json'))
  if (wanted === undefined || present === undefined) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (!path.includes('node_modules/')) return true
    return path in present ? present[path].version === version : optional === true
  })
}

/** Installs the dependencies when they are not those of the lock file. */
export async function installMissing() {
  if (isInstalled()) return
  await step('安装依赖（仅首次和更新之后）', () => {
    // Not `npm ci`: it refuses a lock file that lacks an optional package of some other platform, which npm leaves out
    // whenever a registry mirror does not carry it. This form keeps to the lock file as well and does not rewrite it.
    const args = [
      'install',
      '--no-save',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]
    // The npm that runs us, or the one on the path.
    const npm = process.env.npm_execpath
    return npm?.endsWith('.js') ? run(process.execPath, [npm, ...args]) : run('npm', args)
  })
}

/**
 * Node 24, which runs TypeScript as it stands. It is a dependency, so a machine needs only some Node from 20 on. The
 * platform package carries the program itself and needs no install script.
 */
export function getNode24() {
  const { platform, arch } = process
  const packages = [`node-${platform}-${arch}`, `node-bin-${platform}-${arch}`, 'node']
  const candidates = [...packages.map((name) => join(modules, name, 'bin', 'node')), process.execPath]
  for (const candidate of candidates) {
    if (existsSync(candidate) && versionOf(candidate).startsWith('v24.')) return candidate
  }
  throw new StepFailed(
    `缺少适用于 ${platform}-${arch} 的 Node 24：请运行 npm install --include=optional，或自行安装 Node 24`,
  )
}

function versionOf(node) {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

/** The environment in which `node` is Node 24 and the installed tools are found. */
export function environmentOf(node) {
  const path = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter)
  return { ...process.env, PATH: path }
}

const built = join(root, 'web', 'dist', '.built')

function newestUnder(folder) {
  let newest = statSync(folder).mtimeMs
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue
    const path = join(folder, entry.name)
    newest = Math.max(newest, entry.isDirectory() ? newestUnder(path) : statSync(path).mtimeMs)
  }
  return newest
}

function isBuilt() {
  if (!existsSync(built)) return false
  const at = statSync(built).mtimeMs
  const sources = [newestUnder(join(root, 'core')), statSync(join(root, 'package-lock.json')).mtimeMs]
  // A build replaces web/dist, which touches web/ itself: look at what is in it.
  const web = readdirSync(join(root, 'web')).filter((name) => name !== 'dist' && name !== 'node_modules')
  for (const name of web) {
    const path = join(root, 'web', name)
    sources.push(statSync(path).isDirectory() ? newestUnder(path) : statSync(path).mtimeMs)
  }
  return sources.every((time) => time <= at)
}

/** Builds the pages when a source is newer than the last build. The note of the build is the last thing written. */
export async function buildWeb(node) {
  if (isBuilt()) return
  const begun = new Date()
  await step('构建页面', () =>
    run(node, [join(modules, 'vite', 'bin', 'vite.js'), 'build'], {
      cwd: join(root, 'web'),
      env: { ...environmentOf(node), NODE_ENV: 'production' },
      quiet: true,
    }),
  )
  writeFileSync(built, `${begun.toISOString()}\n`)
}
