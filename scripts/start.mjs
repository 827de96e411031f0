// npm start: from a bare machine to a running county. No dependencies; any Node from 20 on.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { addressOf, startChild, stopChild } from './children.mjs'
import {
  buildWeb,
  endRunning,
  environmentOf,
  getNode24,
  installMissing,
  root,
  run,
  step,
  StepFailed,
} from './prepare.mjs'

const options = {
  '--empty': '以空的区县启动，不载入演示数据',
  '--help': '显示本页',
}
const serverPatienceMs = 60_000
const simulatorPatienceMs = 10_000

/** Started parts, in the order in which they started; they stop in the opposite order. */
const parts = []
let stopping

async function stopAll(exitCode) {
  if (stopping !== undefined) return stopping
  stopping = (async () => {
    endRunning()
    for (const part of parts.toReversed()) {
      await stopChild(part, part.name === 'server' ? serverPatienceMs : simulatorPatienceMs)
    }
    process.exit(exitCode)
  })()
  return stopping
}

/** The first signal stops in order, the second at once. Nothing committed is lost by either. */
function obeySignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (stopping !== undefined) {
        for (const { child } of parts) child.kill('SIGKILL')
        process.exit(1)
      }
      console.log('\n正在停止')
      void stopAll(0)
    })
  }
  // The terminal may be gone before we are.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  if (process.env.npm_lifecycle_event === undefined) return
  // npm killed outright tells nobody: its going shows only in who our ancestors are.
  const before = ancestors()
  setInterval(() => ancestors() !== before && void stopAll(1), 1000).unref()
}

/** Our parent and its parent: npm runs us through a shell, which outlives it. */
function ancestors() {
  try {
    const afterName = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ').at(-1)
    return `${process.ppid} ${afterName.split(' ')[1]}`
  } catch {
    return String(process.ppid)
  }
}

/** Starts a part whose unexpected end is the end of everything. */
function startPart(node, name, args) {
  const part = startChild(node, name, args)
  parts.push(part)
  void part.ended.then((how) => {
    if (stopping !== undefined) return
    console.error(`${name} 意外结束（${how}），正在停止其余部分`)
    void stopAll(1)
  })
  return part
}

async function get(address, path) {
  const answer = await fetch(`${address}${path}`)
  if (!answer.ok) throw new StepFailed(`${path} 返回 ${answer.status}：${(await answer.text()).slice(0, 500)}`)
  return answer.json()
}

async function startServer(node, wantsEmpty) {
  const server = startPart(node, 'server', ['server/main.ts', ...(wantsEmpty ? ['--empty'] : [])])
  const address = await addressOf(server)
  // The end of the server is already being told and followed.
  if (address === undefined) return stopAll(1)
  for (let tries = 0; tries < 100; tries += 1) {
    const { ok } = await get(address, '/api/health').catch(() => ({ ok: false }))
    if (ok) return address
    await wait(100)
  }
  throw new StepFailed(`${address}/api/health 一直未就绪`)
}

/** Kept beside the data: which demo county this DATA_DIR holds, and whether its history was lived to the end. */
const demoNote = join(resolve(root, process.env.DATA_DIR || 'data'), 'demo.json')

function readDemoNote() {
  return existsSync(demoNote) ? JSON.parse(readFileSync(demoNote, 'utf8')) : { loading: false, loaded: false }
}

function writeDemoNote(note) {
  mkdirSync(join(demoNote, '..'), { recursive: true })
  writeFileSync(demoNote, `${JSON.stringify(note)}\n`)
}

/** Loads the demo county into an empty demo database, or goes on with a loading that was broken off. Answers whether one is there. */
async function loadDemo(node, address, wantsEmpty) {
  const note = readDemoNote()
  const { empty, demo } = await get(address, '/api/session')
  // The server alone knows whether this database may hold a demo: ours may be a note about another one.
  if (!demo) return false
  if (note.loaded && !empty) return true
  if (wantsEmpty || !(empty || note.loading)) return false
  writeDemoNote({ loading: true, loaded: false })
  await step('逐日重演演示区县的历史（仅首次）', () =>
    run(node, ['simulator/main.ts', '--seed', '--url', address], { env: environmentOf(node) }),
  )
  writeDemoNote({ loading: false, loaded: true })
  return true
}

/** In a demo three departments witness the evidence log, in one process with a key and a memory each. */
async function startWitnesses(node) {
  if (process.env.WITNESSES) return
  process.env.WITNESS_NAMES ||= '人社局,生态环境局,应急管理局'
  await addressOf(startPart(node, 'witness', ['server/main.ts', '--run=witness']))
}

async function printPeople(address) {
  const { rows } = await get(address, '/api/demo/people')
  console.log('\n演示人员（登录页一键进入）：')
  for (const { name, capacityLabel, scope } of rows)
    console.log(`  ${[name, capacityLabel, scope].filter(Boolean).join(' · ')}`)
}

function printHelp(node) {
  console.log('npm start -- [选项]\n')
  for (const [name, help] of Object.entries(options)) console.log(`  ${name.padEnd(20)}${help}`)
  console.log('')
  return run(node, ['server/main.ts', '--help'])
}

async function main(args) {
  const unknown = args.find((arg) => !(arg in options))
  if (unknown !== undefined) {
    console.error(`没有选项 ${unknown}，npm start -- --help 列出全部选项`)
    process.exit(2)
  }
  const begun = Date.now()
  const wantsEmpty = args.includes('--empty')
  obeySignals()
  await installMissing()
  const node = getNode24()
  if (args.includes('--help')) return printHelp(node)
  await buildWeb(node)
  const address = await step('启动数据库和服务', () => startServer(node, wantsEmpty))
  const { demo: mayBeDemo } = await get(address, '/api/session')
  if (mayBeDemo) await startWitnesses(node)
  const demo = await loadDemo(node, address, wantsEmpty)
  if (demo) startPart(node, 'simulator', ['simulator/main.ts', '--live', '--url', address])
  console.log(`\n准绳 Plumbline 已就绪（${((Date.now() - begun) / 1000).toFixed(1)} 秒）：${address}`)
  if (demo) await printPeople(address)
  console.log('\n按 Ctrl-C 停止。')
}

main(process.argv.slice(2)).catch(async (error) => {
  if (stopping === undefined) console.error(error instanceof StepFailed ? error.message : error)
  await stopAll(1)
})
