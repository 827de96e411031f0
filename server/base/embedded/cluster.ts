import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { z } from 'zod'
import type { Binaries } from './binaries.ts'
import type { Place } from './place.ts'

export const databaseName = 'plumbline'

/** Generated passwords of the three logins, kept beside the cluster in a file only we may read. */
export const Secrets = z.object({ superuser: z.string(), owner: z.string(), app: z.string() })
export type Secrets = z.infer<typeof Secrets>

/** Reads the passwords of a place, or makes them when the place has no cluster yet. */
export function prepareSecrets(place: Place): Secrets {
  const path = join(place.folder, 'secrets.json')
  if (existsSync(path)) return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')))
  if (existsSync(place.cluster)) throw new Error(`数据库口令文件 ${path} 缺失，无法打开已有数据库`)
  const word = () => randomBytes(24).toString('hex')
  const secrets: Secrets = { superuser: word(), owner: word(), app: word() }
  writePrivate(`${path}.part`, JSON.stringify(secrets))
  renameSync(`${path}.part`, path)
  return secrets
}

function writePrivate(path: string, text: string): void {
  rmSync(path, { force: true })
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
}

/** Makes the cluster of a place unless it is there. A killed initdb leaves only a part, which the next start replaces. */
export function prepareCluster(place: Place, binaries: Binaries, secrets: Secrets): void {
  if (existsSync(place.cluster)) return refuseOtherVersion(place, binaries)
  const part = `${place.cluster}.part`
  const passwordFile = join(place.folder, 'password.part')
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { mode: 0o700 })
  writePrivate(passwordFile, secrets.superuser)
  if (place.runner !== undefined) {
    chownSync(part, place.runner.uid, place.runner.gid)
    chownSync(passwordFile, place.runner.uid, place.runner.gid)
  }
  const args = ['-D', part, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8']
  try {
    execFileSync(join(binaries.bin, 'initdb'), [...args, ...localeOf(binaries)], {
      cwd: '/',
      stdio: 'pipe',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      ...place.runner,
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(part, place.cluster)
}

/** Code point order with Unicode case rules. From 17 on the server brings both itself and needs no locale of the machine. */
function localeOf(binaries: Binaries): string[] {
  return binaries.major >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C.UTF-8']
}

function refuseOtherVersion(place: Place, binaries: Binaries): void {
  const made = Number(readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8'))
  if (made === binaries.major) return
  throw new Error(`数据库由 PostgreSQL ${made} 建立，本程序所带的是 ${binaries.major}，请先用旧版导出`)
}

/** A connection address for node-pg and libpq through the Unix socket of a place. */
export function urlOf(place: Place, user: string, password: string, database: string): string {
  return `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(place.sockets)}`
}

/**
 * Makes the two logins and the database; repeats are harmless. The owner migrates; the application reads and writes what
 * the migrations grant it, and row-level security binds both. Answers whether the database is new.
 */
export async function prepareDatabase(superuser: Client, secrets: Secrets, ownerMayCreate: boolean): Promise<boolean> {
  const createdb = ownerMayCreate ? 'createdb' : 'nocreatedb'
  const plain = 'login nosuperuser nocreaterole noreplication nobypassrls'
  await prepareRole(superuser, 'plumbline_owner', `${plain} ${createdb}`, secrets.owner)
  await prepareRole(superuser, 'plumbline_app', `${plain} nocreatedb`, secrets.app)
  const found = await superuser.query('select 1 from pg_database where datname = $1', [databaseName])
  const fresh = found.rowCount === 0
  if (fresh) await superuser.query(`create database ${databaseName} owner plumbline_owner`)
  await superuser.query(`revoke all on database ${databaseName} from public`)
  await superuser.query(`grant connect on database ${databaseName} to plumbline_app`)
  return fresh
}

async function prepareRole(superuser: Client, name: string, attributes: string, password: string): Promise<void> {
  const found = await superuser.query('select 1 from pg_roles where rolname = $1', [name])
  const verb = found.rowCount === 0 ? 'create' : 'alter'
  await superuser.query(`${verb} role ${name} ${attributes} password ${superuser.escapeLiteral(password)}`)
}
