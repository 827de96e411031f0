import {
  isConsistent,
  leafHash,
  nodeHash,
  rootFromInclusion,
  rootOf,
  type NodeAt,
  utf8,
} from '@plumbline/core/evidence'
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openTree, sha256 } from './tree.ts'

const dirs: string[] = []
const newDir = () => {
  const dir = mkdtempSync(join(tmpdir(), 'tree-'))
  dirs.push(dir)
  return dir
}
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true })
})

const entryOf = (no: number) => utf8(`entry ${no}`)
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => entryOf(from + at))

/** The tree by the definition of RFC 6962, from the leaves; keeps what it has computed. */
function definition(): (size: number) => Uint8Array {
  const known = new Map<string, Uint8Array>()
  const nodeAt: NodeAt = (level, index) => {
    const key = `${level} ${index}`
    const found =
      known.get(key) ??
      (level === 0
        ? leafHash(sha256, entryOf(index))
        : nodeHash(sha256, nodeAt(level - 1, index * 2), nodeAt(level - 1, index * 2 + 1)))
    known.set(key, found)
    return found
  }
  return (size) => rootOf(sha256, nodeAt, size)
}
const rootBy = definition()

test('a tree whose right edge is missing or cut short is not opened', () => {
  const dir = newDir()
  openTree(dir, 0).append(entries(0, 300))
  expect(() => openTree(dir, 301)).toThrow()
  truncateSync(join(dir, 'tile/entries/001.p/44'), 20)
  expect(() => openTree(dir, 300)).toThrow(/bundle/)
})

test('whatever the steps in which it grew, and however often it was opened, the tree is the same', () => {
  const dir = newDir()
  let tree = openTree(dir, 0)
  let at = 0
  for (const step of [1, 2, 3, 250, 1, 255, 256, 257, 512, 65_000, 700]) {
    tree.append(entries(at, at + step))
    at += step
    expect(tree.size).toBe(at)
    expect(Buffer.from(tree.root).toString('hex')).toBe(Buffer.from(rootBy(at)).toString('hex'))
    tree = openTree(dir, at)
    expect(Buffer.from(tree.root).toString('hex')).toBe(Buffer.from(rootBy(at)).toString('hex'))
  }
  for (const index of [0, 1, 255, 256, 511, 65_535, 65_536, at - 1]) {
    expect(Buffer.from(tree.entry(index)).toString()).toBe(`entry ${index}`)
    for (const size of [index + 1, Math.min(at, index + 300), at]) {
      const proof = tree.inclusion(index, size)
      expect(rootFromInclusion(sha256, { index, size, leaf: leafHash(sha256, entryOf(index)), proof })).toEqual(
        rootBy(size),
      )
    }
    const [before, after] = [index + 1, at]
    const [old, now] = [
      { size: before, root: rootBy(before) },
      { size: after, root: rootBy(after) },
    ]
    expect(isConsistent(sha256, old, now, tree.consistency(before, after))).toBe(true)
  }
})

test('the files are those of c2sp.org/tlog-tiles: its own example of 70,000', () => {
  const dir = newDir()
  openTree(dir, 0).append(entries(0, 70_000))
  const files = (path: string): string[] =>
    readdirSync(join(dir, path), { withFileTypes: true }).flatMap((one) =>
      one.isDirectory() ? files(`${path}/${one.name}`) : [`${path}/${one.name}`],
    )
  const level = (no: string) => files(`tile/${no}`)
  expect(level('0').filter((path) => !path.includes('.p/'))).toHaveLength(273)
  expect(level('0').filter((path) => path.includes('.p/'))).toEqual(['tile/0/273.p/112'])
  expect(level('1').toSorted()).toEqual(['tile/1/000', 'tile/1/001.p/17'])
  expect(level('2')).toEqual(['tile/2/000.p/1'])
  expect(level('entries').filter((path) => path.includes('.p/'))).toEqual(['tile/entries/273.p/112'])
  expect(statSync(join(dir, 'tile/0/000')).size).toBe(8192)
})
