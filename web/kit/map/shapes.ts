import { type Bounds, bounds, type Point, type Polygon } from '@plumbline/core/kit'
import type { Tier } from '@plumbline/core/workflow'

export interface MapTown {
  code: string
  name: string
  polygon: Polygon
}

export interface MapSite extends Point {
  id: string
  name: string
  tier: Tier
}

export const tierColours: Record<Tier, string> = { calm: '#3d7a57', yellow: '#d48806', red: '#cf1322' }

/** Loud things are drawn last, on top. */
export const loudLast = (sites: readonly MapSite[]): MapSite[] => {
  const loudness: Record<Tier, number> = { calm: 0, yellow: 1, red: 2 }
  return sites.toSorted((one, other) => loudness[one.tier] - loudness[other.tier])
}

/** The box of everything on the map; undefined when there is nothing to draw. */
export function boxOf(towns: readonly MapTown[], points: readonly Point[]): Bounds | undefined {
  const all = [...towns.flatMap((town) => town.polygon), ...points]
  return all.length ? bounds(all) : undefined
}

/** A plane drawing of a box in degrees: one degree of longitude is shorter than one of latitude by cos(latitude). */
export function projection(box: Bounds, width: number, height: number, edge = 12) {
  const shrink = Math.cos((((box.north + box.south) / 2) * Math.PI) / 180)
  const wide = Math.max((box.east - box.west) * shrink, 1e-6)
  const high = Math.max(box.north - box.south, 1e-6)
  const scale = Math.min((width - 2 * edge) / wide, (height - 2 * edge) / high)
  const left = (width - wide * scale) / 2
  const top = (height - high * scale) / 2
  return {
    toPlane: ({ lon, lat }: Point) => ({
      x: left + (lon - box.west) * shrink * scale,
      y: top + (box.north - lat) * scale,
    }),
    toPoint: ({ x, y }: { x: number; y: number }): Point => ({
      lon: box.west + (x - left) / (shrink * scale),
      lat: box.north - (y - top) / scale,
    }),
  }
}
