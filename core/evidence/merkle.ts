import { equal, join } from './bytes.ts'

/** SHA-256 in the log itself, so that strangers' tools can check it; handed in, since core has no ciphers. 32 bytes. */
export type Hash = (bytes: Uint8Array) => Uint8Array
export const hashSize = 32

const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

/** RFC 6962 section 2.1: leaf and node can never be taken for each other. */
export const leafHash = (hash: Hash, entry: Uint8Array): Uint8Array => hash(join(leafMark, entry))
export const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array =>
  hash(join(nodeMark, left, right))

/** The hash of the whole subtree over leaves [index * 2^level, (index + 1) * 2^level). */
export type NodeAt = (level: number, index: number) => Uint8Array

/** The largest power of two below `size`; `size` at least 2. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

const levelOf = (size: number): number => {
  let level = 0
  for (let one = 1; one < size; one *= 2) level += 1
  return level
}

/** The hash over leaves [from, to), `from` being where a subtree of at least that width begins. */
function rangeHash(hash: Hash, nodeAt: NodeAt, from: number, to: number): Uint8Array {
  const size = to - from
  const level = levelOf(size)
  if (2 ** level === size) return nodeAt(level, from / size)
  const split = splitOf(size)
  return nodeHash(hash, rangeHash(hash, nodeAt, from, from + split), rangeHash(hash, nodeAt, from + split, to))
}

/** The root of the first `size` leaves. RFC 6962: the root of nothing is the hash of nothing. */
export const rootOf = (hash: Hash, nodeAt: NodeAt, size: number): Uint8Array =>
  size === 0 ? hash(new Uint8Array(0)) : rangeHash(hash, nodeAt, 0, size)

/** RFC 6962 section 2.1.1: that leaf `index` is in the tree of `size`, from the leaf upwards. */
export function inclusionProof(hash: Hash, nodeAt: NodeAt, index: number, size: number): Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
  const proof: Uint8Array[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      proof.push(rangeHash(hash, nodeAt, middle, to))
      to = middle
    } else {
      proof.push(rangeHash(hash, nodeAt, from, middle))
      from = middle
    }
  }
  return proof.toReversed()
}

/** RFC 6962 section 2.1.2: that the tree of `size` begins with the tree of `before`. Empty when there is nothing to show. */
export function consistencyProof(hash: Hash, nodeAt: NodeAt, before: number, size: number): Uint8Array[] {
  if (!(before >= 0 && before <= size)) throw new RangeError(`a tree of ${size} does not begin with one of ${before}`)
  if (before === 0 || before === size) return []
  const proof: Uint8Array[] = []
  let [from, to, whole] = [0, size, true]
  while (before !== to) {
    const middle = from + splitOf(to - from)
    if (before <= middle) {
      proof.push(rangeHash(hash, nodeAt, middle, to))
      to = middle
    } else {
      proof.push(rangeHash(hash, nodeAt, from, middle))
      from = middle
      whole = false
    }
  }
  if (!whole) proof.push(rangeHash(hash, nodeAt, from, to))
  return proof.toReversed()
}

const half = (value: number) => Math.floor(value / 2)
const isOdd = (value: number) => value % 2 === 1

/** The root that a proof leads to from a leaf; undefined when the proof has the wrong length. RFC 9162 section 2.1.3.2. */
export function rootFromInclusion(
  hash: Hash,
  { index, size, leaf, proof }: { index: number; size: number; leaf: Uint8Array; proof: readonly Uint8Array[] },
): Uint8Array | undefined {
  if (!(index >= 0 && index < size) || leaf.length !== hashSize) return undefined
  let [at, last, root] = [index, size - 1, leaf]
  for (const other of proof) {
    if (last === 0) return undefined
    if (isOdd(at) || at === last) {
      root = nodeHash(hash, other, root)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else root = nodeHash(hash, root, other)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 ? root : undefined
}

export interface Tree {
  size: number
  root: Uint8Array
}

/** Whether a proof shows that `after` begins with all of `before`. RFC 9162 section 2.1.4.2. */
export function isConsistent(hash: Hash, before: Tree, after: Tree, proof: readonly Uint8Array[]): boolean {
  // Every tree begins with the empty one: who has seen nothing has nothing to compare.
  if (before.size === 0 || before.size > after.size) return false
  if (before.size === after.size) return proof.length === 0 && equal(before.root, after.root)
  const isPower = 2 ** levelOf(before.size) === before.size
  const path = isPower ? [before.root, ...proof] : [...proof]
  if (proof.length === 0) return false
  let [at, last] = [before.size - 1, after.size - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [old, now] = [path[0]!, path[0]!]
  for (const other of path.slice(1)) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      old = nodeHash(hash, other, old)
      now = nodeHash(hash, other, now)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else now = nodeHash(hash, now, other)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equal(old, before.root) && equal(now, after.root)
}
