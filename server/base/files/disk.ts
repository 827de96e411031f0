import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Refused } from '../errors.ts'

export interface FileStore {
  /** Keeps the original byte for byte under its own SHA-256 (hex). Durable when it returns; the same bytes twice are one file. */
  put(sha256: string, bytes: Buffer): Promise<void>
  /** The original, checked against its name. Refuses `missing file_missing`; throws when the disk holds other bytes. */
  get(sha256: string): Promise<Buffer>
  has(sha256: string): Promise<boolean>
  /** Size in bytes, or undefined when there is no such file. */
  stat(sha256: string): Promise<{ size: number } | undefined>
  /** Keeps the thumbnail of an original; it can be made again, so its bytes carry no promise. */
  putThumb(sha256: string, bytes: Buffer): Promise<void>
  /** Undefined when none was made yet. */
  getThumb(sha256: string): Promise<Buffer | undefined>
}

/** A folder of files named by their content: `<dir>/ab/cd/<sha256>`, thumbnails below `<dir>/thumb`. */
export function fileStore(dir: string): FileStore {
  const root = resolve(dir)
  const original = (sha256: string) => join(root, ...steps(sha256))
  const thumb = (sha256: string) => join(root, 'thumb', ...steps(sha256))
  const size = async (path: string) => {
    const found = await orMissing(stat(path))
    return found?.isFile() ? { size: found.size } : undefined
  }

  return {
    async put(sha256, bytes) {
      const path = original(sha256)
      if (digest(bytes) !== sha256) throw new Error(`file store: the bytes are not ${sha256}`)
      await write(root, path, bytes)
    },
    async get(sha256) {
      const bytes = await orMissing(readFile(original(sha256)))
      if (!bytes) throw new Refused('missing', 'file_missing')
      if (digest(bytes) !== sha256) throw new Error(`file store: ${sha256} was changed on disk`)
      return bytes
    },
    has: async (sha256) => (await size(original(sha256))) !== undefined,
    stat: (sha256) => size(original(sha256)),
    putThumb: (sha256, bytes) => write(root, thumb(sha256), bytes),
    getThumb: (sha256) => orMissing(readFile(thumb(sha256))),
  }
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** The name is checked here, once: nothing but a digest ever becomes a path. */
function steps(sha256: string): string[] {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('file store: not a sha256')
  return [sha256.slice(0, 2), sha256.slice(2, 4), sha256]
}

/**
 * Temporary file, fsync, rename, fsync of every folder up to the store's own: after a power cut the name leads to the whole
 * content or does not exist. Repeated for a file that is already there, for its first writer may not have come this far.
 */
async function write(root: string, path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}.part`
  try {
    const file = await open(temporary, 'wx', 0o640)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  for (let folder = dirname(path); folder.startsWith(root); folder = dirname(folder)) await syncFolder(folder)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function orMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw error
  }
}
