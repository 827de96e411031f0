/** Text to UTF-8 bytes. Lone surrogates become U+FFFD. */
export function bytesOf(text: string): Uint8Array {
  const out: number[] = []
  for (const character of text) {
    let point = character.codePointAt(0)!
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
    if (point < 0x80) out.push(point)
    else if (point < 0x800) out.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000) out.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else {
      out.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    }
  }
  return Uint8Array.from(out)
}

/** UTF-8 bytes to text; what is not UTF-8 becomes U+FFFD and never swallows the ASCII that follows it. */
export function textOf(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = ''
  for (let index = start; index < end;) {
    const lead = bytes[index]!
    if (lead < 0x80) {
      text += String.fromCharCode(lead)
      index += 1
      continue
    }
    const size = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 1
    let point = size === 1 ? 0xfffd : lead & (0xff >> (size + 1))
    let taken = 1
    while (taken < size && index + taken < end && bytes[index + taken]! >> 6 === 2) {
      point = (point << 6) | (bytes[index + taken]! & 63)
      taken += 1
    }
    index += taken
    text += String.fromCodePoint(taken === size && isScalar(point, size) ? point : 0xfffd)
  }
  return text
}

function isScalar(point: number, size: number): boolean {
  if (size === 3) return point >= 0x800 && (point < 0xd800 || point > 0xdfff)
  if (size === 4) return point >= 0x10000 && point <= 0x10ffff
  return true
}

/** ASCII bytes to text, eight at a time: shorter chains of strings than one at a time. */
export function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  let index = start
  for (; index + 8 <= end; index += 8) {
    text += String.fromCharCode(
      bytes[index]!,
      bytes[index + 1]!,
      bytes[index + 2]!,
      bytes[index + 3]!,
      bytes[index + 4]!,
      bytes[index + 5]!,
      bytes[index + 6]!,
      bytes[index + 7]!,
    )
  }
  for (; index < end; index += 1) text += String.fromCharCode(bytes[index]!)
  return text
}
