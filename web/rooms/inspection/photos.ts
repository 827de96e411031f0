import type { FileView } from '@plumbline/core/base'
import { distanceMeters, type Point } from '@plumbline/core/kit'
import { uploadFile } from '../../kit/files.ts'

const longestWait = 4_000

/** Where the phone is, as text for the upload; empty when it will not say or takes too long. */
function whereAmI(): Promise<Record<string, string>> {
  // Only a secure context has it; the photograph is taken all the same.
  const { geolocation } = navigator as { geolocation?: Geolocation }
  if (!geolocation) return Promise.resolve({})
  return new Promise((resolve) =>
    geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ lon: `${coords.longitude}`, lat: `${coords.latitude}`, accuracy: `${coords.accuracy}` }),
      () => resolve({}),
      { enableHighAccuracy: true, timeout: longestWait, maximumAge: 30_000 },
    ),
  )
}

/** Uploads a photograph with the time and place the phone tells; what the picture itself says is read by the server. */
export async function sendPhoto(file: File, onShare: (share: number) => void): Promise<FileView> {
  const fields = { takenAt: new Date(file.lastModified).toISOString(), ...(await whereAmI()) }
  return uploadFile(file, onShare, { fields })
}

/** How far from the site, in words; undefined where either is not known. */
export function sayMeters(meters: number | null): string | undefined {
  if (meters === null) return undefined
  return meters < 1000 ? `距工地 ${Math.round(meters)} m` : `距工地 ${(meters / 1000).toFixed(1)} km`
}

export const metersFrom = (site: Point | null, file: Pick<FileView, 'lon' | 'lat'>): number | null =>
  site && file.lon !== null && file.lat !== null ? distanceMeters(site, { lon: file.lon, lat: file.lat }) : null
