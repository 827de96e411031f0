/** A stretch `[from, until)` in seconds since the city began. */
export interface Span {
  from: number
  until: number
}

/** The stretch in which a moment lies. The stretches are in order and do not overlap. */
export function spanAt<T extends Span>(spans: readonly T[], t: number): T | undefined {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]!.from <= t) low = middle + 1
    else high = middle
  }
  if (low === 0) return undefined
  const found = spans[low - 1]!
  return t < found.until ? found : undefined
}

export const overlaps = (a: Span, b: Span): boolean => a.from < b.until && b.from < a.until

/** Puts a stretch where it belongs, unless it would overlap one that stands. Answers whether it was put. */
export function place<T extends Span>(spans: T[], one: T): boolean {
  if (one.until <= one.from || spans.some((other) => overlaps(one, other))) return false
  const at = spans.findIndex(({ from }) => from > one.from)
  spans.splice(at < 0 ? spans.length : at, 0, one)
  return true
}
