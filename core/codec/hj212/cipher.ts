import { textOf } from './bytes.ts'
import { closeOf, equals, isDataTime, opensData, semicolon } from './scan.ts'

/**
 * SM4 with a 128-bit key in ECB mode without padding: as many bytes out as in, always whole blocks of sixteen. Core has
 * no ciphers, so it is handed in; Node's is `createDecipheriv('sm4-ecb', key, null)` with `setAutoPadding(false)`.
 */
export type BlockCipher = (blocks: Uint8Array) => Uint8Array

const block = 16

/**
 * The data segment `bytes[start, end)` with its data area put through the cipher, as a copy; undefined when it has no
 * data area or not a whole block in it. Serves both directions.
 *
 * HJ 212-2025 6.4.2 and annex A.2, as two implementers quote them [S2b]: what stands between `CP=&&` and `&&` goes in
 * groups of sixteen characters, a last group that is not full stays as it is, and the check value is made before, over
 * the plain segment. The annex prints the bytes as {0xE4,0x3E…}, but its declared length 0295 is that of the bytes
 * themselves (80 + 5 + 208 + 2), so bytes are what is sent [D].
 */
export function throughCipher(
  bytes: Uint8Array,
  start: number,
  end: number,
  cipher: BlockCipher,
): Uint8Array | undefined {
  const { from, close } = areaOf(bytes, start, end)
  const size = close - from - ((close - from) % block)
  if (size <= 0) return undefined
  const segment = bytes.slice(start, end)
  segment.set(cipher(bytes.slice(from, from + size)), from - start)
  return segment
}

/** The data area of a segment; `close` is before `from` when there is none. The header is never enciphered. */
function areaOf(bytes: Uint8Array, start: number, end: number): { from: number; close: number } {
  for (let index = start; index < end; index += 1) {
    if (bytes[index] === semicolon && opensData(bytes, index + 1, end)) {
      return { from: index + 6, close: closeOf(bytes, index + 6, end) }
    }
  }
  return { from: end, close: -1 }
}

/**
 * Whether a data area seems to be ciphertext: it holds sixteen characters and does not begin with a name and '=', as
 * ciphertext does about once in 900.
 */
export function looksCiphered(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < block || opensName(bytes, start)) return false
  const text = textOf(bytes, start, end)
  return !/^ *[\w-]+ *=/.test(text) && [...text].length >= block
}

/** The usual case, told without making a text of it: 'DataTime='. */
const opensName = (bytes: Uint8Array, at: number) => isDataTime(bytes, at) && bytes[at + 8] === equals

/** Whether the data area of a segment seems to be ciphertext. */
export function hasCiphertext(bytes: Uint8Array, start: number, end: number): boolean {
  const { from, close } = areaOf(bytes, start, end)
  return looksCiphered(bytes, from, close)
}
