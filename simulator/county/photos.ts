import { type Point, sayInstant } from '@plumbline/core/kit'
import sharp from 'sharp'
import { random } from './random.ts'
import { drawScene, type Scene } from './scenes.ts'

export { type Scene, scenes } from './scenes.ts'

/** A scene and whatever tells one photograph of it from another: 'edge:project:001/item-1'. */
export type PhotoKey = `${Scene}:${string}`
export type PhotoSide = 'before' | 'after'

/** EXIF writes an angle as three fractions: degrees, minutes, seconds to a hundredth. */
function fractions(degrees: number): string {
  const hundredths = Math.round(Math.abs(degrees) * 360_000)
  return `${Math.floor(hundredths / 360_000)}/1 ${Math.floor(hundredths / 6000) % 60}/1 ${hundredths % 6000}/100`
}

/** Tags as a phone writes them; local time with its offset. The software field says what the picture is. */
function exif({ taken, point }: { taken: Date; point: Point }) {
  const local = sayInstant(taken).replaceAll('-', ':') + ':' + String(taken.getUTCSeconds()).padStart(2, '0')
  return {
    IFD0: { Software: 'Plumbline simulator, a drawing', DateTime: local },
    IFD2: { DateTimeOriginal: local, OffsetTimeOriginal: '+08:00' },
    IFD3: {
      GPSLatitudeRef: point.lat < 0 ? 'S' : 'N',
      GPSLatitude: fractions(point.lat),
      GPSLongitudeRef: point.lon < 0 ? 'W' : 'E',
      GPSLongitude: fractions(point.lon),
    },
  }
}

/**
 * A drawn site photograph, JPEG of 1280 × 960 with time and place in its EXIF.
 * The two sides of one key are seen from the same spot: 'before' shows the fault, 'after' shows it put right.
 */
export async function photo(key: PhotoKey, side: PhotoSide, at: { taken: Date; point: Point }): Promise<Buffer> {
  const scene = key.slice(0, key.indexOf(':')) as Scene
  const svg = drawScene(scene, side === 'after', random(0, `photo ${key}`), random(0, `light ${key} ${side}`))
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).withExif(exif(at)).toBuffer()
}
