import { join } from './bytes.ts'

/** c2sp.org/tlog-tiles: hashes a tile holds, and entries a bundle holds. */
export const tileWidth = 256

/** A tile of a tree: `width` hashes, the n-th of its level. Level 0 holds the leaves' hashes. */
export interface Tile {
  level: number
  index: number
  width: number
}

function sayIndex(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g)!
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
}

const partOf = (width: number) => (width === tileWidth ? '' : `.p/${width}`)

export const tilePath = ({ level, index, width }: Tile): string => `tile/${level}/${sayIndex(index)}${partOf(width)}`
export const bundlePath = ({ index, width }: Omit<Tile, 'level'>): string =>
  `tile/entries/${sayIndex(index)}${partOf(width)}`

/** The tiles that a tree of `size` has and one of `before` has not, level by level. */
export function newTiles(before: number, size: number): Tile[] {
  const tiles: Tile[] = []
  for (let [level, from, to] = [0, before, size]; to > 0; level += 1) {
    for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index += 1) {
      const width = Math.min(tileWidth, to - index * tileWidth)
      if (index * tileWidth + width > from) tiles.push({ level, index, width })
    }
    from = Math.floor(from / tileWidth)
    to = Math.floor(to / tileWidth)
  }
  return tiles
}

const largestEntry = 0xffff

/** A bundle: each entry after its length in two bytes. */
export function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  return join(
    ...entries.flatMap((entry) => {
      if (entry.length > largestEntry) throw new RangeError(`an entry of ${entry.length} bytes does not fit a bundle`)
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]
    }),
  )
}

/** The entries of a bundle; undefined when its lengths do not fit its bytes. */
export function parseBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const size = (bytes[at]! << 8) | (bytes[at + 1] ?? 0)
    if (at + 2 + size > bytes.length) return undefined
    entries.push(bytes.slice(at + 2, at + 2 + size))
    at += 2 + size
  }
  return entries
}
