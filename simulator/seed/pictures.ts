import type { FileView } from '@plumbline/core/base'
import type { Point } from '@plumbline/core/kit'
import sharp from 'sharp'
import type { Session } from '../client.ts'
import { photo, type PhotoKey, type PhotoSide, type Random, random } from '../county/index.ts'

const minutes = 60_000

/** The same instant some minutes earlier. */
export const before = (at: string, wait: number): string => new Date(Date.parse(at) - wait * minutes).toISOString()

/** A place within some 30 m, as far as a phone's position wanders on a site. */
function near({ lon, lat }: Point, dice: Random): Point {
  const off = () => (dice.next() - 0.5) * 0.0006
  return { lon: lon + off(), lat: lat + off() }
}

/** Draws a photograph and uploads it, with what the phone tells of time and place. */
export async function takePhoto(
  session: Session,
  key: PhotoKey,
  side: PhotoSide,
  where: { taken: string; point: Point },
): Promise<FileView & { point: Point }> {
  const point = near(where.point, random(0, `position ${key} ${side}`))
  const bytes = await photo(key, side, { taken: new Date(where.taken), point })
  const name = `${where.taken.slice(0, 10).replaceAll('-', '')}_${side === 'before' ? '整改前' : '整改后'}.jpg`
  const told = { takenAt: where.taken, lon: String(point.lon), lat: String(point.lat) }
  return { ...(await session.upload(bytes, name, told)), point }
}

/** A hand's stroke on glass, as PNG: what a site representative draws with his finger. */
export async function signature(who: string): Promise<Buffer> {
  const dice = random(0, `signature ${who}`)
  const stroke = (from: number) => {
    const x = () => from + dice.int(0, 130)
    const y = () => dice.int(30, 170)
    return `M ${x()} ${y()} C ${x()} ${y()} ${x()} ${y()} ${x()} ${y()} S ${x()} ${y()} ${x()} ${y()}`
  }
  const paths = [30, 180, 330].map((from) => `<path d="${stroke(from)} ${stroke(from)}"/>`).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="500" height="200"><g fill="none" stroke="#111" stroke-width="5" stroke-linecap="round">${paths}</g></svg>`
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer()
}

/** A scanned page as PNG: bars for lines and a round stamp. It is a drawing and says nothing. */
export async function scannedPage(what: string): Promise<Buffer> {
  const dice = random(0, `scan ${what}`)
  const bars = Array.from(
    { length: 22 },
    (_, i) => `<rect x="60" y="${130 + i * 26}" width="${dice.int(200, 480)}" height="9" fill="#8a9099"/>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="848"><rect width="600" height="848" fill="#fff"/><rect x="170" y="60" width="260" height="20" fill="#4a515a"/>${bars.join('')}<circle cx="450" cy="720" r="70" fill="none" stroke="#c8372d" stroke-width="6"/></svg>`
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer()
}
