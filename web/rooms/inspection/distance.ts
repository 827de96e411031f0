import type { FileView } from '@plumbline/core/base'
import { distanceMeters, type Point } from '@plumbline/core/kit'

/** How far from the site, in words; undefined where either is not known. */
export function sayMeters(meters: number | null): string | undefined {
  if (meters === null) return undefined
  return meters < 1000 ? `距工地 ${Math.round(meters)} m` : `距工地 ${(meters / 1000).toFixed(1)} km`
}

export const metersFrom = (site: Point | null, file: Pick<FileView, 'lon' | 'lat'>): number | null =>
  site && file.lon !== null && file.lat !== null ? distanceMeters(site, { lon: file.lon, lat: file.lat }) : null
