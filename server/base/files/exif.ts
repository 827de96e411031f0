/**
 * What a photograph says about itself: when, where, with what. Reads nine tags of an EXIF block (CIPA DC-008-2012) and
 * nothing else: a general reader expands every entry into an array, so that 64 KB of crossing entries cost gigabytes.
 */

export interface Shot {
  /** With its offset, `2026-11-20T14:05:09+08:00`. A camera without an offset is taken to run on Beijing time. */
  takenAt?: string
  /** Degrees, WGS-84 as the receiver wrote them; error in metres where told. */
  position?: { lat: number; lon: number; error?: number }
  /** Make and model. */
  device?: string
}

const MAKE = 0x010f
const MODEL = 0x0110
const EXIF_IFD = 0x8769
const GPS_IFD = 0x8825
const TAKEN = 0x9003
const TAKEN_OFFSET = 0x9011
const GPS = { latRef: 1, lat: 2, lonRef: 3, lon: 4, error: 31 }

/** Longest list that a tag of ours may claim: text of 128 bytes, three rationals. */
const MOST_VALUES = 128
/** Entries read of one directory; cameras write some forty. */
const MOST_ENTRIES = 256

type Values = string | number[]

/** Reads an EXIF block that begins with `Exif\0\0` or with its byte order. A block that makes no sense says nothing. */
export function readShot(block: Buffer): Shot {
  const tiff = block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block
  const order = tiff.toString('latin1', 0, 4)
  if (order !== 'II*\0' && order !== 'MM\0*') return {}
  try {
    return shot(tiff, order === 'MM\0*')
  } catch (error) {
    // An offset that points outside the block: the photograph stands, its story does not.
    if (error instanceof RangeError) return {}
    throw error
  }
}

function shot(tiff: Buffer, big: boolean): Shot {
  const u32 = (at: number) => (big ? tiff.readUInt32BE(at) : tiff.readUInt32LE(at))
  const image = directory(tiff, big, u32(4), [MAKE, MODEL, EXIF_IFD, GPS_IFD])
  const photo = within(tiff, big, image.get(EXIF_IFD), [TAKEN, TAKEN_OFFSET])
  const gps = within(tiff, big, image.get(GPS_IFD), Object.values(GPS))
  const device = [words(image.get(MAKE)), words(image.get(MODEL))].filter(Boolean).join(' ')
  return {
    takenAt: moment(words(photo.get(TAKEN)), words(photo.get(TAKEN_OFFSET))),
    position: place(gps),
    device: device || undefined,
  }
}

const within = (tiff: Buffer, big: boolean, at: Values | undefined, wanted: number[]) =>
  typeof at === 'object' && at.length === 1 ? directory(tiff, big, at[0]!, wanted) : new Map<number, Values>()

const words = (value: Values | undefined) => (typeof value === 'string' ? value : '')

/** The wanted tags of one directory; a tag of another type or length than the standard's is passed over. */
function directory(tiff: Buffer, big: boolean, at: number, wanted: number[]): Map<number, Values> {
  const u16 = (p: number) => (big ? tiff.readUInt16BE(p) : tiff.readUInt16LE(p))
  const u32 = (p: number) => (big ? tiff.readUInt32BE(p) : tiff.readUInt32LE(p))
  const found = new Map<number, Values>()
  const entries = Math.min(u16(at), MOST_ENTRIES)
  for (let i = 0; i < entries; i++) {
    const entry = at + 2 + i * 12
    const tag = u16(entry)
    const count = u32(entry + 4)
    if (!wanted.includes(tag) || count === 0 || count > MOST_VALUES) continue
    const type = u16(entry + 2)
    if (type === 2) {
      const start = count <= 4 ? entry + 8 : u32(entry + 8)
      if (start + count > tiff.length) continue
      found.set(
        tag,
        tiff
          .toString('latin1', start, start + count)
          .split('\0')[0]!
          .replace(/[^\x20-\x7e]/g, '')
          .trim(),
      )
    } else if (type === 4 && count === 1) {
      found.set(tag, [u32(entry + 8)])
    } else if (type === 5 && count <= 3) {
      const start = u32(entry + 8)
      found.set(
        tag,
        Array.from({ length: count }, (_, n) => u32(start + n * 8) / u32(start + n * 8 + 4)),
      )
    }
  }
  return found
}

/** `2026:11:20 14:05:09` and `+08:00` as one moment; a clock that was never set says nothing. */
function moment(local: string, offset: string): string | undefined {
  const [, y, mo, d, h, mi, s] = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(local) ?? []
  if (!y) return undefined
  const zone = /^[+-](0\d|1[0-4]):[0-5]\d$/.test(offset) ? offset : '+08:00'
  const written = `${y}-${mo}-${d}T${h}:${mi}:${s}`
  const asUtc = new Date(`${written}Z`)
  // Comparing catches 31 February, which Date would move to March.
  const real = !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().startsWith(written) && Number(y) >= 1990
  return real ? written + zone : undefined
}

function place(gps: Map<number, Values>): Shot['position'] {
  const lat = degrees(gps.get(GPS.lat), gps.get(GPS.latRef), 'N', 'S', 90)
  const lon = degrees(gps.get(GPS.lon), gps.get(GPS.lonRef), 'E', 'W', 180)
  // 0°, 0° lies in the Gulf of Guinea: a receiver without a fix.
  if (lat === undefined || lon === undefined || (lat === 0 && lon === 0)) return undefined
  const error = gps.get(GPS.error)
  const metres = typeof error === 'object' ? error[0] : undefined
  return Number.isFinite(metres) ? { lat, lon, error: metres } : { lat, lon }
}

function degrees(dms: Values | undefined, side: Values | undefined, plus: string, minus: string, most: number) {
  if (typeof dms !== 'object' || dms.length !== 3 || (side !== plus && side !== minus)) return undefined
  const value = dms[0]! + dms[1]! / 60 + dms[2]! / 3600
  if (!(value <= most)) return undefined
  return Number((side === minus ? -value : value).toFixed(7))
}
