import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { Refused } from '../errors.ts'
import { readShot } from './exif.ts'
import type { Shot } from './exif.ts'
import { readJpeg, readPng, readWebp } from './picture.ts'
import type { Frame } from './picture.ts'

/** Only these decoders exist in this process: no SVG, TIFF, GIF or JPEG 2000 parser meets a stranger's bytes. */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
sharp.cache(false)

/** A picture that is decoded row by row: the largest telephone cameras give 50 million pixels. */
const MOST_PIXELS = 50_000_000
/** A picture that a decoder holds whole, at four bytes a pixel: 64 MB (promise P16). */
const MOST_PIXELS_WHOLE = 16_000_000
/** A decoder that has not finished by then is stopped. */
const DECODE_SECONDS = 5

const THUMBNAIL_EDGE = 480
const PUBLIC_EDGE = 2048

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp'

const readers: Record<ImageType, (bytes: Buffer) => Frame> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
}

/**
 * Reads structure, bounds and EXIF, then decodes once to see that the picture is there. Width and height are as displayed.
 * Refuses `image_broken`, `image_too_large`, `image_animated`, `file_polyglot`.
 */
export async function inspectImage(bytes: Buffer, type: ImageType): Promise<Shot & { width: number; height: number }> {
  const frame = readers[type](bytes)
  const most = frame.whole ? MOST_PIXELS_WHOLE : MOST_PIXELS
  if (frame.width * frame.height > most) {
    throw new Refused('unmet', 'image_too_large', { width: frame.width, height: frame.height, most })
  }
  const { width, height } = await decode(bytes, async (image) => {
    const { autoOrient } = await image.metadata()
    await image.resize(8, 8, { fit: 'fill' }).raw().toBuffer()
    return autoOrient
  })
  return { ...(frame.exif ? readShot(frame.exif) : {}), width, height }
}

/** A WebP of at most 480 pixels, upright, without EXIF. `bytes` have passed `inspectFile`. */
export const thumbnail = (bytes: Buffer): Promise<Buffer> =>
  decode(bytes, (image) => upright(image, THUMBNAIL_EDGE).webp({ quality: 75 }).toBuffer())

/** A JPEG for the public, upright, of at most 2048 pixels, without EXIF: no position, no device. */
export const publicCopy = (bytes: Buffer): Promise<Buffer> =>
  decode(bytes, (image) =>
    upright(image, PUBLIC_EDGE).flatten({ background: '#ffffff' }).jpeg({ quality: 82 }).toBuffer(),
  )

/** sharp writes no metadata unless told to, so leaving it out is the whole of removing EXIF. */
const upright = (image: Sharp, edge: number) =>
  image.autoOrient().resize(edge, edge, { fit: 'inside', withoutEnlargement: true })

async function decode<T>(bytes: Buffer, work: (image: Sharp) => Promise<T>): Promise<T> {
  const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, sequentialRead: true, failOn: 'error' })
  try {
    return await work(image.timeout({ seconds: DECODE_SECONDS }))
  } catch (error) {
    if (error instanceof Error && /timeout/i.test(error.message)) throw new Refused('unmet', 'image_too_large')
    if (error instanceof Error && /pixel limit/i.test(error.message)) throw new Refused('unmet', 'image_too_large')
    throw new Refused('malformed', 'image_broken', { what: 'decoder' })
  }
}
