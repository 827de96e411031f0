import { z } from 'zod'

/** A place in degrees, CGCS2000 (国家大地坐标系): never GCJ-02 or BD-09, which are shifted. */
export const Point = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
export type Point = z.infer<typeof Point>

/** One ring of corners in order; the last joins the first, which need not be repeated. */
export const Polygon = z.array(Point).min(3)
export type Polygon = readonly Point[]

export interface Bounds {
  west: number
  south: number
  east: number
  north: number
}

/** The mean radius of the Earth in metres (IUGG). */
const earthRadius = 6_371_008.8

/** Each edge of the ring as a pair of corners. */
const edges = (polygon: Polygon): [Point, Point][] =>
  polygon.map((corner, i) => [corner, polygon[(i + 1) % polygon.length] ?? corner])

/** Twice the signed area of the triangle o, a, b in square degrees; zero when they lie on one line. */
const cross = (o: Point, a: Point, b: Point): number =>
  (a.lon - o.lon) * (b.lat - o.lat) - (a.lat - o.lat) * (b.lon - o.lon)

const onEdge = (point: Point, a: Point, b: Point): boolean =>
  cross(a, b, point) === 0 &&
  Math.min(a.lon, b.lon) <= point.lon &&
  point.lon <= Math.max(a.lon, b.lon) &&
  Math.min(a.lat, b.lat) <= point.lat &&
  point.lat <= Math.max(a.lat, b.lat)

/** Whether a point lies in a polygon; its boundary belongs to it. Planar in degrees, which is exact enough within one county. */
export function inside(point: Point, polygon: Polygon): boolean {
  let odd = false
  for (const [a, b] of edges(polygon)) {
    if (onEdge(point, a, b)) return true
    const straddles = a.lat > point.lat !== b.lat > point.lat
    if (straddles && point.lon < a.lon + ((point.lat - a.lat) / (b.lat - a.lat)) * (b.lon - a.lon)) odd = !odd
  }
  return odd
}

/** The great-circle distance in metres on the mean sphere (haversine); within half a percent of the ellipsoid. */
export function distanceMeters(a: Point, b: Point): number {
  const radians = Math.PI / 180
  const half = (from: number, to: number) => Math.sin(((to - from) * radians) / 2) ** 2
  const h = half(a.lat, b.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(a.lon, b.lon)
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The smallest box around the points. Throws RangeError when there are none. */
export function bounds(points: readonly Point[]): Bounds {
  if (!points.length) throw new RangeError('no points to bound')
  const box: Bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const { lon, lat } of points) {
    box.west = Math.min(box.west, lon)
    box.east = Math.max(box.east, lon)
    box.south = Math.min(box.south, lat)
    box.north = Math.max(box.north, lat)
  }
  return box
}

/** The centre of area of a polygon; of a ring without area, the mean of its corners. Throws RangeError when it has no corners. */
export function centroid(polygon: Polygon): Point {
  const origin = polygon[0]
  if (!origin) throw new RangeError('no corners')
  let area = 0
  let lon = 0
  let lat = 0
  for (const [a, b] of edges(polygon)) {
    const part = cross(origin, a, b) // relative to a corner, so that small areas far from 0,0 keep their digits
    area += part
    lon += part * (a.lon + b.lon - 2 * origin.lon)
    lat += part * (a.lat + b.lat - 2 * origin.lat)
  }
  if (area !== 0) return { lon: origin.lon + lon / (3 * area), lat: origin.lat + lat / (3 * area) }
  const mean = (pick: (point: Point) => number) =>
    polygon.reduce((total, point) => total + pick(point), 0) / polygon.length
  return { lon: mean((point) => point.lon), lat: mean((point) => point.lat) }
}
