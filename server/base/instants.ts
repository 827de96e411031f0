/** Instants in words and in milliseconds. Readings of one moment share them, so the last ones are known by heart. */
const words = new Map<number, string>()
const millis = new Map<string, number>()
const mostKnown = 10_000

/** An instant as it stands in rows and answers. */
export function isoOf(at: number): string {
  const known = words.get(at)
  if (known !== undefined) return known
  if (words.size >= mostKnown) words.clear()
  const text = new Date(at).toISOString()
  words.set(at, text)
  return text
}

/** Milliseconds of an instant in words; NaN of what is none. */
export function millisOf(text: string): number {
  const known = millis.get(text)
  if (known !== undefined) return known
  if (millis.size >= mostKnown) millis.clear()
  const at = Date.parse(text)
  millis.set(text, at)
  return at
}
