import { createInflate, createInflateRaw } from 'node:zlib'

export interface Inflated {
  /** Bytes that came out; more than `most` when it was stopped there. */
  size: number
  /** Whether the stream came to its proper end. */
  ended: boolean
}

/**
 * Inflates piece by piece, so that a bomb never stands in memory: `see` gets each piece as latin1 behind the last `overlap`
 * characters before it, and as bytes. Stops when more than `most` bytes came out. Rejects with what `see` throws.
 */
export function inflate(
  deflated: Buffer,
  {
    raw,
    most,
    overlap,
    see,
  }: { raw: boolean; most: number; overlap: number; see: (piece: string, bytes: Buffer) => void },
): Promise<Inflated> {
  const stream = raw ? createInflateRaw() : createInflate()
  let size = 0
  let kept = ''
  return new Promise((resolve, reject) => {
    stream.on('data', (bytes: Buffer) => {
      size += bytes.length
      try {
        const piece = kept + bytes.toString('latin1')
        see(piece, bytes)
        kept = piece.slice(-overlap)
      } catch (error) {
        stream.destroy()
        reject(error)
      }
      if (size > most) {
        stream.destroy()
        resolve({ size, ended: false })
      }
    })
    stream.on('end', () => resolve({ size, ended: true }))
    stream.on('error', () => resolve({ size, ended: false }))
    stream.end(deflated)
  })
}
