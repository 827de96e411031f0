import {
  bundleOf,
  bundlePath,
  consistencyProof,
  type Hash,
  hashSize,
  inclusionProof,
  leafHash,
  newTiles,
  nodeHash,
  parseBundle,
  rootOf,
  type Tile,
  tilePath,
  tileWidth,
} from '@plumbline/core/evidence'
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()

/** An append-only Merkle tree in the tiles of c2sp.org/tlog-tiles, below one folder. */
export interface DiskTree {
  readonly size: number
  readonly root: Uint8Array
  /** Appends entries; they are on disk when it returns. Files of one size are written whole or not at all. */
  append(entries: readonly Uint8Array[]): void
  /** The entry with this number, as it was appended. */
  entry(index: number): Uint8Array
  rootAt(size: number): Uint8Array
  inclusion(index: number, size: number): Uint8Array[]
  consistency(before: number, size: number): Uint8Array[]
}

const tileBits = 8
/** Tiles of 8 KB that are kept in memory. */
const mostKept = 512

/** Opens the tree of `size`; throws when a file that such a tree has is missing or damaged at its right edge. */
export function openTree(dir: string, size: number): DiskTree {
  const kept = new Map<string, Uint8Array>()
  let grown = size
  // The unfinished right edge: of each level the hashes of its partial tile, and the entries of the partial bundle.
  const edges: Uint8Array[][] = []
  const readTile = (tile: Tile) => readFileSync(join(dir, tilePath(tile)))
  const readBundle = (index: number, width: number) => readFileSync(join(dir, bundlePath({ index, width })))
  const widthOf = (index: number, total: number) => Math.min(tileWidth, total - index * tileWidth)

  for (let [level, count] = [0, size]; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const width = count % tileWidth
    const bytes = width === 0 ? new Uint8Array(0) : readTile({ level, index: Math.floor(count / tileWidth), width })
    if (bytes.length !== width * hashSize) throw new Error(`tile ${level} of a tree of ${size} is damaged`)
    edges.push(hashesOf(bytes))
  }
  const bundleIndex = Math.floor(size / tileWidth)
  let bundle: Uint8Array[] = []
  if (size % tileWidth > 0) {
    const entries = parseBundle(readBundle(bundleIndex, size % tileWidth))
    if (entries?.length !== size % tileWidth) throw new Error(`the last bundle of a tree of ${size} is damaged`)
    bundle = entries
  }

  const fullTile = (level: number, index: number): Uint8Array => {
    const path = tilePath({ level, index, width: tileWidth })
    const known = kept.get(path)
    if (known) return known
    const bytes = readTile({ level, index, width: tileWidth })
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value!)
    kept.set(path, bytes)
    return bytes
  }
  /** The hash of leaves [index * 2^level, …): one hash of a tile, or some of it put together. */
  const nodeAt = (level: number, index: number): Uint8Array => {
    const row = Math.floor(level / tileBits)
    const above = level % tileBits
    const first = index * 2 ** above
    const tile = Math.floor(first / tileWidth)
    const at = first % tileWidth
    const count = Math.floor(grown / tileWidth ** row)
    const hashes =
      (tile + 1) * tileWidth <= count
        ? hashesOf(fullTile(row, tile).subarray(at * hashSize, (at + 2 ** above) * hashSize))
        : edges[row]!.slice(at, at + 2 ** above)
    return foldOf(hashes)
  }

  const append = (entries: readonly Uint8Array[]) => {
    if (entries.length === 0) return
    const before = grown
    const stale = newTiles(0, before).filter(({ width }) => width < tileWidth)
    const writes: [path: string, bytes: Uint8Array][] = []
    const put = (tile: Tile, hashes: readonly Uint8Array[]) => writes.push([tilePath(tile), Buffer.concat(hashes)])
    const bundleAt = (index: number) => {
      writes.push([bundlePath({ index, width: bundle.length }), bundleOf(bundle)])
    }
    const grow = (level: number, hash: Uint8Array) => {
      const edge = (edges[level] ??= [])
      edge.push(hash)
      if (edge.length < tileWidth) return
      const index = Math.floor(grown / tileWidth ** (level + 1))
      put({ level, index, width: tileWidth }, edge)
      edges[level] = []
      grow(level + 1, foldOf(edge))
    }
    for (const entry of entries) {
      bundle.push(entry)
      grown += 1
      if (bundle.length === tileWidth) {
        bundleAt(grown / tileWidth - 1)
        bundle = []
      }
      const at = grown
      // Tiles are numbered by the leaves before them.
      grown -= 1
      grow(0, leafHash(sha256, entry))
      grown = at
    }
    if (bundle.length > 0) bundleAt(Math.floor(grown / tileWidth))
    for (const [level, edge] of edges.entries()) {
      const index = Math.floor(grown / tileWidth ** (level + 1))
      if (edge.length > 0) put({ level, index, width: edge.length }, edge)
    }
    writeAll(dir, writes)
    // A partial tile may go once its full one stands; those of the last size are still asked for.
    for (const { level, index, width } of stale)
      if ((index + 1) * tileWidth <= Math.floor(grown / tileWidth ** level)) {
        rmSync(join(dir, tilePath({ level, index, width })), { force: true })
        if (level === 0) rmSync(join(dir, bundlePath({ index, width })), { force: true })
      }
  }

  return {
    get size() {
      return grown
    },
    get root() {
      return rootOf(sha256, nodeAt, grown)
    },
    append,
    entry: (index) => {
      const at = Math.floor(index / tileWidth)
      if (!(index >= 0 && index < grown)) throw new RangeError(`entry ${index} is not in a log of ${grown}`)
      const entries = (at + 1) * tileWidth <= grown ? parseBundle(readBundle(at, widthOf(at, grown))) : bundle
      const found = entries?.[index % tileWidth]
      if (!found) throw new Error(`the bundle of entry ${index} is damaged`)
      return found
    },
    rootAt: (of) => rootOf(sha256, nodeAt, of),
    inclusion: (index, of) => inclusionProof(sha256, nodeAt, index, of),
    consistency: (before, of) => consistencyProof(sha256, nodeAt, before, of),
  }
}

const hashesOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / hashSize }, (_, at) => bytes.slice(at * hashSize, (at + 1) * hashSize))

/** The root of a full subtree from its lowest hashes: their number is a power of two. */
function foldOf(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, at) => nodeHash(sha256, row[at * 2]!, row[at * 2 + 1]!))
  return row[0]!
}

/** Each file under another name first, fsynced, then renamed; at last the folders, so that the names are durable too. */
function writeAll(dir: string, writes: readonly (readonly [path: string, bytes: Uint8Array])[]): void {
  const folders = new Set<string>()
  for (const [name, bytes] of writes) {
    const path = join(dir, name)
    mkdirSync(dirname(path), { recursive: true })
    writeDurably(path, bytes)
    for (let folder = dirname(path); folder.length >= dir.length; folder = dirname(folder)) folders.add(folder)
  }
  for (const folder of folders) syncFolder(folder)
}

export function writeDurably(path: string, bytes: Uint8Array | string): void {
  const temporary = `${path}.part`
  const file = openSync(temporary, 'w', 0o640)
  try {
    const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    for (let at = 0; at < all.length;) at += writeSync(file, all, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

export function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
