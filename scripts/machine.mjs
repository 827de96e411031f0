// What the tests need from the machine itself: a browser, fonts, PDF tools, strangers' clients and a stranger's MQTT broker,
// an older PostgreSQL. From Debian, as root.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { run, step, StepFailed } from './prepare.mjs'

const needed = [
  { name: 'chromium', proof: '/usr/bin/chromium' },
  { name: 'fonts-noto-cjk', proof: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' },
  { name: 'poppler-utils', proof: '/usr/bin/pdftotext' },
  { name: 'openssl', proof: '/usr/bin/openssl' },
  { name: 'curl', proof: '/usr/bin/curl' },
  { name: 'python3', proof: '/usr/bin/python3' },
  { name: 'mosquitto', proof: '/usr/sbin/mosquitto' },
  { name: 'mosquitto-clients', proof: '/usr/bin/mosquitto_pub' },
]
/** The oldest PostgreSQL we promise to run on. */
export const oldestPostgres = '/usr/lib/postgresql/15/bin'
const aptEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }

function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Only programs are wanted: no service of theirs is to be started (it would hold our ports). */
const policy = '/usr/sbin/policy-rc.d'

async function aptInstall(names) {
  const own = !existsSync(policy)
  if (own) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await aptGet(names)
  } finally {
    if (own) rmSync(policy, { force: true })
  }
}

async function aptGet(names) {
  const args = ['install', '--yes', '--no-install-recommends', ...names]
  if ((await run('apt-get', args, { env: aptEnv, quiet: true, mayFail: true })) === 0) return
  // A fresh image has no package lists.
  await run('apt-get', ['update'], { env: aptEnv, quiet: true })
  await run('apt-get', args, { env: aptEnv, quiet: true })
}

/** Installs what is missing of browser, fonts and PDF tools; who may not install is told the command. */
export async function installMachineMissing() {
  const missing = needed.filter(({ proof }) => !existsSync(proof)).map(({ name }) => name)
  if (missing.length === 0) return
  if (!mayInstall()) {
    throw new StepFailed(`The tests need ${missing.join(', ')}. Install: sudo apt-get install ${missing.join(' ')}`)
  }
  await step(`Installing ${missing.join(', ')}`, () => aptInstall(missing))
}

/** The programs of PostgreSQL 15, installed when that is possible. Answers whether they are there. */
export async function hasOldestPostgres() {
  if (existsSync(`${oldestPostgres}/initdb`)) return true
  if (!mayInstall()) return false
  try {
    await step('Installing postgresql-15', async () => {
      // Only the programs are wanted: Debian would otherwise make and start a cluster of its own.
      mkdirSync('/etc/postgresql-common/createcluster.d', { recursive: true })
      writeFileSync('/etc/postgresql-common/createcluster.d/plumbline-tests.conf', 'create_main_cluster = false\n')
      await aptInstall(['postgresql-15'])
    })
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
  }
  return existsSync(`${oldestPostgres}/initdb`)
}
