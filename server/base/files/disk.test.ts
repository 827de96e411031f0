import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileStore } from './disk.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'files-'))
})
afterEach(() => rm(dir, { recursive: true }))

const bytes = Buffer.from('整改后照片')
const sha256 = createHash('sha256').update(bytes).digest('hex')

test('a name that is no digest never becomes a path', async () => {
  const store = fileStore(dir)
  for (const name of ['../../etc/passwd', '', sha256.toUpperCase(), `${sha256}/x`]) {
    await expect(store.put(name, bytes)).rejects.toThrow('not a sha256')
    await expect(store.get(name)).rejects.toThrow('not a sha256')
  }
  expect(await readdir(dir)).toEqual([])
})

test('other bytes than the name says are not kept', async () => {
  await expect(fileStore(dir).put(sha256, Buffer.from('x'))).rejects.toThrow('the bytes are not')
  expect(await readdir(dir)).toEqual([])
})

test('what is not there is missing', async () => {
  const store = fileStore(dir)
  await expect(store.get(sha256)).rejects.toMatchObject({ kind: 'missing', rule: 'file_missing' })
  expect(await store.has(sha256)).toBe(false)
  expect(await store.stat(sha256)).toBeUndefined()
  expect(await store.getThumb(sha256)).toBeUndefined()
})

test('a byte changed on disk is noticed', async () => {
  const store = fileStore(dir)
  await store.put(sha256, bytes)
  await writeFile(join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'altered')
  await expect(store.get(sha256)).rejects.toThrow('was changed on disk')
})

test('kept byte for byte under its digest, as sha256sum sees it', async () => {
  const store = fileStore(dir)
  await store.put(sha256, bytes)
  const path = join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  expect(execFileSync('sha256sum', [path], { encoding: 'utf8' }).slice(0, 64)).toBe(sha256)
  expect(await store.get(sha256)).toEqual(bytes)
  expect(await store.stat(sha256)).toEqual({ size: bytes.length })
})

test('twenty writers of one file leave one file', async () => {
  const store = fileStore(dir)
  await Promise.all(Array.from({ length: 20 }, () => store.put(sha256, bytes)))
  expect(await readdir(join(dir, sha256.slice(0, 2), sha256.slice(2, 4)))).toEqual([sha256])
})

test('a thumbnail stands beside, never in place of, the original', async () => {
  const store = fileStore(dir)
  await store.putThumb(sha256, Buffer.from('small'))
  expect(await store.has(sha256)).toBe(false)
  expect(await store.getThumb(sha256)).toEqual(
    await readFile(join(dir, 'thumb', sha256.slice(0, 2), sha256.slice(2, 4), sha256)),
  )
})
