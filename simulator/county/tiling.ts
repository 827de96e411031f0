import { type Random, random } from './random.ts'

/** A place on the drawing board, in kilometres. */
export interface Spot {
  x: number
  y: number
}

export interface Tiling {
  /** One ring per site, counter-clockwise. Neighbours share every corner of their common border. */
  cells: Spot[][]
  outline: Spot[]
}

/** The part of a convex ring that lies nearer to `site` than to `other` (Sutherland-Hodgman on one half-plane). */
function nearer(ring: Spot[], site: Spot, other: Spot): Spot[] {
  const middle = { x: (site.x + other.x) / 2, y: (site.y + other.y) / 2 }
  const depth = (p: Spot) => (p.x - middle.x) * (site.x - other.x) + (p.y - middle.y) * (site.y - other.y)
  return ring.flatMap((from, i) => {
    const to = ring[(i + 1) % ring.length] ?? from
    const [a, b] = [depth(from), depth(to)]
    const kept = a >= 0 ? [from] : []
    if (a >= 0 === b >= 0) return kept
    const t = a / (a - b)
    return [...kept, { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t }]
  })
}

/** Gives corners that two cells reached by different sums one and the same number. */
function welder() {
  const corners: Spot[] = []
  const weld = (spot: Spot): number => {
    const found = corners.findIndex((corner) => Math.hypot(corner.x - spot.x, corner.y - spot.y) < 1e-6)
    return found >= 0 ? found : corners.push(spot) - 1
  }
  return { corners, weld }
}

const bendOf = 0.07
const shortest = 0.8

/** The way from a to b as a surveyor would find it: straight lines broken at displaced midpoints. Without its end. */
function bent(a: Spot, b: Spot, dice: Random): Spot[] {
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length < shortest) return [a]
  const shift = (dice.next() * 2 - 1) * bendOf
  const middle = { x: (a.x + b.x) / 2 - (b.y - a.y) * shift, y: (a.y + b.y) / 2 + (b.x - a.x) * shift }
  return [...bent(a, middle, dice), ...bent(middle, b, dice)]
}

/**
 * Divides a convex frame (counter-clockwise) among the sites, each getting what lies nearest to it (Voronoi),
 * then bends every border. A border is bent once and used by both its neighbours, so no gap and no overlap can arise.
 */
export function tile(frame: Spot[], sites: Spot[], seed: number): Tiling {
  const { corners, weld } = welder()
  const rings = sites.map((site) =>
    sites
      .reduce((ring, other) => (other === site ? ring : nearer(ring, site, other)), frame)
      .map(weld)
      .filter((corner, i, ring) => corner !== ring[(i + 1) % ring.length]),
  )
  const sides = rings.map((ring) => ring.map((from, i) => [from, ring[(i + 1) % ring.length] ?? from] as const))
  const all = new Set(sides.flat().map(([from, to]) => `${from}-${to}`))

  const border = ([from, to]: readonly [number, number]): Spot[] => {
    const [low, high] = from < to ? [from, to] : [to, from]
    const [a, b] = [corners[low] as Spot, corners[high] as Spot]
    const way = [...bent(a, b, random(seed, `border ${low}-${high}`)), b]
    return (from < to ? way : way.reverse()).slice(0, -1)
  }

  const outer = new Map(sides.flat().flatMap(([from, to]) => (all.has(`${to}-${from}`) ? [] : [[from, to] as const])))
  const start = Math.min(...outer.keys())
  const outline: Spot[] = []
  for (let at = start, i = 0; i < outer.size; i++) {
    const to = outer.get(at) as number
    outline.push(...border([at, to]))
    at = to
  }
  return { cells: sides.map((ring) => ring.flatMap(border)), outline }
}
