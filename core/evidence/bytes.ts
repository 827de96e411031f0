/** Bytes and the texts they stand in. Core knows neither Node's Buffer nor the browser's helpers. */

/** UTF-8. Throws a URIError on a lone surrogate, which is no text. */
export const utf8 = (text: string): Uint8Array =>
  Uint8Array.from(encodeURIComponent(text).match(/%..|./g) ?? [], (one) =>
    one.length === 1 ? one.charCodeAt(0) : Number.parseInt(one.slice(1), 16),
  )

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 of RFC 4648 section 4, padded, as C2SP writes it. */
export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const group = (a! << 16) | (b << 8) | c
    const left = bytes.length - at
    text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!
    text += left > 1 ? alphabet[(group >> 6) & 63]! : '='
    text += left > 2 ? alphabet[group & 63]! : '='
  }
  return text
}

/** The bytes of a base64 text; undefined when it is not written exactly as `base64Of` writes it. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const letters = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4))
  let bits = 0
  let value = 0
  let at = 0
  for (const letter of letters) {
    value = ((value << 6) | alphabet.indexOf(letter)) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = (value >> bits) & 255
    at += 1
  }
  // Another text of the same bytes would be another name for the same thing.
  return base64Of(bytes) === text ? bytes : undefined
}
