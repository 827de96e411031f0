/** Pseudo-random numbers of the lab: the same seed gives the same day on every machine. */
export interface Draw {
  /** In [low, high). */
  between(low: number, high: number): number
  /** In [low, high), each order of size alike. */
  spread(low: number, high: number): number
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** Normally distributed, mean 0, deviation 1. */
  normal(): number
}

/** mulberry32 (Tommy Ettinger, public domain), its seed mixed once so that neighbouring seeds start far apart. */
export function drawing(seed: number): Draw {
  let state = Math.imul(seed ^ (seed >>> 16) ^ 0x9e3779b9, 0x85ebca6b) | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  for (let i = 0; i < 8; i++) next()
  const between = (low: number, high: number) => low + (high - low) * next()
  return {
    between,
    spread: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    // Box and Muller; one of the pair is enough.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** A value that wanders around 0 and forgets in `memory` steps; its deviation is `size`. */
export function wandering(draw: Draw, memory: number, size: number): () => number {
  const keep = Math.exp(-1 / memory)
  const push = size * Math.sqrt(1 - keep * keep)
  let value = size * draw.normal()
  return () => (value = keep * value + push * draw.normal())
}
