import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const stateRoot = '/var/lib/plumbline'
const systemUser = 'plumbline'
// sun_path is 108 bytes with its final NUL, and the server appends `/.s.PGSQL.5432.lock` to the folder.
const longestSocketFolder = 107 - '/.s.PGSQL.5432.lock'.length

/** The user as whom the server runs; undefined means: as ourselves. */
export interface Runner {
  uid: number
  gid: number
}

/** Where one cluster lives. `id` follows the folder, even when a DATA_DIR is moved. */
export interface Place {
  id: string
  folder: string
  cluster: string
  sockets: string
  /** Where the binaries must be copied so that the runner can enter them; undefined: no copy needed. */
  binaries: string | undefined
  runner: Runner | undefined
}

/**
 * Finds the place for the cluster of DATA_DIR, or lays it out. Harms nothing while a server runs there.
 *
 * PostgreSQL refuses to run as root. As root, the cluster therefore lies in /var/lib/plumbline/<id>, owned by a system
 * user, and the file DATA_DIR/pg names the place. As anybody else DATA_DIR/pg is the place itself.
 */
export function preparePlace(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const home = realpathSync(dataDir)
  return process.getuid?.() === 0 ? placeOfRoot(home) : placeOfUser(home)
}

/** Names a folder in a way that a move does not change. */
export function idOf(folder: string): string {
  const { dev, ino } = statSync(folder)
  return `${dev.toString(16)}-${ino.toString(16)}`
}

function placeOfUser(home: string): Place {
  const folder = join(home, 'pg')
  if (lstatSync(folder, { throwIfNoEntry: false })?.isFile()) {
    throw new Error(`${home} 的数据库由 root 建立，请以 root 启动，或另选 DATA_DIR`)
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const id = idOf(folder)
  const near = join(folder, 'sockets')
  const fits = Buffer.byteLength(near) <= longestSocketFolder
  const sockets = privateFolder(fits ? near : `/tmp/plumbline-${process.getuid?.() ?? 0}-${id}`)
  return { id, folder, cluster: join(folder, 'cluster'), sockets, binaries: undefined, runner: undefined }
}

/** /tmp is everybody's: a folder that another user laid out under our name is refused. */
function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const made = lstatSync(path)
  if (!made.isDirectory() || made.uid !== process.getuid?.()) throw new Error(`${path} 属于其他用户，无法使用`)
  chmodSync(path, 0o700)
  return path
}

function placeOfRoot(home: string): Place {
  const pointer = join(home, 'pg')
  if (lstatSync(pointer, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`${home} 的数据库由普通用户建立，请以该用户启动，或另选 DATA_DIR`)
  }
  mkdirSync(stateRoot, { recursive: true, mode: 0o755 })
  const runner = prepareSystemUser()
  if (!existsSync(pointer)) nameNewPlace(home, pointer)
  const folder = getNamedPlace(home, pointer)
  const sockets = join(folder, 'sockets')
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  chownSync(sockets, runner.uid, runner.gid)
  return { id: idOf(folder), folder, cluster: join(folder, 'cluster'), sockets, binaries: stateRoot, runner }
}

/** The pointer appears whole or not at all, and of two first starts at once only one names the place. */
function nameNewPlace(home: string, pointer: string): void {
  const folder = join(stateRoot, randomBytes(8).toString('hex'))
  const part = `${pointer}.part-${process.pid}`
  mkdirSync(folder, { mode: 0o755 })
  writeFileSync(join(folder, 'data-dir'), home)
  writeFileSync(part, `${folder}\n`, { mode: 0o600 })
  try {
    linkSync(part, pointer)
  } catch (error) {
    rmSync(folder, { recursive: true })
    if (!existsSync(pointer)) throw error
  } finally {
    rmSync(part)
  }
}

/** Follows the pointer. It may have moved with its DATA_DIR, but a copy of a DATA_DIR must not open the original's rows. */
function getNamedPlace(home: string, pointer: string): string {
  const folder = readFileSync(pointer, 'utf8').trim()
  // We act as root on what the file names, and whoever may write DATA_DIR may write the file.
  if (!/^\/var\/lib\/plumbline\/[0-9a-f]{16}$/.test(folder)) throw new Error(`${pointer} 的内容不是数据库位置`)
  const ownerFile = join(folder, 'data-dir')
  if (!existsSync(ownerFile)) throw new Error(`${pointer} 指向的数据库 ${folder} 不存在；删除该文件后将建立空库`)
  const owner = readFileSync(ownerFile, 'utf8')
  if (owner === home) return folder
  const original = join(owner, 'pg')
  if (existsSync(original) && readFileSync(original, 'utf8').trim() === folder) {
    throw new Error(`${home} 是 ${owner} 的副本，数据库仍属于后者；删除 ${pointer} 后将建立空库`)
  }
  writeFileSync(ownerFile, home)
  return folder
}

/** Folders of root's places; a test run that was killed leaves one. */
export function findPlaceFolders(): string[] {
  if (process.getuid?.() !== 0 || !existsSync(stateRoot)) return []
  return readdirSync(stateRoot)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .map((name) => join(stateRoot, name))
}

function findSystemUser(): Runner | undefined {
  try {
    const ask = (flag: string) => Number(execFileSync('id', [flag, systemUser], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: ask('-u'), gid: ask('-g') }
  } catch {
    return undefined
  }
}

function prepareSystemUser(): Runner {
  const present = findSystemUser()
  if (present !== undefined) return present
  const wanted = ['--system', '--user-group', '--no-create-home', '--home-dir', stateRoot]
  try {
    execFileSync('useradd', [...wanted, '--shell', '/usr/sbin/nologin', systemUser], { stdio: 'pipe' })
  } catch (error) {
    // Another start may have made the user between our look and our try.
    const made = findSystemUser()
    if (made !== undefined) return made
    throw new Error(`PostgreSQL 不能以 root 运行，而系统用户 ${systemUser} 无法建立`, {
      cause: error,
    })
  }
  const made = findSystemUser()
  if (made === undefined) throw new Error(`系统用户 ${systemUser} 建立后仍找不到`)
  return made
}
