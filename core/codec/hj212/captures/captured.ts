import { bytesOf } from '../bytes.ts'

const texts = import.meta.glob('./*.txt', { query: '?raw', import: 'default', eager: true })

/** The captured frames by the short name of their file (f01, s2 …). For tests, which run through the bundler. */
export const captured: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries(texts).map(([path, text]) => [/([a-z]\d+)-/.exec(path)![1]!, bytesOf(text)]),
)

export function getCaptured(name: string): Uint8Array {
  const bytes = captured.get(name)
  if (!bytes) throw new Error(`no capture ${name}`)
  return bytes
}
