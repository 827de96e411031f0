import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  consistencyProof,
  equal,
  fromBase64,
  hexOf,
  inclusionProof,
  isConsistent,
  leafHash,
  type NodeAt,
  nodeHash,
  rootFromInclusion,
  rootOf,
  utf8,
} from '@plumbline/core/evidence'

interface Probes {
  inclusion: {
    name: string
    leafIdx: number
    treeSize: number
    root: string | null
    leafHash: string | null
    proof: string[] | null
    wantErr: boolean
  }[]
  consistency: {
    name: string
    size1: number
    size2: number
    root1: string | null
    root2: string | null
    proof: string[] | null
    wantErr: boolean
  }[]
}
const probes = JSON.parse(readFileSync(new URL('./captures/probes.json', import.meta.url), 'utf8')) as Probes

const hash = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const bytesOf = (text: string | null) => fromBase64(text ?? '') ?? new Uint8Array(0)

test('the 98 public inclusion probes', () => {
  expect(probes.inclusion).toHaveLength(98)
  for (const { name, leafIdx, treeSize, root, leafHash: leaf, proof, wantErr } of probes.inclusion) {
    const found = rootFromInclusion(hash, {
      index: leafIdx,
      size: treeSize,
      leaf: bytesOf(leaf),
      proof: (proof ?? []).map(bytesOf),
    })
    expect(found !== undefined && equal(found, bytesOf(root)), name).toBe(!wantErr)
  }
})

test('the 98 public consistency probes', () => {
  expect(probes.consistency).toHaveLength(98)
  for (const { name, size1, size2, root1, root2, proof, wantErr } of probes.consistency) {
    const before = { size: size1, root: bytesOf(root1) }
    const after = { size: size2, root: bytesOf(root2) }
    expect(isConsistent(hash, before, after, (proof ?? []).map(bytesOf)), name).toBe(!wantErr)
  }
})

/** Nodes by the definition of RFC 6962 itself, straight from the leaves. */
function treeOf(leaves: readonly Uint8Array[]): NodeAt {
  const nodeAt: NodeAt = (level, index) =>
    level === 0
      ? leafHash(hash, leaves[index]!)
      : nodeHash(hash, nodeAt(level - 1, index * 2), nodeAt(level - 1, index * 2 + 1))
  return nodeAt
}

// RFC 6962 has no vectors of its own; these are the published ones of its reference implementation (its eight leaves).
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
)

test('the roots of the reference leaves', () => {
  const nodeAt = treeOf(leaves)
  const roots = [0, 1, 2, 3, 5, 8].map((size) => hexOf(rootOf(hash, nodeAt, size)))
  expect(roots).toEqual([
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ])
})

test('every proof of every tree up to 40 leads to its root, and to no other', () => {
  const many = Array.from({ length: 40 }, (_, no) => utf8(`leaf ${no}`))
  const nodeAt = treeOf(many)
  const rootAt = (size: number) => rootOf(hash, nodeAt, size)
  for (let size = 1; size <= many.length; size += 1) {
    for (let index = 0; index < size; index += 1) {
      const proof = inclusionProof(hash, nodeAt, index, size)
      const leaf = leafHash(hash, many[index]!)
      expect(rootFromInclusion(hash, { index, size, leaf, proof })).toEqual(rootAt(size))
      const elsewhere = rootFromInclusion(hash, { index: (index + 1) % size, size, leaf, proof })
      if (size > 1) expect(elsewhere && hexOf(elsewhere)).not.toBe(hexOf(rootAt(size)))
    }
    for (let before = 1; before <= size; before += 1) {
      const proof = consistencyProof(hash, nodeAt, before, size)
      const [old, now] = [
        { size: before, root: rootAt(before) },
        { size, root: rootAt(size) },
      ]
      expect(isConsistent(hash, old, now, proof), `${before} in ${size}`).toBe(true)
      expect(isConsistent(hash, { ...old, root: hash(old.root) }, now, proof)).toBe(false)
    }
  }
})

test('a leaf outside the tree, and a tree that is no beginning, have no proof', () => {
  const nodeAt = treeOf(leaves)
  expect(() => inclusionProof(hash, nodeAt, 8, 8)).toThrow(RangeError)
  expect(() => consistencyProof(hash, nodeAt, 9, 8)).toThrow(RangeError)
})
