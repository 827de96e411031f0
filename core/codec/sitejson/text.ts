/** The two objects of the host that core uses: in every browser and in Node, and many times faster than our own loops. */
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string }
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** UTF-8 to text, a byte order mark kept as a character; undefined when the bytes are not UTF-8. */
export function findText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Text as UTF-8. */
export const bytesOf = (text: string): Uint8Array => encoder.encode(text)

/** A value as JSON in UTF-8. */
export const jsonOf = (value: unknown): Uint8Array => bytesOf(JSON.stringify(value))

/** One character for each byte, so that places in the text are places in the bytes. */
export function latinOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += charactersOf(bytes.subarray(at, at + 4096))
  return text
}

/** `apply` takes an array of bytes as it is, and many times faster than the spread of one. */
const charactersOf = (bytes: Uint8Array) => String.fromCharCode.apply(null, bytes as unknown as number[])
